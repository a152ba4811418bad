"""A briefing under a disclosure policy: what is hidden in one place is hidden, and cannot be worked out, in all.

It is written twice. The first time everything is counted, and every number is entered as what it is: the size of a
set of reviews or passages. Numbers below the policy's smallest are hidden, then as many more as it takes: within each
table, between tables that share a number, and between the numbers of each part. The second time it is written with
those numbers left out, in tables, charts and prose alike, and without the lists of reviews behind any number, since
lists can be laid over one another. What the list of reviews says of itself (how many, of which type, why left out) is
shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from goldthread.analysis.table import Cell, Table
from goldthread.anchors import Anchor
from goldthread.briefing.blocks import (
    Block,
    Box,
    Briefing,
    FigureBlock,
    Heading,
    HeldBack,
    Items,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
    Words,
)
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.formats.paper import a_row_a_review
from goldthread.briefing.quantities import Guard, cell_key, quantity
from goldthread.briefing.scope import Scope, included_by_type
from goldthread.briefing.sections.quotes import held_to
from goldthread.briefing.words.wording import say
from goldthread.disclosure.grid import Place
from goldthread.disclosure.naming import namings
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.spreads import guarded_spreads
from goldthread.disclosure.system import Key, System, dependencies
from goldthread.disclosure.tables import STATED, guarded, hidden_places, is_guarded, stated, sums_of
from goldthread.protocol.model import TableDefinition, TableKind
from goldthread.values import Unit

Compose = Callable[[Scope, EvidenceIndex], Briefing]
Tables = dict[TableDefinition, Table]
_PARTS = 2
"""Numbers under one heading of this level or above are a part, and are held against one another."""


def protected(compose: Compose, scope: Scope, policy: Policy) -> Briefing:
    """The briefing under a policy that is not open."""
    counted: Tables = {}
    first = compose(_recording(scope, counted), EvidenceIndex())
    tables = {one: table for one, table in counted.items() if is_guarded(one) and one.population != "registered"}
    guard = Guard(policy, hidden(first, tables, scope, policy))
    shown = _published(scope, guard)
    index = EvidenceIndex(guard)
    with held_to(lambda quote: not namings(quote)) as refused:
        second = compose(replace(scope, tabulate=shown), index)
    blocks = tuple(_blocks(second.blocks, guard, index.hidden))
    held = tuple(_held_back(refused, second))
    return replace(second, blocks=blocks, held_back=held)


def hidden(first: Briefing, tables: Tables, scope: Scope, policy: Policy) -> frozenset[Key]:
    """Every number of a briefing that is hidden, by key."""
    system = System()
    for definition, table in tables.items():
        keys = _keys(table, definition, scope)
        system.values.update(dict(keys.values()))
        system.equations += [
            _merged((keys[place][0], factor) for place, factor in bound.items())
            for bound in sums_of(table, definition, scope.protocol)
        ]
    _bind_prose(system, first, scope, tables)
    system.fixed = {("review", one) for one in _public(scope)}
    system.fixed |= {key for key in system.values if _is_told(key)}
    small = {key for key, value in system.values.items() if 0 < value < policy.fewest}
    found = frozenset(small | _giving_away(first, policy)) - system.fixed
    while True:
        before = found
        for definition, table in tables.items():
            found |= _of_table(table, definition, scope, policy, found) - system.fixed
        found = system.hide(found)
        if found == before:
            return found


def _keys(table: Table, definition: TableDefinition, scope: Scope) -> dict[Place, tuple[Key, int]]:
    """Every cell of a table, and the n of every heading, by place: its key and its number."""
    keys: dict[Place, tuple[Key, int]] = {
        (r, c): (cell_key(table, (r, c), cell), cell.count or 0)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
    }
    for (row, c), rows in stated(table, definition, scope.protocol).items():
        base = table.columns[c].base or 0
        members = frozenset(review for r in rows for review in table.rows[r].cells[c].reviews)
        of_reviews = table.unit is Unit.REVIEW and len(members) == base and base
        keys[row, c] = (("review", members) if of_reviews else (table.id, row, c), base)
    told, totals = _told(scope), {STATED, *(r for r, row in enumerate(table.rows) if row.kind == "total")}
    for place, (key, value) in keys.items():
        if place[0] in totals and key in told:
            keys[place] = (("told", key), value)
    return keys


def _merged(pairs: Iterable[tuple[Key, int]]) -> dict[Key, float]:
    merged: dict[Key, float] = {}
    for key, factor in pairs:
        merged[key] = merged.get(key, 0.0) + factor
    return merged


def _of_table(
    table: Table, definition: TableDefinition, scope: Scope, policy: Policy, found: frozenset[Key]
) -> frozenset[Key]:
    keys = _keys(table, definition, scope)
    also = frozenset(place for place, (key, _) in keys.items() if key in found)
    every = hidden_places(table, definition, scope.protocol, policy, also, _known(table, definition, scope))
    return frozenset(keys[place][0] for place in every if place in keys)


def _told(scope: Scope) -> frozenset[Key]:
    """What the list of reviews says of itself: how many there are, and how many of each type."""
    sets = (*_public(scope), *map(frozenset, included_by_type(scope).values()))
    return frozenset(("review", one) for one in sets)


def _known(table: Table, definition: TableDefinition, scope: Scope) -> frozenset[Place]:
    """Totals that say no more than the list of reviews does."""
    return frozenset(place for place, (key, _) in _keys(table, definition, scope).items() if _is_told(key))


def _is_told(key: Key) -> bool:
    return isinstance(key, tuple) and key[0] == "told"


def _bind_prose(system: System, first: Briefing, scope: Scope, tables: Tables) -> None:
    """The numbers of each part of the prose, bound as the sets they count are bound."""
    known = {"review": _public(scope), "passage": _totals(scope)}
    for part in _parts(first.blocks):
        figures = dict(_figures(part, first, tables))
        for unit in known:
            mine = [(key, members) for key, (kind, members, _) in figures.items() if kind == unit]
            system.equations += dependencies(mine, known[unit])
        system.values.update({key: value for key, (_, _, value) in figures.items()})


def _public(scope: Scope) -> list[frozenset[object]]:
    return [frozenset(review.review_id for review in scope.included)]


def _totals(scope: Scope) -> list[frozenset[object]]:
    groups = (scope.episodes, scope.recommendations)
    return [frozenset(item.anchor for item in group) for group in groups]


def _parts(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in _flat(blocks):
        if isinstance(block, Heading) and block.level <= _PARTS and part:
            yield part
            part = []
        part.append(block)
    yield part


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from _flat(block.blocks)


def _figures(
    part: Iterable[Block], first: Briefing, tables: Tables
) -> Iterator[tuple[Key, tuple[str, frozenset[object], int]]]:
    """The numbers of a part that are sizes of sets: key → unit, members, number."""
    entries = {entry.key: entry for entry in first.evidence}
    done = {id(table) for table in tables.values()}
    for block in part:
        for live in _live(block):
            entry = entries[live.evidence]
            if live.evidence not in first.public and (found := quantity(live.text, entry.reviews, entry.anchors)):
                yield found.key, (found.unit, found.members, found.number)
        table = block.table if isinstance(block, TableBlock | FigureBlock) else None
        if table is not None and id(table) not in done and not a_row_a_review(table):
            for row in table.rows:
                for cell in row.cells:
                    if found := quantity(cell.text, cell.reviews, cell.anchors, cell.count):
                        yield found.key, (found.unit, found.members, found.number)


def _live(block: Block) -> Iterator[LiveFigure]:
    match block:
        case Paragraph(parts):
            yield from (part for part in parts if isinstance(part, LiveFigure))
        case Items(items):
            yield from (part for item in items for part in item if isinstance(part, LiveFigure))
        case _:
            pass


def _giving_away(first: Briefing, policy: Policy) -> frozenset[Key]:
    """Shares whose rest is small: "12 of 13" says that there is one without."""
    entries = {entry.key: entry for entry in first.evidence}
    found = set()
    for block in _flat(first.blocks):
        for live in _live(block):
            entry = entries[live.evidence]
            one = quantity(live.text, entry.reviews, entry.anchors)
            if one and live.evidence not in first.public and one.whole and 0 < one.whole - one.number < policy.fewest:
                found.add(one.key)
    return frozenset(found)


def _recording(scope: Scope, counted: Tables) -> Scope:
    def tabulate(definition: TableDefinition) -> Table:
        counted[definition] = scope.tabulate(definition)
        return counted[definition]

    return replace(scope, tabulate=tabulate)


def _published(scope: Scope, guard: Guard) -> Callable[[TableDefinition], Table]:
    def tabulate(definition: TableDefinition) -> Table:
        table = scope.tabulate(definition)
        if definition.population == "registered":
            return table
        if not is_guarded(definition):
            made = guarded(table, definition, scope.protocol, guard.policy)
            return made if definition.kind is TableKind.LISTING else _followed(guard.masked(made), definition, guard)
        keys = _keys(table, definition, scope)
        also = frozenset(place for place, (key, _) in keys.items() if key in guard.hidden)
        known = _known(table, definition, scope)
        return guarded(table, definition, scope.protocol, guard.policy, also, known)

    return tabulate


def _followed(table: Table, definition: TableDefinition, guard: Guard) -> Table:
    """A summary in which no range is left of a row whose count another table hides."""
    return guarded_spreads(table, guard.policy) if definition.kind is TableKind.SUMMARY else table


def _blocks(blocks: Iterable[Block], guard: Guard, hidden_keys: frozenset[str]) -> Iterator[Block]:
    """What is published: no quote stands for a hidden number, and no table has a row a review."""
    for block in blocks:
        match block:
            case Quote() if block.evidence in hidden_keys:
                continue
            case Box():
                yield replace(block, blocks=tuple(_blocks(block.blocks, guard, hidden_keys)))
            case TableBlock() if a_row_a_review(block.table) or _is_blank(block.table):
                yield Paragraph((Words(say("protection.table", title=block.caption)),))
            case TableBlock():
                yield replace(block, table=guard.masked(block.table))
            case _:
                yield block


def _is_blank(table: Table) -> bool:
    cells: list[Cell] = [cell for row in table.rows for cell in row.cells]
    return bool(cells) and all(cell.text == HIDDEN for cell in cells)


def _held_back(refused: Iterable[Anchor], briefing: Briefing) -> Iterator[HeldBack]:
    for anchor in refused:
        review = briefing.documents.get(anchor.document_id, "")
        kinds = tuple(dict.fromkeys(one.kind.value for one in namings(anchor.quote)))
        yield HeldBack(anchor, briefing.citations.get(review, review), kinds)
