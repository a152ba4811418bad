"""Choosing a code by typing a few letters of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.errors import UsageError
from goldthread.protocol.codebook import Codebook, Theme

_WORDS = re.compile(r"[\w’'-]+")
_BETWEEN = " › "


@dataclass(frozen=True, slots=True)
class Code:
    """A theme, or a sub-theme of it, with the name a person picks it by."""

    theme: str
    subtheme: str
    name: str


def codes(book: Codebook) -> tuple[Code, ...]:
    """Every code a book offers, each theme followed by its sub-themes."""
    return _named(book.offered)


def _named(themes: Iterable[Theme]) -> tuple[Code, ...]:
    found = []
    for theme in themes:
        found.append(Code(theme.id, "", theme.label))
        found += [Code(theme.id, sub.id, f"{theme.label}{_BETWEEN}{sub.label}") for sub in theme.subthemes]
    return tuple(found)


def chosen(written: str, book: Codebook) -> Code | None:
    """The code a few letters mean: its whole name, or beginnings of its words that fit no other; None for nothing.

    A retired code is meant by its whole name alone. A theme is meant before its sub-themes. Raises UsageError when
    nothing fits, or several do.
    """
    wanted = " ".join(written.split()).casefold()
    if not wanted:
        return None
    every = codes(book)
    for code in (*every, *_named(book.themes)):
        if wanted in (code.name.casefold(), code.theme.casefold() if not code.subtheme else "", code.subtheme):
            return code
    fitting = [code for code in every if _fits(wanted, code.name)]
    themes = [code for code in fitting if not code.subtheme]
    if len(themes) == 1 and all(code.theme == themes[0].theme for code in fitting):
        return themes[0]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UsageError(f"no code begins like “{written}”", mend="type other letters, or choose from the list")
    some = "; ".join(code.name for code in fitting[:4])
    raise UsageError(f"“{written}” may mean several codes: {some}", mend="type a little more of the one you mean")


def _fits(wanted: str, name: str) -> bool:
    words = [word.casefold() for word in _WORDS.findall(name)]
    return all(any(word.startswith(part) for word in words) for part in _WORDS.findall(wanted))
