"""Texts as weighted words: term frequency times inverse document frequency.

`idf(t) = ln((1 + n) / (1 + df(t))) + 1`, tf taken as `1 + ln(tf)`, rows at length one (Salton & Buckley 1988,
"Term-weighting approaches in automatic text retrieval", with the smoothing scikit-learn documents).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from goldthread.learn.rows import Floats, Rows


@dataclass(frozen=True, eq=False, slots=True)
class Words:
    """A vocabulary, in column order, with the weight of each term."""

    terms: tuple[str, ...]
    weights: Floats
    column: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", {term: n for n, term in enumerate(self.terms)})

    @classmethod
    def learned(cls, texts: Sequence[Sequence[str]], least: int = 1, most: float = 1.0) -> Words:
        """The terms that stand in at least `least` texts and at most the share `most` of them, in sorted order."""
        counts = Counter(term for text in texts for term in set(text))
        kept = sorted(term for term, count in counts.items() if least <= count <= most * len(texts))
        weights = [math.log((1 + len(texts)) / (1 + counts[term])) + 1.0 for term in kept]
        return cls(tuple(kept), np.array(weights, np.float64))

    def rows(self, texts: Iterable[Sequence[str]]) -> Rows:
        """One row of weighted terms a text; terms outside the vocabulary are passed over."""
        column = self.column
        counted = (Counter(column[term] for term in text if term in column) for text in texts)
        tamed = ({at: 1.0 + math.log(n) for at, n in counts.items()} for counts in counted)
        return Rows.of(tamed, len(self.terms)).scaled(self.weights).unit()


def grams(tokens: Sequence[str], longest: int = 2) -> list[str]:
    """Every run of one to `longest` tokens, joined by a blank."""
    return [
        " ".join(tokens[at : at + size]) for size in range(1, longest + 1) for at in range(len(tokens) - size + 1)
    ]
