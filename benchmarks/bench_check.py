"""Checking reports on one core, reading included, beside raw reading of the same files in the same run.

python benchmarks/bench_check.py DIR
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
from pathlib import Path

from goldthread.audit.reports import check
from lines import Line, table

PAGES_A_SECOND_BAR = 50
HERE = Path(__file__).parent


def checking(files: list[Path]) -> list[Line]:
    """Processor time of auditing every file with one worker, parent and child together."""
    began = _processor_seconds()
    command = [sys.executable, str(HERE / "raw_reading.py"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own script
    raw = _processor_seconds() - began
    began = _processor_seconds()
    audits = list(check(files, workers=1))
    spent = _processor_seconds() - began
    pages = sum(one.pages for one in audits)
    found = sum(len(one.findings) for one in audits)
    about = f"{len(files)} files, {pages:,} pages, {found} findings; {pages / spent:,.0f} pages a second"
    return [
        Line("check, processor time for 100 pages", 100 * spent / pages, "s", 100 / PAGES_A_SECOND_BAR, about),
        Line("check / raw reading", spent / raw, "×", note="processor time"),
    ]


def _processor_seconds() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def main() -> None:
    """Measure one folder and print the lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    print(table(checking(sorted(parser.parse_args().folder.glob("*.pdf")))))


if __name__ == "__main__":
    main()
