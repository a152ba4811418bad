from __future__ import annotations

import os
from pathlib import Path

import pytest

from goldthread.anchors import DocumentText
from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.documents.read import read
from goldthread.scoring.gold import GoldDocument, parse_gold, with_words

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED") or Path(__file__).parents[2] / "../shared").resolve()


def review_of(text: str, *, review_types: tuple[str, ...] = (), name: str = "r1") -> ReviewText:
    """A review of one plain-text document, read as `add` reads it."""
    parsed = read(text.encode(), f"{name}.txt")
    document = DocumentText(name, "0" * 64, 1, tuple(page.text for page in parsed.pages))
    return ReviewText(
        review_id=name,
        title=parsed.title,
        review_types=review_types,
        publication_date="2020-01-01",
        source="test",
        documents=(ReadDocument(document, f"{name}.txt", parsed.format, parsed.title, parsed.pages),),
    )


@pytest.fixture(scope="session")
def gold() -> list[tuple[GoldDocument, ReviewText]]:
    """Labelled coroners' and police-conduct reports, each read as `add` reads it."""
    folder = SHARED / "data/gold"
    if not folder.exists():
        pytest.skip(f"the labelled reports are not at {folder}: set GOLDTHREAD_SHARED to the folder that has them")
    pairs = []
    for label in _labels(folder / "labels.jsonl"):
        text = (folder / "docs" / label.file).read_text(encoding="utf-8")
        kind = "PFD" if label.source == "pfd" else "IOPC"
        pairs.append((with_words(label, text), review_of(text, review_types=(kind,), name=label.id)))
    return pairs


@pytest.fixture(scope="session")
def inspections() -> list[tuple[GoldDocument, ReviewText]]:
    """Labelled inspection reports, each read from its PDF as `add` reads it."""
    labels = SHARED / "data/gold/inspections/labels.jsonl"
    if not labels.exists():
        pytest.skip(
            f"the labelled inspections are not at {labels}: set GOLDTHREAD_SHARED to the folder that has them"
        )
    pairs = []
    for label in _labels(labels):
        parsed = read((SHARED / "data/pdfs" / label.file).read_bytes(), label.file)
        text = DocumentText(label.id, "0" * 64, 1, tuple(page.text for page in parsed.pages))
        document = ReadDocument(text, label.file, parsed.format, parsed.title, parsed.pages)
        pairs.append((label, ReviewText(label.id, parsed.title, ("JTAI",), "", "test", (document,))))
    return pairs


def _labels(path: Path) -> tuple[GoldDocument, ...]:
    return parse_gold(path.read_text(encoding="utf-8"), path.name)
