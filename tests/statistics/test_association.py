"""Marks that stand together, against published factors and the reference library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldthread.statistics.association import by_chance, expected, together


@pytest.mark.parametrize(("seen", "low", "high"), [(5, 1.6235, 11.6683), (10, 4.7954, 18.3904)])
def test_the_interval_of_a_ratio_is_that_of_the_published_exact_limits(seen: int, low: float, high: float) -> None:
    """Exact limits of a count, Breslow & Day 1987, volume II, table 2.11, over the number expected (section 2.3)."""
    found = together(seen, 40, 100, 1000)
    assert found.estimate == seen / 4
    assert (found.low, found.high) == (pytest.approx(low / 4, abs=5e-5), pytest.approx(high / 4, abs=5e-5))


def test_four_seen_where_three_and_a_third_are_expected() -> None:
    """The example of the manuals of OpenEpi and epiR (4 observed, 3.3 expected), with exact chi-square ends."""
    found = together(4, 33, 10, 100)
    ends = (stats.chi2.ppf(0.025, 8) / 2 / 3.3, stats.chi2.ppf(0.975, 10) / 2 / 3.3)
    assert expected(33, 10, 100) == pytest.approx(3.3)
    assert (found.low, found.high) == pytest.approx(ends)


@given(st.data())
def test_the_interval_is_never_narrower_than_the_count_with_given_margins_allows(data: st.DataObject) -> None:
    whole = data.draw(st.integers(4, 60))
    first, second = data.draw(st.integers(1, whole - 1)), data.draw(st.integers(1, whole - 1))
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
