"""What an extractor finds: a value, how sure it is, and the words that say so."""

from __future__ import annotations

import math
from dataclasses import dataclass

from goldthread.anchors import Anchor


@dataclass(frozen=True, slots=True)
class Found:
    """One value of one field; `subject_no` is 0 for the review, from 1 for its subjects. Confidence 0–1."""

    value: str
    confidence: float
    anchors: tuple[Anchor, ...]
    subject_no: int = 0


def share(points: float, rival: float, threshold: float) -> float:
    """A confidence from points: how far past the threshold, and how far ahead of the next best value."""
    if points <= 0:
        return 0.0
    strength = points / (points + threshold)
    lead = points / (points + max(rival, 0.0))
    return round(min(0.99, strength * 0.5 + lead * 0.5), 3)


def calibrated(confidence: float, shape: tuple[float, float]) -> float:
    """A confidence bent by (a, b) so that it is the share of values that are right: 1 / (1 + exp(−(a + b·logit))).

    (0, 1) leaves it as it is. The two numbers are learned by `scripts/calibrate_fields.py`.
    """
    if shape == (0.0, 1.0):
        return confidence
    sure = min(max(confidence, 0.02), 0.98)
    odds = shape[0] + shape[1] * math.log(sure / (1 - sure))
    return round(1 / (1 + math.exp(-odds)), 3)
