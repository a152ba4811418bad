"""The screening criteria as people read them, by type of review, with how many reviews each let in."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import Line, axis_rule
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.protocol.conditions import reading
from goldthread.protocol.filters import describe
from goldthread.protocol.labels import value_label
from goldthread.protocol.model import Axis, Criterion, CriterionRule, Protocol
from goldthread.screening.criteria import rule_for
from goldthread.screening.model import ScreeningState

_TYPE_FIELDS = ("review_type", "review_group")


def criteria_table(ask: Ask) -> Body:
    """Rows are the groups of the definition, or the review types met with; columns are the criteria.

    A cell says what a review of that kind must show. The last columns count the registered and the included.
    """
    axis = ask.definition.rows
    if not (axis.field or axis.groups):
        axis = Axis(field="review_group", zeros=False)
    rule = axis_rule(axis, ask.protocol, single="All types")
    registered: dict[str, Tally] = {}
    included: dict[str, Tally] = {}
    for unit in ask.units:
        for name, words in rule.place(unit.values).lines:
            registered.setdefault(name, Tally()).add(unit.review_id, words)
            if unit.case.status == ScreeningState.INCLUDED:
                included.setdefault(name, Tally()).add(unit.review_id, words)
    lines = [line for line in rule.lines(registered) if axis.zeros or line.id in registered]
    rows = []
    for line in lines:
        types = _types(axis, line, ask.protocol)
        texts = (Cell(_asked(criterion, types, ask.protocol)) for criterion in ask.protocol.criteria)
        counts = (group.get(line.id, Tally()).cell(None, 0) for group in (registered, included))
        rows.append(Row(line.id, line.label, "value", (*texts, *counts)))
    columns = [Column(criterion.id, criterion.question) for criterion in ask.protocol.criteria]
    columns += [Column("registered", "Registered"), Column("included", "Included")]
    return Body(tuple(columns), tuple(rows), "Review type")


def _types(axis: Axis, line: Line, protocol: Protocol) -> tuple[str, ...]:
    """The review types a row speaks of; a joint row, or one that names none, speaks of all."""
    known = protocol.review_type_by_id
    if axis.field in _TYPE_FIELDS:
        return (line.id,) if line.id in known else tuple(known)
    named = (
        name
        for group in axis.groups
        if group.id == line.id
        for condition in group.where
        if condition.field in _TYPE_FIELDS
        for name in condition.within or ()
    )
    return tuple(name for name in dict.fromkeys(named) if name in known) or tuple(known)


def _asked(criterion: Criterion, types: Sequence[str], protocol: Protocol) -> str:
    """What a criterion asks of these types: one text, or one for each where their rules differ."""
    texts: dict[str, list[str]] = {}
    for kind in types:
        rule = rule_for(criterion, {"review_type": reading(kind)})
        texts.setdefault(_wording(rule, protocol) if rule else "Not asked", []).append(kind)
    if len(texts) == 1:
        return next(iter(texts))
    return ". ".join(
        f"{', '.join(value_label('review_type', kind, protocol) for kind in kinds)}: {text}"
        for text, kinds in texts.items()
    )


def _wording(rule: CriterionRule, protocol: Protocol) -> str:
    return "; or ".join(
        " and ".join(describe(condition, protocol) for condition in conditions) for conditions in rule.any_of
    )
