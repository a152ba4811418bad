"""The annotations as any reader of Web Annotations meets them, without us and without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import goldthread as gt
from goldthread.interchange.exporting import export_study

KEYWORDS = {"@context"}


@pytest.fixture
def page(study: gt.Study, tmp_path: Path) -> dict[str, Any]:
    export_study(study, "jsonld", tmp_path / "study.jsonld")
    loaded: dict[str, Any] = json.loads((tmp_path / "study.jsonld").read_text(encoding="utf-8"))
    return loaded


def test_every_quote_stands_at_its_position_with_its_context(page: dict[str, Any], study: gt.Study) -> None:
    texts = {item.document_id: item.text for item in study.texts()}
    checked = 0
    for annotation in page["items"]:
        for target in annotation["target"]:
            text = texts[target["document_id"]]
            quote, position = target["selector"][:2]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert text.count("\f", 0, start) + 1 == target["page"]
            checked += 1
    assert checked > 100


def test_every_anchor_of_the_study_has_its_annotation(page: dict[str, Any], study: gt.Study) -> None:
    wanted = sorted(
        (found.document_id, found.start, found.end)
        for review in study.record(every_state=True).reviews
        for item in (*review.characteristics, *review.answers, *review.episodes, *review.recommendations)
        for found in (item.anchors if hasattr(item, "anchors") else (item.anchor,))
    )
    found = sorted(
        (target["document_id"], target["selector"][1]["start"], target["selector"][1]["end"])
        for annotation in page["items"]
        for target in annotation["target"]
    )
    assert found == wanted
    assert len({annotation["id"] for annotation in page["items"]}) == len(page["items"])


def test_bodies_carry_theme_direction_and_characteristics_with_labels(page: dict[str, Any]) -> None:
    kinds = {(one["kind"], body["kind"]) for one in page["items"] for body in one["body"]}
    assert {("episode", "theme"), ("episode", "direction"), ("characteristic", "vulnerabilities")} <= kinds
    assert ("recommendation", "addressee") in kinds
    direction = next(
        body
        for one in page["items"]
        for body in one["body"]
        if body["kind"] == "direction" and body["value"] == "good"
    )
    assert direction["label"] == "Good practice"
    assert {one["state"] for one in page["items"]} == {"suggested", "confirmed", "rejected"}


def test_people_and_engines_are_told_apart(page: dict[str, Any]) -> None:
    makers = {(one["state"], one["creator"]["type"], one["creator"]["name"]) for one in page["items"]}
    assert ("suggested", "Software", "lexicon") in makers
    assert ("confirmed", "Person", "Ada") in makers
    assert not [maker for maker in makers if maker[0] == "suggested" and maker[1] == "Person"]


def test_the_context_defines_every_term_so_no_network_is_needed(page: dict[str, Any]) -> None:
    context = page["@context"]
    assert isinstance(context, dict)
    for key, typed in _terms(page):
        assert key in context or key in KEYWORDS, key
        assert typed is None or typed in context, typed
    for meaning in context.values():
        place = meaning["@id"] if isinstance(meaning, dict) else meaning
        assert place.startswith("@") or place.partition(":")[0] in {*context, "http", "urn"}


def _terms(value: Any) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "@context":
                continue
            yield key, below if key in ("type", "purpose") else None
            yield from _terms(below)
    elif isinstance(value, list):
        for below in value:
            yield from _terms(below)


def test_pages_of_a_pdf_are_fragments_and_text_has_none(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "two.pdf"))
    canvas.drawString(72, 700, "Serious Case Review: Child PP. FICTIONAL.")
    canvas.showPage()
    canvas.drawString(72, 700, "The police did not complete a risk assessment, a missed opportunity.")
    canvas.save()
    with gt.init(tmp_path / "s") as made:
        made.add(tmp_path / "two.pdf")
        made.suggest()
        export_study(made, "jsonld", tmp_path / "two.jsonld")
    items = json.loads((tmp_path / "two.jsonld").read_text(encoding="utf-8"))["items"]
    fragments = {t["selector"][2]["value"] for one in items for t in one["target"]}
    assert "page=2" in fragments
