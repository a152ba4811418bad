"""A linear machine with a margin: what lies on the right side and far enough from the border costs nothing.

Minimises `½‖w‖² + Σ cᵢ max(0, 1 − yᵢ(w·xᵢ + b))²`, b penalised like a weight (as liblinear states it), by Newton's
method with the rows' likeness to each other alone (Chapelle 2007, "Training a support vector machine in the primal",
section 3), every step solved by conjugate gradients from the answer before. With few answers over a wide vocabulary
that is far quicker than looking at every weight, and a label more changes the answer little.
"""

from __future__ import annotations

import numpy as np

from goldthread.learn.rows import Floats

_ROUNDS = 30
_STEPS = 100


def shares(likeness: Floats, signs: Floats, costs: Floats, start: Floats, tolerance: float = 1e-3) -> Floats:
    """How much of each row stands in the weights: `w = Σ shareᵢ xᵢ`, `b = Σ shareᵢ`.

    `likeness` holds every row times every row, `signs` is +1 or −1, `start` any earlier answer. The answer is
    exact to `tolerance` of its length.
    """
    joint = likeness + 1.0
    found = start.copy()
    within = signs * (joint @ found) < 1.0
    for _ in range(_ROUNDS):
        rows = np.flatnonzero(within)
        fresh = np.zeros_like(found)
        fresh[rows] = _solved(joint[np.ix_(rows, rows)], 0.5 / costs[rows], signs[rows], found[rows], tolerance)
        found, before = fresh, within
        within = signs * (joint @ found) < 1.0
        if bool((within == before).all()):
            break
    return found


def _solved(matrix: Floats, ridge: Floats, wanted: Floats, start: Floats, tolerance: float) -> Floats:
    """x in `(matrix + diag(ridge)) x = wanted` (Hestenes & Stiefel 1952)."""
    x = start.copy()
    rest = wanted - matrix @ x - ridge * x
    way = rest.copy()
    size = float(rest @ rest)
    enough = tolerance**2 * float(wanted @ wanted)
    for _ in range(_STEPS):
        if size <= enough:
            break
        turned = matrix @ way + ridge * way
        step = size / float(way @ turned)
        x += step * way
        rest -= step * turned
        size, before = float(rest @ rest), size
        way = rest + (size / before) * way
    return x
