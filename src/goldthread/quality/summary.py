"""How the reviews of a study were rated, item by item, and how far two raters agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from goldthread.protocol.model import QualityItem
from goldthread.quality.rating import Judged, Standing
from goldthread.statistics.agreement import Ratings, cohen, jackknifed, krippendorff, percent
from goldthread.statistics.interval import Interval

Book = Mapping[str, Mapping[str, Judged]]
"""Review → item → what was said of it and what stands."""


@dataclass(frozen=True, slots=True)
class Graded:
    """How often one grade of an item stands, and in which reviews."""

    value: str
    label: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """One item over all reviews: what stands, how it came about, and where two people differ unsettled."""

    item: str
    label: str
    grades: tuple[Graded, ...]
    standings: dict[str, int]
    open: tuple[str, ...]

    @property
    def rated(self) -> int:
        """The reviews in which a rating stands."""
        return sum(len(one.reviews) for one in self.grades)


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """How far two named people agree on one item, over the reviews both rated.

    `kappa` weights a difference by the steps between the grades and `alpha` takes the scale as ordered, so both leave
    out the reviews to which either gave a grade outside the order: they rest on the `ordered` others. None where not
    defined.
    """

    item: str
    label: str
    reviews: int
    ordered: int
    prevalence: tuple[dict[str, float], ...]
    percent: float | None
    kappa: Interval | None
    alpha: Interval | None


def summaries(book: Book, items: Sequence[QualityItem]) -> tuple[ItemSummary, ...]:
    """Every item of the instrument, in its order."""
    return tuple(_summary(book, item) for item in items)


def _summary(book: Book, item: QualityItem) -> ItemSummary:
    here = {review: found[item.id] for review, found in book.items() if item.id in found}
    grades = tuple(
        Graded(grade.id, grade.label, tuple(review for review, one in here.items() if one.value == grade.id))
        for grade in item.scale
    )
    standings = Counter(one.standing.value for one in here.values())
    undecided = tuple(review for review, one in here.items() if one.standing is Standing.OPEN)
    return ItemSummary(item.id, item.label, grades, {one.value: standings[one.value] for one in Standing}, undecided)


def raters(book: Book) -> tuple[str, str] | None:
    """The two people who rated most in common, in the order of their names; None where no two rated one review."""
    shared = Counter[tuple[str, str]]()
    for found in book.values():
        for one in found.values():
            shared.update(combinations(sorted({r.author for r in one.given if r.value}), 2))
    return min(shared, key=lambda pair: (-shared[pair], pair), default=None)


def agreements(book: Book, items: Sequence[QualityItem], coders: tuple[str, str]) -> tuple[ItemAgreement, ...]:
    """Every item both rated in at least one review: each rated without knowing the other's word.

    A rating that settles a difference is no part of it.
    """
    return tuple(one for item in items if (one := _agreement(book, item, coders)).reviews)


def _agreement(book: Book, item: QualityItem, coders: tuple[str, str]) -> ItemAgreement:
    said = [tuple(_said(found[item.id], who) for who in coders) for found in book.values() if item.id in found]
    both = Ratings.of([pair for pair in said if None not in pair], [grade.id for grade in item.scale])
    ranked = Ratings.of([pair for pair in both.counts.elements() if set(pair) <= set(item.ranked)], item.ranked)
    return ItemAgreement(
        item=item.id,
        label=item.label,
        reviews=len(both),
        ordered=len(ranked),
        prevalence=tuple(both.prevalence(n) for n in range(len(coders))) if len(both) else (),
        percent=percent(both),
        kappa=jackknifed(lambda ratings: cohen(ratings, "linear"), ranked),
        alpha=jackknifed(lambda ratings: krippendorff(ratings, "ordinal"), ranked),
    )


def _said(one: Judged, who: str) -> str | None:
    found = one.by(who)
    return found.value or None if found else None
