"""The doctor command."""

from __future__ import annotations

import typer

from goldthread.cli import doctor as examination
from goldthread.cli.output import PROBLEMS_FOUND, Json, show


def doctor(as_json: Json = False) -> None:
    """Say what is present, what is optional and missing, and how to get it.

    Examples:

      goldthread doctor
      goldthread doctor --json
    """
    checks = examination.examine()
    show(examination.report(checks, as_json))
    if not all(check.present for check in checks if check.needed):
        raise typer.Exit(PROBLEMS_FOUND)
