"""Intervals of shares and rates: what they must be, and against the reference library."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldthread.statistics.interval import quantile
from goldthread.statistics.proportions import at_least, at_most, exact, fisher, wilson
from goldthread.statistics.rates import limits, poisson, rate, ratio


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_fishers_test_is_that_of_the_reference_library(a: int, b: int, c: int, d: int) -> None:
    if a + b and c + d:
        assert fisher((a, a + b), (c, c + d)) == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue, abs=1e-9)


@given(st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_exact_intervals_are_those_of_the_reference_library(share: tuple[int, int]) -> None:
    theirs = stats.binomtest(*share).proportion_ci(method="exact")
    score = stats.binomtest(*share).proportion_ci(method="wilson")
    ours = exact(*share)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
    assert (wilson(*share).low, wilson(*share).high) == pytest.approx((score.low, score.high), abs=1e-9)


def test_the_tails_of_a_count_meet() -> None:
    assert at_least(3, 10, 0.3) + at_most(2, 10, 0.3) == pytest.approx(1.0)
    assert (at_least(1, 10, 0.0), at_most(9, 10, 1.0)) == (0.0, 0.0)


@pytest.mark.parametrize(("count", "whole"), [(1, 0), (5, 4), (-1, 4)])
def test_what_is_no_share_is_refused(count: int, whole: int) -> None:
    for measure in (wilson, exact):
        with pytest.raises(ValueError, match="not a share"):
            measure(count, whole)


@pytest.mark.parametrize("level", [0.0, 1.0, 95])
def test_a_level_is_a_share_of_one(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(level)


def test_a_rate_scales_its_count() -> None:
    found = rate(10, 250_000)
    assert (found.estimate, round(found.low, 3), round(found.high, 3)) == (4.0, 1.918, 7.356)
    with pytest.raises(ValueError, match="population"):
        rate(3, 0)


def test_two_rates_are_compared_by_the_share_of_their_events() -> None:
    found, share = ratio((15, 1000), (10, 2000)), exact(15, 25)
    assert found.estimate == pytest.approx(3.0)
    assert found.low == pytest.approx(share.low / (1 - share.low) * 2)
    assert ratio((4, 10), (0, 10)).high == math.inf
    with pytest.raises(ValueError, match="cannot be compared"):
        ratio((0, 10), (0, 10))


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("expected", [0.3, 2.0, 10.0, 57.5, 900.0])
def test_the_limits_of_a_funnel_are_spiegelhalters(expected: float, level: float) -> None:
    """Spiegelhalter 2005, appendix A.1, worked here from the distribution of the reference library."""
    for found, tail in zip(limits(expected, level), ((1 - level) / 2, (1 + level) / 2), strict=True):
        r = int(stats.poisson.ppf(tail, expected))
        share = (stats.poisson.cdf(r, expected) - tail) / stats.poisson.pmf(r, expected)
        assert found == pytest.approx(max(0.0, r - share), rel=1e-6, abs=1e-6)


def test_large_counts_have_the_interval_of_the_reference_library() -> None:
    for events in (60, 3000, 50_000):
        found = poisson(events)
        ends = stats.chi2.ppf(0.025, 2 * events) / 2, stats.chi2.ppf(0.975, 2 * events + 2) / 2
        assert (found.low, found.high) == pytest.approx(ends, rel=1e-9)
