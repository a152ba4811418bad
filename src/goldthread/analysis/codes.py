"""How much each code of the codebook is used: passages and reviews, never one for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.analysis.passages import LIVE, Passage
from goldthread.protocol.codebook import Place


@dataclass(slots=True)
class _Tally:
    passages: int = 0
    confirmed: int = 0
    reviews: set[str] = field(default_factory=set)
    confirmed_reviews: set[str] = field(default_factory=set)

    def add(self, one: Passage) -> None:
        self.passages += 1
        self.reviews.add(one.review_id)
        if one.state == "confirmed":
            self.confirmed += 1
            self.confirmed_reviews.add(one.review_id)


@dataclass(frozen=True, slots=True)
class Use:
    """Passages with a code, suggested and confirmed, and how many of them are confirmed; a review counts once."""

    passages: int = 0
    reviews: int = 0
    confirmed: int = 0
    confirmed_reviews: int = 0


@dataclass(frozen=True, slots=True)
class Uses:
    """The use of every code: of each theme as a whole, and of each place, a theme alone or with a sub-theme."""

    themes: dict[str, Use]
    places: dict[Place, Use]

    def of(self, place: Place) -> Use:
        """The use of a code: of a whole theme, its sub-themes among it, or of a sub-theme."""
        return self.places.get(place, Use()) if place[1] else self.themes.get(place[0], Use())

    def alone(self, theme: str) -> Use:
        """The passages of a theme that have none of its sub-themes."""
        return self.places.get((theme, ""), Use())


def uses(passages: Iterable[Passage]) -> Uses:
    """The use of every code among some passages; those that were rejected are not counted."""
    themes: defaultdict[str, _Tally] = defaultdict(_Tally)
    places: defaultdict[Place, _Tally] = defaultdict(_Tally)
    for one in passages:
        if one.state in LIVE:
            themes[one.theme].add(one)
            places[one.theme, one.subtheme].add(one)
    return Uses(
        {theme: _use(tally) for theme, tally in themes.items()},
        {place: _use(tally) for place, tally in places.items()},
    )


def _use(tally: _Tally) -> Use:
    return Use(tally.passages, len(tally.reviews), tally.confirmed, len(tally.confirmed_reviews))


def by(passages: Iterable[Passage], place: Place, what: str) -> dict[str, Use]:
    """The passages of a code by what is said of them besides (`direction`, `explanation`), each with its use."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for one in passages:
        if one.state in LIVE and one.theme == place[0] and place[1] in ("", one.subtheme):
            tallies[getattr(one, what)].add(one)
    return {name: _use(tally) for name, tally in tallies.items()}
