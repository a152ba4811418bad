from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.extraction.dates import dates_in, dates_of

from .pages import lexicon, reading

WORDS = lexicon(event=["arrested"])


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 may 2019", "2019-05-03"),
        ("3rd may, 2019", "2019-05-03"),
        ("the 3rd day of may 2019", "2019-05-03"),
        ("may 3, 2019", "2019-05-03"),
        ("3/5/2019", "2019-05-03"),
        ("03.05.19", "2019-05-03"),
        ("2019-05-03", "2019-05-03"),
        ("sept 2019", "2019-09"),
        ("may 2019", "2019-05"),
        ("in 2019", "2019"),
        ("29 february 2019", "2019-02-29"),
    ],
)
def test_a_date_is_read_as_precise_as_it_is_written(text: str, iso: str) -> None:
    assert [when.iso for when in dates_in(text)] == [iso]


@pytest.mark.parametrize("text", ["31/13/2019", "35 may", "he may go", "a march of 2,000", "room 2019"])
def test_what_is_no_date_is_not_read_as_one(text: str) -> None:
    assert dates_in(text) == []


def test_a_day_and_month_take_the_year_of_the_date_before() -> None:
    when = dates_in("on 3 may 2019 he left. on 5 may he died")
    assert [each.iso for each in when] == ["2019-05-03", "2019-05-05"]
    assert [each.borrowed for each in when] == [False, True]


def test_a_document_s_dates_are_those_of_its_text() -> None:
    told = reading(WORDS, "On 3 May 2019 he left, and on 5 May he died. In 2020 she wrote; 01/02/2021 it closed.")
    assert [when.iso for when in dates_of(told)] == ["2019-05-03", "2019-05-05", "2020", "2021-02-01"]
    assert [when.iso for when in dates_in(told.low)] == [when.iso for when in dates_of(told)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("On 3 May 2019 he left. The next day he died.", "2019-05-04"),
        ("On 31 December 2019 she rang; the following morning she rang again.", "2020-01-01"),
        ("He was seen on 3 May 2019. Two days later he was gone.", "2019-05-05"),
        ("He was seen on 3 May 2019, and 10 days later he was found.", "2019-05-13"),
        ("She died on 3 May 2019. He rang the day after.", "2019-05-04"),
    ],
)
def test_a_day_told_from_the_one_before_is_reckoned(text: str, iso: str) -> None:
    assert dates_of(reading(WORDS, text))[-1].iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "In May 2019 he left. The next day he died.",
        "The next day he died.",
        "On 3 May 2019 it was put off until the next day.",
    ],
)
def test_a_day_with_no_day_to_reckon_from_is_no_date(text: str) -> None:
    assert all(when.told_from < 0 for when in dates_of(reading(WORDS, text)))


@given(st.text(alphabet="0123456789/.- maynovembr", max_size=60))
def test_dates_never_overlap_and_are_real_months(text: str) -> None:
    when = dates_in(text)
    assert all(first.end <= second.start for first, second in pairwise(when))
    assert all("01" <= each.iso[5:7] <= "12" for each in when if len(each.iso) >= 7)
