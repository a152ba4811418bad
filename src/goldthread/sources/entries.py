"""One entry of a register: a review as somebody listed it, before any of its documents is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from goldthread.protocol.model import Protocol
from goldthread.sources.dates import iso_date
from goldthread.sources.problems import Problem, printable

_BLANKS = re.compile(r"[ \t]{2,}")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\f|\x85|\u2028|\u2029")
_CODES = re.compile(r"\s*[/;,+&|]\s*")
_NAME = re.compile(r"[^\w.-]+")
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One review of a register. It has `text` (written out from the register), `files`, or neither.

    `reference` is unique in its register; `publication_date` is ISO, as precise as given; a review without text
    and files is registered all the same: its document is not available. `row` is where it begins.
    """

    reference: str
    title: str
    review_types: tuple[str, ...]
    source: str
    publication_date: str
    url: str
    round: str
    text: str | None
    files: tuple[Path, ...]
    row: int

    @property
    def file_name(self) -> str:
        """A name for the document written out from the register."""
        stem = _NAME.sub("-", printable(self.reference)).strip("-.")[:_NAME_LENGTH]
        return f"{stem or f'row-{self.row}'}.txt"


@dataclass(frozen=True, slots=True)
class Register:
    """All entries of one register in its order, and what was wrong or doubtful about any of it."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def type_codes(cell: str, protocol: Protocol) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The review types a cell names, by code or label, joined by `/`, `;` and the like; and what is unknown."""
    if not cell.strip():
        return (), ()
    known = {kind.id.casefold(): kind.id for kind in protocol.review_types}
    known |= {kind.label.casefold(): kind.id for kind in protocol.review_types}
    whole = known.get(cell.strip().casefold())
    parts = [part for part in _CODES.split(cell.strip()) if part]
    if whole:
        return (whole,), ()
    found = tuple(dict.fromkeys(known[part.casefold()] for part in parts if part.casefold() in known))
    return found, tuple(part for part in parts if part.casefold() not in known)


def dated(cell: str, place: str) -> tuple[str, tuple[Problem, ...]]:
    """A cell as an ISO date, or empty and a problem."""
    if not cell.strip():
        return "", ()
    if iso := iso_date(cell):
        return iso, ()
    message = f"“{printable(cell.strip()[:40])}” is not a date, so the review has no publication date"
    return "", (Problem(place, "date", message, "write it as YYYY-MM-DD, YYYY-MM or YYYY"),)


def document(blocks: Iterable[str]) -> str:
    """Blocks as one text with a blank line between them and one line end last.

    Runs of blanks become one; controls, which no export could carry, go; page breaks become line ends.
    """
    text = _LINE_ENDS.sub("\n", "\n\n".join(blocks))
    return _BLANKS.sub(" ", _UNPRINTABLE.sub("", text)).rstrip() + "\n"


def distinct(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries, a reference that came before being told apart by its row."""
    seen: set[str] = set()
    kept: list[Entry] = []
    for entry in entries:
        if entry.reference in seen:
            entry = replace(entry, reference=f"{entry.reference} (row {entry.row})")
        seen.add(entry.reference)
        kept.append(entry)
    return tuple(kept)
