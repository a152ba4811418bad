"""Weighing a finding: how many reviews and episodes are for it and against it, on one basis, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.analysis.records import ReviewRecord
from goldthread.coding.model import Episode
from goldthread.coding.voices import once
from goldthread.findings.following import Passages, Traced
from goldthread.findings.model import Finding, Side
from goldthread.findings.standing import Tally, Verdict, verdict
from goldthread.protocol.cases import counts
from goldthread.protocol.strength import StrengthRule
from goldthread.screening.ledger import status_of
from goldthread.screening.model import ScreeningState
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Ground:
    """The reviews findings are weighed over: `types` by id of each included review, in order.

    `able` are those of them that could show a finding: the ones in which practice is coded.
    """

    basis: Basis
    types: Mapping[str, tuple[str, ...]]
    able: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weight:
    """What counts on one side: the episodes, and the reviews they are in, each once, in the order of the reviews."""

    episodes: tuple[Episode, ...]
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """One line of the explanation mix: the episodes for a finding with one explanation and one direction."""

    explanation: str
    direction: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding weighed over some reviews.

    `mix` shares the episodes for it out by explanation and direction, most reviews first. `lost` are taken passages
    that no longer stand, `turned` those since coded in another direction. `uncounted` stand but do not count here:
    their review is not among those weighed, or nobody has confirmed them and the basis asks for that.
    """

    finding: Finding
    supporting: Weight
    opposing: Weight
    able: int
    types: tuple[str, ...]
    verdict: Verdict
    mix: tuple[Why, ...]
    lost: tuple[Traced, ...]
    turned: tuple[Traced, ...]
    uncounted: tuple[Episode, ...]

    @property
    def to_be_looked_at(self) -> bool:
        """Whether evidence has gone or changed since it was taken."""
        return bool(self.lost or self.turned)

    def weight(self, side: Side) -> Weight:
        """What counts on one side."""
        return self.supporting if side is Side.FOR else self.opposing


def ground(reviews: Iterable[ReviewRecord], basis: Basis) -> Ground:
    """The included ones of some reviews on a basis, and which of them have practice coded."""
    included = [each for each in reviews if status_of(each.decision, basis) == ScreeningState.INCLUDED]
    able = (each.review_id for each in included if any(counts(one.state, basis) for one in each.episodes))
    return Ground(basis, {each.review_id: each.review_types for each in included}, frozenset(able))


def weigh(finding: Finding, passages: Passages, over: Ground, rule: StrengthRule) -> Weighed:
    """A finding weighed over some reviews, by a rule of strength."""
    sides = {side: _standing(finding.evidence(side), passages) for side in Side}
    supporting, opposing = (_weight(sides[side], over) for side in Side)
    types = tuple(dict.fromkeys(kind for review in supporting.reviews for kind in over.types[review]))
    traced = [passages[one] for side in Side for one in finding.evidence(side) if one in passages]
    counted = {one.episode_id for weight in (supporting, opposing) for one in weight.episodes}
    either = len({*supporting.reviews, *opposing.reviews})
    tally = Tally(len(supporting.reviews), len(opposing.reviews), either, len(over.able), len(types))
    return Weighed(
        finding=finding,
        supporting=supporting,
        opposing=opposing,
        able=len(over.able),
        types=types,
        verdict=verdict(tally, rule),
        mix=_mix(supporting.episodes),
        lost=tuple(one for one in traced if one.lost),
        turned=tuple(one for one in traced if one.turned),
        uncounted=tuple(one for side in Side for one in sides[side] if one.episode_id not in counted),
    )


def _standing(ids: Sequence[str], passages: Passages) -> tuple[Episode, ...]:
    """The passages that stand, as they now are, each once."""
    now = (passages[one].now for one in ids if one in passages)
    return tuple({one.episode_id: one for one in now if one is not None}.values())


def _weight(episodes: Iterable[Episode], over: Ground) -> Weight:
    """What of some passages counts, review by review; words that two engines propose count once."""
    by_review: dict[str, list[Episode]] = {}
    for one in episodes:
        if one.review_id in over.types and counts(one.state, over.basis):
            by_review.setdefault(one.review_id, []).append(one)
    reviews = tuple(review for review in over.types if review in by_review)
    kept = (one for review in reviews for one in sorted(once(by_review[review]), key=_place))
    return Weight(tuple(kept), reviews)


def _place(one: Episode) -> tuple[str, int, str]:
    return one.anchor.document_id, one.anchor.start, one.episode_id


def _mix(episodes: Iterable[Episode]) -> tuple[Why, ...]:
    """The episodes by explanation and direction, most reviews first, then most episodes."""
    groups: dict[tuple[str, str], list[Episode]] = {}
    for one in episodes:
        groups.setdefault((one.explanation, one.direction), []).append(one)
    lines = [
        Why(explanation, direction, Weight(tuple(group), tuple(dict.fromkeys(one.review_id for one in group))))
        for (explanation, direction), group in sorted(groups.items())
    ]
    return tuple(sorted(lines, key=lambda each: (-len(each.weight.reviews), -len(each.weight.episodes))))
