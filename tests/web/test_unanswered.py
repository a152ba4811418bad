"""What a page says, and keeps, when the workbench behind it does not answer or was started again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

import goldthread as gt
from tests.web.browser import faults_of
from tests.web.visiting import Visitor

QUALITY = "/reviews/R00001?tab=quality"
WRITTEN = "Two examples are given."


@contextmanager
def entered(browser: Browser, visitor: Visitor, colours: str = "light") -> Iterator[Page]:
    """A page that may complain: that a request failed is what these tests ask for."""
    context = browser.new_context(color_scheme=colours)
    name, _, value = visitor.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    yield context.new_page()
    context.close()


def write(page: Page) -> None:
    form = page.locator("form[data-draft]:has(input[type=radio])").first
    form.locator("input[type=radio]").first.check()
    form.locator("textarea").fill(WRITTEN)


def save(page: Page) -> None:
    page.locator("form[data-draft]:has(input[type=radio]) button:has-text('Save')").first.click()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_when_no_answer_comes_the_page_says_that_nothing_was_saved_and_keeps_the_words(
    browser: Browser, visitor: Visitor, study: gt.Study, colours: str
) -> None:
    with entered(browser, visitor, colours) as page:
        page.goto(visitor.address + QUALITY)
        write(page)
        page.route("**/rate", lambda route: route.abort())
        save(page)
        expect(page.locator("#unsaved")).to_contain_text("Nothing was saved: the workbench does not answer")
        assert not faults_of(page)
        page.reload()
        expect(page.locator("textarea").first).to_have_value(WRITTEN)
        page.unroute("**/rate")
        save(page)
        expect(page.locator("#panel")).to_contain_text("Ada")
        assert [one.note for one in study.quality.own("R00001").values()] == [WRITTEN]


def test_words_sent_to_a_workbench_that_was_started_again_come_back(browser: Browser, visitor: Visitor) -> None:
    with entered(browser, visitor) as page:
        page.goto(visitor.address + QUALITY)
        write(page)
        page.locator("form[data-draft] [name=form_token]").first.evaluate(
            "one => (one.value = 'of an earlier start')"
        )
        save(page)
        expect(page.locator("#unsaved")).to_contain_text("was started again")
        page.reload()
        expect(page.locator("textarea").first).to_have_value(WRITTEN)


def test_words_of_a_page_that_reached_nobody_come_back_after_the_newest_link(
    browser: Browser, visitor: Visitor
) -> None:
    with entered(browser, visitor) as page:
        page.goto(f"{visitor.address}/findings/new")
        page.locator("[name=statement]").fill(WRITTEN)
        page.route("**/findings", lambda route: route.abort())
        page.locator("form[data-draft] button").first.click()
        page.wait_for_function("location.protocol === 'chrome-error:'")
        page.goto(visitor.links[-1])
        page.goto(f"{visitor.address}/findings/new")
        expect(page.locator("[name=statement]")).to_have_value(WRITTEN)
