"""Simulating: a labelled file read, its records shown in the order of the queue, and the work measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goldthread.errors import UsageError
from goldthread.ranking.replay import Priors, Replay, drawn, replay
from goldthread.ranking.terms import terms_of, weighted
from goldthread.sources.labelled import LabelledSet, read_labelled
from goldthread.sources.problems import Problem


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a replay of a file earned. `relevant` counts its relevant records, priors among them.

    `priors` are rows of the file counted from 0 (-1: none of the kind); `order` the rows in the order shown, which
    ends with the last relevant one; `seconds` from the file to the end.
    """

    replay: Replay
    priors: Priors
    order: tuple[int, ...]
    relevant: int
    problems: tuple[Problem, ...]
    seconds: float


def simulate(
    path: Path,
    seed: int = 1,
    prior_relevant: int | None = None,
    prior_irrelevant: int | None = None,
    begins: Callable[[int], None] = lambda _: None,
    shown: Callable[[int], None] = lambda _: None,
) -> Simulation:
    """Replay a labelled file from two records known beforehand: those named, else drawn by the seed.

    `begins` is told how many records there are, `shown` each record shown. Raises UnreadableInput for a file that
    cannot be replayed and UsageError for a prior that is no such record.
    """
    began = time.perf_counter()
    found = read_labelled(path)
    labels = [record.relevant for record in found.records]
    chance = drawn(labels, seed)
    priors = Priors(
        chance.relevant if prior_relevant is None else _place(found, prior_relevant, path, relevant=True),
        chance.irrelevant if prior_irrelevant is None else _place(found, prior_irrelevant, path, relevant=False),
    )
    begins(len(labels))
    made = replay(weighted([terms_of(record.text) for record in found.records]), labels, priors, shown)
    rows = [record.row for record in found.records]
    return Simulation(
        replay=made,
        priors=Priors(*(rows[place] if place >= 0 else -1 for place in (priors.relevant, priors.irrelevant))),
        order=tuple(rows[place] for place in made.order),
        relevant=sum(labels),
        problems=found.problems,
        seconds=time.perf_counter() - began,
    )


def _place(found: LabelledSet, row: int, path: Path, *, relevant: bool) -> int:
    """Where the record of a row of the file stands among those that are replayed."""
    kind = "relevant" if relevant else "irrelevant"
    place = next((n for n, record in enumerate(found.records) if record.row == row), None)
    if place is None or found.records[place].relevant is not relevant:
        some = [record.row for record in found.records if record.relevant is relevant][:5]
        raise UsageError(
            f"record {row} is not labelled {kind}",
            where=path.name,
            mend=f"records count from 0; {kind} are {', '.join(map(str, some))} …" if some else f"none is {kind}",
        )
    return place
