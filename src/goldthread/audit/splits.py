"""A number and its parts, listed below it or in brackets after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import COUNT, count, written
from goldthread.audit.words import has, pattern

RULE = "list and total"
_NEAR = Fraction(1, 4)
_NOT_A_COUNT = rf"(?!\s*(?:%|per\b|percent\b|-\s?(?:year|month|week|day))|\s+{pattern('measures')}\b)"
_LEAD = re.compile(rf"[\s*#>–—•●▪■o\ue000-\uf8ff-]*(?P<n>{COUNT}){_NOT_A_COUNT}\s+['\"‘’“”]*[^\W\d]", re.IGNORECASE)
_INTRO = re.compile(rf"(?P<n>{COUNT}){_NOT_A_COUNT}", re.IGNORECASE)
_WORDS = r"(?:\s+[^\W\d_](?:[^\W\d_]|['’/&-])*(?!\w))"
_ITEM = rf"{COUNT}{_NOT_A_COUNT}{_WORDS}{{1,6}}"
_BRACKETED = re.compile(
    rf"(?P<n>{COUNT}){_NOT_A_COUNT}(?!\s+(?:and|or|over)\b){_WORDS}{{1,4}}\s*\((?P<items>{_ITEM}(?:\s*[,;]\s*(?:and\s+)?{_ITEM})*(?:,?\s+and\s+{_ITEM}|\s*[,;]\s*{_ITEM}))\s*\)",
    re.IGNORECASE,
)
_PART = re.compile(rf"(?:^|[,;]\s*(?:and\s+)?|\band\s+)(?P<n>{COUNT})", re.IGNORECASE)
_RUNNING = re.compile(
    rf"(?P<n>{COUNT}){_NOT_A_COUNT}{_WORDS}{{1,4}}\s*(?:(?P<colon>:)\s*|,\s*(?={COUNT}\s+of\s+(?:which|whom)\b))(?P<items>[^.;:]+)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")
_MARK = re.compile(rf",\s*(?:and\s+)?|\band\s+(?={COUNT}\b)", re.IGNORECASE)
_PART_LEAD = re.compile(rf"(?P<n>{COUNT}){_NOT_A_COUNT}\s+[^\W\d]", re.IGNORECASE)
_PLACE_BEFORE = re.compile(rf"\b{pattern('places')}\s*$", re.IGNORECASE)


class Item(NamedTuple):
    """A paragraph or list item as the eye reads it, and where it starts in the document."""

    text: str
    start: int
    listed: bool


def lists(items: Sequence[Item]) -> Iterator[Slip]:
    """Lists whose items each begin with a count, under words that give one number for all of them."""
    for position, intro in enumerate(items):
        if not intro.text.rstrip(" *").endswith(":") or has("partial").search(intro.text):
            continue
        whole = _only_number(intro)
        if whole is None:
            continue
        parts = _counted(items, position + 1)
        if len(parts) > 1 and (slip := _slip(whole, parts)):
            yield slip


def _only_number(intro: Item) -> tuple[Fraction, Span] | None:
    """The one count an introduction gives."""
    found = [one for one in _INTRO.finditer(intro.text) if not _PLACE_BEFORE.search(intro.text, 0, one.start())]
    if len(found) != 1:
        return None
    return count(found[0]["n"]), Span(intro.start + found[0].start(), intro.start + found[0].end())


def _counted(items: Sequence[Item], first: int) -> list[tuple[Fraction, Span]]:
    """The counts of a list, or nothing if one of its items has none or introduces another list."""
    found = []
    for one in items[first:]:
        if not one.listed or one.text.rstrip(" *").endswith(":"):
            break
        lead = _LEAD.match(one.text)
        if lead is None:
            return []
        found.append((count(lead["n"]), Span(one.start + lead.start("n"), one.start + len(one.text.rstrip()))))
    return found


def bracketed(sentence: str, start: int) -> Iterator[Slip]:
    """A count whose parts are given in brackets: "10 cases (7 SCRs and 3 SARs)"."""
    if "(" not in sentence:
        return
    for found in _BRACKETED.finditer(sentence):
        if has("partial").search(found["items"]) or _PLACE_BEFORE.search(sentence, 0, found.start()):
            continue
        whole = (count(found["n"]), Span(start + found.start(), start + found.end()))
        inside = start + found.start("items")
        parts = [
            (count(one["n"]), Span(inside + one.start("n"), inside + one.end("n")))
            for one in _PART.finditer(found["items"])
        ]
        if len(parts) > 1 and (slip := _slip(whole, parts)):
            yield slip


def running(sentence: str, start: int) -> Iterator[Slip]:
    """A count whose parts follow it: "126 reviews: 69 SCRs, 45 SARs and 12 DHRs", "23 reviews, 8 of which were …"."""
    for found in _RUNNING.finditer(sentence):
        if has("partial").search(found["items"]) or _PLACE_BEFORE.search(sentence, 0, found.start()):
            continue
        items = _BRACKETS.sub(lambda inner: " " * len(inner.group()), found["items"])
        at = start + found.start("items")
        parts = [(one, at + place) for place, one in _segments(items)]
        leads = [_PART_LEAD.match(one) for one, _ in parts]
        if len(parts) < 2 or not all(leads) or any(len(_INTRO.findall(one)) > 1 for one, _ in parts):
            continue
        numbers = [
            (count(lead["n"]), Span(place, place + lead.end()))
            for lead, (_, place) in zip(leads, parts, strict=True)
            if lead
        ]
        whole = (count(found["n"]), Span(start + found.start(), at + len(found["items"].rstrip())))
        slip = _slip(whole, numbers)
        if slip:
            yield slip if found["colon"] else replace(slip, sure=Sure.BY_HAND)


def _segments(items: str) -> Iterator[tuple[int, str]]:
    """The parts between commas and "and", each with its place."""
    at = 0
    for mark in [*_MARK.finditer(items), None]:
        end = mark.start() if mark else len(items)
        if items[at:end].strip():
            yield at + len(items[at:end]) - len(items[at:end].lstrip()), items[at:end].strip()
        at = mark.end() if mark else end


def _slip(whole: tuple[Fraction, Span], parts: Sequence[tuple[Fraction, Span]]) -> Slip | None:
    """What does not add up, if it nearly does: far off, the parts are of something else."""
    number, at = whole
    added = sum((part for part, _ in parts), Fraction(0))
    if (
        added == number
        or not number
        or abs(added - number) > max(_NEAR * number, Fraction(1))
        or any(part > number for part, _ in parts)
    ):
        return None
    terms = " + ".join(written(part) for part, _ in parts)
    why = f"{terms} = {written(added)}, and the number given for all of them is {written(number)}."
    return Slip(
        RULE,
        Sure.INCONSISTENT,
        at,
        written(number),
        written(added),
        why,
        also=Span(parts[0][1].start, parts[-1][1].end),
    )
