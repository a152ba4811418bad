"""A change in the words of the people who make it."""

from __future__ import annotations

from datetime import date

from goldthread.protocol.amend.changes import (
    AddCode,
    AddValue,
    Change,
    DescribeCode,
    DescribeCriterion,
    DescribeField,
    DescribeQuality,
    DescribeReason,
    DescribeTable,
    DescribeValue,
    FilterTable,
    MergeCodes,
    MoveCode,
    OfCodebook,
    PlaceReason,
    RetireCode,
    SetLimit,
    SplitCode,
)
from goldthread.protocol.amend.naming import code_at, find
from goldthread.protocol.amend.parts import limit_of, limited, one_of
from goldthread.protocol.filters import describe
from goldthread.protocol.labels import field_label, value_label
from goldthread.protocol.model import Protocol

_TESTS = {"at_least": "at least", "at_most": "at most", "on_or_after": "on or after", "before": "before"}


def says(change: Change, protocol: Protocol) -> str:
    """One line that says what a change does to a protocol, such as “Merge “Roles” into “Escalation””."""
    if isinstance(change, OfCodebook):
        return _of_code(change, protocol)
    return _of_part(change, protocol)


def _of_code(
    change: AddCode | DescribeCode | MoveCode | MergeCodes | SplitCode | RetireCode, protocol: Protocol
) -> str:
    book = protocol.codebook

    def name(code: str) -> str:
        return f"“{code_at(find(code, book), book).label}”"

    match change:
        case AddCode():
            return f"Add “{change.code.label}”{f' below {name(change.below)}' if change.below else ' as a theme'}"
        case DescribeCode():
            old = code_at(find(change.code, book), book).label
            return f"Rename “{old}” to “{change.label}”" if old != change.label else f"Define “{old}” anew"
        case MoveCode():
            return f"Move {name(change.code)} below {name(change.below)}"
        case MergeCodes():
            return f"Merge {name(change.code)} into {name(change.into)}"
        case SplitCode():
            if not change.parts:
                return f"Code passages of {name(change.code)} as {name(change.into)}"
            named = [f"“{part.label}”" for part in change.parts]
            return (
                f"Split {name(change.code)}: {' and '.join([*named, *([name(change.into)] if change.into else [])])}"
            )
        case RetireCode():
            kept = (
                f"its passages go to {name(change.instead)}" if change.instead else "its passages are counted still"
            )
            return f"Retire {name(change.code)}; {kept}"


def _of_part(change: Change, protocol: Protocol) -> str:
    match change:
        case DescribeField():
            return _described("the field", one_of(change.field, protocol.fields, "field").label, change.label)
        case AddValue():
            return f"Add “{change.label}” to “{field_label(change.field, protocol)}”"
        case DescribeValue():
            old = value_label(change.field, change.value, protocol)
            return f"{_described('the value', old, change.label)} of “{field_label(change.field, protocol)}”"
        case DescribeCriterion():
            old = one_of(change.criterion, protocol.criteria, "criterion").question
            return f"Word the criterion “{old}” anew"
        case SetLimit():
            return _limit(change, protocol)
        case DescribeReason():
            return _described("the reason", one_of(change.reason, protocol.reasons, "reason").label, change.label)
        case PlaceReason():
            reason = one_of(change.reason, protocol.reasons, "reason").label
            if not change.before:
                return f"Put the reason “{reason}” last"
            return f"Put the reason “{reason}” before “{one_of(change.before, protocol.reasons, 'reason').label}”"
        case DescribeTable():
            old = one_of(change.table, protocol.tables, "table").title
            told = f"the title “{change.title}”" if old != change.title else "another note"
            return f"Give table {change.table} {told}"
        case FilterTable():
            told = " and ".join(describe(each, protocol) for each in change.where)
            return f"Let table {change.table} count {f'only where {told}' if told else 'without a filter'}"
        case DescribeQuality():
            return _described("the item", one_of(change.item, protocol.quality, "quality item").label, change.label)
        case _:
            return change.kind


def _described(what: str, old: str, new: str) -> str:
    return f"Rename {what} “{old}” to “{new}”" if old != new else f"Define {what} “{old}” anew"


def _limit(change: SetLimit, protocol: Protocol) -> str:
    criterion = one_of(change.criterion, protocol.criteria, "criterion")
    old = limited(change, criterion)
    test = limit_of(old)
    types = criterion.rules[change.rule - 1].review_types
    whose = f" for {', '.join(types)}" if types else ""
    return (
        f"“{criterion.question}”{whose}: {field_label(old.field, protocol).lower()} {_TESTS[test]} "
        f"{limit_in_words(change.limit)}, not {limit_in_words(getattr(old, test))}"
    )


def limit_in_words(limit: float | date) -> str:
    """A limit as people write it: "1 April 2015", "18"."""
    return f"{limit.day} {limit:%B %Y}" if isinstance(limit, date) else f"{limit:g}"
