"""An import as the journal keeps it: every row by its key, before and after, and what is new in full."""

from __future__ import annotations

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.study.intake.imports.changes import Changes, Item


def before(changes: Changes) -> dict[str, object]:
    """The states and decisions that were changed."""
    found = _states(changes, 0)
    decisions = {made.review_id: _decision(earlier) for earlier, made in changes.decisions if earlier}
    return {**found, **({"decisions": decisions} if decisions else {})}


def after(changes: Changes) -> dict[str, object]:
    """The states and decisions they became, and everything added."""
    found = _states(changes, 1)
    decisions = {made.review_id: _decision(made) for _, made in changes.decisions}
    added = [_told(item) for item in changes.added]
    return {**found, **({"decisions": decisions} if decisions else {}), **({"added": added} if added else {})}


def anchors_of(item: Item) -> tuple[Anchor, ...]:
    """The words one item rests on."""
    return (item.anchor,) if isinstance(item, Episode | Recommendation) else item.anchors


def _states(changes: Changes, which: int) -> dict[str, object]:
    found: dict[str, dict[str, str]] = {}
    for (kind, key), states in changes.settled.items():
        found.setdefault(kind, {})[str(key)] = states[which].value
    return dict(found)


def _decision(made: ScreeningDecision) -> dict[str, str]:
    return {"decision": made.decision.value, "reason": made.reason, "basis": made.basis.value, "author": made.author}


def _told(item: Item) -> dict[str, object]:
    places = [[one.document_id, one.start, one.end] for one in anchors_of(item)]
    return {"review_id": item.review_id, **_content(item), "words": places}


def _content(item: Item) -> dict[str, object]:
    match item:
        case Characteristic():
            missing = item.missing.value if item.missing else None
            return {"field": item.field, "subject_no": item.subject_no, "value": item.value, "missing": missing}
        case CriterionAnswer():
            return {"criterion": item.criterion, "met": item.met.value}
        case Episode():
            names = ("theme", "subtheme", "direction", "explanation", "whose")
            more = {"agencies": item.agencies, "vulnerabilities": item.vulnerabilities, "memo": item.memo}
            return {name: getattr(item, name) for name in names} | {name: one for name, one in more.items() if one}
        case Recommendation():
            return {"text": item.text, "addressee": item.addressee, "scope": item.scope}
