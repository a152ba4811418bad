"""The language of a document, told by its commonest little words: `data/languages.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6_000
_FEWEST = 20


@cache
def _little_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads(resources.files(__package__).joinpath("data/languages.toml").read_text("utf-8"))
    return {code: frozenset(words.split()) for code, words in data["words"].items()}


def language_of(texts: Sequence[str]) -> str:
    """ISO 639-1 code of the language most of the opening pages is in, or "" when there is too little to tell."""
    sample, length = [], 0
    for text in texts:
        sample.append(text)
        length += len(text)
        if length > _SAMPLE:
            break
    words = _WORD.findall(" ".join(sample)[:_SAMPLE].casefold())
    if len(words) < _FEWEST:
        return ""
    said = Counter(words)
    counts = {code: sum(said[word] for word in known) for code, known in _little_words().items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > len(words) * 0.08 else ""
