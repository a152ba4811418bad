"""Publications beside the reviews: quoted, never counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.briefing.blocks import Briefing, Quote
from goldthread.briefing.build import build
from goldthread.briefing.options import Options
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, figures_of


def made(study: StudyRecord, protocol: Protocol, kind: str, *context: str) -> Briefing:
    return build(kind, protocol, study, Basis.DRAFT, made=example.MADE, options=Options(context=context))


@pytest.fixture(scope="module")
def beside(study: StudyRecord) -> tuple[StudyRecord, ReviewRecord]:
    """The example study, one review of which was left out though it is coded."""
    one = [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED][-1]
    assert one.decision
    out = replace(one.decision, decision=ScreeningState.EXCLUDED, reason="out_of_date")
    left = replace(one, decision=out)
    return replace(study, reviews=tuple(left if r.review_id == one.review_id else r for r in study.reviews)), left


@pytest.mark.parametrize("kind", ["practice", "themed"])
def test_a_publication_is_quoted_apart_and_changes_no_figure(
    kind: str, beside: tuple[StudyRecord, ReviewRecord], protocol: Protocol
) -> None:
    study, left = beside
    plain, told = made(study, protocol, kind), made(study, protocol, kind, left.review_id)
    mine = {e.anchor for e in left.episodes}
    quotes = [b.anchor for b in blocks_of(told, Quote) if isinstance(b, Quote)]
    assert mine & set(quotes)
    assert not mine & {b.anchor for b in blocks_of(plain, Quote) if isinstance(b, Quote)}
    assert "nothing in it is counted" in all_text(told)
    before = [figure.text for figure in figures_of(plain)]
    after = [figure.text for figure in figures_of(told)]
    after.remove("1 publication")
    assert after == before


def test_without_any_there_is_no_such_section(study: StudyRecord, protocol: Protocol) -> None:
    assert "Context from other publications" not in all_text(made(study, protocol, "themed"))


def test_an_included_review_is_no_context(study: StudyRecord, protocol: Protocol) -> None:
    one = next(r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED)
    with pytest.raises(UsageError, match="counted already"):
        made(study, protocol, "themed", one.review_id)


def test_a_publication_nobody_registered_is_refused(study: StudyRecord, protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="R9999 is not among"):
        made(study, protocol, "themed", "R9999")
