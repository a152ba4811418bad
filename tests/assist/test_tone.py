"""Tone, on fictional sentences of inspections."""

from __future__ import annotations

import pytest

from goldthread.assist.learned.tone import heading_tone, tone_of, tone_signs
from goldthread.assist.lexicon.engine import readings_of
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.load import load
from tests.assist.conftest import review_of


def _read(text: str) -> Reading:
    return readings_of(review_of(text), load("learning-reports"))[0]


def _said(reading: Reading, words: str) -> Said:
    return next(said for said in reading.said if words in reading.text_of(said))


@pytest.mark.parametrize(
    ("sentence", "lean"),
    [
        ("Officers gave a clear and timely account of the risks.", "good"),
        ("Checks were delayed and the records of them were poor.", "bad"),
        ("The account that officers gave was not clear.", "bad"),
        ("Checks were made without delay.", "good"),
        ("Supervision needs to be more effective.", "bad"),
        ("Officers went to the house on Monday.", "even"),
    ],
)
def test_praise_denied_or_only_wanted_is_blame_and_blame_denied_is_praise(sentence: str, lean: str) -> None:
    reading = _read(f"A report on a visit\n\n{sentence}\n")
    assert tone_of(reading, reading.said[-1]).lean == lean


def test_a_sentence_that_turns_is_told_before_and_after_its_turn() -> None:
    reading = _read("A report on a visit\n\nPlans are thorough and clear, but the records of them are often late.\n")
    tone = tone_of(reading, reading.said[-1])
    assert (tone.turn, tone.first, tone.last) == ("within", "good", "bad")


def test_however_at_the_beginning_opens_a_sentence() -> None:
    reading = _read("A report on a visit\n\nHowever, the records of the visit were incomplete.\n")
    assert tone_of(reading, reading.said[-1]).turn == "opens"


def test_a_heading_says_whether_strengths_or_shortcomings_stand_below_it() -> None:
    reading = _read(
        "INSPECTION OF NORTHSHIRE\n\nKEY STRENGTHS\n\nOfficers know the families.\n\n"
        "AREAS FOR IMPROVEMENT\n\nOfficers visit the families.\n"
    )
    told = [heading_tone(reading, _said(reading, words)) for words in ("know the families", "visit the families")]
    assert told == ["good", "bad"]
    assert "+:under good" in set(tone_signs(reading, _said(reading, "know the families").place))
