"""The example study and its briefing in three formats, made once for all tests."""

from __future__ import annotations

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing import docx, html, pdf
from goldthread.briefing.blocks import Briefing
from goldthread.briefing.build import build
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
def empty(protocol: Protocol) -> Briefing:
    return build("practice", protocol, example.nothing(), Basis.DRAFT, made=example.MADE)


@pytest.fixture(scope="session")
def page(draft: Briefing) -> str:
    return html.render(draft)


@pytest.fixture(scope="session")
def word(draft: Briefing) -> bytes:
    return docx.render(draft)


@pytest.fixture(scope="session")
def print_out(draft: Briefing) -> bytes:
    return pdf.render(draft)
