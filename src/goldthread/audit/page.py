"""Audits as one self-contained, accessible web page: no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from goldthread.audit.audit import Audit
from goldthread.audit.findings import Sure
from goldthread.audit.render import place_of, short, summary, tally

_MEANINGS = {
    Sure.ERROR: "the figures printed at this place cannot be right",
    Sure.INCONSISTENT: "two things printed in the report do not agree",
    Sure.BY_HAND: "it looks wrong, and there may be a good reason",
}


def to_html(audits: Sequence[Audit]) -> str:
    """The whole page. The same audits give the same page."""
    return _template().render(
        audits=audits,
        summary=summary(audits),
        meanings=_MEANINGS,
        css=Markup(_data("check.css")),  # noqa: S704 (our own style sheet)
        tally=tally,
        place=place_of,
        short=short,
        name=lambda audited: PurePath(audited.file_name).name,
    )


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_data("check.html.j2"))


def _data(name: str) -> str:
    return (files("goldthread.audit") / "data" / name).read_text(encoding="utf-8")
