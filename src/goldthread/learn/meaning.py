"""Latent semantic analysis: texts as short vectors in which words that keep the same company lie close.

Deerwester et al. 1990, "Indexing by latent semantic analysis", with the randomised range finder of Halko, Martinsson
& Tropp 2011, algorithm 4.4 (power iterations with orthonormal steps). The same rows give the same vectors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldthread.learn.rows import Floats, Rows

_SPARE = 16  # directions looked for beyond those kept
_ROUNDS = 4


@dataclass(frozen=True, eq=False, slots=True)
class Meaning:
    """The directions kept, one a column: `width` × `size`."""

    directions: Floats

    @classmethod
    def learned(cls, rows: Rows, size: int = 128, seed: int = 0) -> Meaning:
        """The `size` strongest directions of the rows; fewer where the rows have fewer."""
        reach = min(size + _SPARE, rows.width, len(rows))
        start = np.random.default_rng(seed).standard_normal((rows.width, reach))
        seen = np.linalg.qr(rows.times_matrix(start))[0]
        for _ in range(_ROUNDS):
            turned = np.linalg.qr(rows.gathered_matrix(seen))[0]
            seen = np.linalg.qr(rows.times_matrix(turned))[0]
        _, strengths, directions = np.linalg.svd(rows.gathered_matrix(seen).T, full_matrices=False)
        kept = min(size, int((strengths > 1e-9).sum()))
        return cls(_steady(directions[:kept].T))

    def vectors(self, rows: Rows) -> Floats:
        """One vector of length one a row; a row without known words is all zero."""
        made = rows.times_matrix(self.directions)
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        lengths[lengths == 0] = 1.0
        return np.asarray(made / lengths)


def _steady(directions: Floats) -> Floats:
    """Directions have no sign of their own: the largest number of each is made positive."""
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(directions.shape[1])])
    return np.asarray(directions * signs)
