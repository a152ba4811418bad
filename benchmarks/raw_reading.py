"""The floor: one process reads the raw text of PDF files with pypdfium2 and does nothing else with it.

`python benchmarks/raw_reading.py FILE...` prints one JSON object: files, pages, characters, seconds, unreadable.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pypdfium2


def read(file: Path) -> tuple[int, int]:
    """Pages and characters of one file."""
    document = pypdfium2.PdfDocument(file)
    try:
        characters = 0
        for page in document:
            text = page.get_textpage()
            characters += len(text.get_text_range())
            text.close()
            page.close()
        return len(document), characters
    finally:
        document.close()


def main() -> None:
    """Read every file named and say how long it took."""
    pages, characters, unreadable = 0, 0, 0
    began = time.perf_counter()
    for name in sys.argv[1:]:
        try:
            read_pages, read_characters = read(Path(name))
        except pypdfium2.PdfiumError:
            unreadable += 1
            continue
        pages, characters = pages + read_pages, characters + read_characters
    seconds = time.perf_counter() - began
    found = {"files": len(sys.argv) - 1, "pages": pages, "characters": characters, "seconds": seconds}
    print(json.dumps({**found, "unreadable": unreadable}))


if __name__ == "__main__":
    main()
