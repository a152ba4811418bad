from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.folding import shown
from goldthread.briefing.quotes import Bounds, bounds, chosen, shared_out
from goldthread.coding.model import Episode
from goldthread.values import State


def _episodes(study: StudyRecord) -> list[Episode]:
    return [episode for review in study.reviews for episode in review.episodes]


def test_the_surest_passages_are_quoted_first(study: StudyRecord) -> None:
    picked = chosen(_episodes(study), 4, set())
    assert len(picked) == 4
    fit = [e.confidence for e in _episodes(study) if bounds().admit(e.anchor.quote)]
    assert picked[0].confidence == max(fit)
    assert [e.confidence for e in picked] == sorted((e.confidence for e in picked), reverse=True)


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
