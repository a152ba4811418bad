"""Screening: the answers to the criteria and the one state every registered review is in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from goldthread.anchors import Anchor
from goldthread.values import Basis, State


class ScreeningState(StrEnum):
    """Every registered review is in exactly one."""

    UNSCREENED = "unscreened"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    MAYBE = "maybe"


class Answer(StrEnum):
    """The answer to one criterion."""

    MET = "met"
    UNMET = "unmet"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """How one review answers one criterion, and the words that say so."""

    review_id: str
    criterion: str
    met: Answer
    state: State
    author: str
    engine: str
    confidence: float
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class ScreeningDecision:
    """Included, excluded for one main reason, or maybe; proposed by a machine or made by a person.

    `basis` tells whether a person decided (`confirmed`) or only the machine proposed (`draft`).
    """

    review_id: str
    decision: ScreeningState
    reason: str
    basis: Basis
    author: str
    at: str

    def __post_init__(self) -> None:
        if (self.decision is ScreeningState.EXCLUDED) != bool(self.reason):
            raise ValueError(f"{self.review_id}: an excluded review has exactly one main reason, others have none")
