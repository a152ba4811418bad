"""Characteristics: what is logged about a review, its subjects and its suspects."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.anchors import Anchor
from goldthread.values import Missing, State


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One value of one field, or one of the five kinds of missing, with its evidence.

    `subject_no` is 0 for the review as a whole, 1, 2, … for its subjects and suspects. Values are text in
    the protocol's ids: ages whole years ("0" below one), dates ISO as precise as the report, presence
    "true"/"false". A field with several values has one Characteristic for each. `confidence` is 0–1.
    """

    review_id: str
    subject_no: int
    field: str
    value: str | None
    missing: Missing | None
    state: State
    author: str
    engine: str
    confidence: float
    anchors: tuple[Anchor, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.missing is None):
            raise ValueError(f"{self.field}: a characteristic is either a value or a kind of missing")
        if self.value is not None and not self.anchors:
            raise ValueError(f"{self.field}: a value needs evidence")
