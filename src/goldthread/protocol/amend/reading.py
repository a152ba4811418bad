"""Changes as people write them, key by key, and what may be amended at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from goldthread.errors import UsageError
from goldthread.protocol.amend.changes import KINDS, Change, read
from goldthread.protocol.amend.naming import code_at, find, new_id
from goldthread.protocol.amend.parts import GROWING, OF_PASSAGES, limit_of, one_of
from goldthread.protocol.amend.wording import limit_in_words
from goldthread.protocol.check import nearest
from goldthread.protocol.filters import describe, parse_filter
from goldthread.protocol.labels import field_label, value_label
from goldthread.protocol.model import FieldKind, Protocol

Given = Mapping[str, Sequence[str]]
_SEVERAL = ("where", "cues")
_NEW = ("id", "label", "definition", "cues")
_KEPT = {
    "describe_code": ("definition",),
    "describe_field": ("label", "definition"),
    "describe_value": ("label", "definition"),
    "describe_criterion": ("question", "guidance"),
    "describe_reason": ("label", "definition"),
    "describe_table": ("title", "note"),
    "describe_quality": ("label", "question"),
}
"""What a description leaves as it stands when it is not given."""


def change_of(kind: str, given: Given, protocol: Protocol) -> Change:
    """The change that keys and values mean under a protocol. Raises UsageError for what it cannot mean.

    `where` holds filters as people type them (`outcome=death`), several when several are given; none is no filter.
    What a description does not give stays. A value or code without an id has one made of its label.
    """
    if kind not in KINDS:
        mend = nearest(kind, KINDS) or f"there are {', '.join(KINDS)}"
        raise UsageError(f"there is no kind of amendment called {kind!r}", mend=mend)
    plain: dict[str, object] = {"kind": kind}
    for name, values in given.items():
        words = [value.strip() for value in values if value.strip()]
        if name == "where":
            plain[name] = [parse_filter(word, protocol).model_dump(exclude_none=True) for word in words]
        elif name in _SEVERAL:
            plain[name] = words
        elif words or name in _KEPT.get(kind, ()):
            plain[name] = words[0] if words else ""
    if kind == "add_code":
        _new_code(plain, protocol)
    if kind == "add_value" and "id" not in plain:
        plain["id"] = new_id(str(plain.get("label", "")), protocol.codebook)
    for name in _KEPT.get(kind, ()):
        if name not in plain:
            plain[name] = _standing(kind, name, plain, protocol)
    return read(plain)


def _new_code(plain: dict[str, object], protocol: Protocol) -> None:
    code = {name: plain.pop(name) for name in _NEW if name in plain}
    code.setdefault("id", new_id(str(code.get("label", "")), protocol.codebook))
    plain["code"] = code


def _standing(kind: str, name: str, plain: Mapping[str, object], protocol: Protocol) -> object:
    """How something stands that a description leaves alone."""

    def named(key: str) -> str:
        return str(plain.get(key, ""))

    match kind:
        case "describe_code":
            found: object = code_at(find(named("code"), protocol.codebook), protocol.codebook)
        case "describe_field":
            found = one_of(named("field"), protocol.fields, "field")
        case "describe_value" if named("field") in OF_PASSAGES:
            found = one_of(named("value"), getattr(protocol.codebook, OF_PASSAGES[named("field")]), "value")
        case "describe_value":
            field = one_of(named("field"), protocol.fields, "field")
            found = one_of(named("value"), field.values, "value") if field.values else None
        case "describe_criterion":
            found = one_of(named("criterion"), protocol.criteria, "criterion")
        case "describe_reason":
            found = one_of(named("reason"), protocol.reasons, "reason")
        case "describe_table":
            found = one_of(named("table"), protocol.tables, "table")
        case _:
            found = one_of(named("item"), protocol.quality, "quality item")
    return getattr(found, name, "")


def limits(protocol: Protocol) -> Iterator[tuple[str, int, int, int, str, float | date]]:
    """Every limit of the screening rules: criterion, rule, alternative, condition, in words, and the limit."""
    for criterion in protocol.criteria:
        for rule, each in enumerate(criterion.rules, 1):
            for alternative, conditions in enumerate(each.any_of, 1):
                for place, condition in enumerate(conditions, 1):
                    if test := limit_of(condition):
                        whose = f" ({', '.join(each.review_types)})" if each.review_types else ""
                        limit: float | date = getattr(condition, test)
                        told = f"{describe(condition, protocol)}{whose}"
                        yield criterion.id, rule, alternative, place, told, limit


def amendable(protocol: Protocol) -> Iterator[tuple[str, str, str]]:
    """Everything of a protocol that may be amended besides its codes: the kind of change, its keys, how it stands."""
    for criterion, rule, alternative, condition, told, limit in limits(protocol):
        place = f"criterion={criterion} rule={rule}"
        place += f" alternative={alternative}" if alternative > 1 else ""
        place += f" condition={condition}" if condition > 1 else ""
        yield "set_limit", f"{place} limit={limit if isinstance(limit, date) else limit_in_words(limit)}", told
    for one in protocol.criteria:
        yield "describe_criterion", f"criterion={one.id} question=… guidance=…", one.question
    for n, reason in enumerate(protocol.reasons, 1):
        yield "describe_reason", f"reason={reason.id} label=… definition=…", reason.label
        yield "place_reason", f"reason={reason.id} before=…", f"{n} of {len(protocol.reasons)}"
    for field in protocol.fields:
        yield "describe_field", f"field={field.id} label=… definition=…", field.label
        if field.kind is FieldKind.CATEGORY:
            yield "add_value", f"field={field.id} label=… definition=…", f"{len(field.values)} values"
        for name, label in [(each.id, each.label) for each in field.values or field.bands]:
            yield "describe_value", f"field={field.id} value={name} label=…", label
    for axis, listed in OF_PASSAGES.items():
        for value in getattr(protocol.codebook, listed):
            yield "describe_value", f"field={axis} value={value.id} label=…", value_label(axis, value.id, protocol)
        if axis in GROWING:
            yield "add_value", f"field={axis} label=… definition=…", field_label(axis, protocol)
    for table in protocol.tables:
        yield "describe_table", f"table={table.id} title=… note=…", table.title
        told = " and ".join(describe(each, protocol) for each in table.where)
        yield "filter_table", f"table={table.id} where=…", told or "no filter"
    for item in protocol.quality:
        yield "describe_quality", f"item={item.id} label=… question=…", item.label
