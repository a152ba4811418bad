"""The same quantity given differently in two places: the same words around it, or the same row of the same table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from goldthread.audit.cells import Value
from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import COUNT, count, written
from goldthread.audit.tables import Table
from goldthread.audit.words import forms

RULE = "same quantity"
_BEFORE, _AFTER = 3, 5
_MORE = 4
_APART = 1500
_TOKEN = re.compile(rf"(?P<n>{COUNT})(?![\w%])|[^\W\d_][\w'’/-]*|[\d.,]+\S*|[.;:]", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d|\b(?:no|none)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_YEARS = range(1900, 2100)


class Passage(NamedTuple):
    """A sentence as the eye reads it, and where it starts in the document."""

    text: str
    start: int


class _Said(NamedTuple):
    number: Fraction
    at: Span
    around: tuple[str, ...]
    further: tuple[str, ...]
    sentence: str


@cache
def _not_counted() -> frozenset[str]:
    return frozenset((*forms("measures"), *forms("places")))


def in_prose(passages: Sequence[Passage]) -> Iterator[Slip]:
    """Counts that stand in the same words, far apart, and are not the same.

    Words with a third number are a form of words, as each part of a report may have them of its own subject; so is a
    sentence of which two numbers are others.
    """
    known: dict[tuple[str, ...], list[_Said]] = {}
    for passage in passages:
        for said in _said(passage):
            known.setdefault(said.around, []).append(said)
    for first, *others in known.values():
        if len({said.number for said in (first, *others)}) > 2:
            continue
        for said in others:
            if _is_a_form(first.sentence, said.sentence):
                continue
            if first.number != said.number and said.at.start - first.at.end > _APART:
                sure = Sure.INCONSISTENT if first.further == said.further else Sure.BY_HAND
                words = " ".join(said.around[_BEFORE:])
                why = (
                    f"“{written(said.number)} {words}” here, and {written(first.number)} in the same words elsewhere."
                )
                yield Slip(RULE, sure, said.at, written(said.number), written(first.number), why, also=first.at)


def _said(passage: Passage) -> Iterator[_Said]:
    if not _DIGIT.search(passage.text) or len(passage.text) < 40:
        return
    tokens = list(_TOKEN.finditer(passage.text))
    for index in range(_BEFORE, len(tokens) - _AFTER):
        token = tokens[index]
        if not token["n"] or (token["n"].isdigit() and int(token["n"]) in _YEARS):
            continue
        before = [one.group().lower() for one in tokens[index - _BEFORE : index]]
        after = [one.group().lower() for one in tokens[index + 1 : index + 1 + _AFTER]]
        if not all(word[0].isalpha() for word in (*before, *after)) or not _not_counted().isdisjoint(
            (before[-1], after[0])
        ):
            continue
        further = tokens[max(0, index - _MORE) : index + 2 + _AFTER]
        words = tuple(one.group().lower() for one in further if one is not token)
        at = Span(passage.start + token.start(), passage.start + tokens[index + _AFTER].end())
        yield _Said(count(token["n"]), at, (*before, *after), words, passage.text)


def _shape(sentence: str) -> list[str]:
    """The words without numbers, and without the plural that goes with one."""
    return [word.rstrip(".,;:").removesuffix("s") for word in _NUMBER.sub("#", sentence).split()]


def _is_a_form(one: str, other: str) -> bool:
    """Whether two sentences differ in more than one number, and in nothing else: the same is told of two subjects."""
    first, second = ([m.group() for m in _NUMBER.finditer(text)] for text in (one, other))
    if _shape(one) != _shape(other):
        return False
    return sum(a != b for a, b in zip(first, second, strict=True)) > 1


def in_tables(tables: Sequence[Table]) -> Iterator[Slip]:
    """Rows of the same label, in tables of the same caption and headings, that do not hold the same."""
    titled = [(_key(table), table) for table in tables if table.caption]
    titled.sort(key=lambda pair: pair[0])
    for (one, first), (other, second) in pairwise(titled):
        if one != other or len(first.columns) != len(second.columns):
            continue
        rows = {" ".join(row.label.lower().split()): row for row in first.rows}
        for row in second.rows:
            before = rows.get(" ".join(row.label.lower().split()))
            if before and len(before.cells) == len(row.cells):
                for cell, earlier in zip(row.cells, before.cells, strict=True):
                    if _differ(cell, earlier):
                        why = f"“{row.label}” has {cell.text} here, and {earlier.text} in the same table elsewhere."
                        yield Slip(
                            RULE, Sure.INCONSISTENT, cell.at, cell.text, earlier.text, why, second.name, earlier.at
                        )


def _key(table: Table) -> tuple[str, ...]:
    """The caption's words without its number, and the headings'."""
    caption = table.caption.lower().removeprefix(table.name.lower())
    return (
        " ".join(re.findall(r"\w+", caption)),
        *(" ".join(column.title.lower().split()) for column in table.columns),
    )


def _differ(cell: Value, earlier: Value) -> bool:
    return cell.number is not None and earlier.number is not None and cell.number != earlier.number
