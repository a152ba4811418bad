"""Measures of agreement against the worked examples of those who proposed them."""

from __future__ import annotations

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


def _square(both: int, first: int, second: int, neither: int) -> Ratings:
    cells = {("y", "y"): both, ("y", "n"): first, ("n", "y"): second, ("n", "n"): neither}
    return Ratings.of(chain.from_iterable(repeat(unit, n) for unit, n in cells.items()), ("y", "n"))


def _counted(table: list[list[int]]) -> Ratings:
    """From how many coders chose each category, one row a unit."""
    names = [str(n) for n in range(len(table[0]))]
    units = [[name for name, n in zip(names, row, strict=True) for _ in range(n)] for row in table]
    return Ratings.of(units, names)


FLEISS = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip
"""Fourteen coders, ten units, five categories: the example with which Fleiss' kappa is usually taught."""

KRIPPENDORFF = Ratings.of(
    zip(
        *(
            [None if mark == "." else mark for mark in coder]
            for coder in ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
        ),
        strict=True,
    ),
    "12345",
)
"""Four observers, twelve units, some of them missing: example C of Krippendorff (2011)."""


@pytest.mark.parametrize(
    ("cells", "kappa"), [((20, 5, 10, 15), 0.4), ((45, 15, 25, 15), 0.1304), ((25, 35, 5, 35), 0.2593)]
)
def test_cohens_kappa_as_taught(cells: tuple[int, int, int, int], kappa: float) -> None:
    assert cohen(_square(*cells)) == pytest.approx(kappa, abs=5e-5)


def test_fleiss_kappa_as_taught() -> None:
    assert fleiss(_counted(FLEISS)) == pytest.approx(0.2099, abs=5e-5)


@pytest.mark.parametrize(("scale", "alpha"), [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491)])
def test_krippendorffs_alpha_as_its_author_computes_it(scale: str, alpha: float) -> None:
    assert krippendorff(KRIPPENDORFF, scale) == pytest.approx(alpha, abs=5e-5)  # type: ignore[arg-type]


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


def test_a_unit_only_one_coder_rated_says_nothing_about_agreement() -> None:
    full, half = Ratings.of([("y", "y"), ("y", "n")], "yn"), Ratings.of([("y", "y"), ("y", "n"), ("n", None)], "yn")
    assert (percent(half), fleiss(half), gwet(half)) == (percent(full), fleiss(full), gwet(full))


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
