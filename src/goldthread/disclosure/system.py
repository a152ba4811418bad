"""Numbers bound to one another by sums, and which of them must be hidden so that no hidden one can be worked out.

Every relation between published numbers is one linear equation; what a reader knows of the hidden ones is the space
of solutions. A hidden number follows from what is shown exactly when no solution changes it, which is seen in the
null space of the equations over the hidden numbers (on such audits of linked tables: Willenborg and de Waal 2001,
"Elements of statistical disclosure control", Springer).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Key = Hashable
Equation = Mapping[Key, float]
"""Number → its factor; what they add up to is known to every reader."""
_SMALL = 1e-7
_LEAST = 1
"""A hidden number that is printed at all is at least this."""


@dataclass
class System:
    """Numbers by key, those that can never be hidden, and the equations between them."""

    values: dict[Key, int] = field(default_factory=dict)
    fixed: set[Key] = field(default_factory=set)
    equations: list[Equation] = field(default_factory=list)

    def open(self, hidden: Collection[Key]) -> list[Key]:
        """The hidden numbers that follow from what is shown."""
        return [key for part in self._parts(hidden) for key in _determined(part)]

    def hide(self, first: Collection[Key]) -> frozenset[Key]:
        """These numbers and as many more, small ones first, as it takes that none of them follows from the rest.

        One that what is fixed alone gives away stays given away: `open` tells.
        """
        hidden = set(first)
        while more := {key for one in self.open(hidden) if (key := self._beside(one, hidden)) is not None}:
            hidden |= more
        return frozenset(hidden)

    def _beside(self, key: Key, hidden: Collection[Key]) -> Key | None:
        """The number to hide so that an open one is no longer so: the smallest it is worked out with."""
        near = [equation for equation in self.equations if abs(equation.get(key, 0.0)) > _SMALL]
        found = self._choice(near, hidden)
        while not found:  # it is worked out by way of others: look around them
            about = {other for equation in near for other in equation}
            wider = [equation for equation in self.equations if about & equation.keys()]
            if len(wider) == len(near):
                return None
            near, found = wider, self._choice(wider, hidden)
        return min(found, key=lambda other: (self.values[other] == 0, self.values[other], str(other)), default=None)

    def _choice(self, equations: Sequence[Equation], hidden: Collection[Key]) -> list[Key]:
        return [
            other
            for equation in equations
            for other, factor in equation.items()
            if abs(factor) > _SMALL and other not in hidden and other not in self.fixed
        ]

    def _parts(self, hidden: Collection[Key]) -> Iterator[tuple[list[Key], list[Equation], Mapping[Key, int]]]:
        """The equations that hold hidden numbers, in groups that share none."""
        left = [kept for equation in self.equations if (kept := _over(equation, hidden))]
        group: dict[Key, int] = {}
        members: dict[int, list[Equation]] = {}
        for number, equation in enumerate(left):
            joined = {group[key] for key in equation if key in group}
            members[number] = [equation, *(one for old in joined for one in members.pop(old))]
            for one in members[number]:
                group.update(dict.fromkeys(one, number))
        for equations in members.values():
            yield list(dict.fromkeys(key for one in equations for key in one)), equations, self.values


def _over(equation: Equation, hidden: Collection[Key]) -> Equation:
    return {key: factor for key, factor in equation.items() if key in hidden and abs(factor) > _SMALL}


def _determined(part: tuple[list[Key], list[Equation], Mapping[Key, int]]) -> list[Key]:
    keys, equations, values = part
    place = {key: n for n, key in enumerate(keys)}
    matrix = np.zeros((len(equations), len(keys)))
    for row, equation in enumerate(equations):
        for key, factor in equation.items():
            matrix[row, place[key]] = factor
    free = null_space(matrix)
    fixed = np.abs(free).max(axis=1) < _SMALL if free.shape[1] else np.ones(len(keys), dtype=bool)
    found = {key for key, is_fixed in zip(keys, fixed, strict=True) if is_fixed}
    for equation in equations:  # all at the least they can be, and adding up: none can give
        factors = list(equation.values())
        same = all(factor > 0 for factor in factors) or all(factor < 0 for factor in factors)
        if same and {values[key] for key in equation} in ({0}, {_LEAST}):
            found.update(equation)
    return [key for key in keys if key in found]


def null_space(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """A basis, in columns, of what a matrix takes to nought."""
    if not matrix.size:
        return np.eye(matrix.shape[1])
    _, sizes, right = np.linalg.svd(matrix, full_matrices=True)
    rank = int((sizes > _SMALL * max(1.0, float(sizes[0]))).sum())
    return np.asarray(right[rank:].T)


def dependencies(
    sets: Sequence[tuple[Key, frozenset[Hashable]]], known: Sequence[frozenset[Hashable]]
) -> list[Equation]:
    """Every way in which the sizes of sets follow from one another and from those of known sets, as equations.

    A size is a sum over members, so sizes are bound exactly as the sets are: by members in common.
    """
    everyone = sorted({member for _, one in sets for member in one}, key=str)
    patterns = {tuple([m in one for _, one in sets] + [m in one for one in known]) for m in everyone}
    rest = {m for one in known for m in one} - set(everyone)
    patterns |= {tuple([False] * len(sets) + [m in one for one in known]) for m in rest}
    if not patterns:
        return []
    matrix = np.array(sorted(patterns), dtype=float).T
    found = null_space(matrix.T)
    keys = [key for key, _ in sets]
    return [
        {key: float(factor) for key, factor in zip(keys, column, strict=False) if abs(factor) > _SMALL}
        for column in found.T
    ]
