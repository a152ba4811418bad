"""The doctor command."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli import doctor as examination
from goldthread.cli.output import PROBLEMS_FOUND, Json, show


def doctor(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A study to look at as well.")] = None,
    as_json: Json = False,
) -> None:
    """Say what is present, what is optional and missing, how to get it, and whether language models are on.

    Examples:

      goldthread doctor
      goldthread doctor study
      goldthread doctor --json
    """
    checks = examination.examine(folder)
    show(examination.report(checks, as_json))
    if not all(check.present for check in checks if check.needed):
        raise typer.Exit(PROBLEMS_FOUND)
