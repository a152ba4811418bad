"""A few cases told closely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.briefing.blocks import Briefing, Heading, Quote
from goldthread.briefing.build import build
from goldthread.briefing.options import Options
from goldthread.coding.model import Link
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis, State
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of


def made(study: StudyRecord, protocol: Protocol, *reviews: str, basis: Basis = Basis.DRAFT) -> Briefing:
    return build("spotlight", protocol, study, basis, made=example.MADE, options=Options(reviews=reviews))


def told(briefing: Briefing) -> list[str]:
    blocks = blocks_of(briefing, Heading)
    return [b.text for b in blocks if isinstance(b, Heading) and b.level == 2 and b.key.startswith("case-")]


def included(study: StudyRecord) -> list[ReviewRecord]:
    return [r for r in study.reviews if r.decision and r.decision.decision is ScreeningState.INCLUDED]


def changed(study: StudyRecord, one: ReviewRecord) -> StudyRecord:
    return replace(study, reviews=tuple(one if r.review_id == one.review_id else r for r in study.reviews))


def test_the_cases_named_are_told_in_the_order_they_were_named(study: StudyRecord, protocol: Protocol) -> None:
    first, second = included(study)[3], included(study)[1]
    briefing = made(study, protocol, first.review_id, second.review_id)
    assert told(briefing) == [first.citation, second.citation]
    assert "named by those who asked" in all_text(briefing)


def test_without_names_those_with_most_confirmed_judgements_are_told(study: StudyRecord, protocol: Protocol) -> None:
    last = included(study)[-1]
    confirmed = tuple(
        replace(e, state=State.CONFIRMED if e.direction != "described" else e.state) for e in last.episodes
    )
    briefing = made(changed(study, replace(last, episodes=confirmed)), protocol)
    assert told(briefing)[0] == last.citation
    assert len(told(briefing)) == 3


def test_a_case_published_twice_is_told_once(study: StudyRecord, protocol: Protocol) -> None:
    (first, *_) = [r for r in included(study) if r.citation == told(made(study, protocol))[0]]
    other = next(r for r in included(study) if r.citation == told(made(study, protocol))[1])
    near = replace(other.documents[0], near_duplicates=(first.documents[0].document_id,))
    again = made(changed(study, replace(other, documents=(near,))), protocol)
    assert other.citation not in told(again)
    assert len(told(again)) == 3


def test_a_review_that_is_not_included_is_refused(study: StudyRecord, protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="R9999 is not among"):
        made(study, protocol, "R9999")


def test_practice_is_told_in_the_order_of_the_document_good_and_bad(study: StudyRecord, protocol: Protocol) -> None:
    one = max(included(study), key=lambda r: len({e.direction for e in r.episodes}))
    briefing = made(study, protocol, one.review_id)
    asked = {r.anchor for r in one.recommendations}
    quotes = [b.anchor for b in blocks_of(briefing, Quote) if isinstance(b, Quote) and b.anchor not in asked]
    assert quotes
    assert [a.start for a in quotes] == sorted(a.start for a in quotes)
    judged = {e.anchor: e.direction for e in one.episodes if e.direction != "described"}
    assert set(quotes) <= set(judged)
    if "good" in judged.values():
        assert "good" in {judged[anchor] for anchor in quotes}


def test_what_happened_is_what_is_logged_each_value_with_its_words(study: StudyRecord, protocol: Protocol) -> None:
    one = next(r for r in included(study) if any(c.field == "age" and c.value for c in r.characteristics))
    briefing = made(study, protocol, one.review_id)
    age = next(c for c in one.characteristics if c.field == "age")
    (entry,) = [e for e in briefing.evidence if e.claim.startswith(f"{one.citation}: what happened. Age")]
    assert entry.anchors == age.anchors
    assert "does not say, or withholds: " in all_text(briefing)
    assert "ethnicity" in all_text(briefing)


def test_a_recommendation_says_what_it_answers_and_what_none_answers(study: StudyRecord, protocol: Protocol) -> None:
    one = next(
        r for r in included(study) if r.recommendations and sum(e.direction == "missed" for e in r.episodes) > 1
    )
    short = next(e for e in one.episodes if e.direction == "missed")
    link = Link(short.episode_id, one.recommendations[0].recommendation_id, "Ada")
    text = all_text(made(changed(study, replace(one, links=(link,))), protocol, one.review_id))
    assert f"Answers 1 passage, on page {short.anchor.page}." in text
    assert "linked to no recommendation" in text
    assert "linked to no recommendation" not in all_text(made(study, protocol, one.review_id))


def test_nothing_to_tell_is_said(protocol: Protocol) -> None:
    assert "there is no case to tell" in all_text(made(example.nothing(4), protocol))
