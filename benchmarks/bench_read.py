"""Reading PDFs into pages and layers in child processes, beside raw reading of the same files in the same run.

    python benchmarks/bench_read.py DIR [--workers N] [--repeats N]

Wall time is what a person waits for; processor time is the steadier where other work shares the machine. With two
workers on two free processors a wall ratio of 1.2 is a processor ratio of about 2.2.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from goldthread.documents.workers import Job, read_all
from lines import Line, table

WALL_BAR = 1.2
MEMORY_MB_BAR = 300.0
HERE = Path(__file__).parent


def reading(files: list[Path], workers: int, repeats: int) -> list[Line]:
    """Raw reading and `read_all`, alternating `repeats` times; medians are compared."""
    raw_wall, raw_cpu, wall, cpu = [], [], [], []
    pages = characters = 0
    for _ in range(repeats):
        began, used = time.perf_counter(), _processor_seconds()
        command = [sys.executable, str(HERE / "raw_reading.py"), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
        raw_wall.append(time.perf_counter() - began)
        raw_cpu.append(_processor_seconds() - used)
        began, used = time.perf_counter(), _processor_seconds()
        found = [document for _, document in read_all((Job(f, f, f.name) for f in files), workers=workers)]
        wall.append(time.perf_counter() - began)
        cpu.append(_processor_seconds() - used)
        pages, characters = sum(len(doc.pages) for doc in found), sum(doc.characters for doc in found)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    about = f"{len(files)} files, {pages:,} pages, {characters:,} characters"
    return [
        Line("raw reading, one process", median(raw_wall), "s", note=about),
        Line(f"read_all, {workers} workers", median(wall), "s", note="start-up included"),
        Line("read_all / raw reading", median(wall) / median(raw_wall), "×", WALL_BAR),
        Line("the same in processor time", median(cpu) / median(raw_cpu), "×", note="parent and children"),
        Line("largest child", peak, "MB", MEMORY_MB_BAR),
    ]


def _processor_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def main() -> None:
    """Measure one folder and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    asked = parser.parse_args()
    lines = reading(sorted(asked.folder.glob("*.pdf")), asked.workers, asked.repeats)
    print(json.dumps({line.what: line.value for line in lines}) if asked.json else table(lines))


if __name__ == "__main__":
    main()
