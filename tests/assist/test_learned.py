"""The learned engine on fictional reports: what it tells, that it repeats itself, and that nothing upsets it."""

from __future__ import annotations

import pytest

from goldthread.anchors import verify
from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.engines import usual
from goldthread.assist.learned.engine import LearnedEngine
from goldthread.assist.learned.model import Model, Scale, Weights, shipped
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.protocol.load import load
from tests.assist.conftest import review_of

# FICTIONAL: no real person, place or event.
REPORT = """Man dies after being reported missing - Northshire Police, May 2016
Published: 2018-05-02

On 3 May 2016 a woman called Northshire Police to report that her brother was missing.
A call handler graded the report as medium risk and officers searched the area.
He had been unwell for some weeks.
We interviewed two officers and reviewed the incident log.
The investigation found that the call handler failed to record that the man had threatened to harm himself.
Officers who searched the park acted in line with the force's policy.
We found no indication that any person serving with the police may have committed a criminal offence.

IOPC RECOMMENDATION
The IOPC recommends that Northshire Police reviews its guidance on recording threats of self-harm.
"""


@pytest.fixture(scope="module")
def told() -> Suggestions:
    return _read(review_of(REPORT, review_types=("IOPC",)))


def _read(review: ReviewText, protocol: str = "learning-reports") -> Suggestions:
    made = LearnedEngine().suggest(review, load(protocol))
    for item in (*made.episodes, *made.recommendations):
        verify(item.anchor, review.documents[0].text)
    return made


def _direction_of(told: Suggestions, words: str) -> str:
    return next((each.direction for each in told.episodes if words in each.anchor.quote), "none")


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("graded the report as medium risk", "described"),
        ("He had been unwell", "none"),
        ("We interviewed two officers", "none"),
        ("failed to record", "missed"),
        ("acted in line with", "good"),
        ("no indication", "good"),
    ],
)
def test_a_sentence_is_judged_described_or_neither(told: Suggestions, words: str, direction: str) -> None:
    assert _direction_of(told, words) == direction


def test_what_is_asked_for_is_a_recommendation_to_the_police(told: Suggestions) -> None:
    assert [(each.addressee, each.text.split()[:3]) for each in told.recommendations] == [
        ("police", ["The", "IOPC", "recommends"])
    ]


def test_good_practice_needs_no_explanation(told: Suggestions) -> None:
    assert {each.explanation for each in told.episodes if each.direction == "good"} == {"not_explained"}


def test_codes_are_those_of_the_codebook(told: Suggestions) -> None:
    protocol = load("learning-reports")
    judged = [each for each in told.episodes if each.direction != "described"]
    assert {each.theme for each in judged} <= set(protocol.theme_by_id)
    assert all(0.0 <= each.confidence <= 1.0 for each in told.episodes)


def test_what_is_explicit_is_left_to_the_rules() -> None:
    review, protocol = review_of(REPORT, review_types=("IOPC",)), load("learning-reports")
    by_rule = LexiconEngine().suggest(review, protocol).characteristics
    learned = LearnedEngine().suggest(review, protocol).characteristics
    assert [(each.field, each.value) for each in learned] == [(each.field, each.value) for each in by_rule]
    assert {each.engine for each in learned} == {"learned"}


def test_the_same_report_is_always_told_alike(told: Suggestions) -> None:
    assert _read(review_of(REPORT, review_types=("IOPC",))) == told


@pytest.mark.parametrize(
    "text", ["", "x", "Police.", "A. B. C.\n\n1.\n\n• \n", "POLICE\n" * 40, "The weather was fine. " * 200, "№ ☃ 🚓 ́"]
)
def test_a_text_of_any_shape_is_read_without_a_fault(text: str) -> None:
    _read(review_of(text))


def test_a_report_without_police_has_no_passages() -> None:
    assert not _read(review_of("The hospital failed to record his fall.\nThe ward was busy.\n")).episodes


def test_a_protocol_the_models_cannot_serve_is_read_by_rule() -> None:
    review, protocol = review_of(REPORT), load("periodic-review")
    learned, by_rule = LearnedEngine().suggest(review, protocol), LexiconEngine().suggest(review, protocol)
    assert [each.anchor for each in learned.episodes] == [each.anchor for each in by_rule.episodes]
    assert (usual(protocol), usual(load("learning-reports"))) == ("lexicon", "learned")


def test_weights_are_text_and_come_back_as_they_were() -> None:
    model = shipped()
    again = Model.parsed(model.written())
    assert again.written() == model.written()
    assert again.passages.answers == ("judged", "any", "asks")


def test_a_sentence_without_known_signs_has_what_every_sentence_starts_from() -> None:
    weights = Weights.parsed("sign\tjudged\n\t-150\nw:late\t40\n")
    assert weights.reach([{"w:other": 1.0}, {"w:late": 1.0}]).tolist() == [[-1.5], [-1.5 + 4.0 * 0.4]]


def test_a_scale_turns_log_odds_into_a_chance() -> None:
    assert Scale(1.0, 0.0).chance(0.0) == 0.5
    assert Scale(2.0, -1.0).chance(1e9) == pytest.approx(1.0)
