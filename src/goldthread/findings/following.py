"""What has become of a passage since it was taken as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goldthread.coding.model import Episode
from goldthread.values import State

_LIVE = (State.SUGGESTED, State.CONFIRMED)
_CODES = ("theme", "subtheme", "direction", "explanation", "whose")


@dataclass(frozen=True, slots=True)
class Traced:
    """A passage as it was taken and as it now stands; `now` is None where it no longer stands at all."""

    taken: Episode
    now: Episode | None

    @property
    def lost(self) -> bool:
        """Whether it was rejected, or replaced by other words."""
        return self.now is None

    @property
    def turned(self) -> bool:
        """Whether a person has since coded the same words in another direction."""
        return self.now is not None and self.now.direction != self.taken.direction

    @property
    def recoded(self) -> bool:
        """Whether the same words are coded anew."""
        return self.now is not None and self.now.episode_id != self.taken.episode_id


def trace(taken: Iterable[Episode], others: Iterable[Episode]) -> dict[str, Traced]:
    """Each passage taken, by its id, with what it is now; `others` are all codings of the same words."""
    same: dict[tuple[str, int, int, int], list[Episode]] = {}
    for one in others:
        same.setdefault(_words(one), []).append(one)
    return {one.episode_id: Traced(one, _now(one, same.get(_words(one), []))) for one in taken}


def _words(one: Episode) -> tuple[str, int, int, int]:
    return one.anchor.document_id, one.anchor.version, one.anchor.start, one.anchor.end


def _now(taken: Episode, same: list[Episode]) -> Episode | None:
    """Itself while it stands; once replaced, what a person, or in like codes an engine, has made of the same words.

    A passage that was rejected has no successor: somebody said that it does not hold.
    """
    if taken.state in _LIVE:
        return taken
    if taken.state is State.REJECTED:
        return None
    later = [one for one in same if one.episode_id > taken.episode_id]
    by_a_person = [one for one in later if one.state is State.CONFIRMED]
    alike = [one for one in later if one.state is State.SUGGESTED and _coded(one) == _coded(taken)]
    return max(by_a_person or alike, key=lambda one: one.episode_id, default=None)


def _coded(one: Episode) -> tuple[str, ...]:
    return tuple(getattr(one, code) for code in _CODES)


Passages = Mapping[str, Traced]
"""Episode id → what has become of it."""
