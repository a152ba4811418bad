"""The prose of a briefing: sentences are data (templates/wording.toml), figures are put in as live figures.

Values are never read as templates: what a report or a protocol says stays plain text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from goldthread.briefing import phrases
from goldthread.briefing.blocks import Inline, LiveFigure, Paragraph, Words

_MARK = re.compile("\x02(\\d+)\x03")


def _environment() -> Environment:
    # Plain text, not HTML: the renderers escape. Templates come from package data alone.
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)  # noqa: S701
    environment.filters.update(listed=phrases.listed, day=phrases.day, small=phrases.lower_start)
    environment.globals["counted"] = phrases.counted
    return environment


@cache
def wording() -> Mapping[str, Any]:
    """All wording, as read from the package."""
    return tomllib.loads((files(__package__) / "templates" / "wording.toml").read_text("utf-8"))


@cache
def layout() -> Mapping[str, Any]:
    """What each kind of briefing holds, in order, and the rules of its selections."""
    return tomllib.loads((files(__package__) / "templates" / "layout.toml").read_text("utf-8"))


@cache
def _template(key: str) -> Template:
    found: Any = wording()
    for part in key.split("."):
        found = found[part]
    return _ENVIRONMENT.from_string(" ".join(str(found).split()))


_ENVIRONMENT = _environment()


def say(key: str, /, **values: object) -> str:
    """A sentence without live figures. Raises KeyError for unknown wording."""
    return _template(key).render(**{name: _bare(value) for name, value in values.items()})


def _bare(value: object) -> object:
    return re.sub("[\x02\x03]", "", value) if isinstance(value, str) else value


def inline(key: str, /, **values: object) -> tuple[Inline, ...]:
    """A sentence whose LiveFigure values (alone or in lists) stay live."""
    live: list[LiveFigure] = []

    def mark(value: object) -> object:
        if isinstance(value, LiveFigure):
            live.append(value)
            return f"\x02{len(live) - 1}\x03"
        if isinstance(value, list | tuple):
            return [mark(item) for item in value]
        return _bare(value)

    text = _template(key).render(**{name: mark(value) for name, value in values.items()})
    return _parts(text, live)


def _parts(text: str, live: list[LiveFigure]) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    at = 0
    for found in _MARK.finditer(text):
        if found.start() > at:
            parts.append(Words(text[at : found.start()]))
        parts.append(live[int(found[1])])
        at = found.end()
    if at < len(text):
        parts.append(Words(text[at:]))
    return tuple(parts)


def paragraph(key: str, /, **values: object) -> Paragraph:
    """A paragraph of one piece of wording."""
    return Paragraph(inline(key, **values))
