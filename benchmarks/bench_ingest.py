"""`add` and `run` over a folder of PDFs, beside raw reading of the same files in the same run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median

from lines import Line
from measure import MEGABYTE, goldthread, watched

ADD_RATIO_BAR = 2.0
RUN_SECONDS_BAR = 30.0
MEMORY_MB_BAR = 1000.0
GROWTH_BAR = 1.1
HERE = Path(__file__).parent


def ingest(files: list[Path], folder: Path, scratch: Path, protocol: str, repeats: int) -> list[Line]:
    """Raw reading and `add`, alternating `repeats` times; medians are compared."""
    raws, adds, works, peaks = [], [], [], []
    for turn in range(repeats):
        raw = json.loads(watched([sys.executable, str(HERE / "raw_reading.py"), *map(str, files)]).output)
        study = scratch / f"added-{turn}"
        goldthread("init", study, "--protocol", protocol)
        added = goldthread("add", study, folder)
        raws.append(float(raw["seconds"]))
        adds.append(added.seconds)
        works.append(added.processor)
        peaks.append(added.peak_mb)
    about = f"{raw['files']} files, {raw['pages']:,} pages, {raw['unreadable']} not readable"
    stored = sum(file.stat().st_size for file in study.rglob("*") if file.is_file()) / MEGABYTE
    return [
        Line("raw reading, one process", median(raws), "s", note=about),
        Line("goldthread add", median(adds), "s", note=f"start-up included; the study takes {stored:.0f} MB"),
        Line("add / raw reading", median(adds) / median(raws), "×", ADD_RATIO_BAR),
        Line("add, processor time", median(works), "s", note="all processes together; raw reading's is its time"),
        Line("add, peak memory", max(peaks), "MB", MEMORY_MB_BAR, "all processes together"),
    ]


def whole_job(folder: Path, scratch: Path, protocol: str, bars: bool) -> list[Line]:
    """`run` from nothing to the briefings, then `verify` of what it made."""
    study = scratch / "whole"
    ran = goldthread("run", folder, "--study", study, "--protocol", protocol, "--json")
    checked = goldthread("verify", study, accept=(0,))
    return [
        Line(
            "goldthread run",
            ran.seconds,
            "s",
            RUN_SECONDS_BAR if bars else None,
            f"draft briefings included; {ran.processor:.1f} s of processor time",
        ),
        Line("run, peak memory", ran.peak_mb, "MB", MEMORY_MB_BAR, "all processes together"),
        Line("goldthread verify", checked.seconds, "s", note=checked.output.strip().splitlines()[0]),
    ]


def growth(small: Path, large: Path, times: int, scratch: Path) -> list[Line]:
    """`run` over `times` as many reviews: time may grow by a tenth more than the work, memory hardly."""
    one = goldthread("run", small, "--study", scratch / "small")
    many = goldthread("run", large, "--study", scratch / "large")
    grown = many.seconds / one.seconds / times
    return [
        Line(f"run over {times}× the reviews", many.seconds, "s", note=f"{one.seconds:.1f} s over the tenth"),
        Line("time grown / work grown", grown, "×", GROWTH_BAR),
        Line("memory grown", many.peak_mb / one.peak_mb, "×", note=f"{one.peak_mb:.0f} → {many.peak_mb:.0f} MB"),
    ]
