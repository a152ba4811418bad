"""Which values occur together in one unit more, or less, often than chance would bring them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import AxisRule, Line, axis_rule, fields_of
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.analysis.units import Counted, level_of
from goldthread.anchors import Anchor
from goldthread.protocol.labels import field_label
from goldthread.protocol.model import Axis
from goldthread.statistics.association import FEW, by_chance, expected, together
from goldthread.values import Unit

_COLUMNS = (
    Column("both", "Both"),
    Column("first", "First"),
    Column("second", "Second"),
    Column("expected", "By chance"),
    Column("ratio", "Ratio (95%)"),
    Column("chance", "p"),
)
_UNLIKELY = 0.05
_FEW_MARK = "few"
METHOD = (
    "By chance: first × second ÷ all, as if neither had to do with the other. Ratio: both over that; its interval is "
    "exact with the numbers of first and second as they are (Cornfield 1956); p is that of Fisher’s exact test, "
    "two-sided."
)
Words = dict[str, list[Anchor]]


@dataclass(slots=True)
class _Met:
    """Units by value, in the order of the table, with the words that say so."""

    lines: list[Line]
    units: dict[str, dict[int, tuple[str, Sequence[Anchor]]]] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)

    def count(self, name: str) -> int:
        return len(self.units.get(name, ()))

    def cell(self, name: str) -> Cell:
        """The units that have a value, made once however many pairs it is in."""
        if name not in self.cells:
            made = Tally()
            for review, words in self.units.get(name, {}).values():
                made.add(review, words)
            self.cells[name] = made.cell(None, 0)
        return self.cells[name]


def occurring_together(ask: Ask) -> Body:
    """One row a pair of values: the units with both, with each, how many chance would give, and the ratio.

    Rows and columns name the fields the values are of; the same field, or none for columns, makes every pair of its
    values. Pairs that nothing has and chance would hardly give are left out, and counted in a note.
    """
    rows = ask.definition.rows
    columns = ask.definition.columns if _named(ask.definition.columns) else rows
    same = columns == rows
    first = _met(ask, rows)
    second = first if same else _met(ask, columns)
    names = [line.id for line in first.lines], [line.id for line in second.lines]
    pairs = list(combinations(names[0], 2) if same else product(*names))
    made = sorted(_pairs(ask, first, second, pairs), key=lambda found: (-(found[0].cells[0].count or 0), found[1]))
    found = [row for row, _ in made]
    if tied := _of_the_review(ask, rows, columns):
        untested = tuple(replace(row, cells=(*row.cells[:3], *(Cell("–") for _ in row.cells[3:]))) for row in found)
        note = f"{tied} belongs to the review, and all {ask.unit_label} of one review share it, so what chance would "
        note += "bring together cannot be told: count reviews for that."
        return Body(_COLUMNS, untested, "Occurring together", (note,))
    told = tuple(_told(len(made), len(pairs), found))
    return Body(_COLUMNS, tuple(found), "Occurring together", told)


def _of_the_review(ask: Ask, *axes: Axis) -> str:
    """The first field that is not told of each unit by itself; "" where all are."""
    unit = ask.definition.unit
    names = dict.fromkeys(name for axis in axes for name in fields_of(axis))
    if unit is Unit.REVIEW:
        return ""
    return next((field_label(name, ask.protocol) for name in names if level_of(name, ask.protocol) is not unit), "")


def _named(axis: Axis) -> bool:
    return bool(axis.field or axis.groups)


def _met(ask: Ask, axis: Axis) -> _Met:
    rule = axis_rule(axis, ask.protocol, single=ask.unit_label)
    inside = any(level_of(name, ask.protocol) is ask.looks_inside for name in fields_of(axis))
    found = _Met([])
    for n, unit in enumerate(ask.units):
        for name, words in _placed(ask, unit, rule, inside=inside).items():
            found.units.setdefault(name, {})[n] = (unit.review_id, words)
    found.lines = [line for line in rule.lines(found.units) if line.id in found.units]
    return found


def _placed(ask: Ask, unit: Counted, rule: AxisRule, *, inside: bool) -> Words:
    placed: Words = {}
    for member in ask.members(unit) if inside else (unit.values,):
        for name, words in rule.place(member).lines:
            placed.setdefault(name, []).extend(words)
    return placed


def _pairs(
    ask: Ask, first: _Met, second: _Met, pairs: Sequence[tuple[str, str]]
) -> Iterator[tuple[Row, tuple[int, int]]]:
    """The rows worth showing, with the places of their values."""
    whole = len(ask.units)
    at = [{line.id: n for n, line in enumerate(met.lines)} for met in (first, second)]
    for one, other in pairs:
        lines = first.lines[at[0][one]], second.lines[at[1][other]]
        if one in _above(lines[1], second) or other in _above(lines[0], first):
            continue  # a value always occurs with what it is a kind of
        both = first.units[one].keys() & second.units[other].keys()
        if both or expected(first.count(one), second.count(other), whole) >= 1:
            cells = _cells(first, second, (one, other), sorted(both), whole)
            label = f"{lines[0].label} + {lines[1].label}"
            yield Row(f"{one}+{other}", label, "value", cells), (at[0][one], at[1][other])


def _above(line: Line, met: _Met) -> Iterator[str]:
    by_id = {each.id: each for each in met.lines}
    while line.parent in by_id:
        yield line.parent
        line = by_id[line.parent]


def _cells(first: _Met, second: _Met, pair: tuple[str, str], both: Sequence[int], whole: int) -> tuple[Cell, ...]:
    one, other = pair
    counts = (len(both), first.count(one), second.count(other), whole)
    ratio, chance = together(*counts), expected(*counts[1:])
    likely = by_chance(*counts)
    mark = f" ({_FEW_MARK})" if chance < FEW else ""
    shared = Tally()
    for n in both:
        review, words = first.units[one][n]
        shared.add(review, [*words, *second.units[other][n][1]])
    return (
        shared.cell(None, 0),
        first.cell(one),
        second.cell(other),
        Cell(f"{chance:.1f}"),
        Cell(f"{ratio.estimate:.2f} ({ratio.low:.2f}–{ratio.high:.2f}){mark}"),
        Cell("< 0.001" if likely < 0.001 else f"{likely:.3f}"),
    )


def _told(shown: int, pairs: int, rows: Sequence[Row]) -> Iterator[str]:
    yield METHOD
    if any(_FEW_MARK in row.cells[4].text for row in rows):
        yield f"({_FEW_MARK}): fewer than {FEW} are expected by chance, so that the ratio says little."
    if pairs > shown:
        yield f"Not shown: {pairs - shown} pairs that nothing has and chance would give less than once."
    if shown > 1:
        few = max(1, round(_UNLIKELY * shown))
        yield (
            f"{shown} pairs are compared; where nothing had to do with anything, about {few} of them would still "
            f"have p below {_UNLIKELY}."
        )
