"""Tables and figures that prose may name by their number: `{table.T4}`, `{figure.T4}`, `{figure.flow}`."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.briefing.blocks import CrossReference
from goldthread.briefing.words.wording import say
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.model import Protocol

TABLE, FIGURE = "table", "figure"
_WRITTEN = {
    "figure.flow": ("flow", "flow.caption"),
    "figure.themes": ("themes-overview", "themes.overview"),
    "figure.sectors": ("sectors-overview", "sector.overview"),
    "table.matrix": ("matrix-table", "matrix.caption"),
}
"""What parts draw themselves: name → key of its block, and its title's wording."""


def table_key(table: str) -> str:
    """The key of the block in which a table of the protocol is printed, by the table's id."""
    return f"table-{table.lower().replace('.', '-').replace('/', '-')}"


def chart_key(table: str, number: int) -> str:
    """The key of the block of a chart drawn from a table, the first being 1."""
    return f"{table_key(table)}-figure-{number}"


def is_one(name: str) -> bool:
    """Whether a name in braces means a table or a figure as a whole, and no number in it."""
    return name.partition(".")[0] in (TABLE, FIGURE)


def everything(protocol: Protocol) -> Iterator[tuple[str, CrossReference]]:
    """Every table and figure that may be named, by name."""
    for name, (key, title) in _WRITTEN.items():
        yield name, CrossReference(key, name.partition(".")[0], say(title))
    for table in protocol.tables:
        yield f"{TABLE}.{table.id}", CrossReference(table_key(table.id), TABLE, table.title)
    charts: dict[str, int] = {}
    for chart in protocol.figures:
        if chart.kind != "flow":
            charts[chart.table] = number = charts.get(chart.table, 0) + 1
            name = f"{FIGURE}.{chart.table}" + (f".{number}" if number > 1 else "")
            yield name, CrossReference(chart_key(chart.table, number), FIGURE, chart.title)


def named(name: str, protocol: Protocol) -> CrossReference:
    """The table or figure of that name. Raises UsageError with the nearest names where there is none."""
    known = dict(everything(protocol))
    if name not in known:
        mend = nearest(name, known) or "tables are named by their ids, as in {table.T4}"
        raise UsageError(f"there is no table or figure `{name}`", mend=mend)
    return known[name]
