from __future__ import annotations

import pytest

from goldthread.extraction.age import ages
from goldthread.extraction.found import Found
from goldthread.protocol.lexicon import FieldCues

from .pages import lexicon, reading

AGE = FieldCues(near=("near",), far=("far",), threshold=0.8)
WORDS = lexicon(
    fields={"age": AGE},
    near=["died", "death of", "deceased", "man", "woman", "baby", "boy"],
    far=["brother", "mother", "for", "driver"],
)


def found(*texts: str, cues: FieldCues = AGE) -> Found | None:
    (best, *_) = [*ages([reading(WORDS, *texts)], cues), None]
    return best


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("The deceased, aged 34, lived alone.", "34"),
        ("A 34-year-old man died.", "34"),
        ("A 34 year old woman died.", "34"),
        ("The woman was 34 years old.", "34"),
        ("She died at the age of 76 years.", "76"),
        ("A woman aged only 19 died.", "19"),
        ("He died (aged 40 years) in hospital.", "40"),
        ("The man was 52 when he died.", "52"),
        ("The boy was 16 at the time of his death.", "16"),
        ("A three-year-old boy died.", "3"),
        ("The baby, aged 7 months, died.", "0"),
        ("A baby, 14 months old, died.", "1"),
        ("The baby died aged 9 days.", "0"),
        ("She was born on 4 May 1980 and died on 3 May 2019.", "38"),
        ("She was born on 4 May 1980 and died on 4 May 2019.", "39"),
        ("The man, aged 34\nyears, died.", "34"),
    ],
)
def test_every_way_of_giving_an_age_is_read(text: str, years: str) -> None:
    best = found(text)
    assert best is not None
    assert best.value == years
    assert best.subject_no == 1


@pytest.mark.parametrize(
    "text",
    [
        "A man in his 30s died.",
        "Children aged 5 to 11 attend.",
        "People over the age of 60 were asked.",
        "The bridge is 140 years old, said the man.",
        "He died. His brother, aged 40, found him.",
        "He died at home.",
        "A man aged 60+ died.",
    ],
)
def test_what_is_no_age_of_the_subject_is_left_out(text: str) -> None:
    assert found(text) is None


def test_the_subject_s_age_is_told_from_another_s() -> None:
    best = found("A woman aged 71 died. Her brother, aged 75, and mother, aged 98, were told. She was 71 years old.")
    assert best is not None
    assert best.value == "71"
    assert best.anchors[0].quote == "aged 71"


def test_a_field_may_want_only_ages_that_something_speaks_for() -> None:
    strict = AGE.model_copy(update={"near_only": True, "near": ("far",), "far": ()})
    assert found("A woman aged 71 died.", cues=strict) is None
    best = found("A woman aged 71 died. The driver was aged 22.", cues=strict)
    assert best is not None
    assert best.value == "22"


def test_confidence_falls_when_another_age_is_given_as_often() -> None:
    alone, contested = found("The man, aged 34, died."), found("The man, aged 34, died. A man aged 50 died.")
    assert alone is not None
    assert contested is not None
    assert alone.confidence > contested.confidence


NAMED = lexicon(
    fields={"age": AGE}, near=["died", "death of", "born"], far=["mother", "brother"], after=["death of"]
).model_copy(update={"subject_after": ("death of",)})


@pytest.mark.parametrize(
    "text",
    [
        "I opened an inquest into the death of Wren Tarrant, 34.",
        "An inquest into the death of Wren Tarrant (34).",
        "An inquest into the death of Wren Tarrant, who was thirty. Wren (34) died.",
    ],
)
def test_an_age_set_behind_the_name_is_the_subject_s(text: str) -> None:
    (best, *_) = ages([reading(NAMED, text)], AGE)
    assert best.value == "34"


def test_an_age_is_reckoned_from_a_birth_and_the_date_of_the_event() -> None:
    told = reading(NAMED, "The death of Wren Tarrant, born on 4 May 1980. Wren’s mother wept.")
    assert [each.value for each in ages([told], AGE, "2019-05-03")] == ["38"]
    assert ages([told], AGE) == []


def test_an_age_of_the_perpetrator_s_mother_is_nobody_s() -> None:
    assert ages([reading(NAMED, "The perpetrator’s mother, aged 61, gave evidence.")], AGE) == []
