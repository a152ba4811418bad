"""Which passages are quoted: a stated rule, so that nobody chose them by taste."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from goldthread.anchors import Anchor
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.words.wording import layout
from goldthread.coding.model import Episode, Recommendation
from goldthread.values import State

_WHOLE = re.compile(r"[\"'“‘(\[]*[\dA-Z][^<>•]*[.?!][\"'”’)\]]*")
"""Begins as a sentence does (a paragraph's number is no fault) and ends as one, with no list or mark-up inside."""

Coded = TypeVar("Coded", Episode, Recommendation)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Shortest and longest quote, in characters as shown."""

    shortest: int
    longest: int

    def admit(self, quote: str) -> bool:
        return self.shortest <= len(shown(quote)) <= self.longest


def bounds() -> Bounds:
    """The length bounds of the layout."""
    rule = layout()["quotes"]
    return Bounds(rule["shortest"], rule["longest"])


@contextmanager
def held_to(admit: Callable[[str], bool]) -> Iterator[list[Anchor]]:
    """Within this, only words that `admit` lets pass are quoted; yields the passages that were passed over for it."""
    refused: list[Anchor] = []
    token = _HELD_TO.set((admit, refused))
    try:
        yield refused
    finally:
        _HELD_TO.reset(token)


def _admitted(anchor: Anchor) -> bool:
    held = _HELD_TO.get()
    if held is None:
        return True
    admit, refused = held
    passes = admit(anchor.quote)
    if not passes and anchor not in refused:
        refused.append(anchor)
    return passes


_HELD_TO: ContextVar[tuple[Callable[[str], bool], list[Anchor]] | None] = ContextVar("held to", default=None)


def chosen(candidates: Iterable[Coded], most: int, used: set[str], within: Bounds | None = None) -> tuple[Coded, ...]:
    """At most `most` passages to quote, from as many different reviews.

    Confirmed passages come before suggested ones, then those that read best alone, then higher confidence, then
    the order of the reviews. No words quoted already (`used`, which grows) are quoted again.
    """
    within = within or bounds()
    ranked = sorted(
        candidates,
        key=lambda item: (item.state is not State.CONFIRMED, *readable(item.anchor.quote), -item.confidence),
    )
    picked: list[Coded] = []
    reviews: set[str] = set()
    for item in ranked:
        words = shown(item.anchor.quote)
        if len(picked) == most:
            break
        if item.review_id in reviews or words in used or not within.admit(item.anchor.quote):
            continue
        if not _admitted(item.anchor):
            continue
        picked.append(item)
        reviews.add(item.review_id)
        used.add(words)
    return tuple(picked)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What makes words readable by themselves."""

    subject: re.Pattern[str]
    leaning: re.Pattern[str]


@cache
def _reading() -> _Reading:
    rule = layout()["quotes"]
    subject, leaning = ("|".join(map(re.escape, rule[key])) for key in ("subject", "leaning"))
    return _Reading(re.compile(rf"\b(?:{subject})", re.IGNORECASE), re.compile(rf"\W*(?:{leaning})\b"))


def readable(quote: str) -> tuple[bool, bool, bool]:
    """Whether it is not a whole sentence, does not name whom it is about, and leans on the sentence before."""
    words, reading = shown(quote).strip(), _reading()
    return not _WHOLE.fullmatch(words), not reading.subject.search(words), bool(reading.leaning.match(words))


def shared_out(sizes: Sequence[int], each: int, altogether: int) -> tuple[int, ...]:
    """How many of each group may be quoted: one each in turn, until each has `each` or `altogether` is reached."""
    shares = [0] * len(sizes)
    for _ in range(each):
        for number, size in enumerate(sizes):
            if shares[number] < min(size, each) and sum(shares) < altogether:
                shares[number] += 1
    return tuple(shares)
