"""The tables of a protocol in groups, by what they are about, so that a reader finds one among fifty."""

from __future__ import annotations

from enum import StrEnum

from goldthread.analysis.passages import CODES
from goldthread.protocol.amend.speaking import fields_of
from goldthread.protocol.model import Protocol, TableDefinition, TableKind
from goldthread.values import Unit


class Shelf(StrEnum):
    """What tables are about, in the order of the work."""

    SELECTION = "Finding and selecting"
    CASES = "The cases"
    PEOPLE = "The people"
    PRACTICE = "Police practice"
    STEPS = "Step by step"
    TOGETHER = "What occurs together"
    RECOMMENDATIONS = "Recommendations"
    PLAN = "Beside the plan"
    EACH = "Review by review"


_BY_KIND = {
    TableKind.CRITERIA: Shelf.SELECTION,
    TableKind.TERMS: Shelf.SELECTION,
    TableKind.FUNNEL: Shelf.STEPS,
    TableKind.TOGETHER: Shelf.TOGETHER,
    TableKind.ALIGNMENT: Shelf.PLAN,
    TableKind.MATRIX: Shelf.EACH,
    TableKind.LISTING: Shelf.EACH,
}
_BY_UNIT = {
    Unit.RECOMMENDATION: Shelf.RECOMMENDATIONS,
    Unit.EPISODE: Shelf.PRACTICE,
    Unit.SUBJECT: Shelf.PEOPLE,
    Unit.SUSPECT: Shelf.PEOPLE,
}


def shelf_of(table: TableDefinition) -> Shelf:
    """Where a table stands: by its kind, by what it counts, or by what it speaks of."""
    if table.kind in _BY_KIND:
        return _BY_KIND[table.kind]
    if table.population == "registered":
        return Shelf.SELECTION
    if table.unit in _BY_UNIT:
        return _BY_UNIT[table.unit]
    return Shelf.PRACTICE if set(CODES) & set(fields_of(table)) else Shelf.CASES


def shelves(protocol: Protocol) -> dict[Shelf, tuple[TableDefinition, ...]]:
    """Every table of a protocol in its group; groups without one are left out."""
    found = {shelf: tuple(one for one in protocol.tables if shelf_of(one) is shelf) for shelf in Shelf}
    return {shelf: tables for shelf, tables in found.items() if tables}
