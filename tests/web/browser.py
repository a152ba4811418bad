"""A real Chromium for tests, the study it looks at, and what axe finds on a page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.web.visiting import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
AXE = Path(__file__).parent / "vendored" / "axe.min.js"
_EXPECTED = re.compile(r"status of 40[049]")
"""Words not to be saved, a page that is not there, and a change overtaken are answers that some tests ask for."""
_PATIENCE = 15_000
"""Milliseconds a state is waited for: a busy machine is slow; a state that never comes is a fault all the same."""
expect.set_options(timeout=_PATIENCE)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str:
    """The Chromium of this machine. Where there is none, a fault under CI and a loud skip elsewhere."""
    named = os.environ.get("GOLDTHREAD_CHROMIUM", "")
    found = named or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        told = "no Chromium was found: install it (apt-get install chromium), or name it in GOLDTHREAD_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        started = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"] if root else [])
        yield started
        started.close()


@contextmanager
def window(browser: Browser, visitor: Visitor, **options: Any) -> Iterator[BrowserContext]:
    """A browser window that came in by the visitor's cookie. Anything a page complains of fails the test."""
    context = browser.new_context(**({"viewport": {"width": 1360, "height": 900}} | options))
    name, _, value = visitor.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    context.set_default_timeout(_PATIENCE)
    faults: list[str] = []
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "console",
        lambda said: faults.append(said.text) if said.type == "error" and not _EXPECTED.search(said.text) else None,
    )
    yield context
    context.close()
    assert not faults, faults


def faults_of(page: Page) -> list[str]:
    """What axe finds on a page, rule by rule with the first element concerned.

    It is run over the debugging protocol, which the page's own policy does not bind.
    """
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, { runOnly: rules, iframes: false }).then(found => found.violations.map("
        "one => `${one.id}: ${one.help}: ${one.nodes.length}× ${one.nodes[0].html.slice(0, 200)} "
        "${one.nodes[0].any.map(a => a.message).join(' ')}`))",
        RULES,
    )
    return [str(one) for one in found]
