"""Intervals of shares and rates against published worked examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from goldthread.statistics.interval import Interval, quantile
from goldthread.statistics.proportions import at_least, at_most, difference, exact, fisher, wilson
from goldthread.statistics.rates import limits, poisson, rate, ratio


def _ends(found: Interval) -> tuple[float, float]:
    return round(found.low, 4), round(found.high, 4)


@pytest.mark.parametrize(
    ("count", "whole", "score", "exactly"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_a_share_has_the_intervals_newcombe_prints(
    count: int, whole: int, score: tuple[float, float], exactly: tuple[float, float]
) -> None:
    """Newcombe 1998, Stat. Med. 17:857–872, table I, methods 3 and 5."""
    assert _ends(wilson(count, whole)) == score
    assert _ends(exact(count, whole)) == exactly


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ],
)
def test_a_difference_has_the_interval_newcombe_prints(
    one: tuple[int, int], other: tuple[int, int], ends: tuple[float, float]
) -> None:
    """Newcombe 1998, Stat. Med. 17:873–890, table II, method 10."""
    assert _ends(difference(one, other)) == ends


def test_tasting_tea_is_as_likely_as_fisher_says() -> None:
    assert fisher((3, 4), (1, 4)) == pytest.approx(0.4857, abs=5e-5)  # Fisher 1935, The design of experiments


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


@pytest.mark.parametrize(("events", "ends"), [(0, (0.0, 3.6889)), (5, (1.6235, 11.6683)), (10, (4.7954, 18.3904))])
def test_a_count_of_rare_events_has_garwoods_interval(events: int, ends: tuple[float, float]) -> None:
    """Garwood 1936, as tabulated in Breslow & Day 1987, volume II, table 2.11."""
    assert _ends(poisson(events)) == ends


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
