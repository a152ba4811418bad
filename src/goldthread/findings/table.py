"""Findings as tables: one row a finding, and one row a plan action with the findings that bear on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from goldthread.analysis.arithmetic import percent
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.anchors import Anchor
from goldthread.coding.model import Episode
from goldthread.findings import words
from goldthread.findings.board import Weighing
from goldthread.findings.weighing import Weighed, Weight
from goldthread.protocol.model import TableDefinition
from goldthread.values import Basis, Unit

TITLE = "Findings"
_DRAFT = "Draft: machine suggestions, not confirmed."
_CONFIRMED = "Counts only what a person confirmed."


def findings_table(found: Weighing) -> Table:
    """Every finding with its strength, what is for and against it, and the actions it bears on."""
    able = len(found.over.able)
    columns = [
        Column("strength", "Strength"),
        Column("reviews_for", "Reviews for"),
        Column("episodes_for", "Episodes for"),
        Column("reviews_against", "Reviews against"),
        Column("episodes_against", "Episodes against"),
    ]
    if found.aligned.plans.plan:
        columns.append(Column("actions", "Plan actions"))
    rows = []
    for each in found.weighed:
        cells = [
            Cell(words.strength(each, found.rule)),
            _reviews(each.supporting, able),
            _episodes(each.supporting),
            _reviews(each.opposing, None),
            _episodes(each.opposing),
        ]
        if found.aligned.plans.plan:
            actions = found.aligned.by_finding[each.finding.finding_id]
            cells.append(Cell(", ".join(one.action for one in actions) or "None"))
        rows.append(Row(each.finding.finding_id, named(each), "value", tuple(cells)))
    share = f"Number (per cent of the {able:,} included reviews in which practice is coded)."
    return _table(found, "findings", TITLE, "Finding", columns, rows, (share,))


def alignment_table(found: Weighing, definition: TableDefinition) -> Table:
    """The plan's actions with the findings that bear on each, or the findings that bear on none of them."""
    plan = found.aligned.plans.plan
    columns = [Column("reviews", "Reviews"), Column("episodes", "Episodes")]
    whole = len(found.over.types) if definition.percent_of != "none" else None
    if definition.aligned:
        notes = (f"Plan: {plan.title}, {plan.version}.",) if plan else ()
        rows = [
            _action(action.id, f"{action.id} {action.label}", found.aligned.by_action[action.id], whole, definition)
            for action in (plan.actions if plan else ())
        ]
        columns = [Column("findings", "Findings"), *columns]
        return _table(found, definition.id, definition.title, "Plan action", columns, rows, notes)
    rows = [
        Row(
            each.finding.finding_id,
            named(each),
            "value",
            (_reviews(each.supporting, whole, definition.places), _episodes(each.supporting)),
        )
        for each in found.aligned.outside
    ]
    return _table(found, definition.id, definition.title, "Additional consideration", columns, rows, ())


def named(found: Weighed) -> str:
    """A finding by its id and statement: "F1 Risk was not assessed."."""
    return f"{found.finding.finding_id} {found.finding.statement}"


def together(weights: Iterable[Weight], order: Iterable[str]) -> Weight:
    """Several weights as one: an episode in two of them counts once, and so does a review."""
    episodes = {one.episode_id: one for each in weights for one in each.episodes}
    reviews = {one.review_id for one in episodes.values()}
    return Weight(tuple(episodes.values()), tuple(one for one in order if one in reviews))


def _action(name: str, label: str, bearing: Sequence[Weighed], whole: int | None, asked: TableDefinition) -> Row:
    seen = [each for each in bearing if each.supporting.episodes]
    order = dict.fromkeys(review for each in seen for review in each.supporting.reviews)
    weight = together((each.supporting for each in seen), sorted(order))
    told = "; ".join(named(each).rstrip(".") for each in seen) or "No finding with evidence in these reviews"
    cell = Cell(told, reviews=weight.reviews, words=_anchors(weight.episodes))
    return Row(name, label, "value", (cell, _reviews(weight, whole, asked.places), _episodes(weight)))


def _table(
    found: Weighing,
    name: str,
    title: str,
    row_label: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    notes: Sequence[str],
) -> Table:
    return Table(
        id=name,
        title=title,
        unit=Unit.REVIEW,
        unit_label="reviews",
        basis=found.over.basis,
        population=len(found.over.types),
        row_label=row_label,
        columns=tuple(columns),
        rows=tuple(rows),
        notes=tuple(_notes(found, notes)),
        state=found.state,
        filtered=found.filtered,
    )


def _notes(found: Weighing, own: Sequence[str]) -> Iterator[str]:
    yield f"Unit: reviews; {len(found.over.types):,} of them, from the included reviews. Episodes are counted apart."
    yield "A review may be behind several findings, and both for and against one, so rows do not add up."
    yield from (note for note in own if note)
    yield _DRAFT if found.over.basis is Basis.DRAFT else _CONFIRMED
    if found.filtered:
        yield f"Only reviews where: {found.filtered}."


def _reviews(weight: Weight, whole: int | None, places: int = 0) -> Cell:
    number = len(weight.reviews)
    share = percent(number, whole, places) if whole else None
    text = f"{number} ({share})" if share is not None and number else str(number)
    return Cell(text, number, whole, share, weight.reviews, _anchors(weight.episodes))


def _episodes(weight: Weight) -> Cell:
    number = len(weight.episodes)
    return Cell(str(number), number, reviews=weight.reviews, words=_anchors(weight.episodes))


def _anchors(episodes: Iterable[Episode]) -> tuple[Anchor, ...]:
    return tuple(dict.fromkeys(one.anchor for one in episodes))
