"""Measures of agreement against the worked examples of those who proposed them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import chain, repeat

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from goldthread.statistics.agreement import (
    Ratings,
    Weights,
    cohen,
    fleiss,
    gwet,
    jackknifed,
    krippendorff,
    percent,
)
from tests.statistics.worked import ABSTRACTORS


def _square(both: int, first: int, second: int, neither: int) -> Ratings:
    cells = {("y", "y"): both, ("y", "n"): first, ("n", "y"): second, ("n", "n"): neither}
    return Ratings.of(chain.from_iterable(repeat(unit, n) for unit, n in cells.items()), ("y", "n"))


@pytest.mark.parametrize(
    ("cells", "kappa"), [((20, 5, 10, 15), 0.4), ((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)]
)
def test_cohens_kappa_as_taught(cells: tuple[int, int, int, int], kappa: float) -> None:
    assert cohen(_square(*cells)) == pytest.approx(kappa, abs=5e-5)


def test_ac1_stays_high_where_kappa_falls_below_nought() -> None:
    rare = _square(118, 5, 2, 0)  # Gwet 2008: nearly everything is of one kind, and nearly all is agreed
    assert percent(rare) == pytest.approx(0.944)
    assert cohen(rare) == pytest.approx(-0.0234, abs=5e-5)
    assert gwet(rare) == pytest.approx(0.9408, abs=5e-5)


@pytest.mark.parametrize("weights", ["none", "linear", "quadratic"])
def test_weighted_kappa_is_that_of_the_reference_library(weights: Weights) -> None:
    chance = np.random.default_rng(3)
    one = chance.integers(0, 4, 90)
    other = np.clip(one + chance.integers(-1, 2, 90), 0, 3)
    ratings = Ratings.of(zip(map(str, one), map(str, other), strict=True), "0123")
    theirs = cohen_kappa_score(one, other, weights=None if weights == "none" else weights)
    assert cohen(ratings, weights) == pytest.approx(theirs)


def test_with_two_coders_and_nothing_missing_alpha_comes_near_fleiss() -> None:
    ratings = _square(300, 40, 60, 200)
    assert krippendorff(ratings) == pytest.approx(fleiss(ratings), abs=0.002)


def test_a_unit_only_one_coder_rated_has_no_pair_yet_tells_how_common_its_category_is() -> None:
    full, half = Ratings.of([("y", "y"), ("y", "n")], "yn"), Ratings.of([("y", "y"), ("y", "n"), ("n", None)], "yn")
    assert (percent(half), krippendorff(half)) == (percent(full), krippendorff(full))
    assert (fleiss(full), gwet(full)) == pytest.approx((-1 / 3, 0.2))
    assert (fleiss(half), gwet(half)) == pytest.approx((0.0, 0.0))  # now half of all is "n": chance agrees on half


def test_a_unit_nobody_rated_is_nothing_at_all() -> None:
    rated = [("y", "y"), ("y", "n"), ("n", None)]
    one, other = Ratings.of(rated, "yn"), Ratings.of([*rated, (None, None)], "yn")
    for measure in (percent, fleiss, gwet, krippendorff):
        assert measure(one) == measure(other)


@pytest.mark.parametrize(
    ("measure", "ends"), [(cohen, (0.68, 0.913)), (gwet, (0.764, 0.935)), (krippendorff, (0.68, 0.914))]
)
def test_intervals_come_near_those_that_rest_on_formulas_for_large_numbers(
    measure: Callable[[Ratings], float | None], ends: tuple[float, float]
) -> None:
    """Gwet, R package irrCAC: two abstractors, a hundred pregnancies."""
    found = jackknifed(measure, ABSTRACTORS)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(ends, abs=1.5e-3)


def test_where_all_is_one_category_kappa_and_alpha_do_not_speak() -> None:
    ratings = Ratings.of([("y", "y")] * 9, "yn")
    assert (cohen(ratings), fleiss(ratings), krippendorff(ratings)) == (None, None, None)
    assert (percent(ratings), gwet(ratings)) == (1.0, 1.0)


def test_nothing_coded_by_two_has_no_measure() -> None:
    ratings = Ratings.of([("y", None), (None, "n")], "yn")
    assert [measure(ratings) for measure in (percent, cohen, fleiss, krippendorff, gwet)] == [None] * 5
    assert jackknifed(cohen, ratings) is None


def test_a_rating_nobody_defined_is_refused() -> None:
    with pytest.raises(ValueError, match="maybe"):
        Ratings.of([("y", "maybe")], "yn")


def test_prevalence_is_each_coders_own() -> None:
    ratings = _square(20, 5, 10, 15)
    assert ratings.prevalence(0) == pytest.approx({"y": 0.5, "n": 0.5})
    assert ratings.prevalence(1) == pytest.approx({"y": 0.6, "n": 0.4})


def test_the_jackknife_agrees_with_leaving_out_every_unit_by_hand() -> None:
    units = [("y", "y")] * 6 + [("y", "n")] * 2 + [("n", "n")] * 5
    by_hand = []
    for n in range(len(units)):
        value = cohen(Ratings.of(units[:n] + units[n + 1 :], "yn"))
        assert value is not None
        by_hand.append(value)
    error = np.sqrt((len(units) - 1) * np.var(by_hand))
    found = jackknifed(cohen, Ratings.of(units, "yn"))
    assert found is not None
    assert found.low == pytest.approx(found.estimate - 1.959964 * error, abs=1e-6)


def test_the_interval_of_kappa_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = np.random.default_rng(5)
    truth = cohen(_square(45, 10, 10, 35))
    assert truth is not None
    held = 0
    for _ in range(200):
        drawn = chance.choice(["yy", "yn", "ny", "nn"], 120, p=[0.45, 0.1, 0.1, 0.35])
        found = jackknifed(cohen, Ratings.of(map(tuple, drawn), "yn"))
        held += found is not None and found.low <= truth <= found.high
    assert held >= 180


@given(st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 3), min_size=1, max_size=30))
def test_no_measure_exceeds_one_and_the_order_of_coders_is_nothing(units: list[tuple[str | None, ...]]) -> None:
    one, other = Ratings.of(units, "abc"), Ratings.of([unit[::-1] for unit in units], "abc")
    for measure in (percent, fleiss, gwet, krippendorff, partial(krippendorff, scale="ordinal")):
        value = measure(one)
        assert value == (None if value is None else pytest.approx(measure(other)))
        assert value is None or value <= 1 + 1e-12
