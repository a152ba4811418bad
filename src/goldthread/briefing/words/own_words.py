"""A study's own words for one slot of a briefing, and whether its figures still say what they said."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.briefing.words import prose
from goldthread.briefing.words.live import LiveFigures
from goldthread.errors import UsageError


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Words by a person for the slot (`text` or `after`) of a section.

    `figures` are (name, what it said) when somebody last read the words, counted on `basis` over the whole study.
    """

    kind: str
    section: str
    slot: str
    text: str
    basis: str
    figures: tuple[tuple[str, str], ...]
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that says something else than when its sentence was last read; `now` is "" where it is gone."""

    name: str
    was: str
    now: str


def moved(words: OwnWords, figures: LiveFigures) -> tuple[Moved, ...]:
    """What the figures of a slot said and say now, where the two differ."""
    return tuple(Moved(name, was, now) for name, was in words.figures if (now := _now(name, figures)) != was)


def _now(name: str, figures: LiveFigures) -> str:
    try:
        return prose.values(f"{{{name}}}", figures)[name]
    except UsageError:
        return ""
