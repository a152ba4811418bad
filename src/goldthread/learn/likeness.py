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
_K1 = 1.2
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
        counted = self.counted(texts)
        tamed = Rows(counted.starts, counted.columns, 1.0 + np.log(counted.values), counted.width)
        return tamed.scaled(self.known.weights).unit()

    def counted(self, texts: Iterable[str]) -> Rows:
        """One row a text: how often each known stem stands in it."""
        column, held, lengths = self._columns, list[int](), list[int]()
        for text in texts:
            found = words(text)
            held += [column[word] for word in found]
            lengths.append(len(found))
        columns, width = np.array(held, np.int64), max(len(self.known.terms), 1)
        known = columns >= 0
        places = np.repeat(np.arange(len(lengths)), lengths)[known]
        cells, counts = np.unique(places * width + columns[known], return_counts=True)
        starts = np.searchsorted(cells, np.arange(len(lengths) + 1) * width).astype(np.int64)
        return Rows(starts, cells % width, counts.astype(np.float64), len(self.known.terms))

    def shared(self, text: str, others: Sequence[str]) -> list[dict[str, float]]:
        """How much of what a text says each of the others says too: stem → its share of the text's whole weight.

        A word weighs its inverse document frequency times f·(k1+1) / (f+k1), k1 = 1.2, f its count: BM25 without
        regard to length (Robertson & Zaragoza 2009, equation 3.15 with b = 0): a long passage that says it all is as
        like as a short one.
        """
        own = self._weighed([text])
        whole = np.zeros(own.width)
        whole[own.columns] = own.values
        rows = self._weighed(others)
        common = whole[rows.columns] > 0
        held: list[dict[str, float]] = [{} for _ in others]
        shares = rows.values[common] / max(float(whole.sum()), 1e-12)
        for place, column, share in zip(rows.places[common], rows.columns[common], shares, strict=True):
            held[place][self.known.terms[column]] = float(share)
        return held

    def _weighed(self, texts: Iterable[str]) -> Rows:
        rows = self.counted(texts)
        saturated = rows.values * (_K1 + 1) / (rows.values + _K1)
        return Rows(rows.starts, rows.columns, saturated, rows.width).scaled(self.known.weights - 1.0)


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
