"""The prose of a briefing: sentences are data (templates/wording.toml), figures are put in as live figures.

Values are never read as templates: what a report or a protocol says stays plain text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from goldthread.briefing.blocks import CrossReference, Inline, LiveFigure, Paragraph, Words
from goldthread.briefing.words import phrases
from goldthread.protocol.check import nearest

_MARK = re.compile("\x02(\\d+)\x03")
_OF_RENDERERS = ("draft", "status", "back", "contents", "evidence", "paper", "docx", "reference")
"""Wording that is put in when a briefing is rendered, and is the same in all."""


def _environment() -> ImmutableSandboxedEnvironment:
    # Plain text, not HTML: the renderers escape. A study's own sentences come in here too, hence the sandbox.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, autoescape=False)
    environment.filters.update(listed=phrases.listed, day=phrases.day, small=phrases.lower_start)
    environment.globals["counted"] = phrases.counted
    return environment


@cache
def wording() -> Mapping[str, Any]:
    """All wording, as read from the package."""
    return tomllib.loads((files("goldthread.briefing") / "templates" / "wording.toml").read_text("utf-8"))


@cache
def layout() -> Mapping[str, Any]:
    """The rules of selection that every kind of briefing keeps."""
    return tomllib.loads((files("goldthread.briefing") / "templates" / "layout.toml").read_text("utf-8"))


@cache
def sentences() -> Mapping[str, str]:
    """Every sentence a kind of briefing may word anew, by key such as `about.people`."""

    def flat(tree: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
        for name, value in tree.items():
            if isinstance(value, dict):
                yield from flat(value, f"{path}{name}.")
            elif path or name not in _OF_RENDERERS:
                yield f"{path}{name}", " ".join(str(value).split())

    told = {name: part for name, part in wording().items() if name not in _OF_RENDERERS}
    return dict(flat(told, ""))


@contextmanager
def reworded(own: Mapping[str, str]) -> Iterator[None]:
    """Within this, sentences with these keys have these words."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


def sentence_faults(key: str, sentence: str) -> Iterator[tuple[str, str]]:
    """What is wrong with other words for a sentence, each with its mend."""
    known = sentences()
    if key not in known:
        yield f"there is no sentence `{key}`", nearest(key, known) or "see the list in the shipped file"
        return
    try:
        used = find_undeclared_variables(_ENVIRONMENT.parse(sentence))
    except TemplateSyntaxError as error:
        yield f"`{key}` cannot be read: {error.message}", "names stand in double braces: {{ included }}"
        return
    has = find_undeclared_variables(_ENVIRONMENT.parse(known[key])) | {"counted"}
    for name in sorted(used - has):
        names = ", ".join(sorted(has - {"counted"})) or "nothing"
        yield f"`{key}` knows no `{name}`", nearest(name, has) or f"it knows {names}"


def _template(key: str) -> Template:
    own = _OWN.get() or {}
    return _compiled(own[key]) if key in own else _shipped(key)


@cache
def _compiled(sentence: str) -> Template:
    return _ENVIRONMENT.from_string(" ".join(sentence.split()))


@cache
def _shipped(key: str) -> Template:
    found: Any = wording()
    for part in key.split("."):
        found = found[part]
    return _ENVIRONMENT.from_string(" ".join(str(found).split()))


_ENVIRONMENT = _environment()
_OWN: ContextVar[Mapping[str, str] | None] = ContextVar("own words", default=None)


def say(key: str, /, **values: object) -> str:
    """A sentence without live figures. Raises KeyError for unknown wording."""
    return _template(key).render(**{name: _bare(value) for name, value in values.items()})


def _bare(value: object) -> object:
    return re.sub("[\x02\x03]", "", value) if isinstance(value, str) else value


def inline(key: str, /, **values: object) -> tuple[Inline, ...]:
    """A sentence whose live figures, cross-references and words (alone or in lists) stay what they are."""
    live: list[Inline] = []

    def mark(value: object) -> object:
        if isinstance(value, LiveFigure | CrossReference | Words):
            live.append(value)
            return f"\x02{len(live) - 1}\x03"
        if isinstance(value, list | tuple):
            return [mark(item) for item in value]
        return _bare(value)

    text = _template(key).render(**{name: mark(value) for name, value in values.items()})
    return _parts(text, live)


def _parts(text: str, live: list[Inline]) -> tuple[Inline, ...]:
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
