"""Whether a quote bears its value out, as far as that can be checked without understanding it."""

from __future__ import annotations

import re
from collections.abc import Callable

from goldthread.extraction.dates import dates_in
from goldthread.extraction.numbers import whole_number
from goldthread.protocol.gazetteers import load as load_gazetteer
from goldthread.protocol.model import FieldDefinition, FieldKind

_WORD = re.compile(r"[a-z]+|\d+")
_SHORT_TIMES = re.compile(r"\b\w+[- ](?:day|week|month)s?\b")
_INFANT = re.compile(r"\b(?:bab(?:y|ies)|newborn|infant|days?|weeks?|months?)\b")


def checkable(field: FieldDefinition) -> bool:
    """Whether a value of this field can be looked for in its quote."""
    return field.kind in _CHECKS


def bears_out(field: FieldDefinition, value: str, quote: str) -> bool:
    """Whether the quote says the value: its digits, its date, a name of the place; True where none can be checked."""
    check = _CHECKS.get(field.kind)
    return check(field, value, " ".join(quote.replace("\u00ad", "").split())) if check else True


def _says_number(_: FieldDefinition, value: str, quote: str) -> bool:
    low = quote.lower()
    if any(whole_number(word) == int(value) for word in _WORD.findall(low)):
        return True
    tens = re.findall(r"\b(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](\w+))?", low)
    return any(_TENS[ten] + (whole_number(unit) or 0) == int(value) for ten, unit in tens)


_TENS = {
    word: number
    for number, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}


def _says_age(field: FieldDefinition, value: str, quote: str) -> bool:
    if value == "0" and _INFANT.search(quote.lower()):
        return True
    return _says_number(field, value, _SHORT_TIMES.sub(" ", quote.lower()))


def _says_date(_: FieldDefinition, value: str, quote: str) -> bool:
    return any(when.iso.startswith(value) for when in dates_in(quote.lower())) or (
        len(value) == len("2017") and value in _WORD.findall(quote)
    )


def _says_place(field: FieldDefinition, value: str, quote: str) -> bool:
    return any(hit.place.name == value for hit in load_gazetteer(field.gazetteer).find(quote))


_CHECKS: dict[FieldKind, Callable[[FieldDefinition, str, str], bool]] = {
    FieldKind.AGE: _says_age,
    FieldKind.COUNT: _says_number,
    FieldKind.DATE: _says_date,
    FieldKind.GAZETTEER: _says_place,
}
