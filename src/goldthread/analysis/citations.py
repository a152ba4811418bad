"""How reviews are cited in running text: "SCR CG", "SAR/DHR Mrs R", each citation belonging to one review."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from goldthread.protocol.model import Protocol

_PERSON = re.compile(
    r"\b(?:Child|Children|Baby|Young Person|Adult|Person|Family|Subject|Case|Victim)s?\s+"
    r"(?!(?:Review|Practice|Safeguarding|Protection|Homicide)\b)"
    r"([A-Z][A-Za-z0-9]{0,11}(?:\s*(?:and|&)\s*[A-Z][A-Za-z0-9]{0,11})?)"
)
_TITLED = re.compile(r"\b((?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z][A-Za-z0-9]{0,11})\b")
_LONGEST = 28


def citations(reviews: Iterable[tuple[str, str, tuple[str, ...]]], protocol: Protocol) -> dict[str, str]:
    """Review id → citation, for (review id, title, review types) in order; no two reviews share one."""
    wanted = {review_id: _cite(review_id, title, types, protocol) for review_id, title, types in reviews}
    shared = Counter(wanted.values())
    return {
        review_id: citation if shared[citation] == 1 else f"{citation} {review_id}"
        for review_id, citation in wanted.items()
    }


def _cite(review_id: str, title: str, types: tuple[str, ...], protocol: Protocol) -> str:
    known = protocol.review_type_by_id
    kind = "/".join(known[item].cite_as if item in known else item for item in types)
    found = _PERSON.search(title) or _TITLED.search(title)
    name = " ".join(found.group(1).split()) if found else ""
    if not name:
        name = review_id
    elif len(name) > _LONGEST:
        name = name[:_LONGEST].rstrip()
    return f"{kind} {name}".strip()
