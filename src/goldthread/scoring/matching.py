"""Which proposed passages are which labelled sentence: by overlap where places are known, else by their words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from goldthread.scoring.gold import GoldSentence
from goldthread.scoring.proposed import ProposedPassage

_FEWEST_WORDS = 4
_SHARED_WORDS = 0.8
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile("\u00ad\\s*")


def matching(sentence: GoldSentence, passages: Sequence[ProposedPassage]) -> list[ProposedPassage]:
    """The passages that are on the sentence, best first.

    Where the sentence has a place, a passage that shares any of it is on it, and the longest shared stretch is
    best. Where it has only words, a passage is on it when of the shorter one's different words (at least four)
    four fifths are the other's; line ends and hyphens at them do not count.
    """
    found = [(weight, -number) for number, item in enumerate(passages) if (weight := _shared(sentence, item)) > 0]
    return [passages[-number] for _, number in sorted(found, reverse=True)]


def _shared(sentence: GoldSentence, passage: ProposedPassage) -> float:
    if sentence.start is None or sentence.end is None:
        return _shared_words(sentence, passage)
    return min(passage.end, sentence.end) - max(passage.start, sentence.start)


def _shared_words(sentence: GoldSentence, passage: ProposedPassage) -> float:
    mine, its = words(sentence.text), words(passage.quote)
    shorter, shared = min(len(mine), len(its)), len(mine & its)
    if shorter < _FEWEST_WORDS or shared < _SHARED_WORDS * shorter:
        return 0.0
    return shared / len(mine | its)


@lru_cache(maxsize=20_000)
def words(text: str) -> frozenset[str]:
    """The different words of a text in small letters, those broken at a line's end joined."""
    return frozenset(_WORD.findall(_JOINED.sub("", text.lower())))
