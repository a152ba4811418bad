from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.sections.quotes import Bounds, chosen, shared_out
from goldthread.coding.model import Episode
from goldthread.values import State


def _episodes(study: StudyRecord) -> list[Episode]:
    return [episode for review in study.reviews for episode in review.episodes]


def test_the_surest_passages_are_quoted_first(study: StudyRecord) -> None:
    alike = [e for e in _episodes(study) if e.anchor.quote.endswith("who else lived there.")]
    picked = chosen(alike, 4, set())
    assert len(picked) == 4
    assert picked[0].confidence == max(e.confidence for e in alike)
    assert [e.confidence for e in picked] == sorted((e.confidence for e in picked), reverse=True)


SPEAKS = "Officers did not ask to see the children when they came to the house that night."


@pytest.mark.parametrize(
    "poorer",
    [
        "missing on their return, and the officers did not ask where the child had been all night.",
        "Officers did not ask to see the children when they came to the house that night, and also",
        "This meant that the officers did not ask to see the children when they came to the house.",
        "However, officers did not ask to see the children when they came to the house that night.",
        "The school did not ask to see the children when it was told of what had happened at night.",
        "Officers did not <b>ask</b> to see the children when they came to the house that one night.",
        "Officers did not ask about • the home • the children • the risk to them both • the weapon.",
    ],
)
def test_a_whole_sentence_on_the_police_comes_before_one_that_cannot_stand_alone(
    study: StudyRecord, poorer: str
) -> None:
    first, second = _episodes(study)[:2]
    better = replace(first, review_id="R1", confidence=0.5, anchor=replace(first.anchor, quote=SPEAKS))
    worse = replace(second, review_id="R2", confidence=0.9, anchor=replace(second.anchor, quote=poorer))
    assert chosen([worse, better], 1, set()) == (better,)
    assert chosen([worse, better], 2, set()) == (better, worse)
    sure = replace(worse, state=State.CONFIRMED)
    assert chosen([better, sure], 1, set()) == (sure,)


def test_a_paragraph_number_or_quotation_mark_is_a_fair_beginning(study: StudyRecord) -> None:
    first, second = _episodes(study)[:2]
    numbered = replace(first, review_id="R1", confidence=0.9, anchor=replace(first.anchor, quote=f"4.12 {SPEAKS}"))
    plain = replace(second, review_id="R2", confidence=0.5, anchor=replace(second.anchor, quote=SPEAKS))
    assert chosen([plain, numbered], 1, set()) == (numbered,)
    spoken = replace(numbered, anchor=replace(first.anchor, quote=f"“{SPEAKS}”"))
    assert chosen([plain, spoken], 1, set()) == (spoken,)


def test_each_quote_comes_from_another_review(study: StudyRecord) -> None:
    picked = chosen(_episodes(study), 50, set())
    assert len({e.review_id for e in picked}) == len(picked) > 5


def test_a_confirmed_passage_comes_before_any_suggestion(study: StudyRecord) -> None:
    episodes = _episodes(study)
    weakest = min(episodes, key=lambda e: e.confidence)
    sure = replace(weakest, state=State.CONFIRMED)
    assert chosen([*episodes, sure], 1, set())[0] is sure


def test_no_words_are_quoted_twice(study: StudyRecord) -> None:
    used: set[str] = set()
    first = chosen(_episodes(study), 5, used)
    second = chosen(_episodes(study), 5, used)
    assert {shown(e.anchor.quote) for e in first}.isdisjoint(shown(e.anchor.quote) for e in second)
    assert used == {shown(e.anchor.quote) for e in (*first, *second)}


def test_passages_too_short_or_too_long_to_read_are_not_quoted(study: StudyRecord) -> None:
    within = Bounds(100, 110)
    picked = chosen(_episodes(study), 50, set(), within)
    assert picked
    assert all(100 <= len(shown(e.anchor.quote)) <= 110 for e in picked)


def test_nothing_to_choose_from_is_nothing_chosen() -> None:
    assert chosen((), 3, set()) == ()


def test_every_explanation_is_heard_before_any_is_heard_twice() -> None:
    assert shared_out([5, 5, 5, 5], 2, 6) == (2, 2, 1, 1)
    assert shared_out([1, 9], 3, 9) == (1, 3)


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 5), st.integers(0, 20))
def test_shares_keep_to_every_limit(sizes: list[int], each: int, altogether: int) -> None:
    shares = shared_out(sizes, each, altogether)
    assert sum(shares) == min(altogether, sum(min(size, each) for size in sizes))
    assert all(share <= min(size, each) for share, size in zip(shares, sizes, strict=True))
