"""Logistic regression with an L2 penalty: how likely a yes is, given what stands in a row.

Minimises `½‖w‖² + C Σ cᵢ ln(1 + exp(-yᵢ(w·xᵢ + b)))`, the intercept b not penalised (as liblinear and scikit-learn
state it). Several classes are one such model each, their answers brought to a sum of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.learn.descent import lowest
from goldthread.learn.rows import Floats, Rows

Answers = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Logistic:
    """One weight a column and an intercept."""

    weights: Floats
    intercept: float

    @classmethod
    def learned(
        cls,
        rows: Rows,
        answers: Answers,
        strength: float = 1.0,
        counts: Floats | None = None,
        start: Logistic | None = None,
        tolerance: float = 1e-5,
    ) -> Logistic:
        """From rows with their answers; `strength` is C, `counts` a row's weight, `start` where to begin."""
        signs = np.where(answers, 1.0, -1.0)
        worth = strength * (np.ones(len(rows)) if counts is None else counts)
        places, lengths = rows.places, np.diff(rows.starts)

        def slope_of(point: Floats) -> tuple[float, Floats]:
            weights, intercept = point[:-1], point[-1]
            reach = np.bincount(places, rows.values * weights[rows.columns], len(rows)) + intercept
            margin = signs * reach
            loss = float(worth @ np.logaddexp(0.0, -margin)) + 0.5 * float(weights @ weights)
            pull = -worth * signs * np.exp(-np.logaddexp(0.0, margin))
            down = np.bincount(rows.columns, rows.values * np.repeat(pull, lengths), rows.width)
            return loss, np.append(down + weights, pull.sum())

        begin = np.zeros(rows.width + 1) if start is None else np.append(start.weights, start.intercept)
        found = lowest(slope_of, begin, tolerance)
        return cls(found[:-1], float(found[-1]))

    def reach(self, rows: Rows) -> Floats:
        """How far each row lies on the side of yes, in log-odds."""
        return rows.times(self.weights) + self.intercept

    def chances(self, rows: Rows) -> Floats:
        """The chance of a yes for each row, 0–1, as the model has it; not calibrated."""
        return np.exp(-np.logaddexp(0.0, -self.reach(rows)))


@dataclass(frozen=True, eq=False, slots=True)
class OneOfMany:
    """One logistic model a class; `classes` names them in order."""

    classes: tuple[str, ...]
    models: tuple[Logistic, ...]

    @classmethod
    def learned(
        cls, rows: Rows, classes: Sequence[str], strength: float = 1.0, *, balanced: bool = False
    ) -> OneOfMany:
        """From rows with the class of each; `balanced` lets rare classes count as much as common ones."""
        names = tuple(sorted(set(classes)))
        answers = [np.array([one == name for one in classes], np.bool_) for name in names]
        return cls(
            names,
            tuple(Logistic.learned(rows, a, strength, balanced_worth(a) if balanced else None) for a in answers),
        )

    def chances(self, rows: Rows) -> Floats:
        """One row of chances a row, one for each class, adding up to one."""
        each = np.stack([model.chances(rows) for model in self.models], axis=1)
        return np.asarray(each / np.maximum(each.sum(axis=1, keepdims=True), 1e-12))

    def best(self, rows: Rows) -> list[tuple[str, float]]:
        """The likeliest class of each row with its chance."""
        chances = self.chances(rows)
        return [(self.classes[at], float(row[at])) for row, at in zip(chances, chances.argmax(axis=1), strict=True)]


def balanced_worth(answers: Answers) -> Floats:
    """What each row counts for, so that yes and no together count the same: n / (2 × rows of its answer)."""
    yes = max(1, int(answers.sum()))
    no = max(1, len(answers) - yes)
    return np.where(answers, len(answers) / (2 * yes), len(answers) / (2 * no))
