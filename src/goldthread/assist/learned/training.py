"""Learning the models from labelled sentences: the same labels give the same model, to the last digit.

Weights are rounded to hundredths, which is coarser than anything the order of additions could change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.assist.learned.code_signs import Coded, code_signs, direction_signs
from goldthread.assist.learned.model import LENGTH, Model, Weights, length
from goldthread.assist.learned.signs import Signs, signs
from goldthread.assist.learned.spoken import MARKS, NUMBER
from goldthread.learn.logistic import Answers, Logistic
from goldthread.learn.rows import Floats, Rows

JUDGED, ANY, ASKS = "judged", "any", "asks"
MISSED = "missed"
_WORDED = ("w", "m", "^", "h", "n-1", "n1")  # kinds of signs made of words
_SMALLEST = 0.015  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Label:
    """What a careful reader says of one sentence; None where readers differed or did not look.

    `asks` is whether it asks for a change.
    """

    police: str | None
    asks: bool | None
    direction: str | None = None
    theme: str | None = None
    explanation: str | None = None


@dataclass(frozen=True)
class Labelled:
    """A document with the labels of its sentences, by their place, and its signs, worked out once."""

    coded: Coded
    labels: Mapping[int, Label]
    signs: Mapping[int, Signs]
    direction_signs: Mapping[int, Signs]
    code_signs: Mapping[int, Signs]

    @classmethod
    def of(cls, coded: Coded, labels: Mapping[int, Label]) -> Labelled:
        """The signs of every labelled sentence that the models would read."""
        reach = [place for place in coded.view.within_reach if place in labels]
        judged = [place for place in labels if labels[place].police == JUDGED]
        codes = {place: code_signs(coded, place) for place in judged}
        return cls(
            coded,
            labels,
            {place: signs(coded.view, place) for place in reach},
            {place: direction_signs(coded, place, codes[place]) for place in judged},
            codes,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """How learning is done. `passages` and `codes` are how far labels may bend the weights (C); a sign must stand in
    `documents` documents; `tolerance` is how flat the lowest point must be.
    """

    passages: float = 1.0
    codes: float = 1.0
    documents: int = 3
    tolerance: float = 1e-4


Rowed = tuple[Signs, int, Label]  # a sentence's signs, the number of its document, its label


def learned(
    documents: Sequence[Labelled], settings: Settings = Settings(), words: Collection[str] | None = None
) -> Model:
    """A model from labelled documents, not yet calibrated. Only signs made of `words` are kept, where given."""
    found = _rows((doc, doc.signs) for doc in documents)
    toned = _rows((doc, doc.direction_signs) for doc in documents)
    judged = _rows((doc, doc.code_signs) for doc in documents)
    passages = _weights(found, (JUDGED, ANY, ASKS), settings, settings.passages, words)
    direction = _weights(toned, (MISSED,), settings, settings.codes, words)
    codes = _weights(judged, _code_answers(judged), settings, settings.codes, words)
    return Model(passages, direction, codes, {}, {})


def _rows(documents: Iterable[tuple[Labelled, Mapping[int, Signs]]]) -> list[Rowed]:
    return [
        (made[place], number, doc.labels[place]) for number, (doc, made) in enumerate(documents) for place in made
    ]


def answer(name: str, label: Label) -> bool | None:
    """Whether a label says yes to an answer of the models; None where it does not say."""
    match name.split(":"):
        case ["judged"]:
            return None if label.police is None else label.police == JUDGED
        case ["any"]:
            return None if label.police is None else label.police != "none"
        case ["asks"]:
            return label.asks
        case ["missed"]:
            return None if label.direction is None else label.direction == MISSED
        case ["theme", theme]:
            return None if label.theme is None else label.theme == theme
        case [_, reason]:
            return None if label.explanation is None else label.explanation == reason
        case _:
            raise ValueError(f"the models have no answer “{name}”")


def _code_answers(rows: Sequence[Rowed]) -> tuple[str, ...]:
    themes = sorted({f"theme:{label.theme}" for _, _, label in rows if label.theme})
    return (*themes, *sorted({f"explanation:{label.explanation}" for _, _, label in rows if label.explanation}))


def _weights(
    rows: Sequence[Rowed],
    answers: Sequence[str],
    settings: Settings,
    strength: float,
    words: Collection[str] | None,
) -> Weights:
    row = {sign: at for at, sign in enumerate(_vocabulary(rows, settings.documents, words))}
    data = Rows.of((_vector(signs, row) for signs, _, _ in rows), len(row))
    columns, starts = [], []
    for name in answers:
        told = [answer(name, label) for _, _, label in rows]
        known = np.array([at for at, value in enumerate(told) if value is not None], np.int64)
        yes: Answers = np.array([told[at] for at in known], np.bool_)
        made = Logistic.learned(data.pick(known), yes, strength, tolerance=settings.tolerance)
        columns.append(np.where(np.abs(made.weights) < _SMALLEST, 0.0, np.round(made.weights, 2)))
        starts.append(round(made.intercept, 2))
    table: Floats = np.stack(columns, axis=1)
    return Weights(tuple(answers), row, table, np.array(starts))


def _vector(signs: Signs, row: Mapping[str, int]) -> dict[int, float]:
    size = LENGTH / length(signs)
    return {row[sign]: weight * size for sign, weight in signs.items() if sign in row}


def _vocabulary(rows: Iterable[Rowed], least: int, words: Collection[str] | None) -> list[str]:
    """The signs that stand in enough documents, in sorted order."""
    seen: dict[str, set[int]] = {}
    for each, document, _ in rows:
        for sign in each:
            seen.setdefault(sign, set()).add(document)
    common = (sign for sign, documents in seen.items() if len(documents) >= least)
    return sorted(sign for sign in common if words is None or set(words_of(sign)) <= set(words))


def words_of(sign: str) -> list[str]:
    """The words a sign is made of, but for those that say what somebody is; none for a sign that is no words."""
    kind, _, rest = sign.partition(":")
    if kind not in _WORDED or rest.startswith(("g:", "k:", "r:", "o:", "in ")):
        return []
    return [word for word in rest.split() if word not in MARKS and word != NUMBER]


def right(model: Model, document: Labelled) -> dict[str, list[tuple[float, bool]]]:
    """A model's log-odds of each answer on a document's labelled sentences, with whether the answer is right."""
    made: dict[str, list[tuple[float, bool]]] = {}
    for weights, by_place in (
        (model.passages, document.signs),
        (model.direction, document.direction_signs),
        (model.codes, document.code_signs),
    ):
        reach = weights.reach(by_place.values())
        for place, row in zip(by_place, reach, strict=True):
            for at, name in enumerate(weights.answers):
                told = answer(name, document.labels[place])
                if told is not None:
                    made.setdefault(name, []).append((float(row[at]), told))
    return made
