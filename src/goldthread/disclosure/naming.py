"""Words in a quote by which somebody could be known: names, dates, places, numbers that belong to one person.

This is a reader's aid, not a guarantee: it errs towards showing too much, and a person decides. Reports usually name
people by initials or roles ("Child A", "Mother"), which are not shown.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Naming(StrEnum):
    """What kind of words they are."""

    PERSON = "person"
    DATE = "date"
    PLACE = "place"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Named:
    """Words at `quote[start:end]` that may identify somebody."""

    kind: Naming
    text: str
    start: int
    end: int


_WORDS = tomllib.loads((Path(__file__).parent / "naming.toml").read_text("utf-8"))
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NAME = r"[A-Z][a-z]+(?:[-’'][A-Z][a-z]+)?"
_OTHER = rf"(?!(?:{'|'.join(_WORDS['not_a_name'])})\b)"
_KINDS = (
    (Naming.PERSON, rf"\b(?:{'|'.join(_WORDS['titles'])})\.?\s+{_NAME}"),
    (Naming.PERSON, rf"\b{_OTHER}{_NAME} {_OTHER}{_NAME}(?=’s|'s|[ ,.;)]|$)"),
    (Naming.DATE, rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?:\s+\d{{4}})?\b|\b{_MONTH}\s+{_DAY},?\s+\d{{4}}\b"),
    (Naming.DATE, r"\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}\b"),
    (Naming.PLACE, rf"\b(?:{_NAME}\s+){{1,3}}(?:{'|'.join(_WORDS['places'])})\b"),
    (Naming.PLACE, r"\bHMP\s+[A-Z][a-z]+|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"),
    (Naming.NUMBER, r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b|\b0\d{3,4}[ -]?\d{5,6}\b|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def namings(quote: str) -> tuple[Named, ...]:
    """Everything in a quote that may identify somebody, in order; of words found twice the longer find."""
    kept: list[Named] = []
    for found in sorted(_found(quote), key=lambda one: (one.start, -one.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return tuple(kept)


def _found(quote: str) -> Iterator[Named]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(quote):
            yield Named(kind, match.group(), *match.span())
