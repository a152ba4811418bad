"""From a definition and a study to a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from goldthread.analysis.alignment import alignment
from goldthread.analysis.ask import Ask, Body, population
from goldthread.analysis.axes import fields_of
from goldthread.analysis.believed import beliefs, in_words, targets_of_table
from goldthread.analysis.criteria import criteria_table
from goldthread.analysis.crosstab import crosstab
from goldthread.analysis.funnel import funnel
from goldthread.analysis.listing import listing, terms
from goldthread.analysis.matrix import matrix
from goldthread.analysis.periods import periods
from goldthread.analysis.rates import rates
from goldthread.analysis.records import StudyRecord
from goldthread.analysis.summary import summary
from goldthread.analysis.table import Table
from goldthread.analysis.together import occurring_together
from goldthread.analysis.units import ReviewCase, level_of, review_cases
from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.filters import describe
from goldthread.protocol.labels import field_label
from goldthread.protocol.model import Condition, Protocol, TableDefinition, TableKind
from goldthread.values import Basis, Unit

DRAFT_NOTE = "Draft: machine suggestions, not confirmed."
CONFIRMED_NOTE = "Counts only what a person confirmed."

_SHAPES: dict[TableKind, Callable[[Ask], Body]] = {
    TableKind.CROSSTAB: crosstab,
    TableKind.SUMMARY: summary,
    TableKind.MATRIX: matrix,
    TableKind.CRITERIA: criteria_table,
    TableKind.ALIGNMENT: alignment,
    TableKind.LISTING: listing,
    TableKind.FUNNEL: funnel,
    TableKind.TOGETHER: occurring_together,
    TableKind.RATES: rates,
    TableKind.PERIODS: periods,
    TableKind.TERMS: terms,
}


def tabulate(
    definition: TableDefinition,
    protocol: Protocol,
    study: StudyRecord,
    basis: Basis,
    where: Sequence[Condition] = (),
    rounds: Sequence[str] = (),
) -> Table:
    """Compute one table over the reviews of the given rounds (all when none is given) that meet the filter.

    Raises UsageError for a round the study does not have, UnbalancedLedger when cells that must add up do not.
    """
    return tabulate_cases(definition, protocol, cases_of(study, protocol, basis, rounds), study, basis, where, rounds)


def cases_of(
    study: StudyRecord,
    protocol: Protocol,
    basis: Basis,
    rounds: Sequence[str] = (),
    earlier: Sequence[ReviewCase] = (),
) -> tuple[ReviewCase, ...]:
    """The study's reviews read once, to be tabulated many times over.

    `earlier` are cases read by the same protocol on the same basis: those of reviews that are as they were stand.
    """
    known = dict.fromkeys((*(found.round for found in study.rounds), *(review.round for review in study.reviews)))
    for name in rounds:
        if name not in known:
            raise UsageError(
                f"the study has no round `{name}`",
                mend=nearest(name, known)
                or f"rounds are {', '.join(filter(None, known)) or 'not used in this study'}",
            )
    reviews = [review for review in study.reviews if not rounds or review.round in rounds]
    return review_cases(reviews, protocol, basis, earlier)


def tabulate_cases(
    definition: TableDefinition,
    protocol: Protocol,
    cases: Sequence[ReviewCase],
    study: StudyRecord,
    basis: Basis,
    where: Sequence[Condition] = (),
    rounds: Sequence[str] = (),
) -> Table:
    """`tabulate` over cases already read by `cases_of` from the same study on the same basis and rounds."""
    ask = Ask(definition, protocol, basis, population(definition, cases, where), study.populations)
    body = _SHAPES[definition.kind](ask)
    filtered = "; ".join(describe(condition, protocol) for condition in where)
    labels = {found.round: found.label for found in study.rounds}
    told = ", ".join(labels.get(name, name) for name in rounds)
    return Table(
        id=definition.id,
        title=definition.title,
        unit=definition.unit,
        unit_label=ask.unit_label,
        basis=basis,
        population=len(ask.units),
        row_label=body.row_label,
        columns=body.columns,
        rows=body.rows,
        notes=tuple(_notes(ask, body, filtered, told, _believed(ask, study))),
        state=study.state,
        filtered=filtered,
        kind=definition.kind,
        per=definition.per if definition.kind is TableKind.RATES else 1,
    )


def _believed(ask: Ask, study: StudyRecord) -> tuple[str, ...]:
    """How often the suggestions counted in a draft were right when measured."""
    if ask.basis is not Basis.DRAFT:
        return ()
    reviews = list({unit.case.record.review_id: unit.case.record for unit in ask.units}.values())
    targets = targets_of_table(ask.definition, ask.protocol)
    return tuple(in_words(beliefs(study, ask.protocol, targets, reviews))) if reviews else ()


def _notes(ask: Ask, body: Body, filtered: str, rounds: str, believed: Sequence[str]) -> Iterator[str]:
    definition, label = ask.definition, ask.unit_label
    if definition.kind is not TableKind.CRITERIA:
        yield f"Unit: {label}; {len(ask.units)} of them, from the {definition.population} reviews."
    if definition.kind is TableKind.CROSSTAB:
        if denominator := _denominator(definition, label):
            yield denominator
        if ask.looks_inside:
            yield f"{_capital(label)} are counted once in a cell however many episodes they have there."
        if not definition.exclusive:
            one = "A review" if definition.unit is Unit.REVIEW else "One of them"
            yield f"{one} may appear in several rows, so rows do not add up to the total."
        if shared := _of_the_review(ask):
            yield f"{shared} is that of the review each of the {label} is in, not its own."
    yield from body.notes
    yield DRAFT_NOTE if ask.basis is Basis.DRAFT else CONFIRMED_NOTE
    yield from believed
    if filtered:
        yield f"Only {label} where: {filtered}."
    if rounds:
        yield f"Rounds: {rounds}."
    if definition.note:
        yield definition.note


_INSIDE = (Unit.EPISODE, Unit.RECOMMENDATION)


def _of_the_review(ask: Ask) -> str:
    """The first field of what else is coded in the review, where what is coded is counted; "" where there is none."""
    unit, axes = ask.definition.unit, (ask.definition.rows, ask.definition.columns)
    if unit not in _INSIDE:
        return ""
    others = (name for axis in axes for name in fields_of(axis))
    return next((field_label(one, ask.protocol) for one in others if _is_inside(one, unit, ask.protocol)), "")


def _is_inside(field: str, unit: Unit, protocol: Protocol) -> bool:
    level = level_of(field, protocol)
    return level in _INSIDE and level is not unit


def _denominator(definition: TableDefinition, label: str) -> str:
    places = {0: "whole numbers", 1: "1 decimal"}.get(definition.places, f"{definition.places} decimals")
    of = {
        "stated": f"the {label} in each column for which the value is stated (n)",
        "column": f"all {label} in each column (n)",
        "row": f"the {label} in each row",
        "table": f"all {label} in the table",
    }.get(definition.percent_of)
    return f"Number (per cent of {of}; rounded half-up to {places})." if of else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
