from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.extraction.dates import dates_in, dates_of
from goldthread.extraction.event import event_dates
from goldthread.protocol.lexicon import CueGroup, FieldCues

from .pages import Laid, heading, lexicon, reading

EVENT = FieldCues(near=("event", "death"), far=("report",), threshold=0.1, headline=0.2)
WORDS = lexicon(
    fields={"when": EVENT},
    event=["arrested", "collision", "incident", "called"],
    death=CueGroup(cues=("died", "died on", "was found dead"), weight=2.0),
    report=["inquest", "published", "date of report", "born", "commenced an investigation", "i commenced"],
)


def event(*blocks: Laid | str) -> str | None:
    found = event_dates([reading(WORDS, *blocks)], EVENT, WORDS)
    return found[0].value if found else None


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
    ("blocks", "iso"),
    [
        (
            ("I commenced an investigation on 4 June 2019 into the death of a man who died on 3 May 2019.",),
            "2019-05-03",
        ),
        (("Published: 2020-01-07", "On 12 April 2017 officers were called."), "2017-04-12"),
        (("She was born on 4 May 1980 and died on 3 May 2019.",), "2019-05-03"),
        (("The inquest opened on 1 June 2019.",), None),
        (("He was seen on 1 May 2019. He was arrested on 2 May. He was found dead on 3 May.",), "2019-05-03"),
        (("Born 08/11/55. Died on 30 September 2013.",), "2013-09-30"),
    ],
)
def test_the_event_s_date_is_told_from_the_report_s(blocks: tuple[str, ...], iso: str | None) -> None:
    assert event(*blocks) == iso


def test_a_headline_s_month_gives_way_to_the_day_in_the_narrative() -> None:
    assert event(heading("Collision, May 2019"), "On 12 May 2019 a car crashed.") == "2019-05-12"
    assert event(heading("Collision, May 2019"), "A car crashed.") == "2019-05"


def test_the_evidence_is_the_date_itself() -> None:
    (found,) = event_dates([reading(WORDS, "He died on 3rd\nMay 2019 at home.")], EVENT, WORDS)
    assert found.anchors[0].quote == "3rd\nMay 2019"


@given(st.text(alphabet="0123456789/.- maynovembr", max_size=60))
def test_dates_never_overlap_and_are_real_months(text: str) -> None:
    when = dates_in(text)
    assert all(first.end <= second.start for first, second in pairwise(when))
    assert all("01" <= each.iso[5:7] <= "12" for each in when if len(each.iso) >= 7)
