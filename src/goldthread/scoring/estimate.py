"""A measured rate and how much it leaves open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rate between 0 and 1 with its 95% interval."""

    value: float
    low: float
    high: float
