"""`make bench`: the promised bars, measured in one run on this machine.

    python benchmarks/run.py [--pdfs DIR] [--protocol NAME] [--only ingest,whole] [--strict]

Without `--pdfs` and without a shared folder of published PDFs beside the project, the built-in fictional reviews are
read. `--smoke` does all of it on a handful of fictional files, to see that it runs; its numbers mean nothing.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from bench_brief import measure as measure_brief
from bench_check import checking
from bench_ingest import growth, ingest, whole_job
from bench_pages import measure as measure_pages
from bench_queue import BAR_SECONDS as QUEUE_BAR
from bench_queue import measure as measure_queue
from bench_read import reading
from bench_search import search
from bench_suggest import BAR as SUGGEST_BAR
from bench_suggest import measure as measure_suggest
from bench_suggest import reviews
from bench_tables import measure as measure_tables
from goldthread.sample.make import make
from lines import Line, table
from measure import goldthread, processors

ROOT = Path(__file__).resolve().parents[1]
PUBLISHED = ROOT.parent / "shared/data/pdfs"
RESULTS = ROOT / "bench-results"
TABLE_SECONDS_BAR = 1.0
PARTS = ("reading", "check", "ingest", "suggest", "brief", "whole", "growth", "search", "tables", "queue", "pages")


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pdfs", type=Path, help="a folder of PDF files")
    parser.add_argument("--protocol", default="learning-reports")
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--paragraphs", type=int, default=200_000, help="how large the searched study is")
    parser.add_argument("--repeats", type=int, default=3, help="how often raw reading and add take turns")
    parser.add_argument("--smoke", action="store_true", help="tiny, to see that everything runs")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar is missed")
    return parser.parse_args()


def main() -> int:
    """Measure what was asked for and print it."""
    asked = options()
    wanted = asked.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; use {', '.join(PARTS)}")
    began = datetime.now(UTC)
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as scratch:
        lines = measured(asked, wanted, Path(scratch))
    if asked.smoke:
        lines = [replace(line, bar=None) for line in lines]
    print(f"{processors()} processors, Python {platform.python_version()}, {platform.system()}")
    print(table(lines))
    if asked.smoke:
        return 0
    RESULTS.mkdir(exist_ok=True)
    result = RESULTS / f"{began:%Y%m%dT%H%M%S}.json"
    result.write_text(json.dumps([asdict(line) | {"met": line.met} for line in lines], indent=2, ensure_ascii=False))
    print(f"kept in {result.relative_to(ROOT)}")
    return int(asked.strict and not all(line.met for line in lines))


def measured(asked: argparse.Namespace, wanted: list[str], scratch: Path) -> list[Line]:
    """The lines of every part wanted, in the order of PARTS."""
    published = asked.pdfs or (PUBLISHED if PUBLISHED.is_dir() and not asked.smoke else None)
    folder = pdf_folder(published, scratch, 2 if asked.smoke else 24)
    files = sorted(folder.glob("*.pdf"))
    work: dict[str, Callable[[], list[Line]]] = {
        "reading": lambda: reading(files, min(2, processors()), 1 if asked.smoke else asked.repeats),
        "check": lambda: checking(files),
        "suggest": lambda: suggest(folder, asked.protocol),
        "brief": lambda: brief(*((4, 5) if asked.smoke else (126, 40))),
        "ingest": lambda: ingest(files, folder, scratch, asked.protocol, 1 if asked.smoke else asked.repeats),
        "whole": lambda: whole_job(folder, scratch, asked.protocol, bars=published is not None),
        "growth": lambda: grown(scratch, *((2, 2) if asked.smoke else (40, 20))),
        "tables": lambda: tables(20 if asked.smoke else 1000),
        "search": lambda: search(
            read_once(folder, scratch), scratch, 400 if asked.smoke else asked.paragraphs, len(files)
        ),
        "queue": lambda: queue([(40, 3)] if asked.smoke else [(1000, 100), (10_000, 2)]),
        "pages": lambda: measure_pages(scratch, *((8, 6, 40) if asked.smoke else (1000, 100))),
    }
    lines = [Line("start-up", goldthread("--help").seconds, "s", note="`goldthread --help`")]
    for part in PARTS:
        if part in wanted:
            print(f"{part} …", file=sys.stderr)
            lines += work[part]()
    return lines


def pdf_folder(published: Path | None, scratch: Path, number: int) -> Path:
    """A folder with PDFs only: links to the published ones, or fictional ones."""
    folder = scratch / "pdfs"
    if published is None:
        return make(scratch / "fictional", number, formats=("pdf",), jobs=processors()).reports
    folder.mkdir()
    for file in sorted(published.glob("*.pdf")):
        shutil.copy(file, folder / file.name)
    return folder


def grown(scratch: Path, number: int, pages: int) -> list[Line]:
    """Time and memory over ten times as many fictional PDFs."""
    few = make(scratch / "few", number, pages=pages, jobs=processors())
    many = make(scratch / "many", number * 10, pages=pages, jobs=processors())
    return growth(few.reports, many.reports, 10, scratch)


def suggest(folder: Path, protocol: str) -> list[Line]:
    """How fast the engine reads, parsing not counted."""
    found = measure_suggest(reviews(folder), protocol)
    about = f"{found['megabytes']} MB of text, {found['passages']} passages"
    return [Line("suggest, processor time for a MB", 1 / found["megabytes_a_second"], "s", 1 / SUGGEST_BAR, about)]


def brief(many: int, passages: int) -> list[Line]:
    """One briefing of so many reviews in three formats, in a fresh process."""
    found = measure_brief(many, passages)
    about = f"{many} reviews of {passages} passages; HTML, Word and PDF"
    return [Line("a briefing", float(str(found["seconds"])), "s", float(str(found["bar_seconds"])), about)]


def tables(many: int) -> list[Line]:
    """The slowest of the police protocol's tables, each computed from nothing but the stored cases."""
    found = measure_tables(many)
    slowest, whole = float(str(found["slowest_seconds"])), float(str(found["all_tables_from_one_reading_seconds"]))
    return [
        Line("one table", slowest, "s", TABLE_SECONDS_BAR, f"{found['slowest']}, the slowest, over {many:,} reviews"),
        Line("every table", whole, "s", note=f"{found['tables']} tables, cases read once"),
    ]


def queue(sizes: list[tuple[int, int]]) -> list[Line]:
    """The queue after a decision, the decision included, in studies of so many reviews of so many pages."""
    lines = []
    for many, pages in sizes:
        found = measure_queue(many, pages)
        about = f"{many:,} reviews of {pages} pages, the slowest; the first took {found['afresh']:.2f} s"
        lines.append(Line("queue after a decision", found["after_a_decision"], "s", QUEUE_BAR, about))
        about = f"{found['passages']:,} passages, the slowest; the first took {found['passages_first']:.2f} s"
        lines.append(Line("queue after a passage", found["after_a_passage"], "s", QUEUE_BAR, about))
    return lines


def read_once(folder: Path, scratch: Path) -> Path:
    """A study of the PDFs, whose sentences fill the study that is searched."""
    study = scratch / "whole"
    if not study.exists():
        study = scratch / "read"
        goldthread("init", study)
        goldthread("add", study, folder)
    return study


if __name__ == "__main__":
    sys.exit(main())
