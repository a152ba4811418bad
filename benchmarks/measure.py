"""Wall time and peak memory of a command, its children included."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
KILOBYTE = 1024
MEGABYTE = 1_000_000


class BenchmarkFailed(RuntimeError):
    """A command that is being measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run of a command took, children included.

    `seconds` are those a person waits, `processor` those the processors worked: the steadier of the two where other
    work shares the machine. `peak_mb` counts memory shared by the processes once, in 10^6 bytes.
    """

    seconds: float
    processor: float
    peak_mb: float
    output: str


def goldthread(*words: str | Path, accept: Sequence[int] = (0, 1)) -> Measured:
    """Run the command line as a person would, in a process of its own, and measure it."""
    return watched([sys.executable, "-m", "goldthread", *map(str, words)], accept)


def watched(command: Sequence[str], accept: Sequence[int] = (0,)) -> Measured:
    """Run a command to its end and measure it.

    Raises BenchmarkFailed with what it said when it ends with a code that is not accepted.
    """
    began, used = time.perf_counter(), _processor_seconds()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        peak = _watch(process, began)
        output = process.stdout.read() if process.stdout else ""
    if process.returncode not in accept:
        raise BenchmarkFailed(f"{' '.join(command)} ended with {process.returncode}:\n{output}")
    return Measured(peak[0], _processor_seconds() - used, peak[1], output)


def _processor_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _watch(process: subprocess.Popen[str], began: float) -> tuple[float, float]:
    """Seconds until the end, and the most memory the process and its descendants had together."""
    peak = 0
    while True:
        peak = max(peak, sum(memory(pid) for pid in family(process.pid)))
        try:
            process.wait(POLL_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return time.perf_counter() - began, peak / MEGABYTE


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        tasks = Path(f"/proc/{one}/task")
        try:
            children = [(task / "children").read_text().split() for task in tasks.iterdir()]
        except OSError:
            continue
        found += [int(child) for below in children for child in below]
    return found


def memory(pid: int) -> int:
    """Bytes of memory of one process, its share of what it shares with others; 0 when it is gone."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * KILOBYTE for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
