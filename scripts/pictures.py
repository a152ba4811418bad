"""Take the documentation's picture anew: three pages of the demo's own briefing, side by side."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
BRIEFING = ROOT / "demo/study/outputs/briefing.pdf"
PICTURE = ROOT / "docs/pictures/briefing.png"
FIRST = "Figure 1:"
PAGES = 3
SCALE = 1.05
MARGIN = 12


def pages() -> list[Image.Image]:
    """The page with the flow of reviews, and those after it."""
    document = pypdfium2.PdfDocument(BRIEFING)
    texts = (" ".join(page.get_textpage().get_text_range().split()) for page in document)
    first = next(number for number, text in enumerate(texts) if FIRST in text)
    return [document[first + n].render(scale=SCALE).to_pil().convert("RGB") for n in range(PAGES)]


def main() -> None:
    """Make the demo where there is none, and write the picture."""
    if not BRIEFING.exists():
        subprocess.run([sys.executable, "-m", "goldthread", "demo", "demo"], cwd=ROOT, check=True)
    shown = pages()
    width, height = shown[0].size
    sheet = Image.new("RGB", (PAGES * (width + MARGIN) + MARGIN, height + 2 * MARGIN), "#8a929a")
    for number, page in enumerate(shown):
        sheet.paste(page, (MARGIN + number * (width + MARGIN), MARGIN))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(64).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
