"""What makes a crosswalk hold together: its field, the values it leads to, and the categories it counts."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.protocol.check import Fault, nearest
from goldthread.protocol.model import Protocol, TableKind
from goldthread.protocol.vocabulary import permitted


def crosswalk_faults(protocol: Protocol) -> Iterator[Fault]:
    """Everything wrong with the protocol's crosswalks, and with the tables of periods that name one."""
    for n, walk in enumerate(protocol.crosswalks):
        path = ("crosswalks", n)
        if walk.field not in protocol.field_by_id:
            told = f"unknown field `{walk.field}`"
            yield Fault((*path, "field"), told, nearest(walk.field, protocol.field_by_id))
            continue
        values = permitted(walk.field, protocol) or ()
        for m, category in enumerate(walk.categories):
            if category.to and category.to not in values:
                told = f"unknown value of `{walk.field}` `{category.to}`"
                yield Fault((*path, "categories", m, "to"), told, nearest(category.to, values))
        known = {category.id for category in walk.categories}
        for m, period in enumerate(walk.periods):
            for name in period.counts:
                if name not in known:
                    told = f"unknown category `{name}`"
                    yield Fault((*path, "periods", m, "counts"), told, nearest(name, known))
    walks = {walk.id: walk.field for walk in protocol.crosswalks}
    for n, table in enumerate(protocol.tables):
        if table.kind is TableKind.PERIODS and table.crosswalk and walks.get(table.crosswalk) != table.rows.field:
            told = f"the table `{table.id}` names no crosswalk to `{table.rows.field}`"
            yield Fault(("tables", n, "crosswalk"), told, nearest(table.crosswalk, walks))
