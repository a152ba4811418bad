"""Cross-validation of the models: every labelled document is read by a model that has not seen it."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from goldthread.assist.engine import Suggestions
from goldthread.assist.learned.calibrating import calibrated
from goldthread.assist.learned.engine import LearnedEngine
from goldthread.assist.learned.model import Model
from goldthread.assist.learned.training import Settings, learned, right
from goldthread.protocol.load import load
from goldthread.scoring.proposed import Proposed, proposed
from goldthread.scoring.score import Score, score
from model_labels import PROTOCOL, Taught

Held = dict[str, list[tuple[float, bool]]]


@dataclass(frozen=True)
class Fold:
    """A model, the places of documents it has not seen, and its log-odds on the gold ones with whether they hold."""

    model: Model
    unseen: tuple[int, ...]
    held: Held


def folds(
    documents: Sequence[Taught], settings: Settings, words: Collection[str] | None, number: int = 5, seed: int = 0
) -> list[Fold]:
    """Folds by document, kinds of document spread evenly over them."""
    made = []
    for unseen in _split(documents, number, seed):
        known = set(unseen)
        seen = [each.labelled for at, each in enumerate(documents) if at not in known]
        model = learned(seen, settings, words)
        held: Held = defaultdict(list)
        for at in unseen:
            if documents[at].gold is not None:
                for answer, pairs in right(model, documents[at].labelled).items():
                    held[answer] += pairs
        made.append(Fold(model, unseen, dict(held)))
    return made


def _split(documents: Sequence[Taught], number: int, seed: int) -> list[tuple[int, ...]]:
    kinds: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for at, each in enumerate(documents):
        kinds[each.source, each.gold is None].append(at)
    shuffled = random.Random(seed)  # noqa: S311 - a repeatable order, not a secret
    order = []
    for kind in sorted(kinds):
        shuffled.shuffle(kinds[kind])
        order += kinds[kind]
    return [tuple(sorted(order[start::number])) for start in range(number)]


def together(made: Sequence[Fold], but: int | None = None) -> Held:
    """What all folds held back, but for one."""
    held: Held = defaultdict(list)
    for at, fold in enumerate(made):
        if at != but:
            for answer, pairs in fold.held.items():
                held[answer] += pairs
    return dict(held)


def unseen(documents: Sequence[Taught], made: Sequence[Fold]) -> Iterator[tuple[Taught, Suggestions]]:
    """What the engine proposes for each gold document with a model, thresholds and scales that never saw it."""
    protocol = load(PROTOCOL)
    for at, fold in enumerate(made):
        engine = LearnedEngine(calibrated(fold.model, together(made, but=at)))
        for number in fold.unseen:
            if documents[number].gold is not None:
                yield documents[number], engine.suggest(documents[number].review, protocol)


def scored(found: Sequence[tuple[Taught, Suggestions]], group: str, source: str = "") -> dict[str, Score]:
    """The scores over the gold documents of one group (texts or inspections), or of one source in it."""
    return score(
        (taught.gold, proposals(made))
        for taught, made in found
        if taught.gold is not None and taught.group == group and source in ("", taught.source)
    )


def proposals(made: Suggestions) -> Proposed:
    """What was suggested, as it is scored."""
    return proposed(made.characteristics, made.episodes, made.recommendations)
