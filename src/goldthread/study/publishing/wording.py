"""What a study says in its briefings in its own words: each act is one transaction and one journal entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.briefing.build import template_of
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.words import prose
from goldthread.briefing.words.live import LiveFigures
from goldthread.briefing.words.own_words import OwnWords
from goldthread.briefing.words.template import PLACES, Template
from goldthread.errors import Overtaken, UsageError
from goldthread.protocol.check import nearest
from goldthread.store import journal, own_words
from goldthread.store.review_file import stamp_of
from goldthread.study.folder import Held
from goldthread.values import Basis

LONGEST = 20_000
"""So many characters a slot may hold."""
Slot = tuple[str, str, str]
"""Kind, section, slot."""


def of_kind(held: Held, kind: str) -> tuple[OwnWords, ...]:
    """The words a study has for one kind of briefing."""
    with held.database.read() as connection:
        return own_words.of_kind(connection, kind)


def stamp(words: OwnWords | None) -> str:
    """What somebody has seen who saw these words; "" for the outline's own."""
    return stamp_of(words) if words else ""


def write(
    held: Held,
    known: Mapping[str, Template],
    slot: Slot,
    text: str,
    basis: Basis,
    figures: LiveFigures,
    seen: str,
    who: str,
) -> OwnWords | None:
    """Put words into a slot, remembering what its figures say; the same words again say that somebody read them.

    No words leave the slot to the outline. Raises UsageError for a slot or figure there is not, Overtaken when the
    slot no longer holds what was seen.
    """
    _must_exist(known, slot)
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    if len(text) > LONGEST:
        raise UsageError(f"these words are {len(text):,} characters long", mend=f"keep to {LONGEST:,}")
    prose.blocks(text, figures, EvidenceIndex(), "these words")
    said = prose.values(text, figures, "these words")
    with held.database.write() as connection:
        earlier = own_words.at(connection, *slot)
        _as_seen(earlier, seen, slot)
        if not text and earlier is None:
            return None
        made = OwnWords(*slot, text, basis.value, tuple(said.items()), who, journal.now()) if text else None
        if made:
            own_words.keep(connection, made)
        else:
            own_words.forget(connection, *slot)
        journal.append(connection, who, "word", "/".join(slot), before=_plain(earlier), after=_plain(made))
    return made


def undo(held: Held, slot: Slot, seen: str, who: str) -> OwnWords | None:
    """Put a slot back to the words before the last change; returns them, None where they are the outline's.

    Raises UsageError when nothing was changed, Overtaken when the slot no longer holds what was seen.
    """
    with held.database.write() as connection:
        present = own_words.at(connection, *slot)
        _as_seen(present, seen, slot)
        found = journal.undone(connection, "/".join(slot), "word", "unword")
        if found is None:
            raise UsageError("there is nothing to take back here", where=slot[1])
        earlier = None
        if found:
            figures = tuple((str(name), str(said)) for name, said in dict(_dict(found["figures"])).items())
            earlier = OwnWords(
                *slot, str(found["text"]), str(found["basis"]), figures, str(found["author"]), journal.now()
            )
            own_words.keep(connection, earlier)
        else:
            own_words.forget(connection, *slot)
        journal.append(connection, who, "unword", "/".join(slot), before=_plain(present), after=_plain(earlier))
    return earlier


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _as_seen(present: OwnWords | None, seen: str, slot: Slot) -> None:
    if stamp(present) != ("" if seen == "none" else seen):
        told = f"written anew by {present.author}" if present else "left to the outline"
        raise Overtaken(
            f"this was {told} meanwhile",
            where=slot[1],
            mend="look at it as it now stands, then choose",
            now=stamp(present) or "none",
            stands=present.text if present else "Nothing of your own is written here.",
        )


def _must_exist(known: Mapping[str, Template], slot: Slot) -> None:
    kind, section, place = slot
    sections = template_of(kind, known).section_by_id
    if section not in sections:
        raise UsageError(f"the briefing `{kind}` has no section `{section}`", mend=nearest(section, sections))
    if place not in PLACES:
        raise UsageError(f"a section has no `{place}`", mend=f"it has {' and '.join(PLACES)}")


def _plain(words: OwnWords | None) -> dict[str, object]:
    if words is None:
        return {}
    return {"text": words.text, "basis": words.basis, "figures": dict(words.figures), "author": words.author}
