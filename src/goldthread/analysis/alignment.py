"""Findings beside the plan: which themes bear on each action, in how many reviews and episodes.

What bears on no action is an additional consideration, and an action without evidence is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from goldthread.analysis.ask import Ask, Body
from goldthread.analysis.table import Cell, Column, Row
from goldthread.analysis.tally import Tally
from goldthread.anchors import Anchor
from goldthread.protocol.codebook import Theme

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
    themes = ask.protocol.codebook.themes
    for action in ask.protocol.plan.actions if ask.protocol.plan else ():
        mine = [theme for theme in themes if action.id in theme.actions]
        yield _row(ask, action.id, f"{action.id} {action.label}", mine)


def _additional(ask: Ask) -> Iterator[Row]:
    known = {action.id for action in ask.protocol.plan.actions} if ask.protocol.plan else set()
    for theme in ask.protocol.codebook.themes:
        if not known.intersection(theme.actions):
            row = _row(ask, theme.id, theme.label, [theme])
            yield replace(row, cells=row.cells[1:])


def _row(ask: Ask, name: str, label: str, themes: Sequence[Theme]) -> Row:
    wanted = {theme.id: theme.label for theme in themes}
    by_review: dict[str, list[Anchor]] = {}
    episodes = Tally()
    seen: set[str] = set()
    for unit in ask.units:
        for member in ask.members(unit):
            for stated in member["theme"].stated:
                if stated.value in wanted:
                    seen.add(stated.value)
                    episodes.add(unit.review_id, stated.anchors)
                    by_review.setdefault(unit.review_id, []).extend(stated.anchors)
    reviews = Tally()
    for review, words in by_review.items():
        reviews.add(review, words)
    denominator = len({unit.review_id for unit in ask.units}) if ask.definition.percent_of != "none" else None
    told = "; ".join(text for theme, text in wanted.items() if theme in seen) or "No evidence in these reviews"
    return Row(
        name,
        label,
        "value",
        (
            Cell(told, reviews=tuple(dict.fromkeys(reviews.reviews)), anchors=tuple(dict.fromkeys(reviews.anchors))),
            reviews.cell(denominator, ask.definition.places),
            episodes.cell(None, 0),
        ),
    )
