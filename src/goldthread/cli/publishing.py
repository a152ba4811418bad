"""The command that writes exports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import say
from goldthread.interchange.exporting import export_study
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]


def export(
    folder: Folder,
    format: Annotated[str, typer.Option("--format", help="One of csv, xlsx, parquet, sav, qdpx, qdc, jsonld.")],
    out: Annotated[Path, typer.Option("--out", help="The file, or for csv and parquet the folder, to write.")],
) -> None:
    """Write the whole study in an open format, every anchor verified first.

    csv, xlsx and parquet hold every table; sav one row a review for SPSS; qdpx and qdc are for NVivo, ATLAS.ti
    and MAXQDA; jsonld holds every passage as a Web Annotation. parquet and sav need the extra `frames`.

    Examples:

      goldthread export study --format csv --out export/
      goldthread export study --format xlsx --out study.xlsx
      goldthread export study --format qdpx --out study.qdpx
    """
    with open_study(folder) as study:
        export_study(study, format, out)
    say(f"Wrote {out}")
