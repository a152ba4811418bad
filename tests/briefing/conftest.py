"""The example study and its briefing in three formats, made once for all tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Briefing, Quote
from goldthread.briefing.build import build
from goldthread.briefing.formats import docx, html, pdf
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example


@pytest.fixture(scope="session")
def protocol() -> Protocol:
    return example.protocol()


@pytest.fixture(scope="session")
def study() -> StudyRecord:
    return example.study()


@pytest.fixture(scope="session")
def draft(protocol: Protocol, study: StudyRecord) -> Briefing:
    return build("practice", protocol, study, Basis.DRAFT, made=example.MADE)


@pytest.fixture(scope="session")
def confirmed(protocol: Protocol) -> Briefing:
    return build("practice", protocol, example.study(confirmed=True), Basis.CONFIRMED, made=example.MADE)


@pytest.fixture(scope="session")
def large(protocol: Protocol) -> Briefing:
    """More included reviews than paper lists one by one."""
    return build("practice", protocol, example.study(330, 4), Basis.DRAFT, made=example.MADE)


@pytest.fixture(scope="session")
def empty(protocol: Protocol) -> Briefing:
    return build("practice", protocol, example.nothing(), Basis.DRAFT, made=example.MADE)


@pytest.fixture(scope="session")
def nasty(draft: Briefing) -> Briefing:
    """A briefing that quotes what could be taken for mark-up, code or fields."""
    anchors = dict.fromkeys(anchor for entry in draft.evidence for anchor in entry.anchors)
    found = [next(a for a in anchors if words in a.quote) for words in example.NASTY]
    return replace(draft, blocks=tuple(Quote(a, "SCR A", "scr-1.pdf", draft.evidence[0].key) for a in found))


@pytest.fixture(scope="session")
def page(draft: Briefing) -> str:
    return html.render(draft)


@pytest.fixture(scope="session")
def word(draft: Briefing) -> bytes:
    return docx.render(draft)


@pytest.fixture(scope="session")
def print_out(draft: Briefing) -> bytes:
    return pdf.render(draft)
