"""The catalogue: every review on one line, narrowed by facets, counted and put in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.protocol.model import FieldKind, Protocol
from goldthread.screening.ledger import status_of
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.values import Basis, Unit

OWN_FACETS = ("screening_state", "review_type", "source", "round", "reason", "theme", "direction", "work")
"""Facets every study has; `work` tells whether anything of a review waits for a person, and whether a person decided
before something else came to be proposed."""
RATING = "rating"
"""The facet of studies that rate reviews as sources: `item=value` of what stands, `open` where raters differ."""

ORDERS = ("registered", "title", "published", "type", "pages", "open", "episodes")
"""What a list of reviews may be sorted by."""

_KINDS = (FieldKind.CATEGORY, FieldKind.GAZETTEER, FieldKind.PRESENCE, FieldKind.DERIVED)


@dataclass(frozen=True, slots=True)
class Listed:
    """One review as the catalogue lists it.

    `proposed` is the machine's screening, `decided` a person's. `open` counts suggestions nobody has settled.
    `facets` maps a facet to the ids the review has there, confirmed values before suggested ones.
    """

    review_id: str
    position: int
    title: str
    citation: str
    review_types: tuple[str, ...]
    source: str
    round: str
    publication_date: str
    documents: int
    pages: int
    problems: int
    proposed: ScreeningDecision | None
    decided: ScreeningDecision | None
    open: int
    episodes: int
    facets: Mapping[str, frozenset[str]]

    @property
    def decision(self) -> ScreeningDecision | None:
        """A person's decision where there is one, else the proposed one."""
        return self.decided or self.proposed

    @property
    def to_be_looked_at(self) -> bool:
        """Whether something else came to be proposed after a person had decided."""
        return proposed_since(self.decided, self.proposed)

    @property
    def state(self) -> str:
        """Where a person has put it; `unscreened` while nobody has."""
        return self.decided.decision.value if self.decided else "unscreened"


def proposed_since(decided: ScreeningDecision | None, proposed: ScreeningDecision | None) -> bool:
    """Whether another decision, or another reason, came to be proposed after a person had decided."""
    if decided is None or proposed is None or proposed.at <= decided.at:
        return False
    return (decided.decision, decided.reason) != (proposed.decision, proposed.reason)


Chosen = Mapping[str, frozenset[str]]


def facets_of(protocol: Protocol) -> tuple[str, ...]:
    """The facets of a study: those every study has, and each coded characteristic of reviews and subjects."""
    fields = [
        field.id
        for field in protocol.fields
        if field.kind in _KINDS and field.unit is not Unit.SUSPECT and field.id not in OWN_FACETS
    ]
    return (*OWN_FACETS, *((RATING,) if protocol.quality else ()), *fields)


def narrow(listed: Iterable[Listed], chosen: Chosen) -> tuple[Listed, ...]:
    """The reviews that have, in every facet chosen, one of the ids chosen there."""
    return tuple(item for item in listed if _meets(item, chosen, ""))


def included(listed: Iterable[Listed], basis: Basis) -> frozenset[str]:
    """The reviews that count on a basis: included by a person, or on a draft by proposal while nobody has decided."""
    inside = ScreeningState.INCLUDED.value
    return frozenset(
        item.review_id
        for item in listed
        if status_of(item.decided if basis is Basis.CONFIRMED else item.decision, basis) == inside
    )


def tallies(listed: Sequence[Listed], chosen: Chosen, facets: Iterable[str]) -> dict[str, Counter[str]]:
    """How many reviews each id of each facet would leave, all other facets staying as chosen."""
    return {
        facet: Counter(
            value for item in listed if _meets(item, chosen, facet) for value in item.facets.get(facet, ())
        )
        for facet in facets
    }


def ordered(listed: Iterable[Listed], by: str, *, falling: bool) -> tuple[Listed, ...]:
    """The reviews in order; those alike stay in the order they were registered in, blanks come last."""
    items = sorted(listed, key=lambda item: item.position)
    known = [item for item in items if _key(item, by) not in ("", ())]
    blank = [item for item in items if _key(item, by) in ("", ())]
    return (*sorted(known, key=lambda item: _key(item, by), reverse=falling), *blank)


def awaiting(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    """The reviews nobody has screened, in the order they were registered in."""
    return tuple(item for item in sorted(listed, key=lambda item: item.position) if item.decided is None)


def _meets(item: Listed, chosen: Chosen, but: str) -> bool:
    return all(facet == but or not wanted.isdisjoint(item.facets.get(facet, ())) for facet, wanted in chosen.items())


def _key(item: Listed, by: str) -> tuple[str, ...] | str | int:
    match by:
        case "title":
            return item.title.casefold()
        case "published":
            return item.publication_date
        case "type":
            return item.review_types
        case "pages":
            return item.pages
        case "open":
            return item.open
        case "episodes":
            return item.episodes
    return item.position
