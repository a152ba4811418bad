"""One number a review, so that tables can be asked again without the weakest.

An item's scale runs from best to worst and its steps are taken as equal: the best is 1, the worst 0. A grade outside
the scale ("cannot be told") is no rating here. A review's score is the mean over the items rated. It puts the
reviews of one study in order; it measures none against a standard.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from goldthread.protocol.model import QualityItem

LEAST_RATED = Fraction(1, 2)
QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class Scored:
    """A review's score from 0 to 1 over the items rated; None where fewer than half of them are."""

    review_id: str
    score: Fraction | None
    rated: int


def scored(review_id: str, values: Mapping[str, str], items: Sequence[QualityItem]) -> Scored:
    """The score of one review from (item → value)."""
    steps = [_share(one, values[one.id]) for one in items if values.get(one.id) in one.ranked]
    enough = bool(steps) and Fraction(len(steps), len(items)) >= LEAST_RATED
    return Scored(review_id, sum(steps, Fraction(0)) / len(steps) if enough else None, len(steps))


def weakest(found: Sequence[Scored], share: float = QUARTER) -> tuple[str, ...]:
    """The reviews of lowest score that make up at least this share of those that have one, weakest first.

    Reviews of one score go together, so there may be more than the share; none is left to chance. Reviews without a
    score are not among them. Raises ValueError for a share not between 0 and 1.
    """
    if not 0 < share < 1:
        raise ValueError(f"a share is between 0 and 1, not {share}")
    ranked = sorted((one.score, one.review_id) for one in found if one.score is not None)
    if not ranked:
        return ()
    bound = ranked[math.ceil(len(ranked) * share) - 1][0]
    return tuple(review for score, review in ranked if score <= bound)


def _share(item: QualityItem, value: str) -> Fraction:
    last = len(item.ranked) - 1
    return 1 - Fraction(item.ranked.index(value), last) if last else Fraction(1)
