"""Near-duplicates: documents whose signatures say that they are mostly the same text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_MISSED = 0.01


class Pair(NamedTuple):
    """Two documents, in the order of their ids, and the estimated share of their text in common (Jaccard)."""

    a: str
    b: str
    similarity: float


def near_duplicates(signatures: Mapping[str, tuple[int, ...]], threshold: float = 0.8) -> tuple[Pair, ...]:
    """Every pair whose estimated similarity is at least `threshold`, most alike first.

    Documents without a signature are left out. Pairs are found by bands of equal values, chosen so that a pair
    at the threshold is missed at most once in a hundred times.
    """
    keys = sorted(key for key, signature in signatures.items() if signature)
    if len(keys) < 2:
        return ()
    matrix = np.array([signatures[key] for key in keys], dtype=np.uint64)
    found = []
    for one, other in sorted(_candidates(matrix, threshold)):
        similarity = float(np.mean(matrix[one] == matrix[other]))
        if similarity >= threshold:
            found.append(Pair(keys[one], keys[other], round(similarity, 3)))
    return tuple(sorted(found, key=lambda pair: (-pair.similarity, pair.a, pair.b)))


def rows_per_band(places: int, threshold: float) -> int:
    """The widest band with which a pair at the threshold is missed in at most 1% of cases."""
    for rows in range(places // 2, 1, -1):
        if (1 - threshold**rows) ** (places // rows) <= _MISSED:
            return rows
    return 1


def _candidates(matrix: npt.NDArray[np.uint64], threshold: float) -> set[tuple[int, int]]:
    rows = rows_per_band(matrix.shape[1], threshold)
    return {
        pair
        for begin in range(0, matrix.shape[1] - rows + 1, rows)
        for pair in _same(matrix[:, begin : begin + rows])
    }


def _same(band: npt.NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    buckets: dict[bytes, list[int]] = defaultdict(list)
    for index, row in enumerate(np.ascontiguousarray(band)):
        buckets[row.tobytes()].append(index)
    for members in buckets.values():
        for position, one in enumerate(members):
            for other in members[position + 1 :]:
                yield one, other
