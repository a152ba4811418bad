"""The lowest point of a smooth convex function: limited-memory BFGS with a backtracking line search.

Nocedal & Wright 2006, Numerical Optimization, algorithms 7.4 (two-loop recursion) and 3.1 (backtracking).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from goldthread.learn.rows import Floats

_MEMORY = 10
_ENOUGH = 1e-4  # the share of the promised fall that a step must bring
_HALVINGS = 30


def lowest(
    slope_of: Callable[[Floats], tuple[float, Floats]], start: Floats, tolerance: float = 1e-5, steps: int = 300
) -> Floats:
    """Where `slope_of`, which gives height and slope at a point, is lowest: no slope there exceeds `tolerance`."""
    point = start.copy()
    height, slope = slope_of(point)
    pairs: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        if not np.abs(slope).max(initial=0.0) > tolerance:
            break
        way = _way(slope, pairs)
        fall = float(slope @ way)
        size = 1.0 if pairs else min(1.0, 1.0 / max(float(np.abs(slope).sum()), 1e-12))
        for _ in range(_HALVINGS):
            ahead = point + size * way
            new_height, new_slope = slope_of(ahead)
            if new_height <= height + _ENOUGH * size * fall:
                break
            size /= 2
        else:
            break
        moved, turned = ahead - point, new_slope - slope
        bend = float(moved @ turned)
        if bend > 1e-12:
            pairs = [*pairs[1 - _MEMORY :], (moved, turned, bend)]
        point, height, slope = ahead, new_height, new_slope
    return point


def _way(slope: Floats, pairs: list[tuple[Floats, Floats, float]]) -> Floats:
    way = slope.copy()
    shares: list[float] = []
    for moved, turned, bend in reversed(pairs):
        share = float(moved @ way) / bend
        way -= share * turned
        shares.append(share)
    if pairs:
        _, turned, bend = pairs[-1]
        way *= bend / float(turned @ turned)
    for (moved, turned, bend), share in zip(pairs, reversed(shares), strict=True):
        way += (share - float(turned @ way) / bend) * moved
    return -way
