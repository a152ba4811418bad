"""Dates keep the precision they were written with, and what is no date is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.sources.dates import WRITTEN, iso_date, iso_of


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("2019-03-07", "2019-03-07"),
        ("2019-03-07T10:20:00Z", "2019-03-07"),
        ("2019-03-07 10:20:00", "2019-03-07"),
        ("March 2019", "2019-03"),
        ("Sept. 2019", "2019-09"),
        ("7 March 2019", "2019-03-07"),
        ("7th of March, 2019", "2019-03-07"),
        ("07-Mar-2019", "2019-03-07"),
        ("March 7, 2019", "2019-03-07"),
        ("Thursday 7 March 2019", "2019-03-07"),
        ("07/03/2019", "2019-03-07"),
        ("7.3.2019", "2019-03-07"),
        ("25-09-2019", "2019-09-25"),
        ("03/2019", "2019-03"),
        (" 29 February 2020 ", "2020-02-29"),
    ],
)
def test_a_date_is_as_precise_as_it_was_written(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written",
    ["", "soon", "31 February 2019", "30/02/2019", "13/13/2019", "2019-13", "1819", "12", "7 March", "20190307"],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert iso_date(written) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d/%m/%Y", "%d.%m.%Y", "%B %d, %Y", "%d %b %Y", "%A %d %B %Y"):
        assert iso_date(day.strftime(form)) == day.isoformat()
    assert iso_date(day.strftime("%B %Y")) == day.strftime("%Y-%m")


@pytest.mark.parametrize("text", ["version 1.2.2019.4", "F-2010-00325", "page 12/2019/3", "ref 2019-03-07-12"])
def test_a_number_that_looks_like_a_date_is_none(text: str) -> None:
    assert WRITTEN.search(text) is None


def test_dates_are_found_in_running_text() -> None:
    text = "Begun on 3 May 2017, finished in June 2018; published 12/07/2024."
    assert [iso_of(match) for match in WRITTEN.finditer(text)] == ["2017-05-03", "2018-06", "2024-07-12"]
