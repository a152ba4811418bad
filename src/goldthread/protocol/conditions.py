"""Conditions: what a record says of a field, whether that meets a test, and which words decide it.

Three answers: True, False, and None where it cannot be told because the value is missing or not precise
enough. *Not applicable* is an answer, not a gap: it meets no test on a value, so the answer is False.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from goldthread.anchors import Anchor
from goldthread.errors import ProtocolError
from goldthread.protocol.filters import parse_filter
from goldthread.protocol.model import Condition
from goldthread.protocol.quantities import number, span
from goldthread.values import Missing

__all__ = [
    "NOT_APPLICABLE",
    "NOT_SOUGHT",
    "Reading",
    "Stated",
    "Values",
    "all_hold",
    "either",
    "evidence",
    "holds",
    "parse_filter",
    "reading",
    "value_meets",
]


@dataclass(frozen=True, slots=True)
class Stated:
    """One stated value and its evidence; `broader` are the values of the same field it is nested below."""

    value: str
    anchors: tuple[Anchor, ...] = ()
    confidence: float = 1.0
    broader: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The value itself and everything it is a kind of."""
        return (self.value, *self.broader)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a record says of one field: stated values, or else one kind of missing.

    `anchors` and `confidence` belong to the missing kind: words that say, for instance, that age is withheld.
    """

    stated: tuple[Stated, ...] = ()
    missing: Missing | None = None
    anchors: tuple[Anchor, ...] = ()
    confidence: float = 0.0

    def __post_init__(self) -> None:
        if bool(self.stated) == (self.missing is not None):
            raise ValueError("a reading is either stated values or a kind of missing")


NOT_SOUGHT = Reading(missing=Missing.NOT_SOUGHT)
NOT_APPLICABLE = Reading(missing=Missing.NOT_APPLICABLE, confidence=1.0)

Values = Mapping[str, Reading]
"""A record by field id. A field that is absent has not been looked for yet."""


def reading(*values: str, anchors: tuple[Anchor, ...] = (), confidence: float = 1.0) -> Reading:
    """A reading of plain values that share their evidence; without any value, not stated."""
    if not values:
        return Reading(missing=Missing.NOT_STATED, anchors=anchors, confidence=confidence)
    return Reading(tuple([Stated(value, anchors, confidence) for value in values]))


def holds(condition: Condition, record: Values) -> bool | None:
    """Whether the record meets the condition; None when that cannot be told."""
    found = record.get(condition.field, NOT_SOUGHT)
    if condition.stated is not None:
        return bool(found.stated) is condition.stated
    if condition.missing is not None:
        return found.missing is not None and found.missing.value in condition.missing
    if not found.stated:
        return False if found.missing is Missing.NOT_APPLICABLE else None
    if condition.outside is not None:
        return not any(name in condition.outside for value in found.stated for name in value.ids)
    if len(found.stated) == 1:
        return value_meets(condition, found.stated[0])
    return either(value_meets(condition, value) for value in found.stated)


def value_meets(condition: Condition, stated: Stated) -> bool | None:
    """Whether one stated value meets a test on values; None when it is not precise enough to tell.

    Raises ProtocolError when the condition has no test at all.
    """
    if condition.within is not None:
        return stated.value in condition.within or any(name in condition.within for name in stated.broader)
    if condition.outside is not None:
        return not any(name in condition.outside for name in stated.ids)
    if condition.on_or_after is not None:
        return _since(stated.value, condition.on_or_after)
    if condition.before is not None:
        since = _since(stated.value, condition.before)
        return None if since is None else not since
    if condition.at_least is not None or condition.at_most is not None:
        return _between(stated.value, condition.at_least, condition.at_most)
    if condition.stated is not None or condition.missing is not None:
        return condition.stated
    raise ProtocolError(
        f"the condition on `{condition.field}` tests nothing", mend="give exactly one test, such as `within`"
    )


def _since(text: str, limit: date) -> bool | None:
    days = span(text)
    if days is None:
        return None
    if days[0] >= limit:
        return True
    return False if days[1] < limit else None


def _between(text: str, low: float | None, high: float | None) -> bool | None:
    value = number(text)
    if value is None:
        return None
    return (low is None or value >= _exact(low)) and (high is None or value <= _exact(high))


@lru_cache(maxsize=256)
def _exact(limit: float) -> Fraction:
    return Fraction(str(limit))


def either(answers: Iterable[bool | None]) -> bool | None:
    """True if any is; else None if any is unknown; else False."""
    unknown = False
    for answer in answers:
        if answer:
            return True
        unknown = unknown or answer is None
    return None if unknown else False


def all_hold(conditions: Iterable[Condition], record: Values) -> bool | None:
    """False if any condition fails; else None if any cannot be told; else True."""
    unknown = False
    for condition in conditions:
        answer = holds(condition, record)
        if answer is False:
            return False
        unknown = unknown or answer is None
    return None if unknown else True


def evidence(condition: Condition, record: Values) -> tuple[Anchor, ...]:
    """The words behind the answer: those of the values that meet the condition, or of all when none does."""
    found = record.get(condition.field, NOT_SOUGHT)
    if not found.stated:
        return found.anchors
    meeting = [value for value in found.stated if value_meets(condition, value)] or found.stated
    return tuple(anchor for value in meeting for anchor in value.anchors)
