"""Commands that write tables, briefings and exports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis import render
from goldthread.briefing.claims import Stale
from goldthread.briefing.docx import table_docx
from goldthread.cli.output import PROBLEMS_FOUND, Json, OnBasis, Rounds, Where, count, say, show, show_json
from goldthread.disclosure.policy import Policy
from goldthread.errors import UsageError
from goldthread.interchange.exporting import export_study
from goldthread.study.folder import write_whole
from goldthread.study.study import open_study
from goldthread.values import Basis

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
_SAME = "the same number, resting on other reviews or passages"
Fewest = Annotated[
    int, typer.Option("--fewest", help="Hide numbers below this, and whatever would give them away.", min=1)
]
Nearest = Annotated[int, typer.Option("--nearest", help="Round every number to the nearest of these.", min=1)]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write; printed when left out.")]


class TableFormat(StrEnum):
    """How tables may be written."""

    TEXT = "text"
    CSV = "csv"
    HTML = "html"
    DOCX = "docx"


class Kind(StrEnum):
    """The kinds of briefing."""

    META_ANALYSIS = "meta-analysis"
    PRACTICE = "practice"
    THEMED = "themed"
    PERIODIC = "periodic"
    QUALITY = "quality"


def tables(
    folder: Folder,
    ids: Annotated[list[str], typer.Option("--id", help="Only this table; may be repeated.")] = [],  # noqa: B006
    basis: OnBasis = Basis.DRAFT,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write them.")] = TableFormat.TEXT,
    out: Out = None,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    fewest: Fewest = 1,
    nearest: Nearest = 1,
    as_json: Json = False,
) -> None:
    """Compute the protocol's tables, each with unit, denominator and what is missing.

    Examples:

      goldthread tables study
      goldthread tables study --id T4 --basis confirmed --format csv
      goldthread tables study --format docx --out tables.docx --round 2019-Q3
      goldthread tables study --id T3 --fewest 5
    """
    with open_study(folder) as study:
        policy = Policy(fewest, nearest)
        computed = study.tables(ids, basis, where=study.filters(where), rounds=rounds, policy=policy)
    if as_json:
        show_json([render.to_json(table) for table in computed])
        return
    if format is TableFormat.DOCX:
        if out is None:
            raise UsageError("a DOCX cannot be printed", mend="name the file with --out tables.docx")
        write_whole(out, table_docx(computed))
        say(f"Wrote {out}")
        return
    writer = {TableFormat.TEXT: render.to_text, TableFormat.CSV: render.to_csv, TableFormat.HTML: render.to_html}
    text = "\n".join(writer[format](table) for table in computed)
    if out is None:
        show(text)
    else:
        write_whole(out, text.encode("utf-8"))
        say(f"Wrote {out}")


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
