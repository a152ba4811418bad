"""Reports made on the spot, and the published ones that are not part of the repository."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from goldthread.audit.audit import Audit, audit
from goldthread.audit.findings import Slip, Sure
from goldthread.audit.tables import Table as Found
from goldthread.audit.tables import tables
from goldthread.documents.read import read

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[2] / "../shared")).resolve()
Rows = Sequence[Sequence[str]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public material, which is not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the real material in {SHARED} (set GOLDTHREAD_SHARED)")
    return SHARED


def audited(text: str) -> Audit:
    """The audit of a plain text."""
    return audit(read(text.encode(), "report.txt"), "report.txt")


def slips(text: str) -> list[Slip]:
    """What the audit of a plain text says."""
    return [found.slip for found in audited(text).findings]


def errors(text: str) -> list[str]:
    """Printed figures that are called errors."""
    return [slip.printed for slip in slips(text) if slip.sure is Sure.ERROR]


def table(text: str) -> Found:
    """The one table in a text."""
    (found,) = tables(text, 0)
    return found


def tabbed(caption: str, rows: Rows) -> str:
    """A captioned table as tabbed lines, between sentences."""
    lines = "\n".join("\t".join(row) for row in rows)
    return f"Here is what was found in the area.\n\n{caption}\n\n{lines}\n\nThe table speaks for itself.\n"


def as_pdf(caption: str, rows: Rows) -> bytes:
    """A PDF page with one captioned table."""
    buffer, style = io.BytesIO(), getSampleStyleSheet()["Normal"]
    story = [
        Paragraph("What was found in the area over the year, as the reviews tell it.", style),
        Spacer(1, 12),
        Paragraph(caption, style),
        Table([list(row) for row in rows]),
        Spacer(1, 12),
        Paragraph("The table speaks for itself, and nothing more is said of it here.", style),
    ]
    SimpleDocTemplate(buffer, pagesize=A4).build(story)
    return buffer.getvalue()


def as_html(caption: str, rows: Rows) -> bytes:
    """A web page with one captioned table."""
    head, *body = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    return (
        f"<!doctype html><html lang=en><head><title>Reviews</title></head><body><p>What was found.</p>"
        f"<table><caption>{caption}</caption><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>"
        "<p>The table speaks for itself.</p></body></html>"
    ).encode()


def as_docx(caption: str, rows: Rows) -> bytes:
    """A Word file with one captioned table."""
    document = docx.Document()
    document.add_paragraph("What was found in the area over the year.")
    document.add_paragraph(caption, style="Caption")
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for line, row in zip(made.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    document.add_paragraph("The table speaks for itself.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_txt(caption: str, rows: Rows) -> bytes:
    """A text file with one captioned table of tabbed lines."""
    return tabbed(caption, rows).encode()


MAKERS = {"pdf": as_pdf, "html": as_html, "docx": as_docx, "txt": as_txt}
