"""The protocol as a person would read it, and a form for each thing of it that may be amended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.errors import UsageError
from goldthread.protocol.amend.parts import GROWING, OF_PASSAGES, one_of
from goldthread.protocol.amend.reading import limits
from goldthread.protocol.filters import describe, written
from goldthread.protocol.labels import field_label
from goldthread.protocol.model import FieldKind, Protocol
from goldthread.web.screens.amending import done_of
from goldthread.web.wiring import bench, page, shown

Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill in: `kind` is text, area, number, date, choice or lines. `choices` are ids and labels."""

    name: str
    label: str
    value: str = ""
    kind: str = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked of somebody who proposes an amendment. `fixed` says what it is about."""

    title: str
    about: str
    fixed: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]


def protocol(request: Request) -> Response:
    """The protocol as a person would read it."""
    here = bench(request)
    known = here.desk.protocol
    return page(
        request,
        "protocol.html",
        screen="protocol",
        limits=list(limits(known)),
        growing=lambda field: field.kind is FieldKind.CATEGORY,
        filters=lambda table: [describe(one, known) for one in table.where],
        amendments=[one for one in here.study.amendments() if one.stands],
        done=done_of(request),
    )


def form(request: Request) -> Response:
    """The form for one kind of amendment."""
    kind = request.path_params["kind"]
    if kind not in _FORMS:
        raise UsageError(f"there is no form for {kind!r}", mend="choose what to amend on the Protocol page")
    made = _FORMS[kind](request.query_params, bench(request).desk.protocol)
    return page(request, "amend.html", screen="protocol", form=made, kind=kind)


def _field(query: Query, protocol: Protocol) -> Form:
    field = one_of(query.get("field", ""), protocol.fields, "field")
    return Form(
        f"Amend the field “{field.label}”",
        "Its values, and how it is read, stay.",
        (("field", field.id),),
        (_label(field.label), _definition(field.definition)),
    )


def _value(query: Query, protocol: Protocol) -> Form:
    name, value = query.get("field", ""), query.get("value", "")
    if name in OF_PASSAGES:
        found = one_of(value, getattr(protocol.codebook, OF_PASSAGES[name]), "value")
        label, definition, banded = found.label, found.definition, False
    else:
        field = one_of(name, protocol.fields, "field")
        banded = bool(field.bands)
        band = one_of(value, field.bands, "value") if banded else None
        own = None if banded else one_of(value, field.values, "value")
        label, definition = (band.label, "") if band else (own.label, own.definition) if own else ("", "")
    boxes = (_label(label),) if banded else (_label(label), _definition(definition))
    return Form(
        f"Amend the value “{label}”",
        f"A value of {field_label(name, protocol).lower()}. What is logged with it stays.",
        (("field", name), ("value", value)),
        boxes,
    )


def _new_value(query: Query, protocol: Protocol) -> Form:
    name = query.get("field", "")
    if name not in GROWING:
        one_of(name, protocol.fields, "field")
    values = () if name in GROWING else one_of(name, protocol.fields, "field").values
    above = (("", "Nothing"), *((value.id, value.label) for value in values if not value.parent))
    parent = Box("parent", "Counts also for", kind="choice", choices=above, needed=False)
    return Form(
        f"Add a value to “{field_label(name, protocol)}”",
        "Reviews already logged keep the values they have.",
        (("field", name),),
        (_label(""), _definition(""), *((parent,) if len(above) > 1 else ())),
    )


def _criterion(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("criterion", ""), protocol.criteria, "criterion")
    return Form(
        "Word a criterion anew",
        "How it is answered from values stays; a limit is amended by itself.",
        (("criterion", found.id),),
        (
            Box("question", "The question", found.question),
            Box("guidance", "Guidance", found.guidance, "area", needed=False),
        ),
    )


def _limit(query: Query, protocol: Protocol) -> Form:
    wanted = tuple(query.get(name, "") for name in ("criterion", "rule", "alternative", "condition"))
    for criterion, rule, alternative, condition, told, limit in limits(protocol):
        if (criterion, str(rule), str(alternative), str(condition)) == wanted:
            box = Box("limit", "The new limit", _as_typed(limit), "date" if isinstance(limit, date) else "number")
            place = (("rule", str(rule)), ("alternative", str(alternative)), ("condition", str(condition)))
            return Form(
                "Amend a limit",
                f"{one_of(criterion, protocol.criteria, 'criterion').question} It now is: {told}.",
                (("criterion", criterion), *place),
                (box,),
            )
    raise UsageError("there is no limit at that place", mend="choose it on the Protocol page")


def _as_typed(limit: float | date) -> str:
    return limit.isoformat() if isinstance(limit, date) else f"{limit:g}"


def _reason(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("reason", ""), protocol.reasons, "reason")
    return Form(
        f"Amend the reason “{found.label}”",
        "When it applies stays.",
        (("reason", found.id),),
        (_label(found.label), _definition(found.definition)),
    )


def _place(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("reason", ""), protocol.reasons, "reason")
    rest = [one for one in protocol.reasons if one.id != found.id]
    choices = (*((one.id, f"before “{one.label}”") for one in rest), ("", "last"))
    return Form(
        f"Put the reason “{found.label}” elsewhere",
        "The first reason that applies is the one main reason.",
        (("reason", found.id),),
        (Box("before", "Its place", kind="choice", choices=choices, needed=False),),
    )


def _table(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("table", ""), protocol.tables, "table")
    return Form(
        f"Amend table {found.id}",
        "What it counts stays.",
        (("table", found.id),),
        (Box("title", "Title", found.title), Box("note", "Note below it", found.note, "area", needed=False)),
    )


def _filter(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("table", ""), protocol.tables, "table")
    lines = [written(one) for one in found.where]
    boxes = [
        Box("where", f"Only where, line {n}", text, needed=False, hint=_FILTERS if n == 1 else "")
        for n, text in enumerate([*lines, ""], 1)
    ]
    return Form(
        f"Narrow table {found.id}",
        f"{found.title}. It counts what meets every line; none counts everything.",
        (("table", found.id),),
        tuple(boxes),
    )


_FILTERS = "Such as outcome=death, age>=18 or review_type=SAR|APR."


def _quality(query: Query, protocol: Protocol) -> Form:
    found = one_of(query.get("item", ""), protocol.quality, "quality item")
    return Form(
        f"Amend the item “{found.label}”",
        "The scale, and what was rated, stay.",
        (("item", found.id),),
        (_label(found.label), Box("question", "The question", found.question, "area")),
    )


def _label(value: str) -> Box:
    return Box("label", "Name", value, hint="What people read.")


def _definition(value: str) -> Box:
    return Box("definition", "Definition", value, "area", hint="What it means, and where it ends.", needed=False)


_FORMS: dict[str, Callable[[Query, Protocol], Form]] = {
    "describe_field": _field,
    "add_value": _new_value,
    "describe_value": _value,
    "describe_criterion": _criterion,
    "set_limit": _limit,
    "describe_reason": _reason,
    "place_reason": _place,
    "describe_table": _table,
    "filter_table": _filter,
    "describe_quality": _quality,
}

routes: list[Route] = [
    shown("/protocol", protocol),
    shown("/protocol/amend/{kind}", form, name="amend_form"),
]
