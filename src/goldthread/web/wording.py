"""How the workbench says things: labels, dates, numbers with their nouns."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from goldthread.analysis.agreed import coefficient, ends, share
from goldthread.analysis.arithmetic import rounded
from goldthread.analysis.catalogue import Listed
from goldthread.briefing.formats.folding import shown as folded
from goldthread.briefing.words.phrases import MONTHS, day, lower_start
from goldthread.protocol.labels import MISSING_LABELS, field_label, value_label
from goldthread.protocol.model import Protocol
from goldthread.protocol.record import Value
from goldthread.screening.model import ScreeningDecision
from goldthread.store.journal import Entry
from goldthread.study.findings.acts import VERBS

_STATES = {"suggested": "Suggested", "confirmed": "Confirmed", "rejected": "Rejected", "superseded": "Replaced"}
_DECISIONS = {"included": "Included", "excluded": "Excluded", "maybe": "Maybe", "unscreened": "Not screened"}
_WORK = {"waiting": "Suggestions waiting", "settled": "Nothing waiting", "again": "Proposed otherwise since decided"}
_RUNS = frozenset({"read", "suggest"})
_ANSWERS = {"met": "Yes", "unmet": "No", "unclear": "Not clear"}
_VERBS = {
    "init": "made the study",
    "add": "added reviews",
    "read": "read a document",
    "reissue": "took a new version of a document",
    "compare": "compared documents",
    "suggest": "proposed values and passages",
    "decide": "screened",
    "undo": "took a screening decision back",
    "confirm": "accepted suggestions",
    "reject": "rejected suggestions",
    "reopen": "opened a settled matter again",
    "set": "logged a value",
    "code": "coded a passage",
    "recommend": "noted a recommendation",
    "put_back": "put back what stood before",
    "link": "linked a passage with a recommendation",
    "unlink": "took a link to a recommendation back",
    "vote": "screened a second time",
    "resolve": "settled a conflict of screening",
    "rate": "rated the review as a source",
    "settle": "settled how a review is rated",
    "view": "saved a view",
    "word": "wrote words for a briefing",
    "unword": "took words of a briefing back",
    "find": "made a finding",
    "restate": "said a finding anew",
    "weigh": "changed the evidence of a finding",
    "align": "mapped a finding to the plan",
    "withdraw": "withdrew a finding",
    "reinstate": "let a finding stand again",
    "revert": "took an act on a finding back",
    "plan": "loaded an action plan",
    "adopt": "set findings beside another plan",
    "evaluate": "measured engines",
    "populations": "loaded populations",
    "second_coding": "brought in a second coding",
    "reconcile": "settled where two coders differ",
    "unreconcile": "opened a settled difference again",
    "forget_populations": "took populations out",
    "populations_back": "took an act on populations back",
    "import": "brought decisions in",
    "together": "did the same to several reviews",
    "apart": "took an act on several reviews back",
    "amend": "amended the protocol",
    "unamend": "took an amendment back",
}


def moment(text: str) -> str:
    """A moment of the journal in this machine's own time: "12 May, 14:05"."""
    try:
        at = datetime.fromisoformat(text).astimezone()
    except ValueError:
        return text
    return f"{at.day} {MONTHS[at.month - 1]}, {at:%H:%M}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 review", "1,200 reviews"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def label(protocol: Protocol, field: str, value: str | None) -> str:
    """What people read in place of one value of a field."""
    if not value:
        return ""
    if field in ("screening_state", "decision"):
        return _DECISIONS.get(value, value)
    if field == "work":
        return _WORK.get(value, value)
    if field in ("state", "episode_state"):
        return _STATES.get(value, value)
    if field == "rating":
        return _rating(protocol, value)
    if field == "met":
        return _ANSWERS.get(value, value)
    definition = protocol.field_by_id.get(field)
    if definition is not None and definition.kind == "date":
        return day(value)
    return value_label(field, value, protocol)


def _rating(protocol: Protocol, value: str) -> str:
    """How a review was rated on one item: "Method stated: In part"."""
    name, _, given = value.partition("=")
    item = next((one for one in protocol.quality if one.id == name), None)
    if item is None:
        return "Raters differ" if value == "open" else value
    return f"{item.label}: {next((one.label for one in item.scale if one.id == given), given)}"


def named(protocol: Protocol, field: str) -> str:
    """What people read in place of a field's id."""
    own = {
        "screening_state": "Screening",
        "work": "Work",
        "rating": "Rated as a source",
        "review_type": "Type of review",
        "reason": "Why excluded",
        "state": "State",
        "subtheme": "Sub-theme",
    }
    return own.get(field) or field_label(field, protocol)


def said(protocol: Protocol, made: ScreeningDecision | None) -> str:
    """A screening decision in words: "Excluded: out of date"."""
    if made is None:
        return "Not screened"
    reason = value_label("reason", made.reason, protocol)
    return f"{_DECISIONS[made.decision]}{f': {reason[:1].lower() + reason[1:]}' if made.reason else ''}"


def did(entry: Entry) -> str:
    """What a journal entry tells, in a few words."""
    return _VERBS.get(entry.verb, entry.verb.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Deed:
    """Entries of the journal that tell the same of one person, one after another, as one line."""

    entry: Entry
    times: int


def deeds(entries: Iterable[Entry]) -> list[Deed]:
    """Entries, newest first, with runs of the same deed by the same person as one."""
    found: list[Deed] = []
    for entry in entries:
        if found and (found[-1].entry.verb, found[-1].entry.who) == (entry.verb, entry.who) and entry.verb in _RUNS:
            found[-1] = Deed(found[-1].entry, found[-1].times + 1)
        else:
            found.append(Deed(entry, 1))
    return found


def details(entry: Entry, protocol: Protocol) -> str:
    """What a journal entry changed, as one line a person can read."""
    after: dict[str, object] = json.loads(entry.after)
    if "amendment" in after:
        return str(after.get("says", ""))
    if isinstance(after.get("reviews"), Mapping):
        return _together(after, protocol)
    if "decision" in after:
        reason = str(after.get("reason") or "")
        return _joined(_DECISIONS.get(str(after["decision"]), ""), value_label("reason", reason, protocol))
    if "field" in after:
        field = str(after["field"])
        value = label(protocol, field, str(after.get("value") or "")) or MISSING_LABELS.get(
            str(after.get("missing") or ""), ""
        )
        return f"{named(protocol, field)}: {value}"
    if "item" in after:
        return _joined(*_rated(protocol, str(after["item"]), str(after.get("value") or "")))
    if "crosswalk" in after:
        return str(after["title"])
    if "statement" in after:
        return str(after["statement"])
    if "direction" in after:
        return _joined(*(value_label(name, str(after.get(name) or ""), protocol) for name in ("theme", "direction")))
    if "reviews" in after:
        return counted(int(str(after["reviews"])), "review")
    if "pages" in after:
        return counted(int(str(after["pages"])), "page")
    kinds = [name for name in after if isinstance(after[name], Mapping)]
    before = json.loads(entry.before)
    return ", ".join(counted(_settled(before.get(kind)), kind[:-1], kind) for kind in kinds)


def _rated(protocol: Protocol, item: str, value: str) -> tuple[str, str]:
    found = next((one for one in protocol.quality if one.id == item), None)
    return (found.label, labels(found.scale).get(value, "")) if found else (item, value)


def labels(values: Iterable[Value]) -> dict[str, str]:
    """Each value's id and what people read in its place."""
    return {one.id: one.label for one in values}


def _together(after: Mapping[str, object], protocol: Protocol) -> str:
    """What several reviews were given: "12 reviews: Excluded: out of date"."""
    reviews, (given, _, reason) = after["reviews"], str(after.get("says", "")).partition(": ")
    named = label(protocol, "decision", given) if given in _DECISIONS else label(protocol, "review_type", given)
    number = len(reviews) if isinstance(reviews, Mapping) else 0
    return _joined(counted(number, "review"), named, value_label("reason", reason, protocol).lower())


def _settled(before: object) -> int:
    if isinstance(before, Mapping):
        ids = before.get("ids")
        return len(ids) if isinstance(ids, list) else len(before)
    return 0


def _joined(*parts: str) -> str:
    return ": ".join(part for part in parts if part)


def shown(text: str) -> str:
    """Stored words as they are read: bullets for private glyphs, no soft hyphens, single blanks."""
    return " ".join(str(folded(text)).split())


def confidence(value: float) -> str:
    """How sure an engine is, in words as well as number."""
    if not value:
        return "nothing to go by"
    sure = "very sure" if value >= 0.9 else "fairly sure" if value >= 0.7 else "unsure"
    return f"{sure}, {value:.0%}"


def title_of(item: Listed) -> str:
    """A review's title, or its id where it has none."""
    return item.title or item.review_id


FILTERS: dict[str, Callable[..., object]] = {
    "day": day,
    "moment": moment,
    "shown": shown,
    "small": lower_start,
    "confidence": confidence,
    "share": share,
    "rounded": rounded,
    "coefficient": coefficient,
    "interval_ends": ends,
    "url": quote,
}
GLOBALS: dict[str, object] = {
    "FINDING_ACTS": VERBS,
    "counted": counted,
    "label": label,
    "labels": labels,
    "named": named,
    "said": said,
    "did": did,
    "details": details,
    "title_of": title_of,
    "MISSING": {str(kind): text for kind, text in MISSING_LABELS.items()},
}
"""What templates may call."""
