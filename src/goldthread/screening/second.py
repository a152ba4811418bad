"""A second screener: who has not seen a review yet, where two disagree, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.statistics.agreement import Ratings, cohen

FEWEST = 3
"""Below so many units no agreement beyond chance is told."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a second screener said of a review without seeing the first decision. `resolved_by` settled a conflict."""

    review_id: str
    who: str
    decision: ScreeningState
    reason: str
    at: str
    resolved_by: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A review two people screened differently, the main reason included."""

    first: ScreeningDecision
    second: Vote


@dataclass(frozen=True, slots=True)
class Doubled:
    """Reviews screened twice: how many, and in how many both said the same, reason included.

    `kappa` is Cohen's, over the decisions alone; None where it is not defined, and below three reviews.
    """

    reviews: int
    same: int
    kappa: float | None


def to_screen_again(decided: Mapping[str, ScreeningDecision], votes: Sequence[Vote], who: str) -> tuple[str, ...]:
    """Reviews somebody else screened and this person has not voted on, in the order given."""
    mine = {vote.review_id for vote in votes if vote.who == who}
    return tuple(name for name, made in decided.items() if made.author != who and name not in mine)


def conflicts(decided: Mapping[str, ScreeningDecision], votes: Iterable[Vote]) -> tuple[Conflict, ...]:
    """Where a vote and the standing decision differ and nobody has settled it."""
    return tuple(
        Conflict(decided[vote.review_id], vote)
        for vote in votes
        if vote.review_id in decided and not vote.resolved_by and not _same(decided[vote.review_id], vote)
    )


def doubled(first: Mapping[str, ScreeningDecision], votes: Iterable[Vote]) -> Doubled:
    """How two screeners compare. `first` are the first decisions as they were when the votes were cast."""
    both = [(first[vote.review_id], vote) for vote in votes if vote.review_id in first]
    said = Ratings.of([(made.decision.value, vote.decision.value) for made, vote in both], tuple(ScreeningState))
    kappa = cohen(said) if len(both) >= FEWEST else None
    return Doubled(len(both), sum(_same(made, vote) for made, vote in both), kappa)


def _same(made: ScreeningDecision, vote: Vote) -> bool:
    return (made.decision, made.reason) == (vote.decision, vote.reason)
