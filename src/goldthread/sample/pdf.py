"""PDFs as a board would publish them: tagged, set by Typst in one of three house styles."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import matplotlib
import typst

from goldthread.errors import StudyFault
from goldthread.sample.report import Report, as_data

_STAMP = datetime(2019, 7, 1, tzinfo=UTC)


@cache
def _template() -> bytes:
    return files(__package__).joinpath("data", "report.typ").read_bytes()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[f"{matplotlib.get_data_path()}/fonts/ttf"], ignore_system_fonts=True)


def pdf(report: Report) -> bytes:
    """The report as a tagged PDF; the same report gives the same bytes."""
    made = _compiler().compile(
        _template(),
        format="pdf",
        sys_inputs={"report": json.dumps(as_data(report), ensure_ascii=False)},
        timestamp=_STAMP,
    )
    if not isinstance(made, bytes):
        raise StudyFault("the typesetter made no PDF", mend="reinstall the package `typst`")
    return made
