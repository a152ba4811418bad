"""Tables of words: what is known of each case, and what each type of review is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.matrix import name_of
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.analysis.units import Counted, level_of
from goldthread.protocol.conditions import NOT_SOUGHT, Reading, Values
from goldthread.protocol.labels import MISSING_LABELS, field_label, value_label
from goldthread.protocol.model import Protocol, ReviewType
from goldthread.values import Missing, Unit


def listing(ask: Ask) -> Body:
    """One row a unit, one column a field of the definition: what is stated, or why nothing is.

    Of a field that belongs to subjects or suspects, a review's row gives each person's: "Male; Female".
    """
    fields = ask.definition.fields
    rows = tuple(
        Row(
            unit.review_id if ask.definition.unit is Unit.REVIEW else f"{unit.review_id}-{n}",
            name_of(unit),
            "value",
            tuple(_cell(ask, unit, field) for field in fields),
        )
        for n, unit in enumerate(ask.units, start=1)
    )
    columns = tuple(Column(field, field_label(field, ask.protocol)) for field in fields)
    return Body(columns, rows, "Review")


def _cell(ask: Ask, unit: Counted, field: str) -> Cell:
    readings = [record.get(field, NOT_SOUGHT) for record in _records(ask, unit, field)]
    told = [_told(found, field, ask.protocol) for found in readings] or [MISSING_LABELS[Missing.NOT_SOUGHT]]
    anchors = dict.fromkeys(a for found in readings for stated in found.stated for a in stated.anchors)
    return Cell("; ".join(told), reviews=(unit.review_id,), words=tuple(anchors))


def _records(ask: Ask, unit: Counted, field: str) -> Sequence[Values]:
    """Where a unit's field is to be read: in itself, or in each person of a review."""
    if ask.definition.unit is Unit.REVIEW:
        match level_of(field, ask.protocol):
            case Unit.SUBJECT:
                return unit.case.values.subjects
            case Unit.SUSPECT:
                return unit.case.values.suspects
    return (unit.values,)


def _told(found: Reading, field: str, protocol: Protocol) -> str:
    if found.missing is not None:
        return MISSING_LABELS[found.missing]
    return ", ".join(value_label(field, stated.value, protocol) for stated in found.stated)


def terms(ask: Ask) -> Body:
    """One row a type of review met with: what it rests on, who oversees it, when one is held, how many there are."""
    columns = (
        Column("basis", "Legislation and guidance"),
        Column("overseer", "Overseen and commissioned by"),
        Column("purpose", "Undertaken when"),
        Column("reviews", "Reviews"),
    )
    return Body(columns, tuple(_types(ask)), "Review type")


def _types(ask: Ask) -> Iterator[Row]:
    for kind in ask.protocol.review_types:
        met = Tally()
        for unit in ask.units:
            for stated in unit.values["review_type"].stated:
                if stated.value == kind.id:
                    met.add(unit.review_id, stated.anchors)
        if met.reviews or ask.definition.rows.zeros:
            yield Row(kind.id, kind.label, "value", (*_words(kind), met.cell(None, 0)))


def _words(kind: ReviewType) -> tuple[Cell, Cell, Cell]:
    return Cell(kind.basis), Cell(kind.overseer), Cell(kind.purpose)
