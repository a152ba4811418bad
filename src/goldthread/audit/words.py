"""The auditor's words, from `data/words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Portion(NamedTuple):
    """A share in words: its value in per cent, the points it may be off, and whether it only says "more than"."""

    value: Fraction
    near: Fraction
    more: bool


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("goldthread.audit") / "data/words.toml").read_text(encoding="utf-8"))


@cache
def forms(name: str) -> tuple[str, ...]:
    """A list of forms, longest first."""
    return tuple(sorted(_data()[name], key=lambda form: (-len(form), form)))


@cache
def pattern(name: str) -> str:
    """A regular expression for any form of a list."""
    return any_of(forms(name))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the forms; a space in one is white space or a hyphen."""
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in words) + ")"


@cache
def has(name: str) -> re.Pattern[str]:
    """Finds a form of the list at the beginning of a word."""
    return re.compile(rf"\b{pattern(name)}", re.IGNORECASE)


@cache
def portions() -> dict[str, Portion]:
    """Every share in words, by its form with plain spaces."""
    return {
        form: Portion(100 * Fraction(entry["value"]), Fraction(entry.get("near", 0)), entry.get("more", False))
        for entry in _data()["fractions"]
        for form in entry["words"]
    }


@cache
def portion_pattern() -> str:
    """A regular expression for any share in words."""
    return any_of(sorted(portions(), key=len, reverse=True))


def portion(text: str) -> Portion:
    """The share that words matched by `portion_pattern` name."""
    return portions()[re.sub(r"[\s-]+", " ", text.strip().lower())]
