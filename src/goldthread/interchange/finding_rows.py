"""Findings as flat rows and plain data: what exports and the command line write of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from goldthread.analysis.render import inert
from goldthread.findings import words
from goldthread.findings.board import Weighing
from goldthread.findings.following import Passages, Traced
from goldthread.findings.model import Side
from goldthread.findings.weighing import Weighed
from goldthread.interchange.rows import ANCHOR, Row, anchor_cells

FINDING_COLUMNS: dict[str, tuple[str, ...]] = {
    "findings": (
        *("finding_id", "statement", "note", "basis", "strength", "reviews_for", "episodes_for", "reviews_against"),
        *("episodes_against", "reviews_able", "look_again", "author", "at"),
    ),
    "finding_evidence": (*("finding_id", "side", "episode_id", "standing", "now", "review_id"), *ANCHOR),
    "finding_actions": ("finding_id", "plan_id", "action_id", "mapping", "through"),
}
"""File name without ending → its columns, in order."""


def finding_rows(
    weighings: Iterable[Weighing], passages: Passages, names: Mapping[str, str]
) -> dict[str, Iterator[Row]]:
    """The rows of every file about findings; one row of `findings` for each finding on each basis."""
    found = tuple(weighings)
    first = found[0]
    return {
        "findings": (_finding(each, one) for one in found for each in one.weighed),
        "finding_evidence": (row for each in first.weighed for row in _evidence(each, passages, names)),
        "finding_actions": (row for each in first.weighed for row in _actions(each, first)),
    }


def findings_csv(found: Weighing) -> str:
    """Findings on one basis as CSV with the columns of the export; no cell is one a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FINDING_COLUMNS["findings"])
    for each in found.weighed:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in _finding(each, found)])
    return out.getvalue()


def finding_facts(each: Weighed, found: Weighing, *, passages: bool = False) -> dict[str, object]:
    """A finding as plain data, its counts and alignment; with `passages`, everything it rests on."""
    facts: dict[str, object] = dict(zip(FINDING_COLUMNS["findings"], _finding(each, found), strict=True))
    facts["share"] = words.share(each)
    facts["lacking"] = words.lacking(each)
    facts["look_again"] = each.to_be_looked_at
    facts["review_types"] = list(each.types)
    facts["actions"] = [
        {"action": one.action, "through": [list(pair) for pair in one.through]}
        for one in found.aligned.by_finding[each.finding.finding_id]
    ]
    facts["why"] = [
        {
            "explanation": line.explanation,
            "direction": line.direction,
            "reviews": len(line.weight.reviews),
            "episodes": len(line.weight.episodes),
        }
        for line in each.mix
    ]
    facts["lost"] = [one.taken.episode_id for one in each.lost]
    facts["turned"] = [one.taken.episode_id for one in each.turned]
    if passages:
        for side in Side:
            facts[side.value] = [
                {
                    "episode": one.episode_id,
                    "review": one.review_id,
                    "document": one.anchor.document_id,
                    "page": one.anchor.page,
                    "start": one.anchor.start,
                    "end": one.anchor.end,
                    "quote": one.anchor.quote,
                }
                for one in each.weight(side).episodes
            ]
    return facts


def _finding(each: Weighed, found: Weighing) -> Row:
    finding = each.finding
    return (
        finding.finding_id,
        finding.statement,
        finding.note,
        found.over.basis.value,
        each.verdict.strength.id if each.verdict.strength else "",
        len(each.supporting.reviews),
        len(each.supporting.episodes),
        len(each.opposing.reviews),
        len(each.opposing.episodes),
        each.able,
        "yes" if each.to_be_looked_at else "no",
        finding.author,
        finding.at,
    )


def _evidence(each: Weighed, passages: Passages, names: Mapping[str, str]) -> Iterator[Row]:
    for side in Side:
        for one in each.finding.evidence(side):
            traced = passages[one]
            shown = traced.now or traced.taken
            yield (
                each.finding.finding_id,
                side.value,
                one,
                _standing(traced),
                traced.now.episode_id if traced.now else "",
                shown.review_id,
                *anchor_cells((shown.anchor,), names),
            )


def _standing(traced: Traced) -> str:
    if traced.lost:
        return traced.taken.state.value
    return "turned" if traced.turned else "recoded" if traced.recoded else "stands"


def _actions(each: Weighed, found: Weighing) -> Iterator[Row]:
    for plan_id, action in each.finding.actions:
        yield (each.finding.finding_id, plan_id, action, "mapped", "")
    for one in found.aligned.by_finding[each.finding.finding_id]:
        if one.through:
            through = " | ".join(f"{plan} {action}" for plan, action in one.through)
            yield (each.finding.finding_id, found.aligned.plans.using, one.action, "carried", through)
