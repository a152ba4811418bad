"""Periods side by side: ours and an earlier report's, what changed, and how far the last can be believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from goldthread.analysis.arithmetic import percent, rounded
from goldthread.analysis.ask import UNIT_LABELS, Ask, Body
from goldthread.analysis.crosstab import crosstab
from goldthread.analysis.lag import Lag, lag, middle_of, still_to_come
from goldthread.analysis.rates import can_be_dated
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.units import level_of
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import NOT_SOUGHT, Values
from goldthread.protocol.crosswalk import Crosswalk, EarlierPeriod
from goldthread.protocol.labels import field_label, lowered
from goldthread.protocol.model import Axis, Condition, FieldKind, Group, Protocol, TableDefinition, TableKind
from goldthread.protocol.quantities import span
from goldthread.statistics.association import FEW
from goldthread.statistics.proportions import difference, fisher
from goldthread.values import Unit

MOST = 4
CHANGE = "change"
EARLIER = "earlier:"
"""Before the id of an earlier report's period, in the id of its column."""
_EARLY = 0.02
"""So small a share of all, or a smaller one, is no period of its own at the beginning."""
_RIPE = 0.9
_NOT_ASKED = "–"
METHOD = (
    "Change: the last column less the one before, in percentage points with its 95% interval (Newcombe 1998, "
    "Stat. Med. 17:873–890, method 10); where fewer than five are expected, with p of Fisher’s exact test."
)


def spans(years: Sequence[int], most: int) -> tuple[tuple[int, int], ...]:
    """At most `most` periods of equally many years that end with the last year and hold all years given.

    The first takes in the earliest years that together have too few of those given to be a period of their own.

    >>> spans([2011, 2013, 2018], 4)
    ((2011, 2012), (2013, 2014), (2015, 2016), (2017, 2018))
    """
    if not years:
        return ()
    ordered = sorted(years)
    earliest, last = ordered[0], ordered[-1]
    first = ordered[int(len(ordered) * _EARLY)]
    length = -(-(last - first + 1) // most)
    found = [(max(first, end - length + 1), end) for end in range(last, first - 1, -length)]
    found[-1] = (earliest, found[-1][1])
    return tuple(reversed(found))


def periods(ask: Ask) -> Body:
    """One column a period, an earlier report's first, and the change between the last two."""
    definition = ask.definition
    walk = next((one for one in ask.protocol.crosswalks if one.id == definition.crosswalk), None)
    groups = _groups(ask)
    own = crosstab(_crossed(ask, groups)) if groups else _undated(ask, walk)
    earlier = walk.periods if walk else ()
    names = _by_value(walk, ask.protocol) if walk else {}
    columns = (*(Column(f"{EARLIER}{one.id}", one.label, one.base) for one in earlier), *own.columns)
    rows = [_row(ask, row, earlier, names) for row in own.rows]
    shown = [row for row in rows if row.kind != "value" or any(cell.count for cell in row.cells)]
    notes = [*own.notes, *_told(ask, walk, groups)]
    if len(columns) > 1:
        before, after = columns[-2:]
        told = f"Change, {before.label} to {after.label}"
        shown = [Row(row.id, row.label, row.kind, (*row.cells, _change(row, columns))) for row in shown]
        columns = (*columns, Column(CHANGE, told))
        notes.insert(0, METHOD)
    return Body(columns, tuple(shown), own.row_label, tuple(notes))


def _undated(ask: Ask, walk: Crosswalk | None) -> Body:
    """The rows of a study in which nothing is dated yet: those an earlier report has figures for, and its total."""
    definition = ask.protocol.field_by_id.get(ask.definition.rows.field)
    label = field_label(ask.definition.rows.field, ask.protocol)
    if walk is None or definition is None:
        return Body((), (), label)
    rows = [Row(value.id, value.label, "value", ()) for value in definition.values]
    whole = "Total" if ask.definition.exclusive else f"All {ask.unit_label}"
    return Body((), (*rows, Row("total", whole, "total", ())), label)


def _crossed(ask: Ask, groups: Sequence[Group]) -> Ask:
    update = {"kind": TableKind.CROSSTAB, "columns": Axis(groups=tuple(groups))}
    return Ask(ask.definition.model_copy(update=update), ask.protocol, ask.basis, ask.units)


def _groups(ask: Ask) -> tuple[Group, ...]:
    """The periods the definition names, or equal spans of the years met with."""
    name = ask.definition.dated
    if ask.definition.periods:
        found = [(text, span(text)) for text in ask.definition.periods]
        return tuple(_group(name, text, *days) for text, days in found if days)
    years = [day.year for unit in ask.units if (day := _day(unit.values, name))]
    return tuple(
        _group(name, f"{first}" if first == last else f"{first}–{last}", date(first, 1, 1), date(last, 12, 31))
        for first, last in spans(years, MOST)
    )


def _group(name: str, label: str, first: date, last: date) -> Group:
    after = date.fromordinal(last.toordinal() + 1)
    within = (Condition(field=name, on_or_after=first), Condition(field=name, before=after))
    return Group(id=f"{first.isoformat()}/{last.isoformat()}", label=label, where=within)


def _day(record: Values, name: str) -> date | None:
    found = record.get(name, NOT_SOUGHT).stated
    days = span(found[0].value) if found else None
    return days[0] if days and days[0].year == days[1].year else None


def _by_value(walk: Crosswalk, protocol: Protocol) -> dict[str, list[str]]:
    """The earlier categories that count for each of our values, those it is a kind of included."""
    definition = protocol.field_by_id.get(walk.field)
    parents = {value.id: value.parent for value in definition.values} if definition else {}
    found: dict[str, list[str]] = {}
    for category in walk.categories:
        value = category.to
        while value:
            found.setdefault(value, []).append(category.id)
            value = parents.get(value, "")
    return found


def _row(ask: Ask, row: Row, earlier: Sequence[EarlierPeriod], names: Mapping[str, list[str]]) -> Row:
    cells = tuple(_earlier(ask, row, one, names) for one in earlier)
    return Row(row.id, row.label, row.kind, (*cells, *row.cells))


def _earlier(ask: Ask, row: Row, period: EarlierPeriod, names: Mapping[str, list[str]]) -> Cell:
    """What the report printed of the categories that correspond; a dash where none does."""
    if row.kind == "total":
        return Cell(str(period.base), count=period.base)
    if row.kind == "missing" or row.id not in names:
        return Cell(_NOT_ASKED)
    count = sum(period.counts.get(name, 0) for name in names[row.id])
    share = percent(count, period.base, ask.definition.places)
    text = f"{count} ({share})" if count and share is not None else str(count)
    return Cell(text, count=count, denominator=period.base or None, percent=share)


def _change(row: Row, columns: Sequence[Column]) -> Cell:
    (before, after), (earlier, later) = row.cells[-2:], columns[-2:]
    if row.kind != "value" or before.count is None or after.count is None or not (earlier.base and later.base):
        return Cell("")
    one, other = (after.count, later.base), (before.count, earlier.base)
    if not one[0] and not other[0]:
        return Cell("")
    found = difference(one, other)
    text = f"{100 * found.estimate:+.1f} ({100 * found.low:+.1f} to {100 * found.high:+.1f})".replace("-", "−")
    both, whole = one[0] + other[0], one[1] + other[1]
    fewest = min(both, whole - both) * min(one[1], other[1]) / whole
    return Cell(f"{text}, p = {fisher(one, other):.3f}" if fewest < FEW else text)


def _told(ask: Ask, walk: Crosswalk | None, groups: Sequence[Group]) -> Iterator[str]:
    dated = lowered(field_label(ask.definition.dated, ask.protocol))
    yield f"Periods are by {dated}."
    if walk:
        yield f"Earlier figures are as printed: {walk.source}. There is no evidence behind them here."
        yield from _unmapped(walk)
    if groups and ask.definition.dated != "publication_date":
        yield from _ripeness(ask, groups[-1])


def _unmapped(walk: Crosswalk) -> Iterator[str]:
    left = [one for one in walk.categories if not one.to]
    lines = []
    for one in left:
        counts = (f"{period.counts.get(one.id, 0)} in {period.label}" for period in walk.periods)
        lines.append(f"{one.label} ({', '.join(counts)})")
    if lines:
        yield f"Categories that correspond to none of ours, and are in no row: {'; '.join(lines)}."


def _ripeness(ask: Ask, last: Group) -> Iterator[str]:
    """How long reviews take, and how many of the last period are still to be expected."""
    found, newest = _lags(ask)
    middle = middle_of(found)
    if middle is None or newest is None:
        yield "How long reviews take is not known here, so the last period may be far from complete."
        return
    told = rounded(middle, 0)
    yield f"Half of the {len(found)} reviews with both dates were published within {told} months of it."
    ended = date.fromisoformat(last.id.partition("/")[2])
    months = max(0, (newest.year - ended.year) * 12 + newest.month - ended.month)
    late = still_to_come(found, months)
    if late > 1 - _RIPE:
        yield (
            f"{last.label} is not complete: the newest review was published {months} months after its end, and "
            f"{rounded(100 * late, 0)}% of reviews take longer. Its numbers will grow; compare shares, not numbers."
        )


def _lags(ask: Ask) -> tuple[list[Lag], date | None]:
    found: dict[str, Lag] = {}
    days = []
    for unit in ask.units:
        record = unit.case.record
        published = span(record.publication_date) if record.publication_date else None
        days += [published[1]] if published else []
        stated = unit.values.get(ask.definition.dated, NOT_SOUGHT).stated
        took = lag(record.review_id, stated[0].value if stated else "", record.publication_date)
        if took:
            found[record.review_id] = took
    return list(found.values()), max(days, default=None)


def periods_of(
    field: str,
    protocol: Protocol,
    *,
    dated: str = "publication_date",
    periods: Sequence[str] = (),
    crosswalk: str = "",
    unit: Unit | None = None,
) -> TableDefinition:
    """The table of a field by periods. Raises UsageError for a field, date, period or crosswalk that is not one."""
    definition = protocol.field_by_id.get(field)
    if definition is None or definition.kind in (FieldKind.TEXT, FieldKind.DATE):
        mend = nearest(field, protocol.field_by_id) or "name a field of categories"
        raise UsageError(f"`{field}` has no categories to set side by side", mend=mend)
    if not can_be_dated(dated, protocol):
        dates = ["publication_date", *(one.id for one in protocol.fields if one.kind is FieldKind.DATE)]
        raise UsageError(f"`{dated}` is not a date", mend=f"dates are {', '.join(dates)}")
    if wrong := [text for text in periods if span(text) is None]:
        raise UsageError(f"{wrong[0]!r} is not a period", mend="write 2019, 2014-2016 or 2018-04/2019-03")
    known = {one.id: one for one in protocol.crosswalks if one.field == field}
    if crosswalk and crosswalk not in known:
        mend = nearest(crosswalk, known) or f"for this field there is {', '.join(known) or 'none'}"
        raise UsageError(f"there is no crosswalk {crosswalk!r} to `{field}`", mend=mend)
    counted = unit or level_of(field, protocol)
    return TableDefinition(
        id=f"periods-{field}",
        title=f"{definition.label} by period",
        kind=TableKind.PERIODS,
        unit=counted,
        where=definition.applies,
        rows=Axis(field=field),
        dated=dated,
        periods=tuple(periods),
        crosswalk=crosswalk,
        exclusive=not definition.multiple,
        unit_label=UNIT_LABELS[counted],
    )
