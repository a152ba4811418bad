from __future__ import annotations

import pytest

from goldthread.extraction.guards import guarded, stands, within_name
from goldthread.protocol.lexicon import CueGroup

from .pages import lexicon, reading

WORDS = lexicon(
    names=("name",),
    cue=["domestic abuse", "suicide", "depression", "missing", "mental health"],
    negation=["no evidence", "not", "denied", "no"],
    hypothetical=["risk of", "if he had been", "may have"],
    attribution=["his mother suffered"],
    name=["mental health trust", "domestic abuse service*"],
)
GUARDS = ("negation", "hypothetical", "attribution")


def standing(text: str) -> bool:
    told = reading(WORDS, text)
    said = told.said[0]
    return all(stands(told.low, said, hit, GUARDS, WORDS) for hit in said.of(("cue",)))


@pytest.mark.parametrize(
    "text",
    [
        "There was no evidence of domestic abuse.",
        "He denied thoughts of suicide.",
        "She was at risk of suicide.",
        "It would differ if he had been reported missing.",
        "Therapy may have eased the depression.",
        "He said his mother suffered depression.",
        "The Mental Health Trust replied.",
        "The Domestic Abuse Service closed.",
    ],
)
def test_a_guard_takes_the_cue_away(text: str) -> None:
    assert not standing(text)


@pytest.mark.parametrize(
    "text",
    [
        "She had suffered domestic abuse.",
        "He was not at home, but he spoke of suicide.",
        "Suicide was not foreseen.",
        "There was no answer; he was missing.",
        "His mental health grew worse.",
    ],
)
def test_a_guard_in_another_clause_or_after_the_cue_does_not(text: str) -> None:
    assert standing(text)


def test_a_guard_far_away_in_a_long_clause_does_not_reach() -> None:
    told = reading(WORDS, "He did not " + "walk to the old bridge by the river " * 3 + "in depression.")
    cue = told.said[0].of(("cue",))[0]
    assert not guarded(told.low, told.said[0], cue, GUARDS, WORDS)


def test_a_name_that_is_exactly_the_cue_is_still_the_cue() -> None:
    same = lexicon(cue=["mental health"], name=["mental health"])
    told = reading(same, "Mental health")
    assert not within_name(told.said[0].of(("cue",))[0], told.said[0], ("name",))


REACHING = lexicon(
    cue=["depression"],
    verb=CueGroup(cues=("not",), reach=20, unless_in=("idiom",), presupposing=("seen",)),
    after=CueGroup(cues=("was ruled out",), follows=True, reach=20),
    idiom=["not only"],
    seen=["recognise*"],
    whole=CueGroup(cues=("denied",), along=("verb", "after")),
)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("He had not depression.", True),
        ("He did not go to the clinic for his depression.", False),
        ("He had not only depression.", False),
        ("They did not recognise depression.", False),
        ("They did not recognise any depression.", True),
        ("Depression was ruled out.", True),
        ("Depression, the doctor said, was ruled out.", True),
        ("Depression set in, and a fall from the roof was ruled out.", False),
    ],
)
def test_a_guard_reaches_as_far_and_the_way_its_group_says(text: str, taken: bool) -> None:
    told = reading(REACHING, text)
    (cue,) = told.said[0].of(("cue",))
    assert guarded(told.low, told.said[0], cue, ("whole",), REACHING) is taken
