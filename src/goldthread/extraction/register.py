"""Values that the register a document was written from states outright, each on its own line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.register import RegisterField, RegisterMapping, known_cells
from goldthread.sources.dates import iso_date
from goldthread.values import Missing

CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, or a kind of missing, and the line that says so."""

    value: str | None
    missing: Missing | None
    anchor: Anchor


def registered(document: DocumentText, definition: FieldDefinition, protocol: Protocol) -> tuple[Cell, ...] | None:
    """What a document written from a register says of one field the register states; None for any other document."""
    for mapping in protocol.registers:
        columns = [each for each in mapping.fields if each.field == definition.id]
        if columns and _written_from(document, mapping):
            return tuple(cell for each in columns for cell in _read(document, each, definition, mapping))
    return None


def _written_from(document: DocumentText, mapping: RegisterMapping) -> bool:
    """Whether a document begins as those of the register do."""
    begins = mapping.heading or next((label for label, _ in mapping.metadata if label), "")
    return bool(begins) and document.text.startswith(begins)


def _read(
    document: DocumentText, column: RegisterField, definition: FieldDefinition, mapping: RegisterMapping
) -> Iterator[Cell]:
    label = next((label for label, name in mapping.metadata if name == column.column), "")
    line = re.search(rf"^{re.escape(label)}: (.+)$", document.text, re.MULTILINE) if label else None
    if line is None:
        return
    said = _meaning(line[1], column, definition)
    if said:
        missing = said if isinstance(said, Missing) else None
        yield Cell(None if missing else str(said), missing, anchor(document, *line.span()))


def _meaning(cell: str, column: RegisterField, definition: FieldDefinition) -> str | Missing | None:
    known = known_cells(column)
    if (key := cell.strip().casefold()) in known:
        return known[key]
    if column.values:
        return None
    return iso_date(cell) if definition.kind is FieldKind.DATE else cell.strip()
