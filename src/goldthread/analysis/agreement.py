"""How far people who coded the same documents agree: at each sentence, on each page, or in each review.

Text nobody coded is agreement that there is nothing to code, unless only coded text is asked for. A unit is coded
with whatever overlaps it. Only documents in which every coder coded something are looked at: elsewhere a coder who
found nothing cannot be told from one who never opened it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from goldthread.protocol.model import Protocol
from goldthread.statistics.agreement import (
    Measure,
    Ratings,
    cohen,
    fleiss,
    gwet,
    jackknifed,
    krippendorff,
    percent,
)
from goldthread.statistics.interval import Interval

YES, NO = "yes", "no"


class Level(StrEnum):
    """What one unit is."""

    SENTENCE = "sentence"
    PAGE = "page"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Coding:
    """One passage as one person coded it; `document` names the same text whoever read it."""

    coder: str
    document: str
    start: int
    end: int
    theme: str
    direction: str
    explanation: str

    def by(self, coder: str) -> Coding:
        """The same passage under another coder's name."""
        return replace(self, coder=coder)


@dataclass(frozen=True, slots=True)
class CodedText:
    """A document to be compared: `sentences` are (start, end, page), and belong to one review."""

    document: str
    review: str
    sentences: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one code. `axis` is practice, theme, direction or explanation.

    `prevalence` is the share of units each coder gave the code. Where one of several categories was to be chosen it
    is empty, and `shares` hold (label, that share) for each category used. Measures that are not defined are None.
    """

    axis: str
    code: str
    label: str
    units: int
    prevalence: tuple[float, ...]
    percent: float | None
    kappa: Interval | None
    alpha: Interval | None
    ac1: Interval | None
    shares: tuple[tuple[str, tuple[float, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything asked about a set of coders at one level."""

    coders: tuple[str, ...]
    level: Level
    coded_only: bool
    documents: int
    codes: tuple[Agreement, ...]


def compare(
    texts: Sequence[CodedText],
    codings: Sequence[Coding],
    coders: Sequence[str],
    protocol: Protocol,
    level: Level = Level.SENTENCE,
    *,
    coded_only: bool = False,
) -> Comparison:
    """Agreement on whether there is practice to code at all, on each theme used, on direction and on explanation.

    A sentence has one direction and one explanation with each coder. A page or a review may have several, so there
    each is asked for by itself, yes or no.
    """
    worked = {coder: {one.document for one in codings if one.coder == coder} for coder in coders}
    shared = [text for text in texts if all(text.document in worked[coder] for coder in coders)]
    units = list(_units(shared, codings, coders, level))
    if coded_only:
        units = [unit for unit in units if any(unit)]
    codes = (*_codes(units, protocol), *_judged(units, protocol, level))
    return Comparison(tuple(coders), level, coded_only, len(shared), codes)


_Unit = tuple[tuple[Coding, ...], ...]
"""What each coder coded in one unit, in reading order."""


def _units(
    texts: Sequence[CodedText], codings: Sequence[Coding], coders: Sequence[str], level: Level
) -> Iterator[_Unit]:
    gathered: dict[Hashable, list[dict[Coding, None]]] = {}
    for text in texts:
        mine = sorted((one for one in codings if one.document == text.document), key=lambda one: one.start)
        for n, (start, end, page) in enumerate(text.sentences):
            name: Hashable = {
                Level.SENTENCE: (text.document, n),
                Level.PAGE: (text.document, "page", page),
                Level.REVIEW: text.review,
            }[level]
            unit = gathered.setdefault(name, [{} for _ in coders])
            for one in mine:
                if one.start < end and start < one.end and one.coder in coders:
                    unit[coders.index(one.coder)][one] = None
    return (tuple(tuple(found) for found in unit) for unit in gathered.values())


def _codes(units: Sequence[_Unit], protocol: Protocol) -> Iterator[Agreement]:
    said = [tuple(YES if found else NO for found in unit) for unit in units]
    yield _agreement("practice", "any", "Any practice", said, (YES, NO))
    used = {one.theme for unit in units for found in unit for one in found}
    for theme in protocol.codebook.themes:
        if theme.id in used:
            given = [tuple(_yes(any(one.theme == theme.id for one in found)) for found in unit) for unit in units]
            yield _agreement("theme", theme.id, theme.label, given, (YES, NO))


def _judged(units: Sequence[_Unit], protocol: Protocol, level: Level) -> Iterator[Agreement]:
    """Direction and explanation, over the units in which every coder coded something."""
    both = [unit for unit in units if all(unit)]
    for axis, values in (
        ("direction", protocol.codebook.directions),
        ("explanation", protocol.codebook.explanations),
    ):
        labels = {value.id: value.label for value in values}
        given = [tuple([str(getattr(one, axis)) for one in found if getattr(one, axis)] for found in u) for u in both]
        given = [unit for unit in given if all(unit)]
        names = tuple(dict.fromkeys((*labels, *(name for unit in given for said in unit for name in said))))
        if level == Level.SENTENCE:
            chosen = [tuple(said[0] for said in unit) for unit in given]
            yield _chosen(axis, chosen, {name: labels.get(name, name) for name in names})
            continue
        for name in names:
            if any(name in said for unit in given for said in unit):
                label = f"{axis.capitalize()}: {labels.get(name, name)}"
                yield _agreement(
                    axis, name, label, [tuple(_yes(name in said) for said in u) for u in given], (YES, NO)
                )


def _chosen(axis: str, units: Sequence[tuple[str, ...]], labels: Mapping[str, str]) -> Agreement:
    """Agreement where each coder chose one of several categories."""
    made = _agreement(axis, "all", axis.capitalize(), units, tuple(labels))
    ratings = Ratings.of(units, tuple(labels))
    used = [ratings.prevalence(coder) for coder in range(len(made.prevalence))]
    shares = ((label, tuple(each[name] for each in used)) for name, label in labels.items())
    return replace(made, prevalence=(), shares=tuple(one for one in shares if any(one[1])))


def _yes(holds: bool) -> str:
    return YES if holds else NO


def _agreement(
    axis: str, code: str, label: str, units: Sequence[tuple[str | None, ...]], names: Sequence[str]
) -> Agreement:
    ratings = Ratings.of(units, names)
    coders = len(units[0]) if units else 0
    kappa: Measure = cohen if coders == 2 else fleiss
    return Agreement(
        axis=axis,
        code=code,
        label=label,
        units=len(ratings),
        prevalence=tuple(ratings.prevalence(coder)[names[0]] for coder in range(coders)),
        percent=percent(ratings),
        kappa=jackknifed(kappa, ratings),
        alpha=jackknifed(krippendorff, ratings),
        ac1=jackknifed(gwet, ratings),
    )
