"""Range, mean and median of a number, group by group: "Under 1 to 17 (7.8)"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from goldthread.analysis.arithmetic import mean, median, rounded
from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import axis_rule
from goldthread.analysis.table import Cell, Column, Row, Spread
from goldthread.analysis.tally import Tally
from goldthread.protocol.conditions import NOT_SOUGHT, Reading
from goldthread.protocol.labels import MISSING_LABELS, field_label
from goldthread.protocol.model import FieldKind
from goldthread.protocol.quantities import number
from goldthread.values import Missing

NOTHING = "–"
"""What stands where no number is stated."""


@dataclass(slots=True)
class _Gathered:
    """One group: its units, their numbers, and those without one, by kind."""

    base: Tally = field(default_factory=Tally)
    stated: Tally = field(default_factory=Tally)
    numbers: list[tuple[Fraction, ...]] = field(default_factory=list)
    missing: dict[Missing, Tally] = field(default_factory=dict)

    def add(self, review: str, found: Reading) -> None:
        """Count one unit; a stated value that is no exact number is unclear."""
        anchors = tuple(anchor for value in found.stated for anchor in value.anchors)
        self.base.add(review, anchors)
        numbers = tuple(amount for value in found.stated if (amount := number(value.value)) is not None)
        if numbers:
            self.stated.add(review, anchors)
            self.numbers.append(numbers)
        else:
            kind = found.missing or Missing.UNCLEAR
            self.missing.setdefault(kind, Tally()).add(review, anchors or found.anchors)


def summary(ask: Ask) -> Body:
    """One row a group: how many state the number, its range with the mean, its median, and the missing by kind."""
    definition, protocol = ask.definition, ask.protocol
    rule = axis_rule(definition.rows, protocol, single=f"All {ask.unit_label}")
    gathered: dict[str, _Gathered] = {line.id: _Gathered() for line in rule.lines(())}
    whole = _Gathered()
    for unit in ask.units:
        found = unit.values.get(definition.measure, NOT_SOUGHT)
        whole.add(unit.review_id, found)
        for line, _ in rule.place(unit.values).lines:
            gathered.setdefault(line, _Gathered()).add(unit.review_id, found)
    kinds = [kind for kind in Missing if kind in whole.missing] if definition.show_missing else []
    lines = [line for line in rule.lines(gathered) if definition.rows.zeros or gathered[line.id].base.reviews]
    rows = [Row(line.id, line.label, "value", _cells(ask, gathered[line.id], kinds)) for line in lines]
    if definition.show_total and len(lines) > 1:
        rows.append(Row("total", f"All {ask.unit_label}", "total", _cells(ask, whole, kinds)))
    return Body(tuple(_columns(kinds)), tuple(rows), rule.label or field_label(definition.measure, protocol))


def _columns(kinds: Sequence[Missing]) -> Iterator[Column]:
    yield Column("stated", "Stated")
    yield Column("range_mean", "Range (mean)")
    yield Column("median", "Median")
    for kind in kinds:
        yield Column(f"missing:{kind.value}", MISSING_LABELS[kind])


def _cells(ask: Ask, group: _Gathered, kinds: Sequence[Missing]) -> tuple[Cell, ...]:
    stated = group.stated.cell(None, 0)
    found = _spread(ask, group.numbers)
    middle = median([each for one in group.numbers for each in one])
    places = max(ask.definition.places, 1)
    return (
        stated,
        replace(stated, text=found.text(found.low, found.high, found.mean) if found else NOTHING, spread=found),
        replace(
            stated, text=NOTHING if middle is None else rounded(middle, 0 if middle.denominator == 1 else places)
        ),
        *(group.missing.get(kind, Tally()).cell(None, 0) for kind in kinds),
    )


def _spread(ask: Ask, numbers: Sequence[tuple[Fraction, ...]]) -> Spread | None:
    """`numbers` are those of each unit."""
    every = [each for one in numbers for each in one]
    average = mean(every)
    if average is None:
        return None
    low, high = _bound(ask, min(every)), _bound(ask, max(every))
    bounds = [{_bound(ask, each) for each in one} for one in numbers]
    return Spread(
        low,
        high,
        sum(low in one for one in bounds),
        sum(high in one for one in bounds),
        rounded(average, ask.definition.places),
    )


def _bound(ask: Ask, value: Fraction) -> str:
    definition = ask.protocol.field_by_id.get(ask.definition.measure)
    if definition is not None and definition.kind is FieldKind.AGE and value < 1:
        return "Under 1"
    return rounded(value, 0 if value.denominator == 1 else 1)
