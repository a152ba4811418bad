"""Paragraph styles of a DOCX: which are headings, lists or captions, by name or by what they are based on."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

_HEADING = re.compile(r"heading\s*([1-6])\b", re.IGNORECASE)
_NAMED = {"title": 1, "subtitle": 2}


class Style(NamedTuple):
    """What a style makes of a paragraph; `level` is a heading's depth from 1, else 0."""

    level: int = 0
    numbered: bool = False
    caption: bool = False
    bold: bool = False


class _Raw(NamedTuple):
    parent: str
    own: Style
    set: frozenset[str]


def styles(root: etree._Element | None) -> dict[str, Style]:
    """Every paragraph style by id, with what it inherits. A circle of styles inherits nothing more."""
    if root is None:
        return {}
    raw = {identity: _raw(element) for element in root if (identity := _attribute(element, "styleId"))}
    return {identity: _inherited(identity, raw) for identity in raw}


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}" + name)), "")


def _raw(element: etree._Element) -> _Raw:
    parent, level, found = "", 0, set()
    numbered = caption = bold = False
    for item in element.iter():
        name = item.tag.rpartition("}")[2] if isinstance(item.tag, str) else ""
        value = _attribute(item, "val")
        if name == "name":
            heading = _HEADING.match(value)
            level = int(heading[1]) if heading else _NAMED.get(value.lower(), level)
            caption = value.lower() == "caption"
        elif name == "basedOn":
            parent = value
        elif name == "outlineLvl" and value.isdigit():
            level = level or (int(value) + 1 if int(value) < 6 else 0)
            found.add("level")
        elif name == "numPr":
            numbered = True
        elif name == "b":
            bold = value not in ("0", "false", "off")
            found.add("bold")
    return _Raw(parent, Style(level, numbered, caption, bold), frozenset(found))


def _inherited(identity: str, raw: dict[str, _Raw]) -> Style:
    own = raw[identity].own
    known = {identity}
    settled = set(raw[identity].set)
    parent = raw[identity].parent
    while parent in raw and parent not in known:
        known.add(parent)
        above = raw[parent]
        own = Style(
            own.level or ("level" not in settled and above.own.level) or 0,
            own.numbered or above.own.numbered,
            own.caption or above.own.caption,
            own.bold or ("bold" not in settled and above.own.bold),
        )
        settled |= above.set
        parent = above.parent
    return own
