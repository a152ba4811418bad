"""Rounding, percentages, mean and median, against published figures and against Decimal."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median as stdlib_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.arithmetic import mean, median, percent, rounded


@pytest.mark.parametrize(
    ("count", "of", "places", "printed"),
    [
        (12, 40, 1, "30.0"),  # 000, Table 5
        (3, 40, 1, "7.5"),  # 000, Table 5 prints 5.0
        (69, 281, 1, "24.6"),  # 000, Table A4
        (45, 311, 1, "14.5"),
        (2, 281, 1, "0.7"),  # printed without its nought
        (40, 71, 0, "56"),  # 000, Table 4
        (1, 10, 0, "10"),  # 000, Table 11 prints 1 and 0
        (1, 45, 0, "2"),
        (12, 54, 0, "22"),  # 004, Table 6 prints 24
        (11, 36, 0, "31"),  # 002, Table 1 prints 30
        (1, 8, 0, "13"),  # a half goes up, where binary floats and bankers go down
        (1, 200, 0, "1"),
        (201, 200, 0, "101"),
        (0, 7, 2, "0.00"),
    ],
)
def test_a_percentage_is_what_the_published_fraction_gives(count: int, of: int, places: int, printed: str) -> None:
    assert percent(count, of, places) == printed


def test_there_is_no_percentage_of_nothing() -> None:
    assert percent(0, 0, 1) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_percentages_agree_with_decimal_arithmetic(count: int, of: int, places: int) -> None:
    exact = Decimal(count * 100 * 10**places) / Decimal(of)
    if (count * 100 * 10**places * 2) % of == 0:  # representable: no digit of Decimal is lost
        assert percent(count, of, places) == str(
            exact.quantize(Decimal(1), ROUND_HALF_UP).scaleb(-places).quantize(Decimal(1).scaleb(-places))
        )
    shown = Fraction(str(percent(count, of, places)))
    assert abs(shown - Fraction(count * 100, of)) <= Fraction(1, 2 * 10**places)


@given(st.fractions(), st.integers(0, 4))
def test_rounding_moves_a_value_by_half_a_unit_at_most_and_halves_move_away_from_nought(
    value: Fraction, places: int
) -> None:
    shown = Fraction(rounded(value, places))
    gap = abs(shown - value) * 10**places
    assert gap <= Fraction(1, 2)
    if gap == Fraction(1, 2):
        assert abs(shown) > abs(value)


def test_a_small_negative_number_does_not_become_minus_nought() -> None:
    assert rounded(Fraction(-1, 100), 1) == "0.0"


def test_mean_and_median_are_those_of_the_textbook() -> None:
    ages = [Fraction(age) for age in (0, 3, 17, 9)]
    assert mean(ages) == Fraction(29, 4)
    assert median(ages) == 6
    assert median(ages[:3]) == 3


def test_nothing_has_neither_mean_nor_median() -> None:
    assert mean([]) is None
    assert median([]) is None


@given(st.lists(st.integers(-50, 120), min_size=1, max_size=30))
def test_the_median_agrees_with_the_standard_library(values: list[int]) -> None:
    assert median([Fraction(value) for value in values]) == Fraction(str(stdlib_median(values)))
