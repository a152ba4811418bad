"""The queue: what people have not decided yet, in the order in which it pays to look at it.

What was learned is kept between calls: after a decision only the new answer is learned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Lock

import numpy as np

from goldthread.ranking.learner import Learner
from goldthread.ranking.model import Purpose, Queue, Queued
from goldthread.ranking.queue import lots, places, scores
from goldthread.ranking.terms import LETTERS_READ, Terms, leading_terms, terms_of, together, weighted
from goldthread.screening.model import ScreeningState
from goldthread.store import samples, terms, waiting
from goldthread.store.waiting import Waiting
from goldthread.study.folder import Held
from goldthread.study.progress import Progress, Silent
from goldthread.values import State

_TEXTS_A_TIME = 64
_EXACT = 1e-9
_KEPT = {ScreeningState.INCLUDED: True, ScreeningState.EXCLUDED: False}


@dataclass(frozen=True, slots=True)
class Answers:
    """What people decided: what is `settled` no longer waits; what is `relevant` or not teaches too (a maybe not)."""

    relevant: Mapping[str, bool]
    settled: frozenset[str]


class Ranking:
    """One study's queues. May be shared by threads; they take turns."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._lock = Lock()
        self._lines: dict[Purpose, _Line] = {}

    def queue(self, purpose: Purpose, limit: int, progress: Progress) -> Queue:
        """The first `limit` of what waits (all for 0)."""
        with self._lock:
            count_terms(self._held, progress)
            with self._held.database.read() as connection:
                shape = waiting.shape(connection)
                line = self._lines.get(purpose)
                if line is None or line.shape != shape:
                    read = waiting.reviews if purpose is Purpose.SCREENING else waiting.passages
                    kept = terms.by_review(connection) if purpose is Purpose.SCREENING else {}
                    line = self._lines[purpose] = _Line(shape, read(connection), kept)
                if purpose is Purpose.SCREENING:
                    answers = _screened(waiting.screened(connection))
                    drawn = samples.samples(connection)
                else:
                    answers = _coded(waiting.settled_passages(connection))
                    drawn = ()
            return line.queue(purpose, answers, drawn[-1].drawn if drawn else (), limit)


class _Line:
    """All that can be decided, whether it still waits or not, and what was learned of it."""

    def __init__(self, shape: int, every: Sequence[Waiting], kept: Mapping[str, Sequence[bytes]]) -> None:
        self.shape = shape
        self._every = every
        self._names = [one.name for one in every]
        self._lots = lots(self._names)
        self._row = {name: row for row, name in enumerate(self._names)}
        self._rows = weighted([_terms(one, kept.get(one.name, ())) for one in every])
        self._proposals = np.array([one.proposal for one in every], np.float64)
        self._told: dict[str, bool] = {}
        self._learner = Learner(self._rows, _EXACT)

    def queue(self, purpose: Purpose, answers: Answers, sample: Sequence[str], limit: int) -> Queue:
        self._learn({name: yes for name, yes in answers.relevant.items() if name in self._row})
        scored = scores(self._learner.reach(), self._proposals, len(self._told))
        open_ = [row for row, name in enumerate(self._names) if name not in answers.settled]
        drawn = [self._row[name] for name in sample if name in self._row]
        found = islice(places(scored, self._lots, open_, drawn), limit or None)
        items = [
            Queued(
                review_id=self._every[place.row].review_id,
                episode_id=self._names[place.row] if purpose is Purpose.CODING else "",
                text=self._every[place.row].text,
                score=round(float(scored[place.row]), 4),
                why=place.why,
            )
            for place in found
        ]
        return Queue(purpose, tuple(items), len(open_), len(self._told))

    def _learn(self, relevant: Mapping[str, bool]) -> None:
        """Learn what is new; from the beginning where somebody thought better of an answer."""
        if any(relevant.get(name) is not yes for name, yes in self._told.items()):
            self._told, self._learner = {}, Learner(self._rows, _EXACT)
        for name, yes in relevant.items():
            if name not in self._told:
                self._told[name] = yes
                self._learner.told(self._row[name], relevant=yes)


def count_terms(held: Held, progress: Progress | None = None) -> None:
    """Count the terms of every text whose terms are not kept yet. Stopped at any moment, it goes on from there."""
    told = progress or Silent()
    with held.database.read() as connection:
        texts = terms.lacking(connection)
    if not texts:
        return
    told.stage("Counting words", len(texts))
    for first in range(0, len(texts), _TEXTS_A_TIME):
        counted: dict[str, bytes] = {}
        with held.database.read() as connection:
            for key, document_id, version in texts[first : first + _TEXTS_A_TIME]:
                opening = terms.opening(connection, document_id, version, LETTERS_READ)
                counted[key] = leading_terms(opening).to_bytes()
                told.step()
        with held.database.write(repeatable=True) as connection:
            terms.keep(connection, counted)


def _terms(one: Waiting, kept: Sequence[bytes]) -> Terms:
    return together([terms_of(f"{one.text} {one.about}"), *(Terms.from_bytes(data) for data in kept)])


def _screened(decided: Mapping[str, ScreeningState]) -> Answers:
    return Answers({name: _KEPT[made] for name, made in decided.items() if made in _KEPT}, frozenset(decided))


def _coded(settled: Mapping[str, State]) -> Answers:
    return Answers({name: state is State.CONFIRMED for name, state in settled.items()}, frozenset(settled))
