"""The command that says how far suggestions can be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import PROBLEMS_FOUND, Json, progress, say, show, show_json
from goldthread.scoring import evaluation as evaluations
from goldthread.scoring.evaluation import Evaluation
from goldthread.study.folder import write_whole
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]


def evaluate(
    folder: Folder,
    gold: Annotated[
        Path,
        typer.Option(
            "--gold", help="A gold file: JSON, one labelled document a line. Or a folder with labels.jsonl."
        ),
    ],
    engines: Annotated[
        list[str],
        typer.Option("--engine", help="Only this engine; may be repeated. All that were run by default."),
    ] = [],  # noqa: B006 - Typer copies it
    html: Annotated[Path | None, typer.Option("--html", help="Write a report as one web page to this file.")] = None,
    name: Annotated[str, typer.Option("--name", help="What outputs call this gold; its folder when left out.")] = "",
    keep: Annotated[
        bool,
        typer.Option("--keep/--no-keep", help="Keep the figures in the study and show them with its suggestions."),
    ] = True,
    as_json: Json = False,
) -> None:
    """Score the study's suggestions against documents that people labelled: how far to believe them.

    Every field, every kind of passage and every code, for each engine and kind of document: accuracy, precision,
    recall and F1 with 95% intervals, calibration, and a baseline beside it. The web page adds confusion tables,
    curves and the worst misses with their words. Labelled documents are found by file name, else by their text.

    Examples:

      goldthread evaluate study --gold coded-reviews/labels.jsonl
      goldthread evaluate study --gold coded-reviews --engine lexicon --html report.html
      goldthread evaluate study --gold coded-reviews --json --no-keep
    """
    with open_study(folder) as study, progress() as shown:
        found = study.evaluate(gold, engines, name=name, keep=keep, progress=shown)
    if as_json:
        show_json(evaluations.to_json(found))
    else:
        _show(found)
    if html is not None:
        from goldthread.scoring.page import render  # noqa: PLC0415 - only a report needs the templates

        write_whole(html, render(found).encode("utf-8"))
        say(f"Wrote {html}")
    if found.found < found.labelled:
        raise typer.Exit(PROBLEMS_FOUND)


def _show(found: Evaluation) -> None:
    from goldthread.scoring.text import to_text  # noqa: PLC0415 - only this command needs it

    show(to_text(found))
