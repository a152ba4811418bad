"""Shares in words beside the figure they stand for: "two thirds (66%)", "over half (124 of 166)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from goldthread.audit.findings import Slip, Span, Sure
from goldthread.audit.numerals import COUNT, PERCENT, count, percent, written
from goldthread.audit.rounding import Percent, decimal, share
from goldthread.audit.words import Portion, forms, pattern, portion, portion_pattern

RULE = "share in words"
_HALF = Fraction(1, 2)
_SIGN = re.compile(r"\(|,\s+or\b")


class _Form(NamedTuple):
    """A way of writing a share in words beside its figure; `loose` where the figure may be of something else."""

    found: re.Pattern[str]
    loose: bool


@cache
def _forms() -> tuple[_Form, ...]:
    of = r"\s+(?:out\s+)?of\s+(?:(?:the|all|these|those|its|their|our)\s+){0,2}"
    hedges = f"(?:{pattern('hedges')}|{pattern('over')}|{pattern('under')})"
    said = rf"\b(?:(?P<hedge>{hedges})\s+)?(?P<words>{portion_pattern()})\b"
    some = r"(?:\s+[^\W\d_][\w'’/-]*)"
    n, whole = rf"(?P<n>{COUNT})", rf"(?P<whole>{COUNT})"
    p, counted, closed = rf"(?P<p>{PERCENT})(?=[\s,;)])", rf"{n}{of}{whole}(?=[\s,;)])", r"\s*(?=\))"
    written = (
        (rf"{said}\s*\(\s*(?:{p}|{counted})", False),
        (rf"{said}\s+of{some}{{1,5}}\s*\(\s*{counted}", False),
        (rf"{said}\s+of{some}{{1,5}}\s*\(\s*{p}", True),
        (rf"{said}\s+of(?:\s+(?:the|these|those|all))?\s+{whole}{some}{{0,3}}\s*\(\s*(?:n\s?=\s?)?{n}{closed}", True),
        (rf"{n}{of}{whole}{some}{{0,4}}\s*\(\s*{said}{closed}", False),
        (rf"{n}{of}{whole}{some}{{0,4}},\s+or\s+{said}(?!\s+of\b)", False),
    )
    return tuple(_Form(re.compile(form, re.IGNORECASE), loose) for form, loose in written)


def slips(sentence: str, start: int) -> Iterator[Slip]:
    """Shares in words that the figure beside them contradicts."""
    if not _SIGN.search(sentence):
        return
    taken: set[int] = set()
    for form in _forms():
        for found in form.found.finditer(sentence):
            figure = _figure(found)
            if figure is None or found.start("words") in taken:
                continue
            taken.add(found.start("words"))
            named = portion(found["words"])
            hedge = re.sub(r"[\s-]+", " ", (found["hedge"] or "").lower())
            sure = _judge(named, hedge, figure)
            if sure:
                said = " ".join(f"{hedge} {found['words']}".split())
                end = found.end() + (sentence[found.end() : found.end() + 1] == ")")
                sure = Sure.INCONSISTENT if form.loose and sure is Sure.ERROR else sure
                at = Span(start + found.start(), start + end)
                yield Slip(RULE, sure, at, said, str(figure), _why(found, said, named, figure))


def _figure(found: re.Match[str]) -> Percent | None:
    """The percentage in the brackets, or that of the count and whole in them to one decimal."""
    if found.groupdict().get("p"):
        return percent(found["p"])
    whole = count(found["whole"])
    return Percent(share(count(found["n"]), whole), 1) if whole else None


def _judge(named: Portion, hedge: str, figure: Percent) -> Sure | None:
    """How sure it is that the words are wrong; None when they may stand."""
    slack = figure.unit * _HALF
    if named.more:
        return Sure.INCONSISTENT if figure.value + slack <= named.value else None
    gap = figure.value - named.value
    if hedge in forms("over"):
        if gap + slack <= 0:
            return Sure.ERROR if gap + slack < -1 else Sure.INCONSISTENT
        return Sure.BY_HAND if gap > 4 * named.near else None
    if hedge in forms("under"):
        if gap - slack >= 0:
            return Sure.ERROR if gap - slack > 1 else Sure.BY_HAND
        return Sure.BY_HAND if -gap > 4 * named.near else None
    if abs(gap) <= named.near:
        return None
    return Sure.ERROR if abs(gap) > 2 * named.near else Sure.INCONSISTENT


def _why(found: re.Match[str], said: str, named: Portion, figure: Percent) -> str:
    whole = (
        f"{written(count(found['n']))} of {written(count(found['whole']))} is "
        if found["whole"]
        else "It is given as "
    )
    meant = "more than 50%" if named.more else f"{decimal(named.value, 0 if named.value.denominator == 1 else 1)}%"
    return f"“{said}” speaks of {meant}. {whole}{figure}."
