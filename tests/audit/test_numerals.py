"""Numbers are read as reports print them."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from goldthread.audit.numerals import COUNT, PERCENT, count, percent, written
from goldthread.audit.reading import flat, read

COUNTED = re.compile(COUNT, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("126", 126),
        ("1,316", 1316),
        ("Seven", 7),
        ("fifty-one", 51),
        ("sixty two", 62),
        ("two hundred eighteen", 218),
        ("five hundred and ninety-one", 591),
        ("nineteen", 19),
    ],
)
def test_a_count_is_read_in_digits_and_in_words(text: str, value: int) -> None:
    found = COUNTED.fullmatch(text)
    assert found is not None
    assert count(found.group()) == value


@pytest.mark.parametrize(
    "text", ["12.5", "£40", "12/05/2019", "18th", "3rd", "A4", "2,5000", "three thousand", "1.2.3"]
)
def test_sums_of_money_dates_ordinals_and_section_numbers_are_no_counts(text: str) -> None:
    assert COUNTED.search(text) is None


def test_part_of_a_larger_number_in_words_is_no_count_of_its_own() -> None:
    assert [found.group() for found in COUNTED.finditer("four hundred and six children")] == ["four hundred and six"]


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [("5%", 5, 0), ("5.0 %", 5, 1), ("28.57 per cent", Fraction(2857, 100), 2), (".7%", Fraction(7, 10), 1)],
)
def test_a_percentage_keeps_its_precision(text: str, value: Fraction, decimals: int) -> None:
    found = re.fullmatch(PERCENT, text)
    assert found is not None
    assert percent(text).value == value
    assert percent(text).decimals == decimals


def test_counts_are_written_with_commas() -> None:
    assert written(Fraction(1316)) == "1,316"


def test_what_is_not_read_is_blanked_and_nothing_moves() -> None:
    text = "**Death**\tSCRs<sup>18</sup> 12² (30)\u00adand\n5*"
    seen = read(text)

    assert len(seen) == len(text)
    assert seen.split("\t") == ["  Death  ", "SCRs" + 13 * " " + " 12  (30)-and\n5*"]
    assert "\n" not in flat(text)
    assert len(flat(text)) == len(text)
