"""Several rankings of the same things made one.

Reciprocal rank fusion: each ranking gives 1 / (60 + rank), rank from 1, and the sums are ranked (Cormack, Clarke &
Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", SIGIR).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

STEADINESS = 60  # k of the paper: how little the very first places count for more than those after them


def fused(rankings: Iterable[Sequence[int]]) -> list[tuple[int, float]]:
    """Things with their sums, best first; of equal sums the smaller number comes first."""
    sums: dict[int, float] = {}
    for ranking in rankings:
        for rank, thing in enumerate(ranking, 1):
            sums[thing] = sums.get(thing, 0.0) + 1.0 / (STEADINESS + rank)
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
