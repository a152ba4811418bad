"""Claims in sentences that give a count, what it is of, and the percentage: everything needed to check them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from goldthread.audit.findings import Span
from goldthread.audit.numerals import COUNT, PERCENT, count, percent
from goldthread.audit.rounding import Percent
from goldthread.audit.words import pattern

_YEARS = range(1900, 2100)
_SIGN = re.compile(r"%|\bper\s?cent\b|\bpercent\b", re.IGNORECASE)
_NUMBER = re.compile(COUNT, re.IGNORECASE)
_SECOND = re.compile(r"[^()]*%")
"""Another percentage in the same brackets: "treated at 0.5% (12 of 39 eyes, 31%)"."""
_RATE = re.compile(r"\bper\s+$", re.IGNORECASE)
_DETERMINERS = r"(?:(?:the|all|these|those|its|their|our|only|a\s+total\s+of)\s+){0,3}"
_WORD = r"[^\W\d_][\w'’/-]*\s*"
_NO_NUMBER = r"[^\d.;:()]"
_SIGNS = {
    "N": rf"(?:n\s?=\s?)?(?P<n>{COUNT})\s*",
    "W": rf"(?P<whole>{COUNT})\s*",
    "n/w": r"(?:n\s?=\s?)?(?<![\d/])(?P<n>\d{1,6})\s?/\s?(?P<whole>\d{1,6})\s*",
    "of": rf"(?:out\s+)?of\s+{_DETERMINERS}",
    "Of": rf"(?:^|[,;:(–]\s)\s*(?:out\s+)?of\s+{_DETERMINERS}",
    "whom": rf"(?P<gap>{_NO_NUMBER}{{0,100}}?),?\sof\s(?:whom|which)\s",
    "...": rf"{_NO_NUMBER}{{0,120}}?,\s",
    "..": rf"{_NO_NUMBER}{{0,60}}?",
    "or": r"(?:or|i\.e\.|(?:which|this|that)\s+is|representing|(?:equivalent|equating|amounting)\s+to)\s+",
    "(": r"\(\s*",
    ")": r"\)\s*",
    ",": r"[,;:]\s*",
    "-": r"[,;–—-]\s*",
}


class Claim(NamedTuple):
    """`number` of `whole` is said to be `printed`.

    `hedged`: "about". `plain`: the three stand together, so that nothing else can be meant.
    """

    at: Span
    number: Fraction
    whole: Fraction
    printed: Percent
    hedged: bool
    plain: bool


class Shape(NamedTuple):
    """A way of writing a claim, with an example."""

    found: re.Pattern[str]
    plain: bool
    like: str


@cache
def shapes() -> tuple[Shape, ...]:
    """Every way of writing a claim, from `data/claims.toml`, in the order they are tried."""
    data = tomllib.loads((files("goldthread.audit") / "data/claims.toml").read_text(encoding="utf-8"))
    hedged = rf"(?P<hedge>{pattern('hedges')}\s+)?(?P<p>{PERCENT})\s*"
    return tuple(
        Shape(re.compile(_expression(one["form"], hedged), re.IGNORECASE), one["plain"], one["like"])
        for one in data["claims"]
    )


def _expression(form: str, hedged: str) -> str:
    parts = []
    for sign in form.split():
        if sign == "P":
            parts.append(hedged)
        elif sign[0] == "+":
            parts.append(rf"(?:{_WORD}){{0,{sign[1:]}}}?")
        else:
            parts.append(_SIGNS[sign])
    return "".join(parts)


def claims(sentence: str, start: int) -> Iterator[Claim]:
    """Every claim in a flat sentence whose first code point stands at `start` of the document."""
    if not _SIGN.search(sentence):
        return
    taken: set[int] = set()
    for shape in shapes():
        for found in shape.found.finditer(sentence):
            whole = count(found["whole"])
            if found.start("p") in taken or not whole or _is_something_else(sentence, found):
                continue
            taken.add(found.start("p"))
            begin = min(found.start(name) for name in ("n", "whole", "p"))
            end = len(sentence[: found.end()].rstrip())
            yield Claim(
                Span(start + begin, start + end),
                count(found["n"]),
                whole,
                percent(found["p"]),
                bool(found["hedge"]),
                shape.plain and not _has_rival(sentence, found),
            )


def _is_something_else(sentence: str, found: re.Match[str]) -> bool:
    """Whether a number is a year or a rate's, a percentage a change, or a part larger than a whole named far away."""
    apart = found.start("whole") < found.start("n")
    return (
        _is_year(found["whole"])
        or _is_year(found["n"])
        or _RATE.search(sentence, 0, found.start("whole")) is not None
        or _change().search(sentence, 0, found.start("p")) is not None
        or (_is_open(found.group()) and _SECOND.match(sentence, found.end()) is not None)
        or (apart and count(found["n"]) > count(found["whole"]))
    )


def _has_rival(sentence: str, found: re.Match[str]) -> bool:
    """Whether "of whom" could speak of another number before it."""
    return "gap" in found.re.groupindex and _NUMBER.search(sentence, 0, found.start("whole")) is not None


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(")")


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern('changes')}\b[^.;:,()]{{0,25}}$", re.IGNORECASE)


def _is_year(text: str) -> bool:
    return text.isdigit() and int(text) in _YEARS
