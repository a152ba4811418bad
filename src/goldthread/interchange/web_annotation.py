"""A study's evidence as W3C Web Annotations: one annotation a coded passage or value, streamed as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, TextIO

from goldthread.analysis.records import DocumentRecord, ReviewRecord, StudyRecord
from goldthread.anchors import Anchor
from goldthread.extraction.model import Characteristic
from goldthread.interchange.exporting import whole_file
from goldthread.protocol.labels import MISSING_LABELS, field_label, value_label
from goldthread.protocol.model import Protocol
from goldthread.study.study import Study

Json = Mapping[str, object]

_ANNO = "http://www.w3.org/ns/oa#"
_ACTIVITY = "http://www.w3.org/ns/activitystreams#"
_OURS = "urn:goldthread:terms:"
_XSD = "http://www.w3.org/2001/XMLSchema#"
PDF_PAGES = "http://tools.ietf.org/rfc/rfc3778"

CONTEXT: dict[str, object] = {
    "oa": _ANNO,
    "as": _ACTIVITY,
    "gt": _OURS,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "http://schema.org/",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
            *("FragmentSelector", "classifying", "describing"),
        )
    },
    "AnnotationPage": "as:OrderedCollectionPage",
    "Software": "as:Application",
    "Person": "schema:Person",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "conformsTo": {"@id": "dcterms:conformsTo", "@type": "@id"},
    "creator": {"@id": "dcterms:creator", "@type": "@id"},
    "value": "rdf:value",
    "label": "rdfs:label",
    "name": "schema:name",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": f"{_XSD}nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": f"{_XSD}nonNegativeInteger"},
    **{
        name: f"gt:{name}"
        for name in (
            *(
                "kind",
                "state",
                "confidence",
                "missing",
                "subject_no",
                "page",
                "review_id",
                "document_id",
                "file_name",
                "sha256",
            ),
            *("study", "study_state", "text_version"),
        )
    },
}
"""Every term used, in the file itself, so that it is read without a network."""


class JsonLdExporter:
    """One .jsonld file: an AnnotationPage of everything that rests on words."""

    name = "jsonld"
    writes: Literal["file"] = "file"

    def write(self, study: Study, out: Path) -> None:
        """Write the annotations one by one, so that memory does not grow with the study."""
        kept = study.record(every_state=True)
        with whole_file(out) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as opened:
            _stream(opened, kept, annotate(kept, study.protocol))


def annotate(study: StudyRecord, protocol: Protocol) -> Iterator[Json]:
    """One annotation for each answer, characteristic, episode and recommendation that has evidence."""
    for review in study.reviews:
        made = _Annotations(review, protocol)
        for n, (kind, name, state, author, confidence, bodies, anchors) in enumerate(made.items(), 1):
            if anchors:
                yield {
                    "id": f"urn:goldthread:{study.state[:16]}:{review.review_id}:{n}",
                    "type": "Annotation",
                    "kind": kind,
                    **({"name": name} if name else {}),
                    "state": state,
                    "confidence": confidence,
                    "review_id": review.review_id,
                    "creator": author,
                    "body": bodies,
                    "target": [made.target(found) for found in anchors],
                }


_Item = tuple[str, str, str, Json, float, Sequence[Json], Sequence[Anchor]]


class _Annotations:
    """What one review's annotations are made of."""

    def __init__(self, review: ReviewRecord, protocol: Protocol) -> None:
        self._review, self._protocol = review, protocol
        self._documents: dict[str, DocumentRecord] = {item.document_id: item for item in review.documents}

    def items(self) -> Iterator[_Item]:
        """Kind, name, state, creator, confidence, bodies and anchors of each."""
        for answer in self._review.answers:
            bodies = [
                self._body("criterion", answer.criterion, answer.criterion),
                self._body("met", answer.met.value),
            ]
            who = _creator(answer.author, answer.engine)
            yield "answer", "", answer.state.value, who, answer.confidence, bodies, answer.anchors
        for one in self._review.characteristics:
            who = _creator(one.author, one.engine)
            yield "characteristic", "", one.state.value, who, one.confidence, [self._stated(one)], one.anchors
        for found in self._review.episodes:
            bodies = [
                self._body(axis, value)
                for axis in ("theme", "subtheme", "direction", "explanation", "whose")
                if (value := getattr(found, axis))
            ]
            who = _creator(found.author, found.engine)
            yield "episode", found.episode_id, found.state.value, who, found.confidence, bodies, (found.anchor,)
        for asked in self._review.recommendations:
            bodies = [
                self._body(axis, value) for axis in ("addressee", "scope") if (value := getattr(asked, axis))
            ] or [self._body("recommendation", "recommendation", "Recommendation")]
            who = _creator(asked.author, asked.engine)
            name = asked.recommendation_id
            yield "recommendation", name, asked.state.value, who, asked.confidence, bodies, (asked.anchor,)

    def _stated(self, one: Characteristic) -> Json:
        """A value, or why there is none, with its field and whom it is about."""
        if one.missing is None:
            body = self._body(one.field, one.value or "")
        else:
            label = MISSING_LABELS[one.missing]
            body = {**self._body(one.field, one.missing.value, label), "missing": one.missing.value}
        return {**body, "name": field_label(one.field, self._protocol), "subject_no": one.subject_no}

    def _body(self, kind: str, value: str, label: str = "") -> dict[str, object]:
        return {
            "type": "TextualBody",
            "purpose": "classifying",
            "kind": kind,
            "value": value,
            "label": label or value_label(kind, value, self._protocol),
        }

    def target(self, found: Anchor) -> Json:
        """Where the words stand: exact quote with context, and code points in the stored text."""
        document = self._documents[found.document_id]
        selectors: list[Json] = [
            {"type": "TextQuoteSelector", "exact": found.quote, "prefix": found.before, "suffix": found.after},
            {"type": "TextPositionSelector", "start": found.start, "end": found.end},
        ]
        if document.format == "pdf":
            selectors.append({"type": "FragmentSelector", "conformsTo": PDF_PAGES, "value": f"page={found.page}"})
        return {
            "type": "SpecificResource",
            "source": f"urn:sha256:{found.sha256}",
            "document_id": found.document_id,
            "file_name": document.file_name,
            "text_version": found.version,
            "page": found.page,
            "selector": selectors,
        }


def _creator(author: str, engine: str) -> Json:
    """The person who confirmed it, or the engine that proposed it."""
    if engine and author in ("", "goldthread", engine):
        return {"type": "Software", "name": engine}
    return {"type": "Person", "name": author}


def _stream(out: TextIO, study: StudyRecord, items: Iterator[Json]) -> None:
    head: dict[str, object] = {
        "@context": CONTEXT,
        "id": f"urn:goldthread:{study.state[:16]}",
        "type": "AnnotationPage",
        "study": study.name,
        "study_state": study.state,
    }
    out.write(_text(head)[:-1] + ',\n"items": [')
    before = "\n"
    for item in items:
        out.write(before + _text(item))
        before = ",\n"
    out.write("\n]}\n")


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
