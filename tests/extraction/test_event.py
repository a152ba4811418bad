from __future__ import annotations

import pytest

from goldthread.documents.model import Role
from goldthread.extraction.event import event_dates
from goldthread.protocol.lexicon import CueGroup, FieldCues
from goldthread.protocol.load import load

from .pages import Laid, heading, lexicon, para, reading

EVENT = FieldCues(near=("event", "death"), far=("report",), threshold=0.1, headline=0.2, held=1.5)
WORDS = lexicon(
    fields={"when": EVENT},
    event=["arrested", "collision", "incident", "called", "jumped", "missing"],
    death=CueGroup(
        cues=("died", "died on", "was found dead", "found hanging", "pronounced dead", "taken his own life"),
        weight=2.0,
    ),
    report=[
        "inquest",
        "published",
        "date of report",
        "born",
        "commenced an investigation",
        "i commenced",
        "complaint",
    ],
)


def event(*blocks: Laid | str) -> str | None:
    found = event_dates([reading(WORDS, *blocks)], EVENT, WORDS)
    return found[0].value if found else None


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


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("On 9 May 2019 officers called. The man had taken his own life.", "2019-05-09"),
        (
            "He left on 8 May 2019. At 09.15 on 9 May officers went in. There was no reply. He was pronounced dead.",
            "2019-05-09",
        ),
        ("He was arrested on 8 May 2019. At 08:05 10/05/2019 he was found hanging.", "2019-05-10"),
        ("She was missing on 8 May 2019 and was found dead in woods near her home on 11 May 2019.", "2019-05-11"),
        ("On 8 May 2019 he was arrested and released. Three days later he died.", "2019-05-11"),
    ],
)
def test_a_death_told_without_a_date_was_on_the_day_last_told(text: str, iso: str) -> None:
    shipped = load("learning-reports").lexicon
    (found,) = event_dates([reading(shipped, text)], shipped.fields["event_date"], shipped)
    assert found.value == iso


def test_a_day_last_told_in_another_section_does_not_hold() -> None:
    before = para("The post was filled on 1 June 2020.", Role.INVESTIGATION)
    assert event("On 3 May 2019 there was a collision.", before, para("He died.", Role.CONCERNS)) == "2019-05-03"


def test_a_word_belongs_to_the_date_beside_it() -> None:
    text = "The inquest found that he died on 3 May 2019 of injuries from a fall on 1 April 2019."
    assert event(text) == "2019-05-03"


def test_a_day_reckoned_from_the_report_s_own_dates_is_not_the_event_s() -> None:
    assert event("The inquest opened on 1 June 2019. The next day it closed.") is None


def test_a_precise_day_gives_way_to_the_month_in_which_it_is_said_to_have_happened() -> None:
    text = "On 1 August 2019 a letter came. Early in August 2019 she jumped from a bridge and died."
    assert event(text) == "2019-08"
