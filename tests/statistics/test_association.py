"""Marks that stand together, against the reference library."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats.contingency import odds_ratio

from goldthread.statistics.association import by_chance, expected, odds_ends, together


@st.composite
def counts(draw: st.DrawFn, most: int) -> tuple[int, int, int, int]:
    """How many have both marks, the first, the second, of how many."""
    whole = draw(st.integers(4, most))
    first, second = draw(st.integers(1, whole - 1)), draw(st.integers(1, whole - 1))
    return draw(st.integers(max(0, first + second - whole), min(first, second))), first, second, whole


@given(st.data())
def test_the_ends_of_the_odds_are_those_of_the_reference_library(data: st.DataObject) -> None:
    both, first, second, whole = data.draw(counts(60))
    assume(max(0, first + second - whole) < min(first, second))
    theirs = odds_ratio([[both, first - both], [second - both, whole - first - second + both]])
    low, high = theirs.confidence_interval(0.95)
    assert odds_ends(both, first, second, whole) == pytest.approx((low, high), rel=1e-6)


@given(st.data())
def test_odds_become_the_number_they_bring_together_on_average(data: st.DataObject) -> None:
    both, first, second, whole = data.draw(counts(60))
    found, chance = together(both, first, second, whole), expected(first, second, whole)
    assert found.estimate == both / chance
    assert found.low - 1e-9 <= found.estimate <= found.high + 1e-9
    for end, odds in zip((found.low, found.high), odds_ends(both, first, second, whole), strict=True):
        if 0 < odds < math.inf:
            assert end * chance == pytest.approx(stats.nchypergeom_fisher.mean(whole, first, second, odds), rel=1e-6)


def test_the_ends_are_no_more_and_no_less_than_can_be() -> None:
    """Of twelve, six and eight have a mark: at least two and at most six have both, where four are expected."""
    assert (together(2, 6, 8, 12).low, together(6, 6, 8, 12).high) == pytest.approx((0.5, 1.5))
    assert together(8, 8, 8, 8).low == together(8, 8, 8, 8).high == 1


def test_a_ratio_that_chance_would_hardly_give_does_not_reach_one() -> None:
    """Where nearly all have a mark the ratio stays near one, and its interval must be as narrow as that."""
    found = together(307, 487, 379, 647)
    assert by_chance(307, 487, 379, 647) < 0.001
    assert (round(found.low, 2), round(found.high, 2)) == (1.04, 1.11)


@given(st.data())
def test_the_interval_is_never_narrower_than_the_count_with_given_margins_allows(data: st.DataObject) -> None:
    _, first, second, whole = data.draw(counts(40))
    chance = expected(first, second, whole)
    inside = [
        both
        for both in range(max(0, first + second - whole), min(first, second) + 1)
        if together(both, first, second, whole).low <= 1 <= together(both, first, second, whole).high
    ]
    covered = sum(stats.hypergeom.pmf(both, whole, first, second) for both in inside)
    assert chance > 0
    assert covered >= 0.95 - 1e-9


@given(st.data())
def test_the_chance_is_fishers_in_small_and_in_large_studies(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([12, 40, 3000]))
    first, second = data.draw(st.integers(1, whole - 1)), data.draw(st.integers(1, whole - 1))
    both = data.draw(st.integers(max(0, first + second - whole), min(first, second)))
    four = [[both, first - both], [second - both, whole - first - second + both]]
    assert by_chance(both, first, second, whole) == pytest.approx(stats.fisher_exact(four)[1], rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("wrong", [(3, 2, 5, 10), (0, 8, 8, 10), (1, 11, 3, 10), (-1, 2, 2, 10)])
def test_counts_that_cannot_be_are_refused(wrong: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot"):
        together(*wrong)
