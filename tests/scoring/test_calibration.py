from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss

from goldthread.scoring.calibration import calibration, sweep
from goldthread.scoring.cases import Case
from tests.scoring.labelled import case

MADE = st.lists(
    st.builds(case, wanted=st.sampled_from([None, "a"]), given=st.just("a"), confidence=st.floats(0, 1)),
    min_size=1,
    max_size=40,
)


def test_reliability_of_four_proposals_counted_by_hand() -> None:
    cases = [case("a", "a", 0.95), case("a", "b", 0.91), case("a", "a", 0.52), case(None, "a", 0.05), case("a", None)]
    found = calibration(cases)
    assert found.n == 4
    assert found.brier == pytest.approx((0.05**2 + 0.91**2 + 0.48**2 + 0.05**2) / 4)
    assert [(each.low, each.n, round(each.confidence, 2), each.right) for each in found.bins] == [
        (0.0, 1, 0.05, 0.0),
        (0.5, 1, 0.52, 1.0),
        (0.9, 2, 0.93, 0.5),
    ]
    assert found.expected_error == pytest.approx((0.05 + 0.48 + 2 * 0.43) / 4)


def test_nothing_proposed_has_no_reliability() -> None:
    found = calibration([case("a", None)])
    assert (found.n, found.brier, found.expected_error, found.bins) == (0, None, None, ())


def test_full_confidence_falls_in_the_last_bin() -> None:
    assert calibration([case("a", "a", 1.0)]).bins[0].high == 1.0


@given(MADE)
def test_the_brier_score_is_the_reference_librarys(cases: list[Case]) -> None:
    truth, stated = [c.right for c in cases], [c.confidence for c in cases]
    assert calibration(cases).brier == pytest.approx(brier_score_loss(truth, stated, labels=[False, True]))


def test_a_higher_threshold_trades_coverage_for_precision() -> None:
    cases = [case("a", "a", 0.9), case("a", "b", 0.4), case("b", "b", 0.4), case("a", None)]
    steps = sweep(cases)
    assert [(s.threshold, s.given, s.coverage) for s in steps] == [(0.4, 3, 0.75), (0.9, 1, 0.25)]
    assert [(round(s.precision, 3), s.recall) for s in steps] == [(0.667, 0.5), (1.0, 0.25)]


@given(MADE)
def test_coverage_and_recall_only_fall_as_the_threshold_rises(cases: list[Case]) -> None:
    steps = sweep(cases)
    assert [s.threshold for s in steps] == sorted({c.confidence for c in cases})
    assert all(one.coverage > two.coverage for one, two in pairwise(steps))
    assert all((one.recall or 0) >= (two.recall or 0) for one, two in pairwise(steps))
    assert steps[0].given == len(cases)


def test_the_sweep_of_nothing_proposed_is_empty() -> None:
    assert sweep([case("a", None)]) == ()
