"""Reviews rated as sources of learning, by one person or by several, and which rating stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Rating:
    """What one person said of one review on one item, with a note; no value is a note alone.

    One that `settles` was given knowing the others, to decide between them.
    """

    review_id: str
    item: str
    value: str
    note: str
    author: str
    at: str
    settles: bool = False


class Standing(StrEnum):
    """How the rating that counts came about."""

    ONE = "one"
    AGREED = "agreed"
    SETTLED = "settled"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judged:
    """One item of one review: each person's rating, and the value that stands ("" while it is open)."""

    value: str
    standing: Standing
    given: tuple[Rating, ...]
    settled: Rating | None = None

    def by(self, who: str) -> Rating | None:
        """What one person said, be it a note alone."""
        return next((one for one in self.given if one.author == who), None)


def judged(ratings: Iterable[Rating]) -> dict[str, Judged]:
    """Item → what stands: one person's word, what all agree on, or what somebody settled since the last of them.

    Where people differ and nobody has settled it, nothing stands. Items nobody gave a value are left out.
    """
    by_item: dict[str, list[Rating]] = {}
    for one in ratings:
        by_item.setdefault(one.item, []).append(one)
    found = {item: _judged(sorted(said, key=lambda one: (one.at, one.author))) for item, said in by_item.items()}
    return {item: one for item, one in found.items() if one is not None}


def by_review(ratings: Iterable[Rating]) -> dict[str, dict[str, Judged]]:
    """Review → item → what stands."""
    found: dict[str, list[Rating]] = {}
    for one in ratings:
        found.setdefault(one.review_id, []).append(one)
    return {review: judged(said) for review, said in found.items()}


def standing(found: Mapping[str, Judged]) -> tuple[tuple[str, str], ...]:
    """(item, value) of what stands, in the order of the items' names."""
    return tuple((item, found[item].value) for item in sorted(found) if found[item].value)


def _judged(said: Sequence[Rating]) -> Judged | None:
    given = tuple(one for one in said if not one.settles)
    voices = [one for one in given if one.value]
    settled = next((one for one in reversed(said) if one.settles and one.value), None)
    if not voices:
        return None
    values = {one.value for one in voices}
    if len(values) == 1:
        how = Standing.ONE if len(voices) == 1 else Standing.AGREED
        return Judged(voices[0].value, how, given)
    if settled and settled.at >= max(one.at for one in voices):
        return Judged(settled.value, Standing.SETTLED, given, settled)
    return Judged("", Standing.OPEN, given)
