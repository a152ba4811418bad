"""Screening rules: how the criteria are answered from values, and what decision follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple
from typing import Protocol as Interface

from goldthread.anchors import Anchor
from goldthread.protocol.conditions import NOT_SOUGHT, Values, all_hold, either, evidence, holds
from goldthread.protocol.model import Condition, Criterion, CriterionRule, Protocol, ReasonTrigger
from goldthread.screening.model import Answer, CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.values import Basis, Missing, State

DUPLICATE = "duplicate"
UNREADABLE = "document_not_available"
"""Reasons that follow from what the system itself knows of the documents, where a protocol has them."""


def answer_criteria(
    review_id: str, values: Values, protocol: Protocol, *, author: str, engine: str
) -> tuple[CriterionAnswer, ...]:
    """Answer every criterion of the protocol for one review.

    `values` are the review's readings, `review_type` among them: it chooses the rule. The evidence of an
    answer is the words behind the conditions it rested on. Its confidence is the least of theirs (a chain is
    as strong as its weakest link; a product would sink with every further condition), 0 where nothing was read.
    """
    return tuple(
        _answer(review_id, criterion, values, author=author, engine=engine) for criterion in protocol.criteria
    )


class Met(NamedTuple):
    """The answer to a criterion without the words it rests on."""

    criterion: str
    met: Answer


class Answered(Interface):
    """An answer to a criterion, with or without its words."""

    @property
    def criterion(self) -> str: ...
    @property
    def met(self) -> Answer: ...


def met(values: Values, criteria: Iterable[Criterion]) -> tuple[Met, ...]:
    """The bare answers that `answer_criteria` gives."""
    return tuple([Met(criterion.id, _overall(criterion, values)) for criterion in criteria])


def _overall(criterion: Criterion, values: Values) -> Answer:
    rule = rule_for(criterion, values)
    answer = either(all_hold(conditions, values) for conditions in rule.any_of) if rule else None
    return Answer.UNCLEAR if answer is None else Answer.MET if answer else Answer.UNMET


def rule_for(criterion: Criterion, values: Values) -> CriterionRule | None:
    """The first rule meant for any of the review's types; None when the criterion says nothing of them."""
    types = {stated.value for stated in values.get("review_type", NOT_SOUGHT).stated}
    return next((rule for rule in criterion.rules if not rule.review_types or types & set(rule.review_types)), None)


def _answer(review_id: str, criterion: Criterion, values: Values, *, author: str, engine: str) -> CriterionAnswer:
    rule = rule_for(criterion, values)
    met, decisive = _decide(rule, values) if rule else (Answer.UNCLEAR, ())
    return CriterionAnswer(
        review_id=review_id,
        criterion=criterion.id,
        met=met,
        state=State.SUGGESTED,
        author=author,
        engine=engine,
        confidence=min((_confidence(condition, values) for condition in decisive), default=0.0),
        anchors=_unique(anchor for condition in decisive for anchor in evidence(condition, values)),
    )


def _decide(rule: CriterionRule, values: Values) -> tuple[Answer, tuple[Condition, ...]]:
    """The answer, and the conditions that decided it."""
    answers = [(conditions, all_hold(conditions, values)) for conditions in rule.any_of]
    overall = either(answer for _, answer in answers)
    if overall:
        return Answer.MET, next(conditions for conditions, answer in answers if answer)
    unmet = overall is False
    decisive: dict[tuple[str, int], Condition] = {}
    for n, (conditions, answer) in enumerate(answers):
        for condition in conditions:
            if answer is (False if unmet else None) and holds(condition, values) is answer:
                decisive[condition.field, n] = condition
    return (Answer.UNMET if unmet else Answer.UNCLEAR), tuple(decisive.values())


def _confidence(condition: Condition, values: Values) -> float:
    found = values.get(condition.field, NOT_SOUGHT)
    return min(stated.confidence for stated in found.stated) if found.stated else found.confidence


def _unique(anchors: Iterator[Anchor]) -> tuple[Anchor, ...]:
    return tuple(dict.fromkeys(anchors))


def propose(
    review_id: str,
    answers: Sequence[Answered],
    values: Values,
    protocol: Protocol,
    *,
    author: str,
    at: str,
    duplicate: bool = False,
    unreadable: bool = False,
) -> ScreeningDecision:
    """The decision that follows from the answers: a proposal, on the draft basis.

    Excluded for the first reason of the protocol's precedence that applies; included when every criterion is
    met; otherwise maybe. `duplicate` says that every document of the review is an exact copy of another's,
    `unreadable` that no text could be had from any. Reasons for brief documents test `pages` among the values.
    """
    reason = first_reason(answers, values, protocol, known_facts(duplicate, unreadable))
    if reason:
        decision = ScreeningState.EXCLUDED
    elif all(answer.met is Answer.MET for answer in answers):
        decision = ScreeningState.INCLUDED
    else:
        decision = ScreeningState.MAYBE
    return ScreeningDecision(review_id, decision, reason, Basis.DRAFT, author, at)


def known_facts(duplicate: bool, unreadable: bool) -> frozenset[str]:
    """The reasons that follow from what is known of a review's documents."""
    known = {DUPLICATE: duplicate, UNREADABLE: unreadable}
    return frozenset(name for name, true in known.items() if true)


def first_reason(
    answers: Sequence[Answered], values: Values, protocol: Protocol, facts: Set[str] = frozenset()
) -> str:
    """The id of the first exclusion reason that applies; "" when none does. `facts` apply without a trigger."""
    met = {answer.criterion: answer.met for answer in answers}
    for reason in protocol.reasons:
        if reason.id in facts or any(_triggered(trigger, met, values, protocol) for trigger in reason.triggers):
            return reason.id
    return ""


def _triggered(trigger: ReasonTrigger, met: dict[str, Answer], values: Values, protocol: Protocol) -> bool:
    if not trigger.criterion and not trigger.conditions:
        return False
    if trigger.criterion:
        if trigger.answer != met.get(trigger.criterion, Answer.UNCLEAR).value:
            return False
        if trigger.answer == "unclear" and _unread(trigger.criterion, values, protocol):
            return False
    return all_hold(trigger.conditions, values) is True


def _unread(criterion: str, values: Values, protocol: Protocol) -> bool:
    """Whether an answer is unclear only because nobody has looked yet: no ground to leave a review out."""
    rule = next((rule_for(item, values) for item in protocol.criteria if item.id == criterion), None)
    if rule is None:
        return True
    _, decisive = _decide(rule, values)
    readings = [values.get(condition.field, NOT_SOUGHT) for condition in decisive]
    return all(found.missing is Missing.NOT_SOUGHT for found in readings)
