"""A study as a REFI-QDA project (.qdpx): texts, coded passages, and a case a review with its characteristics."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from lxml import etree

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.tabulate import cases_of
from goldthread.analysis.units import ReviewCase
from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.coding.refi import (
    PROJECT_NAMESPACE,
    code_guid,
    codebook,
    document_guid,
    engine_guid,
    guid,
    passage_guid,
)
from goldthread.interchange.exporting import whole_file
from goldthread.interchange.refi_codebook import codes_element, sound, space
from goldthread.interchange.sheet import SheetColumn, sheet_columns
from goldthread.protocol.conditions import Reading
from goldthread.protocol.labels import MISSING_LABELS, value_label
from goldthread.protocol.model import Protocol
from goldthread.store.journal import Entry
from goldthread.study.study import Study
from goldthread.values import Basis, State

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SPACE = space(PROJECT_NAMESPACE)
Coded = Episode | Recommendation


class ProjectExporter:
    """One .qdpx file; the same state of a study always gives the same bytes."""

    name = "qdpx"
    writes: Literal["file"] = "file"

    def write(self, study: Study, out: Path) -> None:
        """Write the project: suggestions are coded by the engine that made them, the rest by people."""
        kept, entries = study.record(), study.entries()
        with whole_file(out) as temporary, zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, "project.qde", _Project(study.protocol, kept, entries).xml())
            for text in study.texts():
                _put(
                    archive, f"sources/{document_guid(text.document_id, text.sha256)}.txt", text.text.encode("utf-8")
                )


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


class _Project:
    def __init__(self, protocol: Protocol, kept: StudyRecord, entries: Sequence[Entry]) -> None:
        self._protocol, self._kept = protocol, kept
        self._made = kept.created
        self._changed = entries[-1].at if entries else kept.created
        self._users = dict(sorted(_users(kept).items(), key=lambda item: item[1]))
        self._cases = cases_of(kept, protocol, Basis.DRAFT)
        self._columns = sheet_columns(protocol, self._cases)

    def xml(self) -> bytes:
        out = io.BytesIO()
        head = {
            "name": sound(self._kept.name),
            "origin": f"Goldthread {self._kept.versions.get('goldthread', '')}".strip(),
            "creationDateTime": self._made,
            "modifiedDateTime": self._changed,
        }
        with etree.xmlfile(out, encoding="utf-8") as file:
            file.write_declaration()
            with file.element(_q("Project"), head, nsmap=_SPACE):
                if self._users:
                    file.write(self._users_element())
                book = etree.Element(_q("CodeBook"), nsmap=_SPACE)
                book.append(codes_element(codebook(self._protocol), PROJECT_NAMESPACE))
                file.write(book)
                if self._columns:
                    file.write(self._variables())
                if self._cases:
                    with file.element(_q("Cases")):
                        for case in self._cases:
                            file.write(self._case(case))
                if any(one.documents for one in self._kept.reviews):
                    with file.element(_q("Sources")):
                        for source in self._sources():
                            file.write(source)
                description = etree.Element(_q("Description"), nsmap=_SPACE)
                description.text = f"Protocol {self._protocol.id} {self._protocol.edition}; state {self._kept.state}"
                file.write(description)
        return out.getvalue()

    def _users_element(self) -> etree._Element:
        users = etree.Element(_q("Users"), nsmap=_SPACE)
        for key, name in self._users.items():
            etree.SubElement(users, _q("User"), {"guid": key, "name": sound(name)})
        return users

    def _variables(self) -> etree._Element:
        made = etree.Element(_q("Variables"), nsmap=_SPACE)
        for column in self._columns:
            attributes = {"guid": _variable(self._protocol, column), "name": sound(column.label)}
            one = etree.SubElement(made, _q("Variable"), {**attributes, "typeOfVariable": "Text"})
            if column.field.definition:
                etree.SubElement(one, _q("Description")).text = sound(column.field.definition)
        return made

    def _case(self, case: ReviewCase) -> etree._Element:
        record = case.record
        attributes = {
            "guid": self._own("review", record.review_id),
            "name": f"{record.review_id} {sound(record.title)}",
        }
        made = etree.Element(_q("Case"), attributes, nsmap=_SPACE)
        for column in self._columns:
            value = etree.SubElement(made, _q("VariableValue"))
            etree.SubElement(value, _q("VariableRef"), {"targetGUID": _variable(self._protocol, column)})
            etree.SubElement(value, _q("TextValue")).text = sound(self._shown(column, column.reading(case)))
        for item in record.documents:
            etree.SubElement(made, _q("SourceRef"), {"targetGUID": document_guid(item.document_id, item.sha256)})
        return made

    def _shown(self, column: SheetColumn, found: Reading) -> str:
        """Values as people read them; a kind of missing stands in brackets."""
        if not found.stated:
            return f"({MISSING_LABELS[found.missing]})" if found.missing else ""
        return "; ".join(value_label(column.field.id, one.value, self._protocol) for one in found.stated)

    def _sources(self) -> Iterator[etree._Element]:
        for review in self._kept.reviews:
            coded = _by_document(review)
            for item in review.documents:
                key = document_guid(item.document_id, item.sha256)
                attributes = {"guid": key, "name": sound(item.file_name), "plainTextPath": f"internal://{key}.txt"}
                made = etree.Element(_q("TextSource"), attributes, nsmap=_SPACE)
                etree.SubElement(made, _q("Description")).text = f"{item.document_id} of {review.review_id}"
                for one, found in coded.get(item.document_id, ()):
                    self._selection(made, one, found)
                yield made

    def _selection(self, source: etree._Element, one: Coded, found: Anchor) -> None:
        """A passage with its codes; `name` is its id here, the description says who says so."""
        key = one.episode_id if isinstance(one, Episode) else one.recommendation_id
        sure = f", confidence {one.confidence:.2f}" if one.engine else ""
        person = one.author if one.state is State.CONFIRMED else ""
        user = guid("person", person) if person else engine_guid(one.engine)
        made = etree.SubElement(
            source,
            _q("PlainTextSelection"),
            {
                "guid": passage_guid(self._kept.name, self._kept.created, key),
                "name": key,
                "startPosition": str(found.start),
                "endPosition": str(found.end),
                "creatingUser": user,
            },
        )
        said = f"page {found.page}; {one.state.value}{f' by {person}' if person else f' by {one.engine}'}{sure}"
        etree.SubElement(made, _q("Description")).text = sound(said)
        for axis, ids in _codes(one):
            coding = etree.SubElement(
                made, _q("Coding"), {"guid": self._own("coding", key, axis), "creatingUser": user}
            )
            etree.SubElement(coding, _q("CodeRef"), {"targetGUID": code_guid(self._protocol, axis, *ids)})

    def _own(self, *parts: str) -> str:
        return guid(self._kept.name, self._kept.created, *parts)


def _q(name: str) -> str:
    return f"{{{PROJECT_NAMESPACE}}}{name}"


def _variable(protocol: Protocol, column: SheetColumn) -> str:
    return guid("variable", protocol.id, column.name)


def _users(kept: StudyRecord) -> dict[str, str]:
    """GUID → name of everybody who coded: engines for suggestions, people for the rest."""
    found: dict[str, str] = {}
    for one in (item for review in kept.reviews for item in _passages(review)):
        if one.state is State.CONFIRMED and one.author:
            found[guid("person", one.author)] = one.author
        else:
            found[engine_guid(one.engine)] = f"Goldthread engine {one.engine}".strip()
    return found


def _passages(review: ReviewRecord) -> tuple[Coded, ...]:
    return review.episodes + review.recommendations


def _by_document(review: ReviewRecord) -> Mapping[str, list[tuple[Coded, Anchor]]]:
    found: dict[str, list[tuple[Coded, Anchor]]] = {}
    for one in _passages(review):
        found.setdefault(one.anchor.document_id, []).append((one, one.anchor))
    for items in found.values():
        items.sort(key=lambda item: (item[1].start, item[1].end))
    return found


def _codes(one: Coded) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is said of a passage, axis by axis."""
    if isinstance(one, Episode):
        if one.subtheme:
            yield "subtheme", (one.theme, one.subtheme)
        for axis in ("theme", "direction", "explanation", "whose"):
            if value := getattr(one, axis):
                yield axis, (value,)
    else:
        for axis in ("addressee", "scope"):
            if value := getattr(one, axis):
                yield axis, (value,)
