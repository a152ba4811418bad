"""Real files for the document tests, made on the spot."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[2] / "../shared")).resolve()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

Draw = Callable[[Canvas], None]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real public material, which is not part of the repository."""
    if not SHARED.is_dir():
        pytest.skip(f"needs the real material in {SHARED} (set GOLDTHREAD_SHARED)")
    return SHARED


def pdf_of(*pages: Draw, title: str = "") -> bytes:
    """A PDF whose pages are drawn by the given functions."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=0)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(
    canvas: Canvas, texts: list[str], *, x: float = 72, y: float = 720, size: float = 11, font: str = "Helvetica"
) -> float:
    """Print lines downwards from `y`, 1.3 sizes apart; return where the next would stand."""
    canvas.setFont(font, size)
    for text in texts:
        canvas.drawString(x, y, text)
        y -= 1.3 * size
    return y


def text_pdf(*pages: list[str]) -> bytes:
    """A PDF of plain lines in one size."""
    return pdf_of(*(lambda canvas, texts=texts: lines(canvas, texts) for texts in pages))  # type: ignore[misc]


def docx_of(body: str, extra: dict[str, str] | None = None, *, prolog: str = "", packed: bool = True) -> bytes:
    """A DOCX whose main part holds `body`, OOXML in the prefix w:."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": f'{prolog}<w:document xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
    }
    parts.update(extra or {})
    kinds = {"word/styles.xml": "styles", "word/footnotes.xml": "footnotes", "word/endnotes.xml": "endnotes"}
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="http://x/{kind}" Target="{name.removeprefix("word/")}"/>'
        for name, kind in kinds.items()
        if name in parts
    )
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def p(text: str, style: str = "") -> str:
    """One OOXML paragraph."""
    settings = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{settings}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
