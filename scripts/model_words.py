"""Which words a model may keep: ordinary ones, never somebody's name.

A word is ordinary when running text writes it small more often than with a capital inside a sentence, in several
documents. Names of people and places are written with a capital, so they never qualify.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

LEAST = 3  # documents that write it small
_TOKEN = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;•\n\"“(])\s*$")


def ordinary(texts: Iterable[str]) -> frozenset[str]:
    """The ordinary words of these documents' texts (folded, with their capitals)."""
    small, capital, documents = Counter[str](), Counter[str](), Counter[str]()
    for text in texts:
        seen = set()
        for found in _TOKEN.finditer(text):
            word = found[0]
            if word.islower():
                small[word] += 1
                seen.add(word)
            elif word[0].isupper() and not _SENTENCE_START.search(text, max(0, found.start() - 4), found.start()):
                capital[word.lower()] += 1
        documents.update(seen)
    return frozenset(word for word, n in small.items() if documents[word] >= LEAST and n > capital[word])
