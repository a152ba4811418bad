"""How well the lexicon engine does against labelled reports: floors below which it must not fall."""

from __future__ import annotations

import pytest

from goldthread.anchors import verify
from goldthread.assist.engine import ReviewText, Suggestions
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.protocol.load import load
from goldthread.scoring.gold import GoldDocument
from goldthread.scoring.proposed import proposed
from goldthread.scoring.score import Score, score

Labelled = list[tuple[GoldDocument, ReviewText]]


@pytest.fixture(scope="module")
def scores(gold: Labelled) -> dict[str, Score]:
    return _scored(gold)


@pytest.fixture(scope="module")
def inspected(inspections: Labelled) -> dict[str, Score]:
    return _scored(inspections)


@pytest.mark.parametrize(
    ("target", "floor"),
    [
        ("outcome", 0.97),
        ("category", 0.90),
        ("age", 0.97),
        ("sex", 0.96),
        ("group", 0.96),
        ("event_date", 0.91),
        ("force", 0.96),
        ("police_involved", 0.95),
        ("police_practice", 0.97),
        ("vulnerabilities", 0.94),
        ("judged practice", 0.75),
        ("any police action", 0.78),
        ("recommendations", 0.86),
    ],
)
def test_suggestions_agree_with_the_labels_often_enough(scores: dict[str, Score], target: str, floor: float) -> None:
    found = scores[target].main
    assert found is not None and found >= floor


@pytest.mark.parametrize(
    ("target", "floor"), [("judged practice", 0.74), ("any police action", 0.79), ("recommendations", 0.85)]
)
def test_passages_of_inspections_agree_often_enough(inspected: dict[str, Score], target: str, floor: float) -> None:
    found = inspected[target].main
    assert found is not None and found >= floor


def _scored(labelled: Labelled) -> dict[str, Score]:
    protocol, engine = load("learning-reports"), LexiconEngine()
    pairs = []
    for label, review in labelled:
        made = engine.suggest(review, protocol)
        _verify(made, review)
        pairs.append((label, proposed(made.characteristics, made.episodes, made.recommendations)))
    return score(pairs)


def _verify(made: Suggestions, review: ReviewText) -> None:
    for item in (*made.episodes, *made.recommendations):
        verify(item.anchor, review.documents[0].text)
