"""Commands that write briefings and exports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.briefing.claims import Stale
from goldthread.cli.output import PROBLEMS_FOUND, Json, OnBasis, Rounds, Where, count, say, show, show_json
from goldthread.errors import UsageError
from goldthread.interchange.exporting import export_study
from goldthread.study.study import open_study
from goldthread.values import Basis

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
_SAME = "the same number, resting on other reviews or passages"


class Kind(StrEnum):
    """The kinds of briefing."""

    META_ANALYSIS = "meta-analysis"
    PRACTICE = "practice"
    THEMED = "themed"
    PERIODIC = "periodic"
    QUALITY = "quality"


def brief(
    folder: Folder,
    kind: Annotated[Kind | None, typer.Option("--kind", help="What kind of briefing.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The file to write: .html, .docx or .pdf.")] = None,
    check: Annotated[
        Path | None, typer.Option("--check", help="A briefing written earlier (.html, .docx): what no longer holds?")
    ] = None,
    basis: OnBasis = Basis.DRAFT,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    as_json: Json = False,
) -> None:
    """Write a briefing in which every number and quote can be followed to the words on the page.

    Examples:

      goldthread brief study --kind practice --out briefing.html
      goldthread brief study --kind meta-analysis --out report.pdf --round 2019-Q3 --round 2019-Q4
      goldthread brief study --kind practice --out kent.docx --where 'force=Kent Police'
      goldthread brief study --kind themed --out themes.pdf
      goldthread brief study --check briefing.html
    """
    if check is not None:
        _check(folder, check, as_json)
        return
    if kind is None or out is None:
        raise UsageError("what to write is not said", mend="give --kind and --out, or --check and a briefing")
    with open_study(folder) as study:
        study.brief(kind.value, basis, where=study.filters(where), rounds=rounds).save(out)
    say(f"Wrote {out}")


def _check(folder: Folder, briefing: Path, as_json: bool) -> None:
    with open_study(folder) as study:
        found = study.stale(briefing)
    if as_json:
        show_json([{"key": s.was.key, "was": s.was.text, "now": s.now.text if s.now else None} for s in found])
    else:
        for each in found:
            show(f"{each.was.key}  {each.was.text}\n    {_now(each)}")
        say(f"{count(len(found), 'claim')} no longer hold." if found else "Every claim still holds.")
    if found:
        raise typer.Exit(PROBLEMS_FOUND)


def _now(found: Stale) -> str:
    if found.now is None:
        return "no longer made"
    return _SAME if found.now.text == found.was.text else f"now: {found.now.text}"


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
