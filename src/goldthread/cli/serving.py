"""The command that opens the workbench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import say
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
USUAL_PORT = 8765


def serve(
    folder: Folder,
    port: Annotated[
        int | None,
        typer.Option(
            "--port", min=0, max=65535, help="The port to listen on; the first free from 8765 when left out."
        ),
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Whose name stands beside each decision; yours by default.")] = "",
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the link in the browser.")] = True,
) -> None:
    """Open the workbench: read, screen, code and trace in the browser, on this machine only.

    Prints a link that works once; a new one is printed whenever one was used. Stop it with Ctrl-C: everything
    decided is on disk already.

    Examples:

      goldthread serve study
      goldthread serve study --port 9000 --no-browser --who "A. Analyst"
    """
    from goldthread.web.serving import serve as run  # noqa: PLC0415 - 0.2 s that other commands are spared

    with open_study(folder, who) as study:
        say(f"Serving {study.folder} as {study.who}. Stop with Ctrl-C.")
        run(study, port, USUAL_PORT, lambda link: say(f"Open: {link}"), browser=browser)
