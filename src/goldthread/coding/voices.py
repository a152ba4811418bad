"""When several engines read one review: what they say of the same words, or of the same field, counts once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Protocol as Interface
from typing import TypeVar

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Link, Recommendation
from goldthread.values import State

_SAME = 0.5  # of the shorter passage's letters


class Proposed(Interface):
    """A passage or recommendation as an engine proposed it, or a person confirmed it."""

    @property
    def state(self) -> State: ...
    @property
    def engine(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def anchor(self) -> Anchor: ...


P = TypeVar("P", bound=Proposed)
R = TypeVar("R")


def once(items: Sequence[P]) -> tuple[P, ...]:
    """The items without suggestions on words that a person coded, or that another engine is surer of.

    Two stand on the same words when they share half of the shorter one. Items of one engine are left as they are.
    """
    if len({(item.engine, item.state is State.SUGGESTED) for item in items}) < 2:
        return tuple(items)
    kept: list[P] = []
    for item in sorted(items, key=lambda each: (each.state is State.SUGGESTED, -each.confidence)):
        if item.state is not State.SUGGESTED or not any(_rival(item, other) for other in kept):
            kept.append(item)
    chosen = {id(item) for item in kept}
    return tuple(item for item in items if id(item) in chosen)


def joining(
    links: Iterable[Link], episodes: Iterable[Episode], recommendations: Iterable[Recommendation]
) -> tuple[Link, ...]:
    """The links of which both ends are among these."""
    made = tuple(links)
    if not made:
        return ()
    passages = {one.episode_id for one in episodes}
    asked = {one.recommendation_id for one in recommendations}
    return tuple(one for one in made if one.episode_id in passages and one.recommendation_id in asked)


def surest(rows: Iterable[R], about: Callable[[R], Hashable], sure: Callable[[R], tuple[float, ...]]) -> list[R]:
    """Of the rows about the same thing the one that is surest, the first of equals; in their order."""
    best: dict[Hashable, R] = {}
    for row in rows:
        known = best.get(about(row))
        if known is None or sure(row) > sure(known):
            best[about(row)] = row
    return list(best.values())


def _rival(item: Proposed, other: Proposed) -> bool:
    if other.state is State.SUGGESTED and other.engine == item.engine:
        return False
    one, two = item.anchor, other.anchor
    if (one.document_id, one.version) != (two.document_id, two.version):
        return False
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared >= _SAME * min(one.end - one.start, two.end - two.start)
