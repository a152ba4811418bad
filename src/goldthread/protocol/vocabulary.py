"""What conditions and table axes may speak of besides a protocol's own fields.

Review: `review` (the review itself, for matrices), `review_type` (each of its types), `review_group` (its one
type, or `joint` when it has several), `screening_state`, `reason` (of exclusion), `inclusion_status`
(`included`, then each exclusion reason, then `unscreened` and `maybe`), `source`, `round`, `publication_date`,
`publication_year`, `pages` (of all its documents).

Episode: `theme`, `subtheme`, `direction`, `explanation`, `whose`, `agency` (each of its agencies),
`episode_vulnerability` (each of the vulnerabilities coded with it), `episode_state`.

Recommendation: `addressee`, `scope`.

A protocol may not call a field by any of these names.
"""

from __future__ import annotations

from goldthread.protocol.model import Protocol
from goldthread.values import Missing, State, Unit

JOINT = "joint"
SCREENING_STATES = ("unscreened", "included", "excluded", "maybe")

LEVELS: dict[str, Unit] = {
    "review": Unit.REVIEW,
    "review_type": Unit.REVIEW,
    "review_group": Unit.REVIEW,
    "screening_state": Unit.REVIEW,
    "reason": Unit.REVIEW,
    "inclusion_status": Unit.REVIEW,
    "source": Unit.REVIEW,
    "round": Unit.REVIEW,
    "publication_date": Unit.REVIEW,
    "publication_year": Unit.REVIEW,
    "pages": Unit.REVIEW,
    "theme": Unit.EPISODE,
    "subtheme": Unit.EPISODE,
    "direction": Unit.EPISODE,
    "explanation": Unit.EPISODE,
    "whose": Unit.EPISODE,
    "agency": Unit.EPISODE,
    "episode_vulnerability": Unit.EPISODE,
    "episode_state": Unit.EPISODE,
    "addressee": Unit.RECOMMENDATION,
    "scope": Unit.RECOMMENDATION,
}


def inclusion_statuses(protocol: Protocol) -> tuple[str, ...]:
    """The rows of a flow table: included, each exclusion reason in precedence, then what is still open."""
    return ("included", *(reason.id for reason in protocol.reasons), "unscreened", "maybe")


def permitted(name: str, protocol: Protocol) -> tuple[str, ...] | None:
    """The ids `name` may have, in the order people see them; None when anything goes or nobody knows `name`."""
    book = protocol.codebook
    match name:
        case "review_type":
            return tuple(kind.id for kind in protocol.review_types)
        case "review_group":
            return (*(kind.id for kind in protocol.review_types), JOINT)
        case "screening_state":
            return SCREENING_STATES
        case "inclusion_status":
            return inclusion_statuses(protocol)
        case "reason":
            return tuple(reason.id for reason in protocol.reasons)
        case "source":
            return tuple(source.id for source in protocol.sources)
        case "theme":
            return tuple(theme.id for theme in book.themes)
        case "subtheme":
            return tuple(sub.id for theme in book.themes for sub in theme.subthemes)
        case "direction":
            return tuple(value.id for value in book.directions)
        case "explanation":
            return tuple(value.id for value in book.explanations)
        case "whose":
            return tuple(value.id for value in book.whose)
        case "agency":
            return tuple(value.id for value in book.agencies)
        case "episode_vulnerability":
            return tuple(value.id for value in protocol.vulnerabilities)
        case "episode_state":
            return tuple(state.value for state in State)
        case "addressee":
            return tuple(value.id for value in protocol.recommendations.addressees)
        case "scope":
            return tuple(value.id for value in protocol.recommendations.scopes)
    field = protocol.field_by_id.get(name)
    return field_values(name, protocol) if field else None


def field_values(name: str, protocol: Protocol) -> tuple[str, ...] | None:
    """The ids a protocol field may have; None for dates, counts, ages, texts and gazetteers."""
    field = protocol.field_by_id[name]
    if field.kind == "presence":
        return ("true", "false")
    if field.values:
        return tuple(value.id for value in field.values)
    if field.bands:
        return tuple(band.id for band in field.bands)
    return tuple(field.groups) or None


def missing_kinds() -> tuple[str, ...]:
    """The five kinds of missing, as ids."""
    return tuple(kind.value for kind in Missing)
