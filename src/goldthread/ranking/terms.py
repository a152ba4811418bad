"""Texts as counted terms, small enough to keep, and many of them as weighted rows.

A word is known by the CRC-32 of its letters, a pair by a number made from those of its two words (Weinberger et al.
2009, "Feature hashing for large scale multitask learning"): no vocabulary has to be kept, and what is kept of a text
cannot be read back.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goldthread.learn.rows import Rows

_WORD = re.compile(r"\w\w+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
LETTERS_READ = 60_000
KEPT = 400
_EVERYWHERE = 0.95  # the share of the texts above which a term tells nothing
_MOST = 2**16 - 1
_FIRST_OF_PAIR, _SECOND_OF_PAIR = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # odd, so that no number is lost


class Terms(NamedTuple):
    """The terms of one text, each by its number, and how often each stands in it."""

    numbers: NDArray[np.uint32]
    counts: NDArray[np.uint16]

    def to_bytes(self) -> bytes:
        """The terms as they are stored, in the order of bytes of small machines."""
        return self.numbers.astype("<u4").tobytes() + self.counts.astype("<u2").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Terms:
        """Stored terms; the inverse of `to_bytes`."""
        many = len(data) // 6
        return cls(
            np.frombuffer(data, "<u4", many).astype(np.uint32),
            np.frombuffer(data, "<u2", many, many * 4).astype(np.uint16),
        )


def terms_of(text: str) -> Terms:
    """Every word and pair of neighbouring words of a short text: a title and abstract, or a passage."""
    words = _numbers(_WORD.findall(text.casefold()))
    pairs = words[:-1] * _FIRST_OF_PAIR + words[1:] * _SECOND_OF_PAIR
    numbers, counts = np.unique(np.concatenate((words, pairs)), return_counts=True)
    return Terms(numbers, np.minimum(counts, _MOST).astype(np.uint16))


def leading_terms(text: str) -> Terms:
    """The words said most in the opening of a long text (about its first 25 pages), ties by their letters."""
    counts = Counter(_LONG_WORD.findall(text[:LETTERS_READ].casefold()))
    kept = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    often = np.minimum(np.array([count for _, count in kept], np.int64), _MOST)
    return together([Terms(_numbers([word for word, _ in kept]), often.astype(np.uint16))])


def together(parts: Sequence[Terms]) -> Terms:
    """The terms of several texts as of one."""
    numbers = np.concatenate([part.numbers for part in parts]) if parts else np.zeros(0, np.uint32)
    counts = np.concatenate([part.counts for part in parts]) if parts else np.zeros(0, np.uint16)
    distinct, places = np.unique(numbers, return_inverse=True)
    added = np.bincount(places, counts, len(distinct))
    return Terms(distinct, np.minimum(added, _MOST).astype(np.uint16))


def weighted(texts: Sequence[Terms]) -> Rows:
    """One row a text: `1 + ln(count)` times `ln((1 + n) / (1 + df)) + 1`, rows at length one.

    Terms of one text alone lengthen its row but have no column: they are like nothing else. Terms of nearly all
    texts (more than 95%, where there are more than a few) have no weight.
    """
    lengths = np.array([len(text.numbers) for text in texts], np.int64)
    numbers = np.concatenate([text.numbers for text in texts]) if texts else np.zeros(0, np.uint32)
    counts = np.concatenate([text.counts for text in texts]) if texts else np.zeros(0, np.uint16)
    known, columns = np.unique(numbers, return_inverse=True)
    spread = np.bincount(columns, minlength=len(known))
    worth = np.log((1 + len(texts)) / (1 + spread)) + 1.0
    worth[spread > max(2.0, _EVERYWHERE * len(texts))] = 0.0
    starts = np.concatenate(([0], np.cumsum(lengths)))
    values = (1.0 + np.log(np.maximum(counts, 1))) * worth[columns]
    rows = Rows(starts, columns.astype(np.int64), values, len(known)).unit()
    return _without_columns(rows, spread > 1)


def _without_columns(rows: Rows, kept: NDArray[np.bool_]) -> Rows:
    """The rows with those columns alone, renumbered; lengths stay as they were."""
    here = kept[rows.columns]
    starts = np.concatenate(([0], np.cumsum(here)))[rows.starts]
    fresh = np.cumsum(kept) - 1
    return Rows(starts, fresh[rows.columns[here]], rows.values[here], int(kept.sum()))


def _numbers(words: Sequence[str]) -> NDArray[np.uint32]:
    return np.array([_number(word) for word in words], np.uint32)


@lru_cache(maxsize=2**17)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())
