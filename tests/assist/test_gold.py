"""How well the lexicon engine does against labelled reports: floors below which it must not fall."""

from __future__ import annotations

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
        ("outcome", 0.85),
        ("category", 0.65),
        ("age", 0.90),
        ("sex", 0.85),
        ("group", 0.85),
        ("event_date", 0.75),
        ("force", 0.85),
        ("police_involved", 0.80),
        ("police_practice", 0.85),
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
    assert _f1(hits, misses, alarms) >= 0.70


@pytest.mark.parametrize(("kinds", "floor"), [({"judged"}, 0.5), ({"judged", "described"}, 0.7)])
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
    assert _f1(hits, misses, alarms) >= 0.60


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
