"""What commands print: data on stdout, everything said to people on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from goldthread.study.progress import Progress as ProgressInterface
from goldthread.study.progress import Silent
from goldthread.values import Basis

PROBLEMS_FOUND = 1

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Where = Annotated[
    list[str],
    typer.Option("--where", "-w", help="Only reviews that meet this, e.g. 'force=Kent Police'; may be repeated."),
]
Rounds = Annotated[
    list[str], typer.Option("--round", "-r", help="Only this round; may be repeated. All rounds when left out.")
]
OnBasis = Annotated[
    Basis, typer.Option("--basis", help="Count only what people confirmed, or machine suggestions too (draft).")
]


def say(message: str) -> None:
    """Tell the person something; never part of the data."""
    sys.stderr.write(message + "\n")


def show(text: str) -> None:
    """Print data as text."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def show_json(value: object) -> None:
    """Print data as exactly one JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def aligned(rows: Sequence[Sequence[object]]) -> str:
    """Rows as columns of text, two spaces apart."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[n]) for row in texts) for n in range(len(texts[0]))] if texts else []
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in texts)
    return "\n".join(lines)


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 review", "1,200 reviews"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@contextmanager
def progress() -> Iterator[ProgressInterface]:
    """A bar with count, rate and time left when stderr is a terminal; otherwise nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Silent()
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    try:
        yield _Bar(bar)
    finally:
        bar.stop()


class _Bar:
    """Shows stages and steps on a terminal; until the first stage the terminal is free for questions."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task: TaskID | None = None

    def stage(self, label: str, total: int) -> None:
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._bar.start()
        self._task = self._bar.add_task(label, total=total, rate="")

    def step(self) -> None:
        if self._task is not None:
            speed = self._bar.tasks[-1].speed
            self._bar.update(self._task, advance=1, rate=f"{speed:.1f}/s" if speed else "")
