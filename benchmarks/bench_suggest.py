"""How fast the lexicon engine reads: megabytes of text a second in one process, under each shipped protocol.

Run `python benchmarks/bench_suggest.py [FOLDER OF PDFS]`. Without a folder, and without published PDFs beside the
project, it makes up a report and reads that many times over. Parsing is not measured. Prints one JSON document:
megabytes, seconds of the processor and megabytes a second for each protocol, the bar of 1.5, and peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from goldthread.anchors import DocumentText
from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.documents.read import read
from goldthread.protocol.load import load, shipped

BAR = 1.5
PUBLISHED = Path(__file__).resolve().parents[2] / "shared/data/pdfs"
MADE_UP = (
    "The review found that officers of the force attended the home on 3 May 2019 and spoke with the mother. "
    "The school had recorded its concerns about the child, and the health visitor shared them in good time. "
    "The control room did not grade the second call in line with policy, and no risk assessment was completed. "
    "Weather on that day was mild, and the road past the house was quiet until the evening.\n\n"
)


def reviews(folder: Path) -> list[ReviewText]:
    """One review for each PDF of a folder, or made-up ones."""
    found = sorted(folder.glob("*.pdf")) if folder.is_dir() else []
    if not found:
        return [review(f"made-up-{n}.txt", (MADE_UP * 150).encode()) for n in range(40)]
    return [review(path.name, path.read_bytes()) for path in found]


def review(name: str, data: bytes) -> ReviewText:
    """A review of one document."""
    parsed = read(data, name)
    text = DocumentText(name, "0" * 64, 1, tuple(page.text for page in parsed.pages))
    document = ReadDocument(text, name, parsed.format, parsed.title, parsed.pages)
    return ReviewText(name, parsed.title, (), "", "", (document,))


def measure(read_already: list[ReviewText], protocol: str) -> dict[str, float]:
    """Megabytes, seconds and megabytes a second under one protocol, its cues compiled within the time."""
    asked, engine = load(protocol), LexiconEngine()
    characters = sum(len(document.text.text) for each in read_already for document in each.documents)
    began = time.process_time()
    suggested = [len(made.episodes) for made in (engine.suggest(each, asked) for each in read_already)]
    seconds = time.process_time() - began
    return {
        "megabytes": round(characters / 1e6, 2),
        "seconds": round(seconds, 2),
        "megabytes_a_second": round(characters / 1e6 / seconds, 2),
        "passages": sum(suggested),
    }


def main() -> int:
    """Measure and print; 1 when a protocol misses the bar."""
    texts = reviews(Path(sys.argv[1]) if len(sys.argv) > 1 else PUBLISHED)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    results = {protocol: measure(texts, protocol) for protocol in shipped()}
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    memory = {"peak_mb": after // 1024, "grown_mb": (after - before) // 1024}
    print(json.dumps({"bar": BAR, "protocols": results, **memory}, indent=2))
    return int(any(result["megabytes_a_second"] < BAR for result in results.values()))


if __name__ == "__main__":
    raise SystemExit(main())
