"""Filters as people type them: `force=Kent Police`, `age>=18`, `review_type=SCR|CPR`, `sex:stated`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NoReturn

from goldthread.errors import UsageError
from goldthread.protocol.check import nearest
from goldthread.protocol.labels import field_label, value_label
from goldthread.protocol.model import Condition, FieldKind, Protocol
from goldthread.protocol.quantities import number, span
from goldthread.protocol.vocabulary import LEVELS, missing_kinds, permitted

_SHAPE = re.compile(r"\s*([\w.\-/]+)\s*(>=|<=|!=|=|>|<|:)\s*(.*?)\s*$", re.DOTALL)
_EXAMPLES = "write `field=value`, `field!=value`, `field>=value`, `field:stated` or `field:missing`"
_DATED = {"publication_date"}
_COUNTED = {"pages", "publication_year"}


def parse_filter(text: str, protocol: Protocol) -> Condition:
    """The condition a filter means.

    `=` and `!=` take ids or labels, several joined by `|`, and the words `missing` and `stated` or kinds of
    missing, unless the field has a value of that name (`vulnerabilities=missing` asks for missing people;
    after a colon the words always mean the absence of a value). `>=`, `>`, `<=`, `<` take a number or a date as
    precise as wanted. Raises UsageError naming the known fields or values and the nearest.
    """
    found = _SHAPE.match(text)
    if not found or not found[3]:
        raise UsageError(f"the filter {text!r} is not understood", mend=_EXAMPLES)
    name, sign, wanted = found[1], found[2], found[3]
    field = _field(name, protocol)
    if sign == ":":
        return _word(field, wanted, text)
    if sign in ("=", "!="):
        return _listed(field, sign == "!=", wanted.split("|"), protocol)
    return _limit(field, sign, wanted, protocol)


def known_fields(protocol: Protocol) -> tuple[str, ...]:
    """Every name a filter may begin with: the protocol's fields, then those every study has."""
    return (*protocol.field_by_id, *LEVELS)


def _field(name: str, protocol: Protocol) -> str:
    known = known_fields(protocol)
    if name in known:
        return name
    labels = {field_label(field, protocol).casefold(): field for field in known}
    if (label := name.casefold().replace("_", " ")) in labels:
        return labels[label]
    mend = nearest(name, known)
    listed = f"fields are {', '.join(known)}"
    raise UsageError(f"there is no field `{name}` to filter by", mend=f"{mend} {listed}".strip())


def _word(field: str, word: str, text: str) -> Condition:
    if word in ("stated", "missing"):
        return Condition(field=field, stated=word == "stated")
    if word in missing_kinds():
        return Condition(field=field, missing=(word,))
    known = ("stated", "missing", *missing_kinds())
    raise UsageError(f"the filter {text!r} is not understood", mend=f"after a colon write {', '.join(known)}")


def _listed(field: str, negated: bool, words: Sequence[str], protocol: Protocol) -> Condition:
    wanted = [word.strip() for word in words if word.strip()]
    if not wanted:
        raise UsageError(f"the filter on `{field}` names no value", mend=_EXAMPLES)
    own = set(permitted(field, protocol) or ())
    if wanted in (["missing"], ["stated"]) and not own.intersection(wanted):
        return Condition(field=field, stated=(wanted == ["stated"]) is not negated)
    if not negated and all(word in missing_kinds() for word in wanted) and not own.intersection(wanted):
        return Condition(field=field, missing=tuple(wanted))
    values = tuple(_value(field, word, protocol) for word in wanted)
    return Condition(field=field, outside=values) if negated else Condition(field=field, within=values)


def _value(field: str, word: str, protocol: Protocol) -> str:
    values = permitted(field, protocol)
    if values is None or word in values:
        return word
    names = {value.casefold(): value for value in values}
    labels = {value_label(field, value, protocol).casefold(): value for value in values}
    if found := names.get(word.casefold()) or labels.get(word.casefold()):
        return found
    mend = nearest(word, values) or nearest(word.casefold(), labels)
    raise UsageError(f"`{field}` has no value `{word}`", mend=f"{mend} values are {', '.join(values)}".strip())


def _limit(field: str, sign: str, wanted: str, protocol: Protocol) -> Condition:
    definition = protocol.field_by_id.get(field)
    kind = definition.kind if definition else None
    if kind is FieldKind.DATE or field in _DATED:
        return _dated(field, sign, wanted)
    if kind in (FieldKind.AGE, FieldKind.COUNT) or field in _COUNTED:
        return _numbered(field, sign, wanted)
    raise UsageError(f"`{field}` is neither a date nor a number, so `{sign}` cannot be asked of it", mend=_EXAMPLES)


def _dated(field: str, sign: str, wanted: str) -> Condition:
    days = span(wanted)
    if days is None:
        _refuse(field, wanted, "a date like 2019, 2019-04 or 2019-04-01")
    first, after = days[0], _next(days[1])
    match sign:
        case ">=":
            return Condition(field=field, on_or_after=first)
        case ">":
            return Condition(field=field, on_or_after=after)
        case "<":
            return Condition(field=field, before=first)
    return Condition(field=field, before=after)


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _numbered(field: str, sign: str, wanted: str) -> Condition:
    limit = number(wanted)
    if limit is None:
        _refuse(field, wanted, "a number")
    whole = limit.denominator == 1
    match sign:
        case ">=":
            return Condition(field=field, at_least=float(limit))
        case ">":
            return Condition(field=field, at_least=float(limit // 1 + 1))
        case "<":
            return Condition(field=field, at_most=float(limit - 1 if whole else limit // 1))
    return Condition(field=field, at_most=float(limit))


def _refuse(field: str, wanted: str, kind: str) -> NoReturn:
    raise UsageError(f"{wanted!r} is not {kind}", where=f"filter on `{field}`", mend=f"give {kind}")


def describe(condition: Condition, protocol: Protocol) -> str:
    """The condition in words: "Police force is Kent Police"."""
    label = field_label(condition.field, protocol)
    if condition.stated is not None:
        return f"{label} is {'stated' if condition.stated else 'missing'}"
    if condition.missing is not None:
        return f"{label} is {_joined(condition.missing, 'missing_kind', protocol)}"
    if condition.within is not None:
        return f"{label} is {_joined(condition.within, condition.field, protocol)}"
    if condition.outside is not None:
        return f"{label} is not {_joined(condition.outside, condition.field, protocol)}"
    if condition.on_or_after is not None:
        return f"{label} is on or after {condition.on_or_after.isoformat()}"
    if condition.before is not None:
        return f"{label} is before {condition.before.isoformat()}"
    if condition.at_least is not None:
        return f"{label} is at least {condition.at_least:g}"
    return f"{label} is at most {condition.at_most:g}"


def _joined(values: Sequence[str], field: str, protocol: Protocol) -> str:
    return " or ".join(value_label(field, value, protocol) for value in values)


def written(condition: Condition) -> str:
    """The condition as a filter that `parse_filter` reads as the same one: `outcome=death|serious_harm`."""
    name = condition.field
    if condition.stated is not None:
        return f"{name}:{'stated' if condition.stated else 'missing'}"
    if condition.missing is not None:
        return f"{name}{':' if len(condition.missing) == 1 else '='}{'|'.join(condition.missing)}"
    if condition.within is not None:
        return f"{name}={'|'.join(condition.within)}"
    if condition.outside is not None:
        return f"{name}!={'|'.join(condition.outside)}"
    if condition.on_or_after is not None:
        return f"{name}>={condition.on_or_after.isoformat()}"
    if condition.before is not None:
        return f"{name}<{condition.before.isoformat()}"
    if condition.at_least is not None:
        return f"{name}>={condition.at_least:g}"
    return f"{name}<={condition.at_most:g}"
