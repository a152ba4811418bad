from __future__ import annotations

import pytest

from goldthread.extraction.category import categories
from goldthread.protocol.lexicon import FieldCues, Lexicon
from goldthread.protocol.load import load

from .pages import heading, reading


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load("learning-reports").lexicon


def told(lexicon: Lexicon, field: str, *texts: str) -> str | None:
    cues: FieldCues = lexicon.fields[field]
    found = categories([reading(lexicon, *texts)], cues, lexicon, multiple=False)
    return found[0].value if found else None


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("A man called the police. His partner was found dead; the woman had been attacked.", "female"),
        ("The man assaulted a woman at her home. He was arrested. He told officers he was sorry.", "female"),
        ("A woman was subjected to an attack by a man. The man fled. The man was found by officers.", "female"),
        ("A woman rang for help for her son. She was told to wait. The woman’s son later drowned.", "male"),
        ("The man killed his wife. He was convicted of the murder of the woman.", "female"),
        ("Officers found the woman’s body. The man who had called was a neighbour.", "female"),
        (
            "He committed a sexual assault against a 13-year-old girl. The man was on licence. The man was known.",
            "female",
        ),
        ("A boy was struck by a car. The driver, a woman, stopped. She stayed with him.", "male"),
    ],
)
def test_the_sex_is_that_of_the_person_who_was_harmed(shipped: Lexicon, text: str, sex: str) -> None:
    assert told(shipped, "sex", text) == sex


@pytest.mark.parametrize(
    ("texts", "sex"),
    [
        (
            ("The death of Ashley Farthing. Ashley was with his mother. She held him. She rang her sister.",),
            "male",
        ),
        (
            ("The death of Sandy Marlow, aged 30. Mr Marlow lived with a woman. She was well, her sister said.",),
            "male",
        ),
    ],
)
def test_a_name_takes_the_pronoun_and_the_title_beside_it(shipped: Lexicon, texts: tuple[str, ...], sex: str) -> None:
    assert told(shipped, "sex", *texts) == sex


def test_a_driver_s_pronoun_says_nothing_of_a_passenger(shipped: Lexicon) -> None:
    text = "The passenger died. The officer said he followed the car until he lost it."
    assert told(shipped, "sex", text) is None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("A woman told officers that a boy had been attacked. The boy was injured.", "child"),
        ("A man was found dead. He had told a child of his fear.", "adult"),
        ("The death of Alex Penrose. Mr Penrose lived alone.", "adult"),
        ("The driver of a van died.", None),
        ("The death of Alex Penrose. Alex lived with a partner.", None),
    ],
)
def test_child_or_adult_is_told_of_the_person_who_was_harmed(shipped: Lexicon, text: str, group: str | None) -> None:
    assert told(shipped, "group", text) == group


def test_a_headline_tells_of_the_person_harmed(shipped: Lexicon) -> None:
    headline = heading("Woman dies after contact with police")
    cues = shipped.fields["sex"]
    text = "The man who lived with her was arrested. The man was known to officers."
    (best,) = categories([reading(shipped, headline, text)], cues, shipped, multiple=False)
    assert best.value == "female"


def test_a_rider_whose_own_leg_was_hurt_is_told_by_the_pronoun(shipped: Lexicon) -> None:
    assert told(shipped, "sex", "The rider was thrown off and sustained an injury to his leg.") == "male"
