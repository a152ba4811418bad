"""Web pages as a partnership's site would carry them."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from goldthread.sample.report import Report, as_data

_INK = {"board": "#1d3f6e", "council": "#5b2245", "plain": "#222222"}


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("goldthread.sample", "data"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.get_template("report.html.j2")


def html(report: Report) -> bytes:
    """The report as one self-contained page; nothing in it is fetched from anywhere."""
    return _template().render(as_data(report) | {"ink": _INK[report.house]}).encode()
