"""The command that brings a person's decisions back in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import PROBLEMS_FOUND, Json, aligned, count, say, show, show_json
from goldthread.study.intake.importing import Imported
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="An edited CSV export, or a .qdpx, .qdc or .qde file.")]


def import_file(folder: Folder, file: File, as_json: Json = False) -> None:
    """Take decisions from a file a person edited, or codings made in another program.

    Reads characteristics.csv, episodes.csv, recommendations.csv and screening.csv as exported and edited, a list
    with the columns review_id, decision and reason, and REFI-QDA projects and codebooks. Only rows marked
    confirmed or rejected (or new rows without a state) decide anything. Every quote is held against the stored
    text; what does not verify is listed, the rest is saved at once. The same file again changes nothing.

    Examples:

      goldthread import study export/episodes.csv
      goldthread import study decisions.csv --json
      goldthread import study coded-in-nvivo.qdpx
    """
    with open_study(folder) as study:
        done = study.import_file(file)
    if as_json:
        problems = [item._asdict() for item in done.problems]
        show_json({**asdict(done), "changed": done.changed, "problems": problems})
    else:
        show(_text(done))
        for problem in done.problems:
            say(f"{problem.place}: {problem.message} — {problem.mend}")
    if done.problems:
        raise typer.Exit(PROBLEMS_FOUND)


def _text(done: Imported) -> str:
    rows: list[tuple[str, object]] = [
        ("Read", count(done.rows, "passage" if done.understood else "row") + f" of {done.kind}"),
        ("Decisions", done.decided),
        ("Confirmed", done.confirmed),
        ("Rejected", done.rejected),
        ("Added", done.added),
        ("Superseded", done.superseded),
        ("Unchanged", done.unchanged),
        ("Problems", len(done.problems)),
    ]
    for name, value in done.understood.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list | dict) else value
        rows.append((name.replace("_", " ").capitalize(), "none" if shown == "" else shown))
    return aligned(rows)
