"""The words that weigh most in a paragraph, kept so that a search for a common word looks there first.

A word weighs what it would add to a BM25 score but for its rarity: `w = f·(k1+1) / (f + k1·(1 - b + b·n/N))` for a
word that stands f times among n, k1 = 1.2, b = 0.75 (Robertson & Zaragoza 2009, "The Probabilistic Relevance
Framework", equation 3.15), n against the length N of an ordinary paragraph. Indexing the heaviest words apart is a
tiered index (Manning, Raghavan & Schütze 2008, "Introduction to Information Retrieval", section 7.2.1).
"""

from __future__ import annotations

from collections import Counter

from goldthread.learn.stems import stem, words

K1, B = 1.2, 0.75
ORDINARY = 60.0  # words
TIERS = (1.3, 1.5, 1.7)  # the weight from which a word is in tier 1, 2, 3; no word weighs 2.2
SHORTEST = 4  # shorter words are articles and the like, heavy everywhere


def weighty(text: str) -> str:
    """The stems that are in any tier, each after the number of its tier: "2polic 1school"."""
    said = words(text)
    base = K1 * (1 - B + B * len(said) / ORDINARY)
    fewest = next((f for f in range(1, len(said) + 1) if _weight(f, base) >= TIERS[0]), len(said) + 1)
    counts = ((term, f) for term, f in Counter(map(stem, said)).items() if f >= fewest)
    marked = ((sum(_weight(f, base) >= least for least in TIERS), term) for term, f in counts)
    return " ".join(f"{tier}{term}" for tier, term in marked if len(term) >= SHORTEST)


def heavier(term: str, tier: int) -> tuple[str, ...]:
    """How a stem is written in `tier` and those above."""
    return tuple(f"{above}{term}" for above in range(tier, len(TIERS) + 1))


def _weight(f: int, base: float) -> float:
    return f * (K1 + 1) / (f + base)
