"""What the rules of screening propose for reviews already read, once the rules are amended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import sqlalchemy as sa

from goldthread.protocol.cases import CaseTemplate, register_facts
from goldthread.protocol.conditions import Values
from goldthread.protocol.model import Condition, Protocol
from goldthread.screening.criteria import answer_criteria, propose
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.store import journal, screened, suggestions
from goldthread.store.screened import Screened
from goldthread.values import Basis


@dataclass(frozen=True, slots=True)
class Rescreened:
    """A review for which amended rules propose another decision, or answer a criterion otherwise."""

    review_id: str
    was: ScreeningDecision
    becomes: ScreeningDecision

    @property
    def flips(self) -> bool:
        """Whether the decision itself is another, its reason included."""
        return (self.was.decision, self.was.reason) != (self.becomes.decision, self.becomes.reason)


def rescreened(connection: sa.Connection, before: Protocol, after: Protocol) -> tuple[tuple[Rescreened, ...], int]:
    """The reviews whose proposed screening amended rules change, and how many were weighed.

    Both sets of rules are put to the same stored values, so that nothing but the rules makes the difference.
    """
    every = screened.screened(connection, _needed(before))
    template = CaseTemplate(before, Basis.DRAFT)
    found = []
    for one in every:
        case = template.case(one.values, _facts(one))
        old, new = _judged(one, case, before), _judged(one, case, after)
        if old != new:
            was, becomes = (
                replace(one.proposed, decision=made.decision, reason=made.reason) for _, made in (old, new)
            )
            found.append(Rescreened(one.review_id, was, becomes))
    return tuple(found), len(every)


def apply(connection: sa.Connection, changed: Iterable[Rescreened], protocol: Protocol) -> None:
    """Propose anew for these reviews: the decision, and each engine's answers with the words they rest on."""
    known = {one.review_id: one for one in screened.screened(connection, ())}
    template = CaseTemplate(protocol, Basis.DRAFT)
    for one in changed:
        if one.flips:
            suggestions.save_decision(connection, replace(one.becomes, at=journal.now()))
        facts = _facts(known[one.review_id])
        standing = screened.proposed_answers(connection, one.review_id)
        for engine, values in screened.values_by_engine(connection, one.review_id).items():
            case = template.case(values, facts)
            answers = answer_criteria(one.review_id, case, protocol, author=engine, engine=engine)
            _replace(connection, standing, answers)


def _replace(
    connection: sa.Connection, standing: dict[tuple[str, str], tuple[int, str]], answers: Iterable[CriterionAnswer]
) -> None:
    for answer in answers:
        key, met = standing.get((answer.engine, answer.criterion), (0, ""))
        if key and met != answer.met.value:
            screened.supersede_answer(connection, key)
            suggestions.save_answers(connection, [answer])


def _by(proposed: ScreeningDecision, made: ScreeningDecision) -> ScreeningDecision:
    """What the rules make of a review, in the name of the engine that proposed on it."""
    return replace(proposed, decision=made.decision, reason=made.reason)


Judged = tuple[tuple[str, ...], ScreeningDecision]


def _judged(one: Screened, case: Values, protocol: Protocol) -> Judged:
    """The answers to the criteria and the decision that follows from them."""
    answers = answer_criteria(one.review_id, case, protocol, author="", engine="")
    made = propose(
        one.review_id,
        answers,
        case,
        protocol,
        author="",
        at="",
        duplicate=one.duplicate,
        unreadable=one.unreadable,
    )
    return tuple(answer.met.value for answer in answers), made


def _facts(one: Screened) -> Values:
    return register_facts(
        one.review_types,
        source=one.source,
        round=one.round,
        publication_date=one.publication_date,
        pages=one.pages,
    )


def _needed(protocol: Protocol) -> frozenset[str]:
    """The fields that the rules of screening look at, and those that these follow from."""
    known = protocol.field_by_id
    open_ = {each.field for each in _conditions(protocol)} & set(known)
    found: set[str] = set()
    while open_:
        name = open_.pop()
        found.add(name)
        field = known[name]
        more = {field.derived_from, *(each.field for each in field.applies)}
        open_ |= (more & set(known)) - found
    return frozenset(found)


def _conditions(protocol: Protocol) -> Iterator[Condition]:
    for criterion in protocol.criteria:
        yield from (each for rule in criterion.rules for all_of in rule.any_of for each in all_of)
    for reason in protocol.reasons:
        yield from (each for trigger in reason.triggers for each in trigger.conditions)
