"""Fields that follow from other fields: bands of a number, groups of a category, and whether a field applies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.extraction.found import Found
from goldthread.protocol.conditions import Reading, Stated, all_hold, reading
from goldthread.protocol.model import FieldDefinition, Protocol


def derived(field: FieldDefinition, source: Sequence[Found]) -> list[Found]:
    """The derived field's values, with the evidence and confidence of what they follow from."""
    made: dict[tuple[str, int], Found] = {}
    for found in source:
        value = _banded(field, found.value) if field.bands else _grouped(field, found.value)
        if value and (value, found.subject_no) not in made:
            made[value, found.subject_no] = Found(value, found.confidence, found.anchors, found.subject_no)
    return list(made.values())


def applies(field: FieldDefinition, found: Mapping[str, Sequence[Found]], protocol: Protocol) -> bool:
    """Whether the field is asked, given what was found of other fields; it is when that cannot be told."""
    if not field.applies:
        return True
    record = {name: _stated(name, values, protocol) for name, values in found.items()}
    return all_hold(field.applies, record) is not False


def _stated(name: str, found: Sequence[Found], protocol: Protocol) -> Reading:
    if not found:
        return reading()
    parents = {value.id: value.parent for value in protocol.field_by_id[name].values}
    return Reading(
        tuple(Stated(each.value, each.anchors, each.confidence, _above(each.value, parents)) for each in found)
    )


def _above(value: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    above: list[str] = []
    while parent := parents.get(above[-1] if above else value, ""):
        above.append(parent)
    return tuple(above)


def _banded(field: FieldDefinition, value: str) -> str:
    number = float(value)
    for band in field.bands:
        if (band.low is None or number >= band.low) and (band.high is None or number <= band.high):
            return band.id
    return ""


def _grouped(field: FieldDefinition, value: str) -> str:
    return next((group for group, sources in field.groups.items() if value in sources), "")
