"""What people read in place of ids: the labels of fields, of their values, and of the kinds of missing."""

from __future__ import annotations

from goldthread.protocol.model import FieldDefinition, Protocol
from goldthread.protocol.record import Value
from goldthread.protocol.vocabulary import JOINT
from goldthread.values import Missing, State

MISSING_LABELS: dict[str, str] = {
    Missing.NOT_STATED: "Not stated",
    Missing.WITHHELD: "Withheld by anonymisation",
    Missing.UNCLEAR: "Unclear",
    Missing.NOT_APPLICABLE: "Not applicable",
    Missing.NOT_SOUGHT: "Not yet looked for",
}

_FIELD_LABELS = {
    "whose": "Whose risk or voice",
    "agency": "Agency",
    "episode_vulnerability": "Vulnerability in the passage",
    "pages": "Pages",
    "reason": "Main reason for exclusion",
}
_STATE_LABELS = {
    "included": "Included",
    "excluded": "Excluded",
    "maybe": "Maybe (not decided)",
    "unscreened": "Not yet screened",
}


def field_label(name: str, protocol: Protocol) -> str:
    """The label of a protocol field, or of one every study has; the name itself in words if unknown."""
    if field := protocol.field_by_id.get(name):
        return field.label
    return _FIELD_LABELS.get(name) or _words(name)


def value_label(field: str, value: str, protocol: Protocol) -> str:
    """The label of one value of a field; a value that has none is its own label."""
    return labels_of(field, protocol).get(value, value)


def labels_of(field: str, protocol: Protocol) -> dict[str, str]:
    """Labels by id for every value of a field that has any."""
    book = protocol.codebook
    match field:
        case "review_type":
            return {kind.id: kind.label for kind in protocol.review_types}
        case "review_group":
            return {JOINT: "Joint", **{kind.id: kind.label for kind in protocol.review_types}}
        case "screening_state":
            return _STATE_LABELS
        case "reason":
            return {reason.id: reason.label for reason in protocol.reasons}
        case "inclusion_status":
            excluded = {reason.id: f"Excluded: {lowered(reason.label)}" for reason in protocol.reasons}
            return {**_STATE_LABELS, **excluded}
        case "source":
            return {source.id: source.label for source in protocol.sources}
        case "theme":
            return {theme.id: theme.label for theme in book.themes}
        case "subtheme":
            return {sub.id: sub.label for theme in book.themes for sub in theme.subthemes}
        case "missing_kind":
            return MISSING_LABELS
        case "episode_state":
            return {state.value: _words(state.value) for state in State}
    listed = {
        "direction": book.directions,
        "explanation": book.explanations,
        "whose": book.whose,
        "agency": book.agencies,
        "episode_vulnerability": protocol.vulnerabilities,
        "addressee": protocol.recommendations.addressees,
        "scope": protocol.recommendations.scopes,
    }
    if field in listed:
        return _named(listed[field])
    definition = protocol.field_by_id.get(field)
    return _field_values(definition) if definition else {}


def _field_values(field: FieldDefinition) -> dict[str, str]:
    if field.kind == "presence":
        return {"true": "Yes", "false": "No", **_named(field.values)}
    return {band.id: band.label for band in field.bands} | _named(field.values)


def _named(values: tuple[Value, ...]) -> dict[str, str]:
    return {value.id: value.label for value in values}


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def lowered(label: str) -> str:
    """A label as it stands within a sentence: "police force", but "DASH"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
