"""What the rules of screening propose for reviews already read, once the rules are amended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from goldthread.protocol.amend.editing import edited
from goldthread.protocol.cases import CaseTemplate, register_facts
from goldthread.protocol.conditions import Values, holds
from goldthread.protocol.model import Condition, Criterion, ExclusionReason, Protocol
from goldthread.screening.criteria import Answered, Met, answer_criteria, first_reason, known_facts, met, propose
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
    decided: ScreeningDecision | None = None
    """What a person decided; amended rules leave it as it is."""

    @property
    def flips(self) -> bool:
        """Whether the decision itself is another, its reason included."""
        return not _alike(self.was, self.becomes)

    @property
    def to_be_looked_at(self) -> bool:
        """Whether a person decided otherwise than the amended rules propose, which they did not before."""
        return self.flips and self.decided is not None and not _alike(self.decided, self.becomes)


class Rescreens:
    """What changes rules, and so what is proposed for `rescreened` reviews."""

    __slots__ = ()
    rescreened: tuple[Rescreened, ...]

    @property
    def flips(self) -> tuple[Rescreened, ...]:
        """The reviews for which another decision, or another reason, is proposed."""
        return tuple(one for one in self.rescreened if one.flips)

    @property
    def decided(self) -> tuple[Rescreened, ...]:
        """Those of them that people decided otherwise than would be proposed; their decisions stay."""
        return tuple(one for one in self.rescreened if one.to_be_looked_at)


def _alike(one: ScreeningDecision, other: ScreeningDecision) -> bool:
    return (one.decision, one.reason) == (other.decision, other.reason)


def rescreened(connection: sa.Connection, before: Protocol, after: Protocol) -> tuple[tuple[Rescreened, ...], int]:
    """The reviews whose proposed screening amended rules change, and how many were weighed.

    Both sets of rules are put to the same stored values, so that nothing but the rules makes the difference. Reviews
    that the change cannot tell from what they were are left out at once.
    """
    touched = _Touched(before, after)
    template = CaseTemplate(before, Basis.DRAFT)
    every = screened.screened(connection, _needed(before, touched.conditions))
    facts = {one.review_id: _facts(one) for one in every}
    open_ = {one.review_id for one in every if touched.tells(one, template.case(one.values, facts[one.review_id]))}
    found = []
    for one in screened.screened(connection, _needed(before, _conditions(before)), open_) if open_ else ():
        case = template.case(one.values, facts[one.review_id])
        answers = met(case, before.criteria)
        later = touched.answered(case, answers)
        was, becomes = _judged(one, answers, case, before), _judged(one, later, case, after)
        if was != becomes or answers != later:
            found.append(Rescreened(one.review_id, was, becomes))
    decided = screened.decided(connection, {one.review_id for one in found})
    return tuple(replace(one, decided=decided.get(one.review_id)) for one in found), len(every)


class _Touched:
    """What of the rules is another after a change: conditions of criteria, and reasons that stand elsewhere."""

    def __init__(self, before: Protocol, after: Protocol) -> None:
        pairs = zip(_of_criteria(before.criteria), _of_criteria(after.criteria), strict=True)
        self._changed = [(old, new) for old, new in pairs if old != new]
        both = zip(before.criteria, after.criteria, strict=True)
        self._altered = tuple(new for old, new in both if old != new)
        self._moved = tuple(_moved(before.reasons, after.reasons))
        named = {trigger.criterion for reason in self._moved for trigger in reason.triggers}
        self._named = tuple(one for one in before.criteria if one.id in named)
        self._alone = edited(before, reasons=self._moved)

    def answered(self, case: Values, before: Sequence[Met]) -> tuple[Met, ...]:
        """The answers after the change: those to criteria that are as they were stand."""
        anew = {one.criterion: one for one in met(case, self._altered)}
        return tuple([anew.get(one.criterion, one) for one in before])

    @property
    def conditions(self) -> Iterator[Condition]:
        """The conditions by which it is told whether a review is touched."""
        yield from (old for old, _ in self._changed)
        yield from _of_criteria(self._named)
        yield from _of_reasons(self._moved)

    def tells(self, one: Screened, case: Values) -> bool:
        """Whether a review may be screened otherwise: a condition holds that did not, or a moved reason applies."""
        if any(holds(old, case) is not holds(new, case) for old, new in self._changed):
            return True
        if not self._moved:
            return False
        answers = met(case, self._named)
        return bool(first_reason(answers, case, self._alone, known_facts(one.duplicate, one.unreadable)))


def _moved(before: Sequence[ExclusionReason], after: Sequence[ExclusionReason]) -> Iterator[ExclusionReason]:
    """The fewest reasons that stand elsewhere: one, where only one was moved."""
    if before == after:
        return
    for one in before:
        rest = [each.id for each in before if each.id != one.id]
        if rest == [each.id for each in after if each.id != one.id]:
            yield one
            return
    yield from before


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


def again(connection: sa.Connection, review_ids: Collection[str], protocol: Protocol) -> None:
    """Propose anew for reviews whose register says something else now, by the same rules on the values stored."""
    template = CaseTemplate(protocol, Basis.DRAFT)
    found = []
    for one in screened.screened(connection, _needed(protocol, _conditions(protocol)), review_ids):
        case = template.case(one.values, _facts(one))
        answers = answer_criteria(one.review_id, case, protocol, author="", engine="")
        found.append(Rescreened(one.review_id, one.proposed, _judged(one, answers, case, protocol)))
    apply(connection, found, protocol)


def _replace(
    connection: sa.Connection, standing: dict[tuple[str, str], tuple[int, str]], answers: Iterable[CriterionAnswer]
) -> None:
    for answer in answers:
        key, met = standing.get((answer.engine, answer.criterion), (0, ""))
        if key and met != answer.met.value:
            screened.supersede_answer(connection, key)
            suggestions.save_answers(connection, [answer])


def _judged(one: Screened, answers: Sequence[Answered], case: Values, protocol: Protocol) -> ScreeningDecision:
    """The decision that follows from the answers, in the name of the engine that proposed on the review."""
    return propose(
        one.review_id,
        answers,
        case,
        protocol,
        author=one.proposed.author,
        at=one.proposed.at,
        duplicate=one.duplicate,
        unreadable=one.unreadable,
    )


def _facts(one: Screened) -> Values:
    return register_facts(
        one.review_types,
        source=one.source,
        round=one.round,
        publication_date=one.publication_date,
        pages=one.pages,
    )


def _needed(protocol: Protocol, conditions: Iterable[Condition]) -> frozenset[str]:
    """The fields that some conditions look at, and those that these follow from."""
    known = protocol.field_by_id
    open_ = {each.field for each in conditions} & set(known)
    found: set[str] = set()
    while open_:
        name = open_.pop()
        found.add(name)
        field = known[name]
        more = {field.derived_from, *(each.field for each in field.applies)}
        open_ |= (more & set(known)) - found
    return frozenset(found)


def _conditions(protocol: Protocol) -> Iterator[Condition]:
    yield from _of_criteria(protocol.criteria)
    yield from _of_reasons(protocol.reasons)


def _of_criteria(criteria: Iterable[Criterion]) -> Iterator[Condition]:
    for criterion in criteria:
        yield from (each for rule in criterion.rules for all_of in rule.any_of for each in all_of)


def _of_reasons(reasons: Iterable[ExclusionReason]) -> Iterator[Condition]:
    for reason in reasons:
        yield from (each for trigger in reason.triggers for each in trigger.conditions)
