"""Coded practice and recommendations: the passages a review is read for."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.anchors import Anchor
from goldthread.values import State


@dataclass(frozen=True, slots=True)
class Episode:
    """One thing professionals did or did not do, as one passage says it. `confidence` is 0–1.

    An episode that is only described, not judged, has direction `described` and may have no theme. `agencies` are ids
    of the codebook, `vulnerabilities` values of the protocol's field of them; `memo` is a coder's own note.
    """

    review_id: str
    episode_id: str
    theme: str
    subtheme: str
    direction: str
    explanation: str
    whose: str
    state: State
    author: str
    engine: str
    confidence: float
    anchor: Anchor
    agencies: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A change somebody is asked to make. `text` is the recommendation, the anchor its exact words."""

    review_id: str
    recommendation_id: str
    text: str
    addressee: str
    scope: str
    state: State
    author: str
    engine: str
    confidence: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Link:
    """What a person says belongs together: a passage, and a recommendation that answers it."""

    episode_id: str
    recommendation_id: str
    author: str
