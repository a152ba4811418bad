"""The shape a reply must have, as JSON Schema made from a protocol: its fields, values, themes, ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.values import Missing

Schema = Mapping[str, object]

MISSING = (Missing.WITHHELD, Missing.UNCLEAR)
"""The kinds of missing a text can state; the others follow from its silence."""
PRESENCE = ("true", "false")


def asked_fields(protocol: Protocol) -> tuple[FieldDefinition, ...]:
    """The fields a model is asked about: all but those that follow from others."""
    return tuple(field for field in protocol.fields if field.kind is not FieldKind.DERIVED)


def case_schema(protocol: Protocol) -> Schema:
    """What a reply about characteristics is."""
    kinds = [_field(field) for field in asked_fields(protocol)]
    return _object({"values": {"type": "array", "items": {"anyOf": kinds}}})


def practice_schema(protocol: Protocol) -> Schema:
    """What a reply about passages and recommendations is."""
    book, asks = protocol.codebook, protocol.recommendations
    passage = _object(
        {
            "quote": _TEXT,
            "direction": _one_of(each.id for each in book.directions),
            "theme": _one_of(["", *(each.id for each in book.offered)]),
            "subtheme": _one_of(["", *(below.id for each in book.offered for below in each.subthemes)]),
            "explanation": _one_of(["", *(each.id for each in book.explanations)]),
            "whose": _one_of(["", *(each.id for each in book.whose)]),
        }
    )
    ask = _object(
        {
            "quote": _TEXT,
            "addressee": _one_of(each.id for each in asks.addressees),
            "scope": _one_of(["", *(each.id for each in asks.scopes)]),
        }
    )
    return _object({"passages": _list(passage), "recommendations": _list(ask)})


_TEXT: Schema = {"type": "string"}


def permitted(field: FieldDefinition) -> Sequence[str]:
    """The only values a field may have; empty where they cannot be listed."""
    if field.kind is FieldKind.PRESENCE:
        return PRESENCE
    return tuple(each.id for each in field.values) if field.kind is FieldKind.CATEGORY else ()


def _field(field: FieldDefinition) -> Schema:
    values = permitted(field)
    value: Schema = {"enum": [*values, None]} if values else {"type": ["string", "null"]}
    return _object(
        {
            "field": {"const": field.id},
            "subject": {"type": "integer"},
            "value": value,
            "missing": {"enum": [None, *(each.value for each in MISSING)]},
            "quote": _TEXT,
        }
    )


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(dict.fromkeys(values))}
