"""The order in which people are shown what is undecided, and why each thing stands where it stands.

Most places go to what is likeliest to be relevant. Some go to what the learner doubts most, because the answer
teaches most; some to chance, because a learner that is only ever shown what it expects never learns of what it
misses. The sample drawn for the stopping report takes the places of chance while it lasts.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from goldthread.learn.rows import Floats
from goldthread.ranking.model import Why

PATTERN = (Why.LIKELY, Why.LIKELY, Why.UNSURE, Why.LIKELY, Why.LIKELY, Why.LIKELY, Why.RANDOM, Why.LIKELY)
"""The places in turn: of eight, six for the likeliest, one for the most doubtful, one for chance."""
_SURE_AFTER = 20
"""After so many answers a proposal counts half."""
_DIGITS = 6  # what differs by less is a tie: rounding in the machine decides no order


class Place(NamedTuple):
    """One place of the queue: the row that stands there, and why."""

    row: int
    why: Why


def scores(reach: Floats, proposals: Floats, answers: int) -> Floats:
    """What the answers say, and beside it what a machine proposed (-1 to 1): less the more was answered."""
    return np.round(reach + proposals * (_SURE_AFTER / (_SURE_AFTER + answers)), _DIGITS)


def lots(names: Sequence[str]) -> Floats:
    """A number for each name that depends on nothing but the name."""
    return np.array([zlib.crc32(name.encode()[::-1]) for name in names], np.float64)


def places(scored: Floats, chances: Floats, open_: Sequence[int], sample: Iterable[int] = ()) -> Iterator[Place]:
    """Every open row once, in the order of the queue; ties by the order of the rows.

    `chances` orders the random ones (see `lots`): no row's place among them depends on its score.
    """
    rows = np.array(open_, np.int64)
    waiting = set(open_)
    lines = {
        Why.LIKELY: _line(rows, -scored[rows]),
        Why.UNSURE: _line(rows, np.abs(scored[rows])),
        Why.SAMPLE: iter([row for row in sample if row in waiting]),
        Why.RANDOM: _line(rows, chances[rows]),
    }
    while waiting:
        for kind in PATTERN:
            for why in (Why.SAMPLE, Why.RANDOM) if kind is Why.RANDOM else (kind,):
                row = next((row for row in lines[why] if row in waiting), None)
                if row is not None:
                    waiting.remove(row)
                    yield Place(row, why)
                    break


def _line(
    rows: np.ndarray[tuple[int], np.dtype[np.int64]], by: np.ndarray[tuple[int], np.dtype[np.generic]]
) -> Iterator[int]:
    return iter(rows[np.argsort(by, kind="stable")].tolist())
