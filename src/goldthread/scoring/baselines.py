"""What can be had for nothing: the scores that an engine has to beat to be worth anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldthread.scoring.cases import YES, Case
from goldthread.scoring.matching import words
from goldthread.scoring.rates import Rates, rates

KEYWORD = "police"


@dataclass(frozen=True, slots=True)
class Baseline:
    """A way of proposing that reads nothing, or one word, and how it scores on the same cases.

    `does` says what it does; `answer` is the value it always gives, where it is one that always gives the same.
    """

    does: str
    rates: Rates
    answer: str | None = None


def majority(cases: Sequence[Case]) -> Baseline | None:
    """Always the gold's own commonest answer, even when that is to propose nothing; None without cases."""
    if not cases:
        return None
    answer = _commonest([case.wanted for case in cases])
    does = "always" if answer is not None else "never a value"
    return Baseline(does, rates([replace(case, given=answer, confidence=1.0) for case in cases]), answer)


def commonest_value(cases: Sequence[Case]) -> Baseline | None:
    """For fields with several values: the gold's commonest value for every document."""
    held = [case.item for case in cases if case.wanted is not None]
    if not held:
        return None
    answer = _commonest(held)
    made = [replace(case, given=answer if case.item == answer else None, confidence=1.0) for case in cases]
    return Baseline("always", rates(made), answer)


def keyword(cases: Sequence[Case], word: str = KEYWORD) -> Baseline | None:
    """Every sentence with one word in it; None where the sentences' words are not known."""
    if not any(case.text for case in cases):
        return None
    made = [replace(case, given=YES if word in words(case.text) else None, confidence=1.0) for case in cases]
    return Baseline(f"the word “{word}”", rates(made))


def _commonest(answers: Sequence[str | None]) -> str | None:
    """The commonest answer; of equally common ones the first in order of letters, no value before any."""
    return min(Counter(answers).items(), key=lambda item: (-item[1], item[0] or ""))[0]
