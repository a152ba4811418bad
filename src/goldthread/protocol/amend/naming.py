"""Finding a code by its name, and naming new ones."""

from __future__ import annotations

import re
import unicodedata

from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.codebook import Codebook, Place, Subtheme, Theme

_APART = re.compile(r"[^a-z0-9]+")
_LONGEST = 40


def find(code: str, book: Codebook) -> Place:
    """Where a code stands. Raises UsageError when the codebook has none of that name."""
    themes = {theme.id: theme for theme in book.themes}
    if code in themes:
        return code, ""
    for theme in book.themes:
        for sub in theme.subthemes:
            if code in (sub.id, f"{theme.id}/{sub.id}"):
                return theme.id, sub.id
    gone = book.home(code) if book.home(code) in book.places else book.home("", code)
    if gone in book.places:
        raise UsageError(
            f"the code {code!r} became part of “{book.label_of(gone)}”", mend=f"name that one: {key(gone, book)}"
        )
    known = [*themes, *(sub.id for theme in book.themes for sub in theme.subthemes)]
    raise UsageError(
        f"the codebook has no code {code!r}", mend=nearest(code, known) or "see the codebook for its ids"
    )


def theme_at(place: Place, book: Codebook) -> Theme:
    """The theme of a place."""
    return next(theme for theme in book.themes if theme.id == place[0])


def code_at(place: Place, book: Codebook) -> Theme | Subtheme:
    """The code at a place: the sub-theme where it names one, else the theme."""
    theme = theme_at(place, book)
    return next(sub for sub in theme.subthemes if sub.id == place[1]) if place[1] else theme


def key(place: Place, book: Codebook) -> str:
    """The name by which `find` finds a place again."""
    if not place[1]:
        return place[0]
    return f"{place[0]}/{place[1]}" if any(theme.id == place[1] for theme in book.themes) else place[1]


def taken(book: Codebook) -> set[str]:
    """Every id that a code has, or once had."""
    found: set[str] = set()
    for theme in book.themes:
        found |= {theme.id, *theme.formerly}
        for sub in theme.subthemes:
            found |= {sub.id, *sub.formerly}
    return found


def new_id(label: str, book: Codebook, also: set[str] | frozenset[str] = frozenset()) -> str:
    """An id for a code of that name: its words in small letters, with a number where they are taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = _APART.sub("_", plain).strip("_")[:_LONGEST].strip("_") or "code"
    used = taken(book) | set(also)
    name, number = stem, 2
    while name in used:
        name, number = f"{stem}_{number}", number + 1
    return name
