"""Reading a row's cells as a person fills them in: ids or labels, yes or true, whole numbers, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from goldthread.analysis.records import ReviewRecord
from goldthread.anchors import Anchor
from goldthread.protocol.check import nearest
from goldthread.protocol.gazetteers import load
from goldthread.protocol.labels import MISSING_LABELS, labels_of
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.quantities import span
from goldthread.sources.tabular import Row
from goldthread.study.intake.imports.changes import RowFault
from goldthread.study.intake.imports.evidence import Evidence
from goldthread.values import Missing, State

_WHOLE = re.compile(r"(\d{1,12})(?:\.0+)?")
_OPEN_GAZETTEERS = ("boards",)


class Cells:
    """One row, cell by cell. Every reading raises RowFault for what cannot be meant."""

    def __init__(self, row: Row, protocol: Protocol, reviews: Mapping[str, ReviewRecord]) -> None:
        self._row, self._protocol, self._reviews = row, protocol, reviews

    def text(self, column: str) -> str:
        """The cell without blank edges; "" for an empty cell or a column the file does not have."""
        return self._row.cells.get(column, "").strip()

    def review(self) -> ReviewRecord:
        """The review the row speaks of."""
        name = self.text("review_id")
        if name not in self._reviews:
            raise RowFault("unknown", f"the study has no review {name!r}", "correct the review_id, e.g. R00012")
        return self._reviews[name]

    def state(self) -> State:
        """The row's state; an empty cell is a person's own row, and so confirmed."""
        name = self.text("state").casefold()
        if not name:
            return State.CONFIRMED
        try:
            return State(name)
        except ValueError:
            known = ", ".join(State)
            raise RowFault("unknown", f"{name!r} is not a state", f"write one of {known}") from None

    def one_of(self, column: str, labels: Mapping[str, str], *, needed: bool = False) -> str:
        """The id of a value written as id or label; "" for an empty cell."""
        written = self.text(column)
        if not written and not needed:
            return ""
        return named(column, written, labels)

    def coded(self, column: str, *, needed: bool = False) -> str:
        """The id of a code of the protocol: a theme, a direction, an addressee …"""
        return self.one_of(column, labels_of(column, self._protocol), needed=needed)

    def whole(self, column: str) -> int | None:
        """A whole number; None for an empty cell."""
        written = self.text(column)
        if not written:
            return None
        found = _WHOLE.fullmatch(written)
        if not found:
            raise RowFault("number", f"{column} is {written!r}", "write a whole number")
        return int(found[1])

    def anchor(self, review: ReviewRecord, evidence: Evidence) -> Anchor | None:
        """The words the row rests on, verified; None where it names none."""
        quote = self._row.cells.get("quote", "")
        if not quote.strip() and not self.text("start"):
            return None
        return evidence.find(
            review, self.text("file_name"), self.whole("start"), self.whole("end"), quote, self.whole("page")
        )

    def missing(self) -> Missing | None:
        """The kind of missing; None for an empty cell."""
        written = self.one_of("missing", MISSING_LABELS)
        return Missing(written) if written else None


def named(what: str, written: str, labels: Mapping[str, str]) -> str:
    """The id of a value written as its id or its label, in any case. Raises RowFault for another."""
    if written in labels:
        return written
    for id_, label in labels.items():
        if written.casefold() in (id_.casefold(), label.casefold()):
            return id_
    mend = nearest(written, labels) or f"use one of {', '.join(labels)}"
    raise RowFault("unknown", f"{written!r} is no {what.replace('_', ' ')} of this protocol", mend)


def value_of(field: FieldDefinition, written: str, protocol: Protocol, known: Iterable[str]) -> str:
    """A field's value as it is stored. `known` are values the study holds already, right whatever they are."""
    if written in known:
        return written
    labels = labels_of(field.id, protocol)
    match field.kind:
        case FieldKind.AGE | FieldKind.COUNT:
            found = _WHOLE.fullmatch(written)
            if not found:
                raise RowFault("value", f"{field.id} is {written!r}", "write a whole number")
            return str(int(found[1]))
        case FieldKind.DATE:
            if span(written) is None:
                mend = "write it as 2019, 2019-07 or 2019-07-31"
                raise RowFault("value", f"{field.id} is {written!r}, which is not a date", mend)
            return written
        case FieldKind.TEXT:
            return written
        case FieldKind.GAZETTEER if not labels:
            return _place(field, written)
    if field.kind is FieldKind.PRESENCE and written.casefold() in ("true", "false"):
        return written.casefold()
    return named(field.id, written, labels)


def _place(field: FieldDefinition, written: str) -> str:
    found = load(field.gazetteer).resolve(written)
    if found is not None:
        return found.name
    if field.gazetteer in _OPEN_GAZETTEERS:
        return written
    mend = nearest(written, load(field.gazetteer).by_name) or "write its usual full name, e.g. Kent Police"
    raise RowFault("unknown", f"{written!r} is not in the list of {field.gazetteer.replace('_', ' ')}", mend)
