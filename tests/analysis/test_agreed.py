"""Agreement in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.agreed import coefficient, in_words, share
from goldthread.statistics.interval import Interval


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (0, 1, "0.0%"),
        (1, 1, "100.0%"),
        (0.5, 0, "50%"),
        (0.125, 0, "13%"),
        (12076 / 12077, 1, "> 99.9%"),
        (1 / 12077, 1, "< 0.1%"),
        (0.0004, 1, "< 0.1%"),
        (0.0005, 1, "0.1%"),
        (0.9949, 0, "99%"),
        (0.996, 0, "> 99%"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(value: float, places: int, words: str) -> None:
    assert share(value, places) == words


@pytest.mark.parametrize(
    ("value", "words"), [(1, "1.00"), (0.9997, "0.9997"), (0.9949, "0.99"), (-0.0001, "0.00"), (-0.2351, "-0.24")]
)
def test_a_coefficient_short_of_one_is_not_called_one(value: float, words: str) -> None:
    assert coefficient(value) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "not defined"),
        (Interval(1.0, 1.0, 1.0), "1.00 (no interval)"),
        (Interval(0.7096, 0.5211, 0.8981), "0.71 (0.52 to 0.90)"),
        (Interval(0.98, 0.95, 0.9997), "0.98 (0.95 to 1.00)"),
        (Interval(0.9997, 0.9994, 1.0), "0.9997 (0.9994 to 1.0000)"),
    ],
)
def test_a_measure_is_told_with_its_interval_if_it_has_one(found: Interval | None, words: str) -> None:
    assert in_words(found) == words


@given(st.integers(1, 10_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_only_all_is_all_and_only_none_is_none(counts: tuple[int, int]) -> None:
    count, whole = counts
    words = share(count / whole, 1)
    assert (words == "100.0%") == (count == whole)
    assert (words == "0.0%") == (count == 0)
