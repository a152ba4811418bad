"""Gold labels: documents that careful readers labelled, to score suggestions against.

One JSON object a line: `id`, `file`, optionally `source`, the labelled fields (text, number, true/false, null, or a
list where a field has several values), `disputed` (fields the readers differed on), `disputed_<field>` (values of a
list they differed on), and `sentences`. A sentence has `start` and `end` (code points in the file) or `text` (white
space normalised), `police` (judged, described, none, disputed), for judged ones `direction`, `theme` and
`explanation`, and `recommendation` (to whom) where it asks for a change. What is disputed is never scored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from goldthread.errors import UnreadableInput
from goldthread.values import Missing

DISPUTED = "disputed"
ADDRESSEE_DISPUTED = "addressee_disputed"
JUDGED, DESCRIBED, NONE = "judged", "described", "none"
CODES = ("direction", "theme", "explanation")
_POLICE = (JUDGED, DESCRIBED, NONE, DISPUTED)
_NO_VALUE = frozenset(Missing)
_STRUCTURE = frozenset({"id", "file", "source", "url", "pages", "title", "disputed", "sentences"})
_FORMAT = "see “How far to believe it” in the documentation for what a gold file holds"


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One labelled sentence. `start` and `end` are None where the gold gives only its words.

    `police` is judged, described, none or disputed; `codes` holds direction, theme and explanation of a judged one,
    each possibly "disputed"; `asks` is the addressee of a recommendation, "" where nothing is asked, or "disputed".
    """

    n: str
    start: int | None
    end: int | None
    text: str
    police: str
    codes: Mapping[str, str] = field(default_factory=dict)
    asks: str = ""


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One labelled document. A value of None means that the document does not say, and that a reader found so.

    `values` holds fields with one value, `sets` fields with several; `disputed` names the fields, and
    `disputed_values` the values of a field with several, on which the readers differed.
    """

    id: str
    file: str
    source: str = ""
    values: Mapping[str, str | None] = field(default_factory=dict)
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    disputed: frozenset[str] = frozenset()
    disputed_values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sentences: tuple[GoldSentence, ...] = ()


def in_terms_of(document: GoldDocument, home: Callable[[str], str]) -> GoldDocument:
    """A labelled document with each theme as it is called where `home` puts it."""
    return replace(
        document,
        sentences=tuple(
            replace(one, codes={**one.codes, "theme": home(one.codes["theme"])}) if one.codes.get("theme") else one
            for one in document.sentences
        ),
    )


def parse_gold(text: str, where: str) -> tuple[GoldDocument, ...]:
    """The documents of a gold file. Raises UnreadableInput naming file, line and what is wrong with it."""
    found: dict[str, GoldDocument] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{where}, line {number}"
        made = document_from(_object(line, place), place)
        if made.id in found:
            raise UnreadableInput(
                f"a second document is called “{made.id}”", where=place, mend="give each its own id"
            )
        found[made.id] = made
    if not found:
        raise UnreadableInput("there is no labelled document in it", where=where, mend=_FORMAT)
    return tuple(found.values())


def document_from(label: Mapping[str, Any], where: str = "gold") -> GoldDocument:
    """One labelled document from its JSON object. Raises UnreadableInput where it does not hold together."""
    if not isinstance(label.get("id"), str) or not label["id"]:
        raise UnreadableInput("the document has no “id”", where=where, mend=_FORMAT)
    fields = {key: value for key, value in label.items() if key not in _STRUCTURE and not key.startswith("disputed_")}
    for key, value in fields.items():
        if not (value is None or isinstance(value, str | bool | int) or _is_texts(value)):
            mend = "a label is a text, a number, true, false, null or a list of texts"
            raise UnreadableInput(f"“{key}” is not a label", where=where, mend=mend)
    return GoldDocument(
        id=label["id"],
        file=str(label.get("file") or label["id"]),
        source=str(label.get("source") or ""),
        values={key: normal(value) for key, value in fields.items() if not isinstance(value, list)},
        sets={key: frozenset(value) for key, value in fields.items() if isinstance(value, list)},
        disputed=frozenset(_texts(label, "disputed", where)),
        disputed_values={
            key.removeprefix("disputed_"): frozenset(_texts(label, key, where))
            for key in label
            if key.startswith("disputed_")
        },
        sentences=_sentences(label.get("sentences", []), where),
    )


def normal(value: object) -> str | None:
    """A label as values are written: true and false in words, and None for every way of not saying."""
    if value is None or value in _NO_VALUE or value == "":
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def with_words(document: GoldDocument, text: str) -> GoldDocument:
    """The same document with the words of each sentence that has only its place, taken from the file's text."""
    return replace(
        document,
        sentences=tuple(
            item if item.text or item.start is None else replace(item, text=text[item.start : item.end])
            for item in document.sentences
        ),
    )


def last_place(document: GoldDocument) -> int:
    """Where the last placed sentence ends; 0 where none has a place."""
    return max((item.end or 0 for item in document.sentences), default=0)


def without_places(document: GoldDocument) -> GoldDocument:
    """The same document matched by words alone: for a stored text that is not, letter for letter, the gold's."""
    return replace(
        document, sentences=tuple(replace(item, start=None, end=None) for item in document.sentences if item.text)
    )


def _sentences(listed: object, where: str) -> tuple[GoldSentence, ...]:
    if not isinstance(listed, list):
        raise UnreadableInput("“sentences” is not a list", where=where, mend=_FORMAT)
    return tuple(_sentence(item, f"{where}, sentence {number}") for number, item in enumerate(listed, 1))


def _sentence(item: object, where: str) -> GoldSentence:
    if not isinstance(item, dict):
        raise UnreadableInput("a sentence is not an object", where=where, mend=_FORMAT)
    if item.get("police") not in _POLICE:
        mend = f"it is one of {', '.join(_POLICE)}"
        raise UnreadableInput(f"“police” is {item.get('police')!r}", where=where, mend=mend)
    start, end, text = item.get("start"), item.get("end"), item.get("text", "")
    placed = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end
    if not placed and not (isinstance(text, str) and text):
        mend = "give its “start” and “end” in the file, or its “text”"
        raise UnreadableInput("nobody could find this sentence", where=where, mend=mend)
    return GoldSentence(
        n=str(item.get("n", "")),
        start=start if placed else None,
        end=end if placed else None,
        text=text if isinstance(text, str) else "",
        police=item["police"],
        codes={code: str(item[code]) for code in CODES if item.get(code)},
        asks=str(item.get("recommendation") or ""),
    )


def _object(line: str, where: str) -> Mapping[str, Any]:
    try:
        made = json.loads(line)
    except json.JSONDecodeError as fault:
        place = f"{where}, column {fault.colno}"
        raise UnreadableInput(
            f"this is not JSON: {fault.msg}", where=place, mend="mend or remove the line"
        ) from fault
    if not isinstance(made, dict):
        raise UnreadableInput("the line is not a JSON object", where=where, mend=_FORMAT)
    return made


def _texts(label: Mapping[str, Any], key: str, where: str) -> list[str]:
    value = label.get(key) or []
    if not _is_texts(value):
        raise UnreadableInput(f"“{key}” is not a list of texts", where=where, mend=_FORMAT)
    return list(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
