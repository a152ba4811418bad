"""Reading what a model replied: strictly, item by item. What does not hold is discarded and counted by reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NoReturn

from goldthread.anchors import Anchor, anchor
from goldthread.assist.llm.prompting import Asked
from goldthread.assist.llm.question import Question
from goldthread.assist.llm.schema import MISSING, asked_fields, permitted
from goldthread.assist.llm.support import bears_out, checkable
from goldthread.protocol.gazetteers import load as load_gazetteer
from goldthread.protocol.model import FieldDefinition, FieldKind, Protocol
from goldthread.protocol.record import Value
from goldthread.values import Missing, Unit

LEAST_QUOTE, MOST_QUOTE = 5, 1_200  # letters
LEAST_WORDS = {"values": 1, "passages": 4, "recommendations": 4}
MOST_ITEMS = 300
OLDEST, MOST_PEOPLE = 120, 40
_FENCED = re.compile(r"\A\s*(?:<think>.*?</think>\s*)?```(?:json)?\s*\n(.*?)\n?```\s*\Z", re.DOTALL)
_THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NUMBER = re.compile(r"\d{1,6}")


class Reason(StrEnum):
    """Why something a model proposed is thrown away."""

    WRONG_SHAPE = "wrong shape"
    TOO_MANY = "too many"
    INVENTED_QUOTE = "invented quote"
    AMBIGUOUS_QUOTE = "ambiguous quote"
    QUOTE_LENGTH = "quote too short or too long"
    UNKNOWN_ID = "unknown id"
    OUT_OF_RANGE = "out of range"
    NOT_BORNE_OUT = "quote does not bear the value out"
    OUTVOTED = "outvoted by other parts of the report"


class Unreadable(ValueError):
    """A reply that is no JSON object of the form asked for."""


@dataclass(frozen=True, slots=True)
class Told:
    """One value of one field, or a kind of missing, as a reply states it; `checked` when its quote says it."""

    field: str
    subject_no: int
    value: str | None
    missing: Missing | None
    anchor: Anchor
    checked: bool


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage with its codes, "" where there is none."""

    anchor: Anchor
    direction: str
    theme: str
    subtheme: str
    explanation: str
    whose: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request to change something."""

    anchor: Anchor
    addressee: str
    scope: str


@dataclass
class Findings:
    """What holds of one or more replies, and how much did not, by reason."""

    values: list[Told] = field(default_factory=list)
    passages: list[CodedPassage] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    discarded: Counter[Reason] = field(default_factory=Counter)

    def add(self, other: Findings) -> None:
        """Take another reply's findings too."""
        self.values += other.values
        self.passages += other.passages
        self.requests += other.requests
        self.discarded += other.discarded


class _Discard(Exception):
    """One item does not hold."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)


def as_object(content: str) -> Mapping[str, object]:
    """The JSON object a reply is, with or without a code fence around it. Raises Unreadable."""
    fenced = _FENCED.match(content)
    try:
        read = json.loads(fenced[1] if fenced else _THOUGHT.sub("", content), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Unreadable("the reply is not JSON") from error
    if not isinstance(read, dict):
        raise Unreadable("the reply is not a JSON object")
    return read


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def read_reply(content: str, question: Question, protocol: Protocol) -> Findings:
    """What holds of one reply. Raises Unreadable for one that is not JSON or lacks every list asked for."""
    read = as_object(content)
    readers = {
        Asked.CASE: {"values": _read_value},
        Asked.PRACTICE: {"passages": _read_passage, "recommendations": _read_request},
    }[question.asked]
    if not any(isinstance(read.get(name), list) for name in readers):
        raise Unreadable(f"the reply has no list called {' or '.join(readers)}")
    found = Findings()
    for name, take in readers.items():
        items = read.get(name, [])
        if not isinstance(items, list):
            found.discarded[Reason.WRONG_SHAPE] += 1
            continue
        found.discarded[Reason.TOO_MANY] += max(0, len(items) - MOST_ITEMS)
        for item in items[:MOST_ITEMS]:
            try:
                if not isinstance(item, dict):
                    raise _Discard(Reason.WRONG_SHAPE)
                take(item, question, protocol, found)
            except _Discard as discarded:
                found.discarded[discarded.reason] += 1
    found.discarded += Counter()  # drops reasons that count nothing
    return found


def _read_value(item: Mapping[str, object], question: Question, protocol: Protocol, found: Findings) -> None:
    known = {each.id: each for each in asked_fields(protocol)}
    definition = known.get(_text(item, "field"))
    if definition is None:
        raise _Discard(Reason.UNKNOWN_ID)
    subject = _subject(item, definition)
    place = _located(item, question, "values")
    missing = item.get("missing")
    if missing is not None:
        if missing not in {each.value for each in MISSING} or item.get("value") is not None:
            raise _Discard(Reason.WRONG_SHAPE)
        found.values.append(Told(definition.id, subject, None, Missing(missing), place, checked=False))
        return
    value = _value(item.get("value"), definition, place)
    if not bears_out(definition, value, place.quote):
        raise _Discard(Reason.NOT_BORNE_OUT)
    found.values.append(Told(definition.id, subject, value, None, place, checkable(definition)))


def _subject(item: Mapping[str, object], definition: FieldDefinition) -> int:
    if definition.unit is Unit.REVIEW:
        return 0
    number = item.get("subject")
    if not isinstance(number, int) or isinstance(number, bool):
        raise _Discard(Reason.WRONG_SHAPE)
    if not 1 <= number <= MOST_PEOPLE:
        raise _Discard(Reason.OUT_OF_RANGE)
    return number


def _value(given: object, definition: FieldDefinition, place: Anchor) -> str:
    """The value in the protocol's words. Raises _Discard where it is none."""
    if isinstance(given, bool):
        given = "true" if given else "false"
    if isinstance(given, int):
        given = str(given)
    if not isinstance(given, str) or not given.strip():
        raise _Discard(Reason.WRONG_SHAPE)
    value = given.strip()
    match definition.kind:
        case FieldKind.AGE | FieldKind.COUNT:
            if not _NUMBER.fullmatch(value) or (definition.kind is FieldKind.AGE and int(value) > OLDEST):
                raise _Discard(Reason.OUT_OF_RANGE)
            return str(int(value))
        case FieldKind.DATE:
            if not _DATE.fullmatch(value):
                raise _Discard(Reason.OUT_OF_RANGE)
            return value
        case FieldKind.GAZETTEER:
            resolved = load_gazetteer(definition.gazetteer).resolve(value)
            if resolved is None:
                raise _Discard(Reason.UNKNOWN_ID)
            return resolved.name
        case FieldKind.TEXT:
            return " ".join(place.quote.replace("\u00ad", "").split())
        case _:
            if value not in permitted(definition):
                raise _Discard(Reason.UNKNOWN_ID)
            return value


def _read_passage(item: Mapping[str, object], question: Question, protocol: Protocol, found: Findings) -> None:
    book = protocol.codebook
    theme = _known(item, "theme", {"", *protocol.theme_by_id})
    known = protocol.theme_by_id.get(theme)
    found.passages.append(
        CodedPassage(
            direction=_known(item, "direction", _ids(book.directions)),
            theme=theme,
            subtheme=_known(item, "subtheme", {"", *(each.id for each in (known.subthemes if known else ()))}),
            explanation=_known(item, "explanation", {""} | _ids(book.explanations)),
            whose=_known(item, "whose", {""} | _ids(book.whose)),
            anchor=_located(item, question, "passages"),
        )
    )


def _read_request(item: Mapping[str, object], question: Question, protocol: Protocol, found: Findings) -> None:
    scheme = protocol.recommendations
    found.requests.append(
        Request(
            addressee=_known(item, "addressee", _ids(scheme.addressees)),
            scope=_known(item, "scope", {""} | _ids(scheme.scopes)),
            anchor=_located(item, question, "recommendations"),
        )
    )


def _ids(values: tuple[Value, ...]) -> set[str]:
    return {each.id for each in values}


def _text(item: Mapping[str, object], name: str) -> str:
    value = item.get(name, "")
    if not isinstance(value, str):
        raise _Discard(Reason.WRONG_SHAPE)
    return value


def _known(item: Mapping[str, object], name: str, known: Set[str]) -> str:
    value = _text(item, name)
    if value not in known:
        raise _Discard(Reason.UNKNOWN_ID)
    return value


def _located(item: Mapping[str, object], question: Question, kind: str) -> Anchor:
    """The one place of the stored text the quote stands at: in the window asked about before elsewhere."""
    quote = _text(item, "quote").strip()
    if not LEAST_QUOTE <= len(quote) <= MOST_QUOTE or len(quote.split()) < LEAST_WORDS[kind]:
        raise _Discard(Reason.QUOTE_LENGTH)
    start, end = question.window
    places = list(question.sheet.folded.find(quote))
    near = [place for place in places if start <= place[0] and place[1] <= end] or places
    if any(low < place[1] and place[0] < high for place in near for low, high in question.sheet.blacked):
        raise _Discard(Reason.INVENTED_QUOTE)
    if len(near) != 1:
        raise _Discard(Reason.AMBIGUOUS_QUOTE if near else Reason.INVENTED_QUOTE)
    return anchor(question.sheet.document.text, *near[0])
