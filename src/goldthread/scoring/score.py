"""Scores of one engine on one gold: every field, every kind of passage and every code, with what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goldthread.scoring.baselines import Baseline, commonest_value, keyword, majority
from goldthread.scoring.calibration import Calibration, Step, calibration, sweep
from goldthread.scoring.cases import (
    ANY_ACTION,
    JUDGED_PRACTICE,
    RECOMMENDATIONS,
    Case,
    Pair,
    addressee_cases,
    code_cases,
    field_cases,
    practice_cases,
    recommendation_cases,
    set_cases,
)
from goldthread.scoring.estimate import Estimate
from goldthread.scoring.gold import CODES
from goldthread.scoring.rates import Rates, rates

WORST = 12
ADDRESSEE = "addressee"
TARGET_LABELS = {
    JUDGED_PRACTICE: "Practice that is judged",
    ANY_ACTION: "Any police action, judged or told",
    RECOMMENDATIONS: "Recommendations",
    "direction": "Direction",
    "theme": "Theme",
    "explanation": "Explanation",
    ADDRESSEE: "Addressee of a recommendation",
}
"""What every gold with labelled sentences is scored on, as people read it."""
CODE_TARGETS = (*CODES, ADDRESSEE)


class Kind(StrEnum):
    """What one case of a target is."""

    FIELD = "field"
    """a document's one value of a field"""
    SET = "set"
    """a document and one of the values a field may have at once"""
    PASSAGE = "passage"
    """a labelled sentence, found or not"""
    CODE = "code"
    """a code given to a sentence that was found"""


@dataclass(frozen=True, slots=True)
class ValueScore:
    """One value of a field with several: `documents` have it by the gold."""

    value: str
    documents: int
    rates: Rates


@dataclass(frozen=True, slots=True)
class Score:
    """How one target was scored. `main` is the figure its bar is about: accuracy of fields and codes, else F1.

    `confusion` counts (wanted, given) pairs, None for no value. `misses` are the worst first: what was wrong
    though sure, then what was not found. `macro_f1` is the mean F1 over the values that some document has.
    """

    target: str
    kind: Kind
    rates: Rates
    confusion: tuple[tuple[str | None, str | None, int], ...]
    calibration: Calibration
    sweep: tuple[Step, ...]
    misses: tuple[Case, ...]
    baseline: Baseline | None
    values: tuple[ValueScore, ...] = ()
    macro_f1: float | None = None

    @property
    def exact(self) -> bool:
        """Whether the main figure is accuracy rather than F1."""
        return self.kind in (Kind.FIELD, Kind.CODE)

    @property
    def main_estimate(self) -> Estimate | None:
        """Accuracy of a field or code, F1 of a field with several values or of passages, with its interval."""
        return self.rates.accuracy if self.exact else self.rates.f1

    @property
    def main(self) -> float | None:
        """The value of the main figure."""
        return self.main_estimate.value if self.main_estimate else None

    @property
    def baseline_main(self) -> float | None:
        """The same figure of the baseline."""
        if self.baseline is None:
            return None
        found = self.baseline.rates.accuracy if self.exact else self.baseline.rates.f1
        return found.value if found else None


def score(pairs: Iterable[Pair], fields: Collection[str] | None = None) -> dict[str, Score]:
    """Every target that the gold labels, by name: fields, passages, and codes of what was found.

    `pairs` are labelled documents with what was proposed for each; a document without its pair is not scored, so
    one for which nothing was proposed is given an empty `Proposed`. With `fields`, only these fields.
    """
    known = list(pairs)
    single = _in_order(key for gold, _ in known for key in gold.values)
    several = _in_order(key for gold, _ in known for key in gold.sets)
    made: list[Score] = [
        _scored(name, Kind.FIELD, cases, majority(cases))
        for name in single
        if name not in several and (fields is None or name in fields) and (cases := field_cases(name, known))
    ]
    made += [_of_sets(name, known) for name in several if fields is None or name in fields]
    if any(gold.sentences for gold, _ in known):
        made += _of_sentences(known)
    return {item.target: item for item in made}


def _of_sentences(pairs: Sequence[Pair]) -> list[Score]:
    passages = {
        JUDGED_PRACTICE: practice_cases(pairs, judged_only=True),
        ANY_ACTION: practice_cases(pairs, judged_only=False),
        RECOMMENDATIONS: recommendation_cases(pairs),
    }
    made = [_scored(name, Kind.PASSAGE, cases, keyword(cases)) for name, cases in passages.items()]
    codes = {name: code_cases(name, pairs) for name in CODES} | {ADDRESSEE: addressee_cases(pairs)}
    return made + [_scored(name, Kind.CODE, cases, majority(cases)) for name, cases in codes.items()]


def _of_sets(name: str, pairs: Sequence[Pair]) -> Score:
    cases = set_cases(name, pairs)
    by_value: dict[str, list[Case]] = {}
    for case in cases:
        by_value.setdefault(case.item, []).append(case)
    values = tuple(ValueScore(value, _held(group), rates(group)) for value, group in sorted(by_value.items()))
    held = [item.rates.f1.value for item in values if item.documents and item.rates.f1]
    macro = sum(held) / len(held) if held else None
    return _scored(name, Kind.SET, cases, commonest_value(cases), values, macro)


def _scored(
    target: str,
    kind: Kind,
    cases: Sequence[Case],
    baseline: Baseline | None,
    values: tuple[ValueScore, ...] = (),
    macro: float | None = None,
) -> Score:
    pairs = Counter((case.wanted, case.given) for case in cases)
    return Score(
        target=target,
        kind=kind,
        rates=rates(cases),
        confusion=tuple((*pair, n) for pair, n in sorted(pairs.items(), key=_by_number)),
        calibration=calibration(cases),
        sweep=sweep(cases),
        misses=worst(cases),
        baseline=baseline,
        values=values,
        macro_f1=macro,
    )


def worst(cases: Iterable[Case], most: int = WORST) -> tuple[Case, ...]:
    """What went most wrong: first what was wrongly proposed, surest first, then what was not found.

    Each gets half the room, and what the other leaves.
    """
    missed = [case for case in cases if case.given != case.wanted]
    wrong = sorted((c for c in missed if c.given is not None), key=lambda c: (-c.confidence, c.document, c.item))
    lost = sorted((c for c in missed if c.given is None), key=lambda c: (c.document, c.item))
    wrong = wrong[: max(most // 2, most - len(lost))]
    return (*wrong, *lost[: most - len(wrong)])


def _held(cases: Iterable[Case]) -> int:
    return sum(case.wanted is not None for case in cases)


def _by_number(item: tuple[tuple[str | None, str | None], int]) -> tuple[int, str, str]:
    (wanted, given), n = item
    return (-n, wanted or "", given or "")


def _in_order(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
