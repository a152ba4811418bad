"""How sure an answer is, and from where it is given: settled on sentences the model did not learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from goldthread.assist.learned.model import Model, Scale
from goldthread.learn.descent import lowest
from goldthread.learn.rows import Floats

_BLUR = 0.03  # chances within it of each other count as one when the best place to say yes is looked for

Held = Sequence[tuple[float, bool]]
"""Log-odds of an answer with whether it was right, for sentences of documents held back."""


def calibrated(model: Model, held: Mapping[str, Held]) -> Model:
    """The model with a scale for each answer, and the chance from which to give each answer that stands alone."""
    scales = {name: scale(pairs) for name, pairs in held.items() if len({right for _, right in pairs}) == 2}
    least = {
        name: best_least([(scales[name].chance(reach), right) for reach, right in held[name]])
        for name in model.passages.answers
        if name in scales
    }
    return replace(model, least=least, scales=scales)


def scale(held: Held) -> Scale:
    """Platt's scale: the logistic curve through what was held back, its targets drawn in a little from 0 and 1.

    Platt 1999, "Probabilistic outputs for support vector machines": targets (n⁺ + 1)/(n⁺ + 2) and 1/(n⁻ + 2).
    """
    reach = np.array([value for value, _ in held])
    right = np.array([answer for _, answer in held])
    yes, no = right.sum(), (~right).sum()
    target = np.where(right, (yes + 1) / (yes + 2), 1 / (no + 2))

    def slope_of(point: Floats) -> tuple[float, Floats]:
        margin = point[0] * reach + point[1]
        loss = float((np.logaddexp(0.0, margin) - target * margin).sum())
        pull = np.exp(-np.logaddexp(0.0, -margin)) - target
        return loss, np.array([float((pull * reach).sum()), float(pull.sum())])

    found = lowest(slope_of, np.array([1.0, 0.0]), tolerance=1e-4)
    return Scale(round(float(found[0]), 3), round(float(found[1]), 3))


def best_least(chances: Sequence[tuple[float, bool]]) -> float:
    """The chance from which to say yes so that F1 is highest, over a little blur so that no single case moves it."""
    steps = np.round(np.arange(0.10, 0.80, 0.01), 2)
    values = np.array([chance for chance, _ in chances])
    right = np.array([answer for _, answer in chances])
    found = np.array([_f1(values >= step, right) for step in steps])
    smooth = np.array([found[np.abs(steps - step) <= _BLUR].mean() for step in steps])
    return float(steps[int(smooth.argmax())])


def _f1(said: np.ndarray, right: np.ndarray) -> float:
    hits = int((said & right).sum())
    return 2 * hits / max(1, int(said.sum()) + int(right.sum()))
