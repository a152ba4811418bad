"""When to stop screening: what a random sample of the unread says about what is still to be found.

A sample is drawn from the reviews nobody had decided at that moment, each with the same chance. From how many of it
turn out relevant follow exact bounds on how many of all those were, and so on the recall reached: the share of all
relevant reviews that people have found. It is an estimate with an interval, never the word that all is done.
"""

from __future__ import annotations

import random
from collections.abc import Collection
from dataclasses import dataclass

from goldthread.statistics.finite import marked, most
from goldthread.statistics.interval import LEVEL

TARGET = 0.95


@dataclass(frozen=True, slots=True)
class Sample:
    """Reviews drawn at random from all that were undecided at one moment. `population` holds them all."""

    number: int
    seed: int
    at: str
    population: frozenset[str]
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """Relevant found ÷ all relevant: the likeliest share and the ends of its interval, 0–1."""

    estimate: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True)
class Stopping:
    """How far the screening has come and how sure that is, in numbers of reviews.

    `decided` of `registered` were settled by people and `relevant` of these kept (included or maybe), `unread` is
    what nobody has read. Of the last sample of `drawn` out of `population`, `sampled` are decided and `hits` of
    these kept; `remaining_low`–`remaining_high` relevant ones may be unfound. `recall` is None without a sample,
    `sure_recall` the recall of which one may be `level` sure (0 without a sample). `next_sample` is how many to draw
    so that, were none of them relevant, one could be `level` sure of `target`; 0 when that is reached or
    nothing is left to draw from.
    """

    registered: int
    decided: int
    relevant: int
    target: float
    level: float
    samples: int
    population: int
    drawn: int
    sampled: int
    hits: int
    remaining_low: int
    remaining_high: int
    recall: Recall | None
    sure_recall: float
    next_sample: int

    @property
    def unread(self) -> int:
        """Reviews nobody has read: the work saved so far, if reading ended here."""
        return self.registered - self.decided

    @property
    def saved(self) -> float:
        """The share of the reviews nobody has read, 0–1."""
        return self.unread / self.registered if self.registered else 0.0

    @property
    def reached(self) -> bool:
        """Whether the sample allows to be as sure of the target as was asked."""
        return self.recall is not None and self.sure_recall >= self.target


def draw(undecided: Collection[str], size: int, seed: int) -> tuple[str, ...]:
    """So many of the undecided, every one with the same chance; the same seed and reviews give the same sample.

    >>> draw(["R3", "R1", "R2"], 2, seed=1)
    ('R1', 'R3')
    """
    return tuple(random.Random(seed).sample(sorted(undecided), size))  # noqa: S311 - chance, not a secret


def stopping(
    registered: Collection[str],
    kept: Collection[str],
    dropped: Collection[str],
    samples: tuple[Sample, ...] = (),
    target: float = TARGET,
    level: float = LEVEL,
) -> Stopping:
    """The report on reviews registered, kept and dropped by people, judged by the last sample drawn.

    A sampled review that is not decided yet may be relevant or not: the bounds allow for both.
    """
    reviews, relevant = set(registered), set(registered) & set(kept)
    decided = relevant | (reviews & set(dropped))
    last = samples[-1] if samples else None
    population = reviews & last.population if last else set[str]()
    drawn = [one for one in last.drawn if one in reviews] if last else []
    hits = sum(one in relevant for one in drawn)
    open_ = sum(one not in decided for one in drawn)
    found_since = len(population & relevant)
    low, high, recall, sure = 0, len(reviews - decided), None, 0.0
    settled = len(drawn) - open_
    if settled:
        found, whole, undecided = len(relevant), len(population), len(population - decided)
        ends = (
            marked(hits, len(drawn), whole, level).least,
            marked(hits + open_, len(drawn), whole, level).most,
            most(hits + open_, len(drawn), whole, 1 - level),
        )
        low, high, sided = (min(undecided, max(0, each - found_since)) for each in ends)
        likely = min(high, max(low, round(hits * whole / settled) - found_since))
        recall = Recall(_share(found, likely), _share(found, high), _share(found, low), level)
        sure = _share(found, sided)
    reached = recall is not None and sure >= target
    return Stopping(
        registered=len(reviews),
        decided=len(decided),
        relevant=len(relevant),
        target=target,
        level=level,
        samples=len(samples),
        population=len(population),
        drawn=len(drawn),
        sampled=settled,
        hits=hits,
        remaining_low=low,
        remaining_high=high,
        recall=recall,
        sure_recall=sure,
        next_sample=0 if reached else needed(len(relevant), len(reviews - decided), target, level),
    )


def needed(found: int, undecided: int, target: float = TARGET, level: float = LEVEL) -> int:
    """How many to draw so that, were none relevant, one could be `level` sure of a recall of `target`.

    All of them where no smaller sample would do; 0 where none is undecided.
    """
    low, high = 0, undecided
    while low < high:
        middle = (low + high) // 2
        if _share(found, most(0, middle, undecided, 1 - level)) >= target:
            high = middle
        else:
            low = middle + 1
    return low


def _share(found: int, unfound: int) -> float:
    return found / (found + unfound) if found + unfound else 1.0
