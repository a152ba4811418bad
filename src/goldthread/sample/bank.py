"""The sentence banks: data files, read once, and decks that deal their cards without repeating too soon."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Generic, TypeVar


@cache
def bank(name: str) -> dict[str, Any]:
    """The data file `name` as plain values."""
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def fitting(entries: Iterable[dict[str, Any]], contexts: Sequence[str]) -> list[dict[str, Any]]:
    """The entries whose every need is among the contexts of the case."""
    return [entry for entry in entries if set(entry.get("needs", ())) <= set(contexts)]


def told(texts: Iterable[str], contexts: Sequence[str]) -> list[str]:
    """The texts that fit; one that begins with “[word]” needs that context, and loses the mark."""
    chosen = []
    for text in texts:
        need, _, rest = text.removeprefix("[").partition("] ") if text.startswith("[") else ("", "", text)
        if not need or need in contexts:
            chosen.append(rest)
    return chosen


def weighted(rng: Random, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One entry, chosen by its `weight` (1 where none is given)."""
    return rng.choices(entries, weights=[entry.get("weight", 1) for entry in entries])[0]


Card = TypeVar("Card")


class Deck(Generic[Card]):
    """Cards dealt in random order; reshuffled only when all have been dealt."""

    def __init__(self, rng: Random, cards: Iterable[Card]) -> None:
        self._rng, self._cards = rng, list(cards)
        self._left: list[Card] = []

    def __len__(self) -> int:
        return len(self._cards)

    def deal(self) -> Card:
        """The next card. Raises IndexError from an empty deck."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()

    def hand(self, size: int) -> list[Card]:
        """Up to `size` different cards."""
        return [self.deal() for _ in range(min(size, len(self._cards)))]
