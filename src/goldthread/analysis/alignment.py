"""Findings beside the plan: which themes bear on each action, in how many reviews and episodes.

What bears on no action is an additional consideration, and an action without evidence is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.axes import axis_rule
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.anchors import Anchor
from goldthread.protocol.codebook import Theme
from goldthread.protocol.model import Axis

_Coded = tuple[str, str, tuple[Anchor, ...]]
"""A theme, the review it is coded in, and the words."""
_COLUMNS = (Column("themes", "Themes"), Column("reviews", "Reviews"), Column("episodes", "Episodes"))


def alignment(ask: Ask) -> Body:
    """One row a plan action, or, where the definition is not `aligned`, one a theme that bears on none."""
    rows = tuple(_actions(ask)) if ask.definition.aligned else tuple(_additional(ask))
    label = "Plan action" if ask.definition.aligned else "Additional consideration"
    plan = ask.protocol.plan
    notes = (f"Plan: {plan.title}, {plan.version}.",) if plan and ask.definition.aligned else ()
    columns = _COLUMNS if ask.definition.aligned else _COLUMNS[1:]
    return Body(columns, rows, label, notes)


def _actions(ask: Ask) -> Iterator[Row]:
    themes, coded = ask.protocol.codebook.themes, _coded(ask)
    for action in ask.protocol.plan.actions if ask.protocol.plan else ():
        mine = [theme for theme in themes if action.id in theme.actions]
        yield _row(ask, coded, action.id, f"{action.id} {action.label}", mine)


def _additional(ask: Ask) -> Iterator[Row]:
    known = {action.id for action in ask.protocol.plan.actions} if ask.protocol.plan else set()
    coded = _coded(ask)
    for theme in ask.protocol.codebook.themes:
        if not known.intersection(theme.actions):
            row = _row(ask, coded, theme.id, theme.label, [theme])
            yield replace(row, cells=row.cells[1:])


def _coded(ask: Ask) -> list[_Coded]:
    """Everything coded with a theme, in order, read once for all rows."""
    rule = axis_rule(Axis(field="theme"), ask.protocol, single="")
    return [
        (theme, unit.review_id, words)
        for unit in ask.units
        for member in ask.members(unit)
        for theme, words in rule.place(member).lines
    ]


def _row(ask: Ask, coded: Sequence[_Coded], name: str, label: str, themes: Sequence[Theme]) -> Row:
    wanted = {theme.id: theme.label for theme in themes}
    by_review: dict[str, list[Anchor]] = {}
    episodes = Tally()
    seen: set[str] = set()
    for theme, review, words in coded:
        if theme in wanted:
            seen.add(theme)
            episodes.add(review, words)
            by_review.setdefault(review, []).extend(words)
    reviews = Tally()
    for review, found in by_review.items():
        reviews.add(review, found)
    denominator = len({unit.review_id for unit in ask.units}) if ask.definition.percent_of != "none" else None
    told = "; ".join(text for theme, text in wanted.items() if theme in seen) or "No evidence in these reviews"
    return Row(
        name,
        label,
        "value",
        (
            Cell(told, reviews=tuple(dict.fromkeys(reviews.reviews)), words=tuple(reviews.anchors)),
            reviews.cell(denominator, ask.definition.places),
            episodes.cell(None, 0),
        ),
    )
