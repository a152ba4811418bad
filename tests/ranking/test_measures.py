"""The measures of an order, worked out by hand."""

from __future__ import annotations

import pytest

from goldthread.ranking.measures import Measures, measures


def test_an_order_is_measured_by_hand() -> None:
    """Four relevant of 100, shown 1st, 2nd, 11th and 30th: 95% of four is four, so n95 is 30."""
    found = measures([1, 2, 11, 30], 100)
    assert found.n95 == 30
    assert found.wss95 == pytest.approx(0.95 - 0.30)
    assert found.recall10 == 0.5
    assert found.atd == 11.0


def test_of_twenty_relevant_one_may_be_missed() -> None:
    """95% of twenty is nineteen exactly, whatever the machine makes of 0.95 × 20."""
    assert measures([*range(1, 20), 90], 100).n95 == 19
    assert measures([*range(1, 22), 90], 100).n95 == 21


def test_the_first_tenth_is_rounded_up() -> None:
    assert measures([3], 21).recall10 == 1.0
    assert measures([4], 21).recall10 == 0.0


def test_the_order_of_positions_does_not_matter() -> None:
    assert measures([30, 2, 1, 11], 100) == measures([1, 2, 11, 30], 100)


def test_without_relevant_records_nothing_is_measured() -> None:
    assert measures([], 40) == Measures(None, None, None, None, 40)
