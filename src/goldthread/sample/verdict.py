"""What a careful reader would decide about each review, and what the pages themselves say of place and police."""

from __future__ import annotations

from goldthread.sample.case import Case
from goldthread.sample.truth import KnownPractice, KnownValue

_REASONS = {
    "no_police": "no_police_involvement",
    "out_of_date": "out_of_date",
    "corrupt": "document_not_available",
    "encrypted": "document_not_available",
    "post_incident": "post_incident_only",
    "duplicate": "duplicate",
    "near_duplicate": "duplicate",
    "no_police_learning": "no_police_learning",
    "date_unclear": "date_unclear",
    "out_of_jurisdiction": "out_of_jurisdiction",
    "too_brief": "too_brief",
}
_INVOLVED = {"no_police": "none", "post_incident": "only_after", "post_incident_learning": "only_after"}
UNREADABLE = ("corrupt", "encrypted")


def screening(case: Case) -> tuple[str, str]:
    """The state the review should end in, and the main reason where it is excluded.

    A scan is `maybe` until somebody has read it: nothing in it can be found without a person or OCR.
    """
    part = case.role.part
    if part == "scanned":
        return "maybe", ""
    reason = _REASONS.get(part, "")
    return ("excluded" if reason else "included"), reason


def settled(case: Case, values: list[KnownValue], practice: list[KnownPractice]) -> tuple[KnownValue, ...]:
    """All values of a review: those its sentences gave, and those the document gives as a whole."""
    part = case.role.part
    if part in UNREADABLE:
        return tuple(KnownValue(0, known.field, None, "not_sought") for known in values)
    judged = [known for known in practice if known.actor == "police" and known.direction in ("missed", "good")]
    told = [known for known in practice if known.actor == "police"]
    whole = [
        KnownValue(0, "board", case.board, None, case.board),
        KnownValue(0, "nation", case.place["country"].lower(), None),
        KnownValue(0, "police_practice", "true" if judged else "false", None, judged[0].quote if judged else ""),
    ]
    if part == "too_brief":
        whole.append(KnownValue(0, "police_involved", None, "not_stated"))
    elif part != "no_police":
        whole.append(KnownValue(0, "police_involved", _INVOLVED.get(part, "before"), None, told[0].quote))
    named = next((known.quote for known in told if case.place["force"] in known.quote), "")
    if named:
        whole.append(KnownValue(0, "force", case.place["force"], None, named))
    else:
        whole.append(KnownValue(0, "force", None, "not_stated"))
    return (*values, *whole)
