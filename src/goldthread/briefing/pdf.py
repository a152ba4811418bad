"""A briefing as a tagged PDF (PDF/UA-1) typeset by Typst from plain data."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst

from goldthread.analysis.table import Row
from goldthread.briefing.blocks import (
    Block,
    Box,
    Briefing,
    FigureBlock,
    Heading,
    Inline,
    Items,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
)
from goldthread.briefing.docx_package import moment
from goldthread.briefing.drawing import drawable
from goldthread.briefing.folding import shown
from goldthread.briefing.outline import Outline
from goldthread.briefing.phrases import day
from goldthread.briefing.tables import note
from goldthread.briefing.wording import say

Json = dict[str, Any]


def render(briefing: Briefing) -> bytes:
    """The PDF. The same briefing gives the same bytes; only fonts that come with Typst are used."""
    outline = Outline(briefing)
    made = moment(briefing.made)
    source = (files(__package__) / "templates" / "briefing.typ").read_bytes()
    pdf = typst.compile(
        source,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int((made - datetime(1970, 1, 1)).total_seconds()),
        sys_inputs={"briefing": json.dumps(_document(outline, made), ensure_ascii=False)},
    )
    return bytes(pdf)


def printable(text: str) -> str:
    """The text as the PDF can show it: what no font has a shape for is written as its number, [U+1F642].

    Marks that only steer layout (zero-width joiners, variation selectors) are left out.
    """
    kept = (c for c in shown(text).replace("\t", " ") if not _steers(c))
    return drawable("".join(kept), "DejaVu Sans Mono")


def _steers(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def _document(outline: Outline, made: datetime) -> Json:
    briefing = outline.briefing
    language, _, region = briefing.language.partition("-")
    return {
        "title": printable(briefing.title),
        "subtitle": printable(briefing.subtitle),
        "draft": outline.draft,
        "lang": language,
        "region": region or "GB",
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "when": say("docx.made", made=day(briefing.made[:10])),
        "foot": say("docx.state", state=briefing.state[:12]),
        "contents": say("contents"),
        "blocks": [_block(block) for block in briefing.blocks],
        "evidence-title": say("section.evidence"),
        "evidence-intro": say("evidence.intro"),
        "evidence": [
            {"key": e.key, "claim": printable(e.claim), "behind": printable(outline.behind(e))}
            for e in briefing.evidence
        ],
    }


def _block(block: Block) -> Json:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": printable(block.text), "key": block.key}
        case Paragraph():
            return {"kind": "paragraph", "parts": _inline(block.parts)}
        case Items():
            return {"kind": "items", "ordered": block.ordered, "items": [_inline(item) for item in block.items]}
        case Quote():
            return {
                "kind": "quote",
                "text": printable(block.anchor.quote),
                "cite": {"text": printable(f"[{block.citation}]"), "to": block.evidence},
                "place": printable(f"{block.file_name}, page {block.anchor.page}"),
            }
        case TableBlock():
            return _table(block)
        case FigureBlock():
            return {
                "kind": "figure",
                "svg": block.svg,
                "width": block.width_cm,
                "alternative": printable(block.alternative),
                "caption": printable(block.caption),
            }
        case Box():
            return {"kind": "box", "title": printable(block.title), "blocks": [_block(b) for b in block.blocks]}


def _inline(parts: tuple[Inline, ...]) -> list[Json]:
    return [
        {"text": printable(part.text), "to": part.evidence}
        if isinstance(part, LiveFigure)
        else {"text": printable(part.text), "strong": part.strong, "emphasis": part.emphasis}
        for part in parts
    ]


def _table(block: TableBlock) -> Json:
    table = block.table
    longest = max((len(cell.text) for row in table.rows for cell in row.cells), default=0)
    return {
        "kind": "table",
        "caption": printable(block.caption),
        "head": printable(table.row_label),
        "wordy": longest > 60,
        "columns": [{"label": printable(c.label), "base": c.base} for c in table.columns],
        "rows": [_row(block, row) for row in table.rows],
        "note": printable(note(table)),
    }


def _row(block: TableBlock, row: Row) -> Json:
    cells = []
    for column, cell in zip(block.table.columns, row.cells, strict=True):
        key = block.evidence.get((row.id, column.id))
        cells.append({"text": printable(cell.text), **({"to": key} if key else {})})
    return {"kind": row.kind, "label": printable(row.label), "cells": cells}
