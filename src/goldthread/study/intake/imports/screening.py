"""Rows of decisions: a plain list of reviews with what was decided, or an edited screening.csv."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.analysis.records import ReviewRecord
from goldthread.protocol.model import Protocol
from goldthread.screening.model import Answer, CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.study.intake.imports.cells import Cells, named
from goldthread.study.intake.imports.changes import EXPORT_AGAIN, Changes, RowFault, Said, Settling, Stored
from goldthread.study.intake.imports.evidence import Evidence
from goldthread.study.intake.imports.passages import CERTAIN
from goldthread.values import Basis

_DECISIONS = {
    ScreeningState.INCLUDED.value: "Included",
    ScreeningState.EXCLUDED.value: "Excluded",
    ScreeningState.MAYBE.value: "Maybe",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one row says of a review as a whole. `exported` is who had decided and when, "" in a plain list."""

    place: str
    review_id: str
    decision: ScreeningState
    reason: str
    exported: tuple[str, str] | None


def answer_content(one: CriterionAnswer) -> Hashable:
    """What two answers have in common when they say the same on the same words."""
    found = one.anchors[0] if one.anchors else None
    return (*answer_slot(one), one.met, (found.document_id, found.start, found.end) if found else None)


def answer_slot(one: CriterionAnswer) -> tuple[Hashable, ...]:
    """What a changed answer keeps: its review and its criterion."""
    return (one.review_id, one.criterion)


def answers(stored: Sequence[Stored[CriterionAnswer]]) -> Settling[CriterionAnswer]:
    """Holds rows against the answers the study has."""
    return Settling("answers", stored, answer_content, answer_slot, keyed=False)


def verdict(place: str, cells: Cells, protocol: Protocol) -> Verdict | None:
    """What a row decides; None where it decides nothing. Raises RowFault when it does not hold together."""
    review = cells.review()
    written, reason = cells.text("decision"), cells.text("reason")
    if not written or written == ScreeningState.UNSCREENED.value:
        return None
    decision = ScreeningState(named("decision", written, _DECISIONS))
    if decision is ScreeningState.EXCLUDED:
        reason = named("reason", reason, {one.id: one.label for one in protocol.reasons})
    elif reason:
        raise RowFault("reason", "only an excluded review has a reason", "empty the reason, or write excluded")
    exported = (cells.text("author"), cells.text("at"))
    return Verdict(place, review.review_id, decision, reason, exported if any(exported) else None)


def answer(
    place: str, cells: Cells, evidence: Evidence, protocol: Protocol, who: str
) -> Said[CriterionAnswer] | None:
    """One criterion's answer; None in a row without a criterion. Raises RowFault as `verdict` does."""
    if not cells.text("criterion"):
        return None
    review, state = cells.review(), cells.state()
    found = cells.anchor(review, evidence)
    item = CriterionAnswer(
        review_id=review.review_id,
        criterion=cells.one_of("criterion", {one.id: one.question for one in protocol.criteria}),
        met=Answer(cells.one_of("met", {one.value: one.value for one in Answer}, needed=True)),
        state=state,
        author=who,
        engine="",
        confidence=CERTAIN,
        anchors=(found,) if found else (),
    )
    return Said(place, "", state, item)


def decide(
    verdicts: Sequence[Verdict], reviews: Mapping[str, ReviewRecord], who: str, at: str, changes: Changes
) -> None:
    """Turn what the rows say of each review into decisions; rows that disagree become problems."""
    grouped: dict[str, list[Verdict]] = {}
    for one in verdicts:
        grouped.setdefault(one.review_id, []).append(one)
    for review_id, rows in grouped.items():
        try:
            made = _decision(reviews[review_id], rows, who, at)
        except RowFault as fault:
            changes.problems.append(fault.at(rows[0].place))
            continue
        if made is None:
            changes.unchanged += 1
        else:
            changes.decisions.append((reviews[review_id].decision, made))


def _decision(review: ReviewRecord, rows: Sequence[Verdict], who: str, at: str) -> ScreeningDecision | None:
    first = rows[0]
    for row in rows[1:]:
        if (row.decision, row.reason) != (first.decision, first.reason):
            said = f"{row.place} says {row.decision.value} {row.reason}".strip()
            raise RowFault(
                "contradiction",
                f"{said}, this row {first.decision.value} {first.reason}".strip(),
                f"write the same decision and reason in every row of {review.review_id}",
            )
    held = review.decision
    same = held is not None and (held.decision, held.reason) == (first.decision, first.reason)
    if same and held is not None and (held.basis is Basis.CONFIRMED or first.exported):
        return None
    if first.exported and held is not None and first.exported != (held.author, held.at):
        raise RowFault(
            "out of date",
            f"{review.review_id} was decided anew by {held.author} at {held.at}, after this file was written",
            EXPORT_AGAIN,
        )
    return ScreeningDecision(review.review_id, first.decision, first.reason, Basis.CONFIRMED, who, at)
