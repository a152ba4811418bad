"""Every score is counted over cases: what the gold says of one thing, and what was proposed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldthread.scoring.gold import (
    ADDRESSEE_DISPUTED,
    DESCRIBED,
    DISPUTED,
    JUDGED,
    GoldDocument,
    GoldSentence,
)
from goldthread.scoring.matching import matching
from goldthread.scoring.proposed import Proposed, ProposedPassage, ProposedValue

Pair = tuple[GoldDocument, Proposed]

JUDGED_PRACTICE = "judged practice"
ANY_ACTION = "any police action"
RECOMMENDATIONS = "recommendations"
YES = "yes"


@dataclass(frozen=True, slots=True)
class Case:
    """One thing scored: a field of a document, a value it may have, a sentence, or a code of a matched sentence.

    `wanted` is what the gold says and `given` what was proposed; None is no value. `confidence` (0–1) belongs to
    what was proposed. `text` is what a person reads to see why: the sentence, or the words a value rests on.
    """

    document: str
    wanted: str | None
    given: str | None
    confidence: float = 0.0
    text: str = ""
    item: str = ""

    @property
    def right(self) -> bool:
        """Whether a value was proposed and is the gold's."""
        return self.given is not None and self.given == self.wanted


def field_cases(field: str, pairs: Iterable[Pair]) -> list[Case]:
    """One case a document for a field with one value: the first value proposed counts."""
    cases = []
    for gold, made in pairs:
        if field in gold.values and field not in gold.disputed:
            first = next(iter(made.values.get(field, ())), None)
            cases.append(_value_case(gold.id, gold.values[field], first))
    return cases


def set_cases(field: str, pairs: Sequence[Pair]) -> list[Case]:
    """One case for each document and each value anybody named, for a field with several values."""
    named = {value for gold, made in pairs for value in _named(field, gold, made)}
    cases = []
    for gold, made in pairs:
        if field not in gold.sets or field in gold.disputed:
            continue
        found = {item.value: item for item in reversed(made.values.get(field, ()))}
        for value in sorted(named - gold.disputed_values.get(field, frozenset())):
            wanted = value if value in gold.sets[field] else None
            cases.append(_value_case(gold.id, wanted, found.get(value), value))
    return cases


def _value_case(document: str, wanted: str | None, given: ProposedValue | None, item: str = "") -> Case:
    if given is None:
        return Case(document, wanted, None, item=item)
    return Case(document, wanted, given.value, given.confidence, given.quote, item)


def _named(field: str, gold: GoldDocument, made: Proposed) -> Iterator[str]:
    if field in gold.sets:
        yield from gold.sets[field]
        yield from (item.value for item in made.values.get(field, ()))


def practice_cases(pairs: Iterable[Pair], *, judged_only: bool) -> list[Case]:
    """One case a sentence: is it about what the police did (and, with `judged_only`, does it judge that)?"""
    kinds = {JUDGED} if judged_only else {JUDGED, DESCRIBED}
    cases = []
    for gold, made in pairs:
        passages = [item for item in made.practice if item.judges or not judged_only]
        for sentence in gold.sentences:
            if sentence.police != DISPUTED:
                cases.append(_sentence_case(gold, sentence, sentence.police in kinds, passages))
    return cases


def recommendation_cases(pairs: Iterable[Pair]) -> list[Case]:
    """One case a sentence: does it ask for a change?"""
    return [
        _sentence_case(gold, sentence, bool(sentence.asks), made.recommendations)
        for gold, made in pairs
        for sentence in gold.sentences
        if sentence.asks != DISPUTED
    ]


def code_cases(code: str, pairs: Iterable[Pair]) -> list[Case]:
    """One case a judged sentence that was found: which direction, theme or explanation it was given."""
    cases = []
    for gold, made in pairs:
        passages = [item for item in made.practice if item.judges]
        for sentence in gold.sentences:
            if sentence.police == JUDGED and sentence.codes.get(code, DISPUTED) != DISPUTED:
                cases += _coded(gold, sentence, sentence.codes[code], code, passages)
    return cases


def addressee_cases(pairs: Iterable[Pair]) -> list[Case]:
    """One case a recommendation that was found: to whom it was said to be addressed."""
    cases = []
    for gold, made in pairs:
        for sentence in gold.sentences:
            if sentence.asks not in ("", DISPUTED, ADDRESSEE_DISPUTED):
                cases += _coded(gold, sentence, sentence.asks, "addressee", made.recommendations)
    return cases


def _sentence_case(
    gold: GoldDocument, sentence: GoldSentence, wanted: bool, passages: Sequence[ProposedPassage]
) -> Case:
    found = matching(sentence, passages)
    return Case(
        gold.id,
        YES if wanted else None,
        YES if found else None,
        max((item.confidence for item in found), default=0.0),
        sentence.text,
        sentence.n,
    )


def _coded(
    gold: GoldDocument, sentence: GoldSentence, wanted: str, code: str, passages: Sequence[ProposedPassage]
) -> list[Case]:
    found = matching(sentence, passages)[:1]
    return [
        Case(gold.id, wanted, item.codes.get(code) or None, item.confidence, sentence.text, sentence.n)
        for item in found
    ]
