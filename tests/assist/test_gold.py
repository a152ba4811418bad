"""How well the lexicon engine does against labelled reports: floors below which it must not fall."""

from __future__ import annotations

import re
from typing import Any

import pytest

from goldthread.anchors import Anchor, verify
from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.protocol.load import load

Scored = list[tuple[dict[str, Any], Suggestions]]


@pytest.fixture(scope="module")
def scored(gold: list[tuple[dict[str, Any], ReviewText]]) -> Scored:
    protocol, engine = load("learning-reports"), LexiconEngine()
    made = []
    for label, review in gold:
        suggested = engine.suggest(review, protocol)
        for item in (*suggested.episodes, *suggested.recommendations):
            verify(item.anchor, review.documents[0].text)
        made.append((label, suggested))
    return made


@pytest.mark.parametrize(
    ("field", "floor"),
    [
        ("outcome", 0.90),
        ("category", 0.80),
        ("age", 0.94),
        ("sex", 0.92),
        ("group", 0.88),
        ("event_date", 0.84),
        ("force", 0.93),
        ("police_involved", 0.88),
        ("police_practice", 0.91),
    ],
)
def test_a_characteristic_agrees_with_the_labels_often_enough(scored: Scored, field: str, floor: float) -> None:
    agreed = [
        _value(label[field]) == _suggested(made, field) for label, made in scored if field not in label["disputed"]
    ]
    assert sum(agreed) / len(agreed) >= floor


def test_vulnerabilities_agree_often_enough(scored: Scored) -> None:
    hits = misses = alarms = 0
    for label, made in scored:
        wanted, unsure = set(label["vulnerabilities"]), set(label.get("disputed_vulnerabilities", ()))
        found = {
            each.value for each in made.characteristics if each.field == "vulnerabilities" and each.value
        } - unsure
        hits, misses, alarms = hits + len(wanted & found), misses + len(wanted - found), alarms + len(found - wanted)
    assert _f1(hits, misses, alarms) >= 0.87


@pytest.mark.parametrize(("kinds", "floor"), [({"judged"}, 0.75), ({"judged", "described"}, 0.78)])
def test_passages_agree_often_enough(scored: Scored, kinds: set[str], floor: float) -> None:
    hits = misses = alarms = 0
    for label, made in scored:
        anchors = [each.anchor for each in made.episodes if "described" in kinds or each.direction != "described"]
        for sentence in label["sentences"]:
            if sentence["police"] == "disputed":
                continue
            wanted, found = sentence["police"] in kinds, any(_meets(each, sentence) for each in anchors)
            hits, misses, alarms = (
                hits + (wanted and found),
                misses + (wanted and not found),
                alarms + (found > wanted),
            )
    assert _f1(hits, misses, alarms) >= floor


def test_recommendations_agree_often_enough(scored: Scored) -> None:
    hits = misses = alarms = 0
    for label, made in scored:
        for sentence in label["sentences"]:
            wanted = sentence.get("recommendation")
            if wanted == "disputed":
                continue
            found = any(_meets(each.anchor, sentence) for each in made.recommendations)
            hits, misses, alarms = (
                hits + (bool(wanted) and found),
                misses + (bool(wanted) > found),
                alarms + (found > bool(wanted)),
            )
    assert _f1(hits, misses, alarms) >= 0.86


@pytest.fixture(scope="module")
def inspected(inspections: list[tuple[dict[str, Any], ReviewText]]) -> Scored:
    protocol, engine = load("learning-reports"), LexiconEngine()
    return [(label, engine.suggest(review, protocol)) for label, review in inspections]


@pytest.mark.parametrize(("kinds", "floor"), [({"judged"}, 0.74), ({"judged", "described"}, 0.79)])
def test_passages_of_inspections_agree_often_enough(inspected: Scored, kinds: set[str], floor: float) -> None:
    pairs = []
    for label, made in inspected:
        said = [each.anchor.quote for each in made.episodes if "described" in kinds or each.direction != "described"]
        known = [_words(quote) for quote in said]
        pairs += [
            (sentence["police"] in kinds, _among(_words(sentence["text"]), known))
            for sentence in label["sentences"]
            if sentence["police"] != "disputed"
        ]
    assert _f1_of(pairs) >= floor


def test_recommendations_of_inspections_agree_often_enough(inspected: Scored) -> None:
    pairs = []
    for label, made in inspected:
        known = [_words(each.anchor.quote) for each in made.recommendations]
        pairs += [
            (bool(sentence.get("recommendation")), _among(_words(sentence["text"]), known))
            for sentence in label["sentences"]
            if sentence.get("recommendation") != "disputed"
        ]
    assert _f1_of(pairs) >= 0.85


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", re.sub("\u00ad\\s*", "", text.lower())))


def _among(sentence: set[str], found: list[set[str]]) -> bool:
    """Whether one of the found sentences has mostly the same words: line ends differ between the two."""
    return any(
        min(len(sentence), len(each)) >= 4 and len(sentence & each) >= 0.8 * min(len(sentence), len(each))
        for each in found
    )


def _f1_of(pairs: list[tuple[bool, bool]]) -> float:
    """F1 of (labelled, found) pairs."""
    return _f1(pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True)))


def _value(label: object) -> str | None:
    if label in ("unclear", "not_stated", None):
        return None
    return str(label).lower() if isinstance(label, bool | int) else str(label)


def _suggested(made: Suggestions, field: str) -> str | None:
    return next(each.value for each in made.characteristics if each.field == field)


def _meets(found: Anchor, sentence: dict[str, Any]) -> bool:
    """Whether an anchor and a labelled sentence are mostly the same words."""
    shared = min(found.end, sentence["end"]) - max(found.start, sentence["start"])
    shorter = min(found.end - found.start, sentence["end"] - sentence["start"])
    return shared > 0 and shared >= shorter / 2


def _f1(hits: int, misses: int, alarms: int) -> float:
    return 2 * hits / (2 * hits + misses + alarms)
