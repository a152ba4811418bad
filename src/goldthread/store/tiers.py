"""Which matches of a query are worth ranking.

Scoring every paragraph that holds a common word takes longer than a person waits, and only the heaviest can come
first. So where POOL or more match, those are ranked in which some sought word adds most to the score: its rarity
times its weight in the paragraph reaches a bound, and of all bounds the highest is taken that enough paragraphs
reach. The tiers of `goldthread.documents.weighty` say so without scoring; rarity is that of BM25,
`ln((N-n+½) / (n+½))`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping

from goldthread.documents.weighty import TIERS
from goldthread.store.query import Query, Term, in_words

POOL = 4000
ENOUGH = 10  # how many times as many as are wanted must reach the bound
ORDINARY = 1.0  # what a word weighs that stands once in an ordinary paragraph
LEAST_RARITY = 1e-6
WEIGHTS = (ORDINARY, *TIERS)

Count = Callable[[str, int], int]  # how many paragraphs match an expression, counted up to a number


def worth_ranking(query: Query, limit: int, paragraphs: int, count: Count) -> str:
    """The expression for what is ranked to find the best `limit`: all matches while they are few."""
    if count(query.expression, POOL) < POOL:
        return query.expression
    half = paragraphs // 2 + 1  # a word in more than half of them tells nothing, however many more
    single = len(query.terms) == 1  # of one word only the weight matters
    rarity = {term: 1.0 if single else _rarity(count(in_words([term]), half), paragraphs) for term in query.terms}
    bounds = sorted({rare * weight for rare in rarity.values() for weight in WEIGHTS}, reverse=True)
    enough = ENOUGH * limit

    def reached(bound: float) -> bool:
        narrowed = query.narrowed(_tiers(rarity, bound))
        return not narrowed or count(narrowed, enough) == enough

    at = bisect_left(bounds, True, key=reached)
    return (query.narrowed(_tiers(rarity, bounds[at])) if at < len(bounds) else "") or query.expression


def _tiers(rarity: Mapping[Term, float], bound: float) -> dict[Term, int]:
    """The lowest tier in which each term reaches the bound, 0 where it does wherever it stands."""
    lowest = {
        term: next((tier for tier, weight in enumerate(WEIGHTS) if rare * weight >= bound), None)
        for term, rare in rarity.items()
    }
    return {term: tier for term, tier in lowest.items() if tier is not None}


def _rarity(holding: int, paragraphs: int) -> float:
    return max(LEAST_RARITY, math.log((paragraphs - holding + 0.5) / (holding + 0.5)))
