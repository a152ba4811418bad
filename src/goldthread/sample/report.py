"""A report before it has a format: a title page and a list of parts, which each writer sets in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

FICTIONAL = "FICTIONAL — made for demonstration; no real person, place or event"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `number` as printed ("3" or "3.2" or "Appendix A"), `level` from 1."""

    text: str
    number: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered where the house numbers them; `note` is a footnote at its end.

    `together` keeps it on one page.
    """

    text: str
    number: str = ""
    note: str = ""
    together: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A bullet list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a caption and a header row. `widths` are relative."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A shaded box, as for learning points."""

    title: str
    items: tuple[str, ...]


Part = Heading | Paragraph | Bullets | Grid | Box


@dataclass(frozen=True, slots=True)
class Report:
    """One document as its author wrote it. `house` names the look; `published` is a date in words."""

    title: str
    kind: str
    board: str
    author: str
    published: str
    house: str
    area: str
    parts: tuple[Part, ...]
    contents: bool = True


def as_data(report: Report) -> dict[str, object]:
    """The report as plain values, each part with its `kind`: what a template is given."""
    plain = asdict(report)
    kinds = [type(part).__name__.lower() for part in report.parts]
    plain["parts"] = [{"kind": kind, **part} for kind, part in zip(kinds, plain["parts"], strict=True)]
    plain["mark"] = FICTIONAL
    return plain


def plain_lines(report: Report) -> Iterator[str]:
    """The report as plain text, a line for every paragraph, item and row."""
    yield from (FICTIONAL, report.board, report.kind, report.title, f"Published {report.published}", report.author)
    for part in report.parts:
        match part:
            case Heading():
                yield f"{part.number} {part.text}".strip()
            case Paragraph():
                yield f"{part.number} {part.text}".strip()
                if part.note:
                    yield f"Note: {part.note}"
            case Bullets():
                yield from (f"• {item}" for item in part.items)
            case Grid():
                yield part.caption
                yield from (" | ".join(row) for row in (part.header, *part.rows))
            case Box():
                yield part.title
                yield from part.items
    yield FICTIONAL
