"""Claims in sentences that give a count, what it is of, and the percentage: everything needed to check them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from goldthread.audit.findings import Span
from goldthread.audit.numerals import COUNT, DIGITS, PERCENT, count, percent
from goldthread.audit.rounding import Percent
from goldthread.audit.words import pattern

_YEARS = range(1900, 2100)


class Claim(NamedTuple):
    """`count` of `whole` is said to be `printed`.

    `hedged`: "about". `plain`: the three stand together, so that nothing else can be meant.
    """

    at: Span
    count: Fraction
    whole: Fraction
    printed: Percent
    hedged: bool
    plain: bool


class _Shape(NamedTuple):
    """A way of writing a claim, tried where its `sign` occurs."""

    found: re.Pattern[str]
    plain: bool


@cache
def _shapes() -> tuple[_Shape, ...]:
    hedge = rf"(?P<hedge>{pattern('hedges')}\s+)?"
    n, whole, p = rf"(?P<n>{COUNT})", rf"(?P<whole>{COUNT})", rf"(?P<p>{PERCENT})"
    of = r"\s+(?:out\s+)?of\s+(?:(?:the|all|these|those|its|their|our|a\s+total\s+of|only)\s+){0,3}"
    words = r"(?:[^\W\d_][\w'’/-]*\s+)"
    bracketed = rf"\(\s*{hedge}{p}\s*\)"
    no_digits = r"[^\d.;:()]"
    which = r"(?:or|i\.e\.|which\s+is|this\s+is|that\s+is|representing|equivalent\s+to|equating\s+to|amounting\s+to)"
    slashed = r"(?P<n>\d{1,6})\s?/\s?(?P<whole>\d{1,6})"
    written = (
        (rf"{n}\s+{words}{{0,3}}{bracketed}\s+{words}{{0,2}}?{of.removeprefix(chr(92) + 's+')}{whole}", True),
        (rf"{n}{of}{whole}\s+{words}{{0,4}}{bracketed}", True),
        (rf"{n}{of}{whole}\s+{words}{{5,9}}{bracketed}", False),
        (rf"{n}{of}{whole}\s+{words}{{0,5}}\w*\s?[,;–—-]\s*{which}\s+{hedge}{p}", True),
        (rf"{hedge}{p}\s+\(\s*(?:n\s?=\s?)?{n}{of}{whole}", True),
        (rf"{hedge}{p}\s+{words}{{1,4}}\(\s*(?:n\s?=\s?)?{n}{of}{whole}", False),
        (rf"(?<![\d/]){slashed}\s*\(\s*{hedge}{p}\s*\)", True),
        (rf"{hedge}{p}\s*\(\s*{slashed}\s*\)", True),
        (rf"(?:^|[,;:(–]\s)\s*of\s+(?:the|these|those|all)?\s*{whole}\s{no_digits}{{0,120}}?,\s{no_digits}{{0,60}}?{n}\s+{bracketed}", True),  # fmt: skip
        (rf"(?:^|[,;:(–]\s)\s*of\s+(?:the|these|those|all)?\s*{whole}\s{no_digits}{{0,120}}?,\s{no_digits}{{0,60}}?{hedge}{p}\s*\(\s*(?:n\s?=\s?)?{n}\s*\)", True),  # fmt: skip
        (rf"{whole}(?P<gap>{no_digits}{{0,100}}?),?\sof\s(?:whom|which)\s{no_digits}{{0,30}}?{n}\s+{words}{{0,2}}{bracketed}", True),  # fmt: skip
    )
    return tuple(_Shape(re.compile(form, re.IGNORECASE), plain) for form, plain in written)


_SIGN = re.compile(r"%|\bper\s?cent\b|\bpercent\b", re.IGNORECASE)


def claims(sentence: str, start: int) -> Iterator[Claim]:
    """Every claim in a flat sentence whose first code point stands at `start` of the document."""
    if not _SIGN.search(sentence):
        return
    taken: set[int] = set()
    for shape in _shapes():
        for found in shape.found.finditer(sentence):
            whole = count(found["whole"])
            if found.start("p") in taken or not whole or _is_year(found["whole"]) or _is_year(found["n"]):
                continue
            taken.add(found.start("p"))
            begin = min(found.start(name) for name in ("n", "whole", "p"))
            end = found.end()
            first = _SINGLE.search(sentence, 0, found.start("whole")) is None or "gap" not in found.groupdict()
            yield Claim(
                Span(start + begin, start + end),
                count(found["n"]),
                whole,
                percent(found["p"]),
                bool(found["hedge"]),
                shape.plain and first,
            )


_SINGLE = re.compile(COUNT, re.IGNORECASE)


def _is_year(text: str) -> bool:
    return text.isdigit() and int(text) in _YEARS
