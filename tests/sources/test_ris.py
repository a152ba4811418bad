"""RIS records, well and badly exported."""

from __future__ import annotations

import pytest

from goldthread.sources.ris import read_ris, ris_date

GOOD = """TY  - RPRT
TI  - Serious Case Review: Child Q
AB  - The police were called
      three times.
DA  - 2019/03/12/
UR  - https://example.org/q
ID  - 17
ER  -

TY  - RPRT
T1  - Adult R
N2  - A summary.
PY  - 2020
ER  -
"""


def test_records_are_read_in_order_with_wrapped_lines_joined() -> None:
    first, second = read_ris(GOOD).records
    assert first.first("TI", "T1") == "Serious Case Review: Child Q"
    assert first.first("AB") == "The police were called three times."
    assert (first.line, second.line) == (1, 10)
    assert second.first("TI", "T1") == "Adult R"
    assert first.closed and second.closed


def test_carriage_returns_and_a_byte_order_mark_do_not_matter() -> None:
    assert read_ris("\ufeff" + GOOD.replace("\n", "\r\n")).records == read_ris(GOOD).records


def test_a_tag_given_twice_keeps_both_values() -> None:
    (record,) = read_ris("TY  - RPRT\nKW  - a\nKW  - b\nER  - \n").records
    assert record.values["KW"] == ("a", "b")


def test_a_record_without_an_end_is_kept_and_said_to_be_open() -> None:
    first, second = read_ris("TY  - RPRT\nTI  - One\nTY  - RPRT\nTI  - Two").records
    assert (first.first("TI"), first.closed) == ("One", False)
    assert (second.first("TI"), second.closed) == ("Two", False)


def test_lines_outside_any_record_are_counted() -> None:
    reading = read_ris("exported today\n\nTY  - RPRT\nER  - \nTI  - lost\n")
    assert reading.stray == (1, 5)
    assert len(reading.records) == 1


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2019/03/12/", "2019-03-12"),
        ("2019/3", "2019-03"),
        ("2019//", "2019"),
        ("2019", "2019"),
        ("March 2019", "March 2019"),
    ],
)
def test_a_ris_date_is_as_precise_as_given(value: str, iso: str) -> None:
    assert ris_date(value) == iso
