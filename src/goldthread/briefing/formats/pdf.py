"""A briefing as a tagged PDF (PDF/UA-1) typeset by Typst from plain data."""

from __future__ import annotations

import json
import tomllib
import unicodedata
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from goldthread.analysis.table import Row
from goldthread.briefing.blocks import (
    Block,
    Box,
    Briefing,
    CrossReference,
    FigureBlock,
    Heading,
    Inline,
    Items,
    LiveFigure,
    Paragraph,
    Quote,
    TableBlock,
    Words,
)
from goldthread.briefing.claims import ATTACHED, ledger_of, to_json
from goldthread.briefing.formats.docx_package import moment
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline, is_words, leading, weights
from goldthread.briefing.formats.paper import bound, on_paper
from goldthread.briefing.sections.tables import note
from goldthread.briefing.words.phrases import day
from goldthread.briefing.words.wording import say

Json = dict[str, Any]


def render(briefing: Briefing) -> bytes:
    """The PDF. The same briefing gives the same bytes; only fonts that come with Typst are used."""
    outline = Outline(on_paper(briefing))
    made = moment(briefing.made)
    source = (files("goldthread.briefing") / "templates" / "briefing.typ").read_bytes()
    pdf = typst.compile(
        source,
        format="pdf",
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int((made - datetime(1970, 1, 1)).total_seconds()),
        sys_inputs={
            "briefing": json.dumps(_document(outline, made), ensure_ascii=False),
            "claims": to_json(ledger_of(briefing)).decode("utf-8"),
        },
    )
    return bytes(pdf)


def printable(text: str) -> str:
    """The text as the PDF can show it: what neither of its fonts can show is written as its number, [U+1F642].

    Marks that only steer layout (zero-width joiners, variation selectors) are left out.
    """
    known = _characters("serif") | _characters("mono")
    kept = (c for c in shown(text).replace("\t", " ") if not _steers(c))
    return "".join(c if c in known else f"[U+{ord(c):04X}]" for c in kept)


def _steers(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


@cache
def _ranges(font: str) -> tuple[tuple[int, int], ...]:
    data = tomllib.loads((files("goldthread.briefing") / "templates" / "pdf_characters.toml").read_text("utf-8"))
    pairs = (part.partition("-") for part in data[font].split())
    return tuple((int(low, 16), int(high or low, 16)) for low, _, high in pairs)


@cache
def _characters(font: str) -> frozenset[str]:
    return frozenset(chr(code) for low, high in _ranges(font) for code in range(low, high + 1))


def _pattern(font: str) -> str:
    """A regular expression for the characters of a font."""
    return "[" + "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in _ranges(font)) + "]"


def _document(outline: Outline, made: datetime) -> Json:
    briefing = outline.briefing
    language, _, region = briefing.language.partition("-")
    return {
        "title": printable(briefing.title),
        "subtitle": printable(briefing.subtitle),
        "draft": outline.draft,
        "attached": ATTACHED,
        "attached-as": say("paper.claims"),
        "mono": _pattern("mono"),
        "lang": language,
        "region": region or "GB",
        "made": [made.year, made.month, made.day, made.hour, made.minute, made.second],
        "when": say("docx.made", made=day(briefing.made[:10])),
        "foot": say("docx.state", state=briefing.state[:12]),
        "contents": say("contents"),
        "blocks": _blocks(outline, briefing.blocks),
        "evidence-title": say("section.evidence"),
        "evidence-intro": f"{say('evidence.intro', reviews=bound('reviews'))} {say('evidence.empty')}",
        "evidence": [
            {"key": e.key, "claim": printable(e.claim), "behind": printable(outline.behind(e))}
            for e in briefing.evidence
            if e.key in outline.printed
        ],
    }


def _blocks(outline: Outline, blocks: tuple[Block, ...]) -> list[Json]:
    return [{**_block(outline, block), "keep": leads} for block, leads in zip(blocks, leading(blocks), strict=True)]


def _block(outline: Outline, block: Block) -> Json:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": printable(block.text), "key": block.key}
        case Paragraph():
            return {"kind": "paragraph", "parts": _inline(outline, block.parts)}
        case Items():
            return {
                "kind": "items",
                "ordered": block.ordered,
                "items": [_inline(outline, item) for item in block.items],
            }
        case Quote():
            return {
                "kind": "quote",
                "text": printable(block.anchor.quote),
                "cite": _figure(outline, f"[{block.citation}]", block.evidence),
                "place": printable(f"{block.file_name}, page {block.anchor.page}"),
            }
        case TableBlock():
            return _table(outline, block)
        case FigureBlock():
            return {
                "kind": "figure",
                "key": block.key,
                "svg": block.svg,
                "width": block.width_cm,
                "alternative": printable(block.alternative),
                "caption": printable(block.caption),
            }
        case Box():
            return {
                "kind": "box",
                "title": printable(block.title),
                "blocks": _blocks(outline, block.blocks),
            }


def _figure(outline: Outline, text: str, key: str) -> Json:
    """A figure, linked to its entry where that is printed."""
    return {"text": printable(text), **({"to": key} if key in outline.printed else {})}


def _inline(outline: Outline, parts: tuple[Inline, ...]) -> list[Json]:
    return [_part(outline, part) for part in parts]


def _part(outline: Outline, part: Inline) -> Json:
    match part:
        case LiveFigure():
            return _figure(outline, part.text, part.evidence)
        case CrossReference():
            text = printable(outline.reference(part))
            return {"text": text, **({"to": part.key} if part.key in outline.numbers else {})}
        case Words():
            said = {"text": printable(part.text), "strong": part.strong, "emphasis": part.emphasis}
            return {**said, **({"url": part.url} if part.url else {})}


def _table(outline: Outline, block: TableBlock) -> Json:
    table = block.table
    return {
        "kind": "table",
        "key": block.key,
        "caption": printable(block.caption),
        "head": printable(table.row_label or say("tables.counted")),
        "weights": weights(table),
        "columns": [
            {"label": printable(c.label), "base": c.base, "words": is_words(table, n)}
            for n, c in enumerate(table.columns)
        ],
        "rows": [_row(outline, block, row) for row in table.rows],
        "note": printable(note(table)),
    }


def _row(outline: Outline, block: TableBlock, row: Row) -> Json:
    cells = [
        _figure(outline, cell.text, block.evidence.get((row.id, column.id), ""))
        for column, cell in zip(block.table.columns, row.cells, strict=True)
    ]
    return {"kind": row.kind, "label": printable(row.label), "cells": cells}
