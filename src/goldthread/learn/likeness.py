"""Which passages say something like another: their words weighted, and their meaning as a short vector.

Learned from the texts themselves, so it needs no model from elsewhere and knows the field's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.learn.meaning import Meaning
from goldthread.learn.rows import Rows
from goldthread.learn.stems import stem, words
from goldthread.learn.words import Words

SIZE = 128  # and at most a quarter of the words or passages: with as many, nothing is brought together
COMMONEST = 0.2  # a word in more than this share of the passages tells nothing apart
FEW_TEXTS = 2000
_REMEMBERED = 500_000

Vectors = NDArray[np.float32]


@dataclass(frozen=True, eq=False, slots=True)
class Likeness:
    """What was learned: the words with their weights, and the directions of meaning, one a column."""

    known: Words
    directions: Vectors
    _columns: _Columns = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", _Columns(self.known.column))

    @classmethod
    def learned(cls, texts: Sequence[str]) -> Likeness:
        """From passages; the same passages in the same order give the same likeness."""
        told = [[term for word in words(text) if (term := _term(word))] for text in texts]
        known = Words.learned(told, least=2 if len(told) < FEW_TEXTS else 3, most=COMMONEST)
        if not known.terms:
            return cls(known, np.zeros((0, 1), np.float32))
        size = min(SIZE, max(2, min(len(told), len(known.terms)) // 4))
        meaning = Meaning.learned(known.rows(told), size)
        return cls(known, meaning.directions.astype(np.float32))

    def vectors(self, texts: Iterable[str]) -> Vectors:
        """One vector of length one a text; all zero for a text without a known word."""
        made = self.rows(texts).times_matrix(self.directions)
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        lengths[lengths == 0] = 1.0
        return np.asarray(made / lengths, np.float32)

    def rows(self, texts: Iterable[str]) -> Rows:
        """One row of weighted stems a text, as `Words.rows` makes them."""
        column, held, lengths = self._columns, list[int](), list[int]()
        for text in texts:
            found = words(text)
            held += [column[word] for word in found]
            lengths.append(len(found))
        columns, width = np.array(held, np.int64), len(self.known.terms)
        known = columns >= 0
        places = np.repeat(np.arange(len(lengths)), lengths)[known]
        cells, counts = np.unique(places * max(width, 1) + columns[known], return_counts=True)
        starts = np.searchsorted(cells, np.arange(len(lengths) + 1) * max(width, 1))
        rows = Rows(starts.astype(np.int64), cells % max(width, 1), 1.0 + np.log(counts), width)
        return rows.scaled(self.known.weights).unit()

    def shared(self, text: str, others: Sequence[str]) -> list[dict[str, float]]:
        """What each of the others has in common with a text: stem → its part of the cosine of weighted words."""
        own, rows = self.rows([text]), self.rows(others)
        weight = np.zeros(rows.width)
        weight[own.columns] = own.values
        parts = rows.values * weight[rows.columns]
        held: list[dict[str, float]] = [{} for _ in others]
        common = parts > 0
        for place, column, part in zip(rows.places[common], rows.columns[common], parts[common], strict=True):
            held[place][self.known.terms[column]] = float(part)
        return held


class _Columns(dict[str, int]):
    """The column of each word met so far, -1 where it has none."""

    def __init__(self, by_term: dict[str, int]) -> None:
        super().__init__()
        self._by_term = by_term

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = self._by_term.get(_term(word), -1)
        return found


def _term(word: str) -> str:
    """The stem of a word that may carry meaning, "" for numbers and single letters."""
    return "" if len(word) < 2 or word[0].isdigit() else stem(word)
