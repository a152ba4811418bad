"""The command that counts: the protocol's tables, and any two fields against one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.analysis import render
from goldthread.analysis.crossing import asked
from goldthread.analysis.table import Table
from goldthread.cli.output import Json, OnBasis, Rounds, Where, say, show, show_json
from goldthread.disclosure.policy import Policy
from goldthread.errors import UsageError
from goldthread.study.folder import write_whole
from goldthread.study.study import open_study
from goldthread.values import Basis, Unit

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Fewest = Annotated[
    int, typer.Option("--fewest", help="Hide numbers below this, and whatever would give them away.", min=1)
]
Nearest = Annotated[int, typer.Option("--nearest", help="Round every number to the nearest of these.", min=1)]
Out = Annotated[Path | None, typer.Option("--out", help="The file to write; printed when left out.")]
Cross = Annotated[
    str, typer.Option("--cross", help="Set two fields against one another, ROW,COLUMN; or count one, ROW.")
]
Panels = Annotated[str, typer.Option("--panels", help="With --cross: a table for each value of this third field.")]
Together = Annotated[
    bool,
    typer.Option(
        "--together", help="With --cross: which values occur together, beside chance; so does ROW,ROW by itself."
    ),
]
AtUnit = Annotated[Unit | None, typer.Option("--unit", help="With --cross: what to count.")]
PercentOf = Annotated[
    str, typer.Option("--percent-of", help="With --cross: the denominator; stated, column, row, table or none.")
]


class TableFormat(StrEnum):
    """How tables may be written."""

    TEXT = "text"
    CSV = "csv"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    SVG = "svg"


def tables(
    folder: Folder,
    ids: Annotated[list[str], typer.Option("--id", help="Only this table; may be repeated.")] = [],  # noqa: B006
    cross: Cross = "",
    panels: Panels = "",
    unit: AtUnit = None,
    percent_of: PercentOf = "stated",
    together: Together = False,
    basis: OnBasis = Basis.DRAFT,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write them.")] = TableFormat.TEXT,
    out: Out = None,
    rounds: Rounds = [],  # noqa: B006 - Typer copies it
    where: Where = [],  # noqa: B006 - Typer copies it
    fewest: Fewest = 1,
    nearest: Nearest = 1,
    as_json: Json = False,
) -> None:
    """Compute the protocol's tables, or cross any two fields, each with unit, denominator and what is missing.

    Examples:

      goldthread tables study
      goldthread tables study --id T4 --basis confirmed --format csv
      goldthread tables study --format docx --out tables.docx --round 2019-Q3
      goldthread tables study --id T3 --fewest 5
      goldthread tables study --cross theme,force --where direction=missed
      goldthread tables study --cross sex,age_band --unit subject --format xlsx --out sex.xlsx
      goldthread tables study --cross theme,explanation --panels review_type
      goldthread tables study --cross theme,theme --where direction=missed
      goldthread tables study --cross theme,vulnerabilities --together
      goldthread tables study --id P3 --format svg --out themes.svg
    """
    if cross and ids:
        raise UsageError("--id and --cross ask for two different things", mend="leave one of them out")
    if not cross and (panels or unit or percent_of != "stated" or together):
        told = "--panels, --unit, --percent-of and --together belong to --cross"
        raise UsageError(told, mend="name the fields with --cross")
    with open_study(folder) as study:
        conditions, policy = study.filters(where), Policy(fewest, nearest)
        if cross:
            named = unit.value if unit else ""
            rows, columns = _fields(cross)
            asking = asked(
                rows, columns, study.protocol, panels=panels, unit=named, percent_of=percent_of, together=together
            )
            made = study.cross(asking, basis, where=conditions, rounds=rounds, policy=policy)
        else:
            made = study.tables(ids, basis, where=conditions, rounds=rounds, policy=policy)
    if as_json:
        show_json([render.to_json(table) for table in made])
    else:
        write(made, format, out)


def _fields(cross: str) -> tuple[str, str]:
    names = [name.strip() for name in cross.split(",")]
    if len(names) > 2:
        raise UsageError(f"{cross!r} names more than two fields", mend="give ROW,COLUMN, and a third as --panels")
    return names[0], names[1] if len(names) > 1 else ""


def write(made: Sequence[Table], format: TableFormat, out: Path | None) -> None:
    """Write tables in a format to a file, or print them where that can be done."""
    if format in _FILES:
        if out is None:
            raise UsageError(
                f"a file in {format.value} cannot be printed", mend=f"name it with --out tables.{format.value}"
            )
        write_whole(out, _FILES[format](made))
    elif format is TableFormat.SVG:
        text = _chart(made)
        if out is None:
            show(text)
            return
        write_whole(out, text.encode("utf-8"))
    else:
        writer = {TableFormat.TEXT: render.to_text, TableFormat.CSV: render.to_csv, TableFormat.HTML: render.to_html}
        text = "\n".join(writer[format](table) for table in made)
        if out is None:
            show(text)
            return
        write_whole(out, text.encode("utf-8"))
    say(f"Wrote {out}")


def _word(made: Sequence[Table]) -> bytes:
    from goldthread.briefing.formats.docx import table_docx  # noqa: PLC0415 - what printed tables need not wait for

    return table_docx(made)


def _workbook(made: Sequence[Table]) -> bytes:
    from goldthread.interchange.table_book import to_workbook  # noqa: PLC0415 - as above

    return to_workbook(made)


def _chart(made: Sequence[Table]) -> str:
    from goldthread.briefing.figures.chart_files import chart_file  # noqa: PLC0415 - as above

    if len(made) != 1:
        raise UsageError("a chart shows one table", mend="name it with --id, or cross fields without --panels")
    return chart_file(made[0])


_FILES: dict[TableFormat, Callable[[Sequence[Table]], bytes]] = {
    TableFormat.DOCX: _word,
    TableFormat.XLSX: _workbook,
}
