"""Orphaned learning: passages that say practice fell short, and that no recommendation answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol as Interface

from goldthread.coding.model import Episode, Link, Recommendation
from goldthread.coding.passages import MISSED
from goldthread.coding.voices import once
from goldthread.protocol.cases import counts
from goldthread.protocol.model import Protocol
from goldthread.quality.specificity import together
from goldthread.values import Basis


class Coded(Interface):
    """What is looked at of a review."""

    @property
    def review_id(self) -> str:
        """Its id."""

    @property
    def episodes(self) -> Sequence[Episode]:
        """What is coded in it, in every state."""

    @property
    def recommendations(self) -> Sequence[Recommendation]:
        """What it recommends, in every state."""

    @property
    def links(self) -> Sequence[Link]:
        """Which recommendation answers which passage."""


@dataclass(frozen=True, slots=True)
class Orphans:
    """What one review says fell short: the passages that a person linked to a recommendation, and the others.

    `asks` says whether it recommends anything to those whose practice is coded, alone or with others.
    """

    review_id: str
    asks: bool
    linked: tuple[Episode, ...]
    unlinked: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class Orphaned:
    """The reviews that say practice fell short, in their order."""

    reviews: tuple[Orphans, ...]

    @property
    def passages(self) -> int:
        """How many passages say so."""
        return sum(len(one.linked) + len(one.unlinked) for one in self.reviews)

    @property
    def unlinked(self) -> int:
        """How many of them nobody linked to a recommendation."""
        return sum(len(one.unlinked) for one in self.reviews)

    @property
    def unasked(self) -> tuple[Orphans, ...]:
        """The reviews that ask nothing of those whose practice it is: all their learning is orphaned."""
        return tuple(one for one in self.reviews if not one.asks)


def orphaned(reviews: Iterable[Coded], protocol: Protocol, basis: Basis) -> Orphaned:
    """Orphaned learning of some reviews, as far as it counts on a basis."""
    return Orphaned(tuple(one for review in reviews if (one := _of(review, protocol, basis)) is not None))


def asked_of_actor(recommendations: Iterable[Recommendation], protocol: Protocol) -> list[Recommendation]:
    """Those made to whose practice is coded, alone or with others; all of them where no addressee is theirs alone."""
    actor = protocol.codebook.actor
    if actor not in {value.id for value in protocol.recommendations.addressees}:
        return list(recommendations)
    return [one for one in recommendations if one.addressee in (actor, *together())]


def _of(review: Coded, protocol: Protocol, basis: Basis) -> Orphans | None:
    counted = [one for one in review.episodes if counts(one.state, basis)]
    short = [one for one in once(counted) if one.direction == MISSED]
    if not short:
        return None
    live = [one for one in review.recommendations if counts(one.state, basis)]
    standing = {one.recommendation_id for one in live}
    answered = {link.episode_id for link in review.links if link.recommendation_id in standing}
    return Orphans(
        review_id=review.review_id,
        asks=bool(asked_of_actor(live, protocol)),
        linked=tuple(one for one in short if one.episode_id in answered),
        unlinked=tuple(one for one in short if one.episode_id not in answered),
    )
