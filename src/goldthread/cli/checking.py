"""The command that audits the arithmetic of published reports."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from goldthread.audit.audit import Audit
from goldthread.audit.findings import Sure
from goldthread.audit.page import to_html
from goldthread.audit.render import summary, to_csv, to_json, to_text
from goldthread.audit.reports import check as check_files
from goldthread.audit.reports import gathered
from goldthread.cli.output import PROBLEMS_FOUND, Json, progress, say, show, show_json
from goldthread.errors import UnreadableInput
from goldthread.study.folder import write_whole


class Least(StrEnum):
    """The least certainty that is wanted."""

    ERROR = "error"
    INCONSISTENT = "inconsistent"
    ALL = "all"


class Shape(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    CSV = "csv"


def check(
    reports: Annotated[list[Path], typer.Argument(metavar="REPORT...", help="PDF, Word, HTML or text; or folders.")],
    sure: Annotated[Least, typer.Option("--sure", help="Only findings at least this sure.")] = Least.ALL,
    format: Annotated[Shape, typer.Option("--format", help="How to print them.")] = Shape.TEXT,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a web page to this file.")] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="How many files at a time.")] = None,
    as_json: Json = False,
) -> None:
    """Check the arithmetic of any published report: percentages, totals, denominators, shares in words.

    Needs no study. Ends with 0 when nothing is found, 1 when there are findings or files with problems, and 2 when no
    file can be read.

    Examples:

      goldthread check report.pdf
      goldthread check reports/ --sure error --html check.html
      goldthread check report.docx --json
    """
    files = gathered(reports)
    audits: list[Audit] = []
    with progress() as shown:
        shown.stage("Checking", len(files))
        for audited in check_files(files, workers=workers):
            audits.append(_at_least(audited, sure))
            shown.step()
    if html:
        write_whole(html, to_html(audits).encode())
    if as_json:
        show_json(to_json(audits))
    elif format is Shape.CSV:
        show(to_csv(audits))
    else:
        for audited in audits:
            if audited.findings or audited.problems:
                show(to_text(audited))
    say(summary(audits))
    if not any(audited.pages for audited in audits):
        raise UnreadableInput("no file could be read", mend="the reasons are listed with each file")
    if any(audited.findings or audited.problems for audited in audits):
        raise typer.Exit(PROBLEMS_FOUND)


def _at_least(audited: Audit, least: Least) -> Audit:
    if least is Least.ALL:
        return audited
    rank = Sure(least.value).rank
    return replace(audited, findings=tuple(one for one in audited.findings if one.slip.sure.rank <= rank))
