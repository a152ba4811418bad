"""A count in a sentence against the row of a table it speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import COUNT, count, written
from goldthread.audit.repeats import Passage
from goldthread.audit.tables import Table, row_whole
from goldthread.audit.words import pattern

RULE = "text and table"
_STOP = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "these",
        "those",
        "were",
        "was",
        "are",
        "has",
        "had",
        "have",
        "who",
        "what",
        "which",
        "where",
        "when",
        "not",
        "than",
        "number",
        "per",
        "cent",
        "percent",
        "table",
        "cases",
        "case",
        "reviews",
        "review",
        "total",
        "related",
        "other",
    ]
)
_PART_OF = re.compile(r"\d\s*(?:\([^()]*\)\s*)?(?:out\s+)?of\s+(?:the\s+|all\s+)?$", re.IGNORECASE)
"""What stands before a number of which another is a part: what is said then is said of the part …"""
_NARROWED = re.compile(r"\s*(?:where|in which|with|that|which|who|whose|involving)\b", re.IGNORECASE)
"""… unless the words after it say what the whole is."""
_REST = re.compile(r"^\W*other\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")


class _Row(NamedTuple):
    """A row by its words: all of its label's, those no other row has, and those of the caption and headings."""

    table: Table
    label: str
    words: frozenset[str]
    own: frozenset[str]
    topic: frozenset[str]
    numbers: tuple[Fraction, ...]
    at: Span


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<n>{COUNT})\s+{pattern('units')}\b(?P<clause>(?:(?!{COUNT}\s+{pattern('units')})[^.;:,]){{6,120}})",
        re.IGNORECASE,
    )


def slips(passages: Sequence[Passage], tables: Sequence[Table]) -> Iterator[Slip]:
    """Counts that differ from every count in the one row whose words they are given for.

    A row is spoken of when the clause after the count holds words only its label has, the sentence holds the rest of
    them, and the sentence names the table or the clause shares words with its caption or headings.
    """
    rows = [row for table in tables if table.name for row in _rows(table)]
    if not rows:
        return
    for passage in passages:
        for found in _counted().finditer(passage.text):
            if _PART_OF.search(passage.text[: found.start()]) and not _NARROWED.match(found["clause"]):
                continue
            clause, sentence = _words(found["clause"]), _words(passage.text)
            spoken = [row for row in rows if _speaks_of(row, clause, sentence, passage.text)]
            number = count(found["n"])
            if len(spoken) == 1 and number not in spoken[0].numbers:
                row = spoken[0]
                at = Span(passage.start + found.start(), passage.start + len(passage.text[: found.end()].rstrip()))
                given = " and ".join(written(one) for one in row.numbers[: max(1, len(row.numbers) - 1)])
                why = f"The text says {written(number)}; {row.table.name} has {given} for “{row.label}”."
                yield Slip(RULE, Sure.INCONSISTENT, at, written(number), given, why, row.table.name, row.at)


def _speaks_of(row: _Row, clause: frozenset[str], sentence: frozenset[str], text: str) -> bool:
    if not row.words <= sentence or len(row.words) < 2:
        return False
    if _REST.match(row.label) and not re.search(r"\bother", text, re.IGNORECASE):
        return False  # a row for what is left over is spoken of as such
    named = re.search(rf"\b{re.escape(row.table.name)}\b", text) is not None
    if named:
        return len(row.own & clause) > 1
    return row.words <= clause and len((row.topic - row.words) & clause) > 1


def _rows(table: Table) -> Iterator[_Row]:
    labels = [_words(row.label) for row in table.rows]
    seen = Counter(word for label in labels for word in label)
    topic = _words(" ".join([table.caption, *(heading.text for heading in table.headings)]))
    for row, label in zip(table.rows, labels, strict=True):
        counts = [cell.number for cell in row.cells if cell.number is not None]
        if counts:
            whole = row_whole(row.label)
            numbers = tuple(dict.fromkeys([*counts, *([whole] if whole else []), sum(counts, Fraction(0))]))
            own = frozenset(word for word in label if seen[word] == 1)
            yield _Row(table, row.label, label, own, topic, numbers, row.at)


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP)


def _stem(word: str) -> str:
    """The word without a plural's end."""
    return word.removesuffix("s") if len(word) > 4 else word
