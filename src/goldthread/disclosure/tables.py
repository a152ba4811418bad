"""A table as it may be published: small cells hidden, and with them what would give them away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.periods import CHANGE, EARLIER
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.disclosure.derived import guarded_funnel, guarded_pairs, guarded_rates
from goldthread.disclosure.grid import Grid, Place, hide_more
from goldthread.disclosure.policy import HIDDEN, Policy, near
from goldthread.disclosure.spreads import SPREADS, guarded_spreads, spreads_note, told_of_lags
from goldthread.protocol.model import Protocol, TableDefinition, TableKind

_GUARDED = frozenset({TableKind.CROSSTAB})
_DERIVED = frozenset({TableKind.FUNNEL, TableKind.TOGETHER, TableKind.RATES, TableKind.PERIODS, TableKind.SUMMARY})
_NO_SUM = -1
STATED = -1
"""The row, in a place, of the n that a column's heading states."""
Places = frozenset[Place]
_COUNTED = re.compile(r"^(Unit: [^;]*); (\d[\d,]*) of them,")
"""How the note begins that says what is counted, and how many there are."""
_LEFT_OUT = re.compile(r"^(In no column:|Not counted:|In) \d[\d,]* ")
_NO_ROW = re.compile(r"^Not shown: (?!\d[\d,]* pairs )")
"""How the notes begin that say how many units the rows and columns do not hold."""
_NUMBER = re.compile(r"\b\d[\d,]* ")


def guarded(
    table: Table,
    definition: TableDefinition,
    protocol: Protocol,
    policy: Policy,
    also: Places = frozenset(),
    known: Places = frozenset(),
) -> Table:
    """The table under a policy, with the policy among its notes; as it is where the policy is open.

    `also` are cells to hide for what other tables show; `known` are cells that every reader knows without the table.

    Tables that count are changed: a matrix names each review, and criteria hold no numbers. Nothing is left of what a
    listing says of single people. Hidden cells lose their evidence too, and rounded ones theirs, since a list of
    reviews says how many there are.
    """
    if definition.kind is TableKind.LISTING and not policy.is_open:
        blank = tuple(replace(row, cells=tuple(Cell(HIDDEN) for _ in row.cells)) for row in table.rows)
        return replace(table, rows=blank, population=_whole(table, policy), notes=(*table.notes, policy.describe()))
    if not policy.is_open and definition.kind in _DERIVED:
        made = replace(_derived(table, definition, protocol, policy), population=_whole(table, policy))
        noted = tuple(told_of_lags(note, policy) for note in _noted(table, made.population))
        more = (spreads_note(policy),) if definition.kind is TableKind.SUMMARY else ()
        return replace(made, notes=(*noted, policy.describe(), *more))
    if not policy.is_open and definition.kind is TableKind.ALIGNMENT:
        return _each_alone(table, policy, definition.places)
    if policy.is_open or definition.kind not in _GUARDED:
        return table
    hidden = hidden_places(table, definition, protocol, policy, also, known)
    columns = tuple(
        replace(column, base=None) if (STATED, c) in hidden else _column(column, policy)
        for c, column in enumerate(table.columns)
    )
    rows = tuple(
        replace(
            row,
            cells=tuple(_cell(cell, (r, c) in hidden, policy, definition.places) for c, cell in enumerate(row.cells)),
        )
        for r, row in enumerate(_unshared(table, definition, hidden))
    )
    if hidden and definition.rows.order == "count":  # the order would tell between which others a hidden number lies
        kinds = ("value", "missing", "total")
        rows = tuple(sorted(rows, key=lambda row: (kinds.index(row.kind), row.label)))
    totals = {STATED, *(r for r, row in enumerate(table.rows) if row.kind == "total")}
    whole = None if any(r in totals for r, _ in hidden) else _whole(table, policy)
    notes = (*_noted(table, whole), policy.describe())
    return replace(table, columns=columns, rows=rows, population=whole, notes=notes)


def _each_alone(table: Table, policy: Policy, places: int) -> Table:
    """A table whose numbers add up to nothing: each is hidden by itself where it is small."""
    rows = tuple(
        replace(
            row, cells=tuple(_cell(one, 0 < (one.count or 0) < policy.fewest, policy, places) for one in row.cells)
        )
        for row in table.rows
    )
    whole = _whole(table, policy)
    return replace(table, rows=rows, population=whole, notes=(*_noted(table, whole), policy.describe()))


def _unshared(table: Table, definition: TableDefinition, hidden: Places) -> Iterator[Row]:
    """The rows without the shares whose whole is not shown: 5 (71) says that there are 7."""
    totals = {STATED, *(r for r, row in enumerate(table.rows) if row.kind == "total")}
    for r, row in enumerate(table.rows):
        match definition.percent_of:
            case "row":
                at = set(range(len(row.cells))) if any(one == r for one, _ in hidden) else set()
            case "column" | "stated":
                at = {c for one, c in hidden if one in totals}
            case _:
                at = set(range(len(row.cells))) if any(one in totals for one, _ in hidden) else set()
        yield replace(row, cells=tuple(_bare(cell) if c in at else cell for c, cell in enumerate(row.cells)))


def _bare(cell: Cell) -> Cell:
    return cell if cell.percent is None else replace(cell, text=str(cell.count), denominator=None, percent=None)


def _whole(table: Table, policy: Policy) -> int | None:
    """How many units a table is about, rounded; None where they are too few to say."""
    number = table.population
    return None if number is None or 0 < number < policy.fewest else near(number, policy.nearest)


def _noted(table: Table, whole: int | None) -> tuple[str, ...]:
    """The notes, saying of how many units there are no more than may be said, and of those left out no number.

    How many are left out, taken from all, is how many are not: a number that the cells may hide.
    """

    def said(found: re.Match[str]) -> str:
        return f"{found[1]}," if whole is None else f"{found[1]}; {whole} of them,"

    unnumbered = (_NUMBER.sub("", note) if _NO_ROW.match(note) else note for note in table.notes)
    return tuple(_COUNTED.sub(said, _LEFT_OUT.sub(r"\1 some ", note)) for note in unnumbered)


def _derived(table: Table, definition: TableDefinition, protocol: Protocol, policy: Policy) -> Table:
    match definition.kind:
        case TableKind.PERIODS:
            return _periods(table, definition, protocol, policy)
        case TableKind.SUMMARY:
            return _summary(table, definition, protocol, policy)
        case TableKind.FUNNEL:
            return guarded_funnel(table, policy, definition.places)
        case TableKind.TOGETHER:
            return guarded_pairs(table, policy)
    return guarded_rates(table, policy)


def _counts_alone(
    table: Table, own: Sequence[int], definition: TableDefinition, protocol: Protocol, policy: Policy
) -> Table:
    """The columns that count, as any other table would be published, its rows in their order."""
    bare = replace(
        table,
        columns=tuple(table.columns[n] for n in own),
        rows=tuple(replace(row, cells=tuple(row.cells[n] for n in own)) for row in table.rows),
    )
    as_defined = definition.rows.model_copy(update={"order": "defined"})
    counting = definition.model_copy(update={"kind": TableKind.CROSSTAB, "rows": as_defined})
    return guarded(bare, counting, protocol, policy)


def _summary(table: Table, definition: TableDefinition, protocol: Protocol, policy: Policy) -> Table:
    """The counts as any other table; then ranges and averages, each only where enough stand behind it."""
    own = [n for n, one in enumerate(table.columns) if one.id not in SPREADS]
    made = _counts_alone(table, own, definition, protocol, policy)
    rows = []
    for row, safe in zip(table.rows, made.rows, strict=True):
        cells = list(row.cells)
        for n, cell in zip(own, safe.cells, strict=True):
            cells[n] = cell
        rows.append(replace(row, cells=tuple(cells)))
    return guarded_spreads(replace(table, rows=tuple(rows)), policy)


def _periods(table: Table, definition: TableDefinition, protocol: Protocol, policy: Policy) -> Table:
    """Our own periods as any other table; a change is hidden where it would give a hidden or rounded number away."""
    own = [n for n, one in enumerate(table.columns) if one.id != CHANGE and not one.id.startswith(EARLIER)]
    made = _counts_alone(table, own, definition, protocol, policy)
    columns, rows = list(table.columns), []
    for n, column in zip(own, made.columns, strict=True):
        columns[n] = column
    for row, safe in zip(table.rows, made.rows, strict=True):
        cells = list(row.cells)
        for n, cell in zip(own, safe.cells, strict=True):
            cells[n] = cell
        if columns[-1].id == CHANGE and (policy.nearest > 1 or any(cell.text == HIDDEN for cell in cells[-3:-1])):
            cells[-1] = Cell(HIDDEN) if cells[-1].text else cells[-1]
        rows.append(replace(row, cells=tuple(cells)))
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def is_guarded(definition: TableDefinition) -> bool:
    """Whether a policy hides single cells of such a table."""
    return definition.kind in _GUARDED


def hidden_places(
    table: Table,
    definition: TableDefinition,
    protocol: Protocol,
    policy: Policy,
    also: Places = frozenset(),
    known: Places = frozenset(),
) -> Places:
    """The cells a policy hides, as (row, column), those in `also` and what protects them among them."""
    return _hidden(table, definition, _parents(definition, protocol), policy.fewest, also, known)


def stated(table: Table, definition: TableDefinition, protocol: Protocol) -> dict[Place, tuple[int, ...]]:
    """The n of each heading that rows add up to, by its place, with those rows."""
    sums = _sums(table, definition, _parents(definition, protocol))
    return {(STATED, c): each.rows for each in sums if each.total is None for c in range(len(table.columns))}


def sums_of(table: Table, definition: TableDefinition, protocol: Protocol) -> Iterator[dict[Place, int]]:
    """How the cells of a table are bound: factors by (row, column) that add up to what is printed, or to nought."""
    counts = [[cell.count or 0 for cell in row.cells] for row in table.rows]
    for each in _sums(table, definition, _parents(definition, protocol)):
        for column in range(len(table.columns) if each.total != _NO_SUM else 0):
            bound = {(row, column): 1 for row in each.rows}
            yield {**bound, (STATED if each.total is None else each.total, column): -1}
    whole = _whole_column(counts)
    for row in range(len(counts) if whole is not None else 0):
        yield {(row, column): -1 if column == whole else 1 for column in range(len(table.columns))}


@dataclass(frozen=True, slots=True)
class _Sum:
    """Rows that add up to the row `total`, to what the headings state (None), or to nothing printed (`_NO_SUM`)."""

    rows: tuple[int, ...]
    total: int | None


def _parents(definition: TableDefinition, protocol: Protocol) -> Mapping[str, str]:
    field = protocol.field_by_id.get(definition.rows.field)
    return {value.id: value.parent for value in field.values if value.parent} if field else {}


def _hidden(
    table: Table,
    definition: TableDefinition,
    parents: Mapping[str, str],
    fewest: int,
    also: Places,
    known: Places,
) -> Places:
    """The cells to hide, as (row, column), worked through every sum the table shows until none gives one away."""
    counts = [[cell.count or 0 for cell in row.cells] for row in table.rows]
    hidden = {(r, c) for r, line in enumerate(counts) for c, count in enumerate(line) if 0 < count < fewest}
    hidden = (hidden | also) - known
    sums = list(_sums(table, definition, parents))
    whole = _whole_column(counts)
    before = -1
    while len(hidden) != before:
        before = len(hidden)
        for each in sums:
            hidden |= _more(table, counts, each, whole, hidden, fewest, known)
    return frozenset(hidden)


def _sums(table: Table, definition: TableDefinition, parents: Mapping[str, str]) -> Iterator[_Sum]:
    """Every way in which rows of the table add up."""
    number = {row.id: n for n, row in enumerate(table.rows)}
    for parent in dict.fromkeys(parents.values()):
        below = tuple(number[child] for child, of in parents.items() if of == parent and child in number)
        if parent in number and below and _adds_up(table, below, number[parent]):
            yield _Sum(below, number[parent])
    top = [n for n, row in enumerate(table.rows) if row.kind == "value" and parents.get(row.id) not in number]
    gaps = [n for n, row in enumerate(table.rows) if row.kind == "missing"]
    every = (*top, *gaps)
    if definition.exclusive and "total" in number and _adds_up(table, every, number["total"]):
        yield _Sum(every, number["total"])
    counted = tuple(top) if definition.percent_of == "stated" else every
    if definition.exclusive and counted and _adds_up(table, counted, None):
        yield _Sum(counted, None)
    yield _Sum(tuple(range(len(table.rows))), _NO_SUM)


def _adds_up(table: Table, rows: Sequence[int], total: int | None) -> bool:
    wanted = [column.base for column in table.columns]
    if total is not None:
        wanted = [cell.count or 0 for cell in table.rows[total].cells]
    made = [sum(table.rows[row].cells[c].count or 0 for row in rows) for c in range(len(table.columns))]
    return made == wanted


def _whole_column(counts: Sequence[Sequence[int]]) -> int | None:
    """The column that is the sum of all the others in every row, if there is one.

    Of two columns one may be the sum of the other alone: then they are alike, and what hides one hides both.
    """
    width = len(counts[0]) if counts else 0
    if width < 2 or not any(map(any, counts)):
        return None
    return next((c for c in range(width) if all(2 * line[c] == sum(line) for line in counts)), None)


def _more(
    table: Table,
    counts: Sequence[Sequence[int]],
    each: _Sum,
    whole: int | None,
    hidden: set[Place],
    fewest: int,
    known: Places,
) -> set[Place]:
    """The cells to hide beside those hidden already, as far as one sum is concerned."""
    order = [c for c in range(len(table.columns)) if c != whole] + ([] if whole is None else [whole])
    lines = [[counts[row][c] for c in order] for row in each.rows]
    rows: list[int | None] = list(each.rows)
    fixed: set[Place] = set()
    if each.total is None:
        lines.append([table.columns[c].base or 0 for c in order])
        large = {at for at, c in enumerate(order) if not 0 < (table.columns[c].base or 0) < fewest}
        fixed = {(len(lines) - 1, at) for at in large if (STATED, order[at]) not in hidden}
        rows.append(None)
    elif each.total != _NO_SUM:
        lines.append([counts[each.total][c] for c in order])
        rows.append(each.total)
    fixed |= {(r, at) for r, row in enumerate(rows) for at, c in enumerate(order) if (row, c) in known}
    grid = Grid(tuple(map(tuple, lines)), each.total != _NO_SUM, whole is not None, frozenset(fixed))
    mine = {(r, at) for r, row in enumerate(rows) for at, c in enumerate(order) if (row, c) in hidden}
    mine |= {(r, at) for r, at in grid.places() if rows[r] is None and (r, at) not in fixed}
    try:
        found = hide_more(grid, mine) if mine else frozenset()
    except ValueError:  # what a heading states gives it away: then the heading states nothing
        found = hide_more(replace(grid, fixed=frozenset()), mine)
    return {(STATED if (row := rows[r]) is None else row, order[at]) for r, at in found}


def _column(column: Column, policy: Policy) -> Column:
    if column.base is None or 0 < column.base < policy.fewest:
        return replace(column, base=None)
    return replace(column, base=near(column.base, policy.nearest))


def _cell(cell: Cell, is_hidden: bool, policy: Policy, places: int) -> Cell:
    if is_hidden:
        return Cell(text=HIDDEN)
    if policy.nearest == 1 or cell.count is None:
        return cell
    count = near(cell.count, policy.nearest)
    of = None if cell.denominator is None else near(cell.denominator, policy.nearest)
    share = percent(count, of, places) if of else None
    return Cell(f"{count} ({share})" if share is not None and count else str(count), count, of, share)
