"""A protocol's codebook as REFI-QDA has it: a tree of codes, each with a GUID that never changes.

GUIDs follow from ids alone, so that two studies with one protocol, exported at different times, have the same
codes, and a project that comes back from another program is recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from goldthread.protocol.codebook import Theme
from goldthread.protocol.model import Protocol
from goldthread.protocol.record import Value

CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"

_ROOT = uuid5(NAMESPACE_URL, "urn:goldthread")
_THEME_COLOURS = (
    *("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377"),
    *("#0077BB", "#33BBEE", "#009988", "#EE7733", "#CC3311", "#EE3377"),
)
"""Colours that people with the common kinds of colour blindness can tell apart (Paul Tol's schemes)."""
_PLAIN = "#BBBBBB"


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `axis` is theme, subtheme, direction, explanation, whose, addressee or scope; "" for a heading."""

    guid: str
    name: str
    axis: str
    id: str
    description: str = ""
    colour: str = _PLAIN
    codes: tuple[Code, ...] = ()


def guid(*parts: str) -> str:
    """The GUID of whatever these words name; the same words always have the same one."""
    return str(uuid5(_ROOT, "/".join(parts)))


def document_guid(document_id: str, sha256: str) -> str:
    """The GUID of a document's text as a source of a project."""
    return guid("document", document_id, sha256)


def passage_guid(study: str, created: str, key: str) -> str:
    """The GUID of a study's coded passage, by its id there."""
    return guid(study, created, "passage", key)


def engine_guid(name: str) -> str:
    """The GUID of an engine as a user of a project: what it coded is a suggestion, never a decision."""
    return guid("engine", name)


def code_guid(protocol: Protocol, axis: str, *ids: str) -> str:
    """The GUID of a protocol's code; a sub-theme is named by its theme's id and its own."""
    return guid("code", protocol.id, axis, *ids)


def codebook(protocol: Protocol) -> tuple[Code, ...]:
    """The codebook as a tree: headings, and below them what may be said of a passage."""
    book, asked = protocol.codebook, protocol.recommendations
    themes = tuple(_theme(protocol, n, theme) for n, theme in enumerate(book.themes))
    made = (
        _heading(protocol, "Themes", themes),
        _heading(protocol, "Direction", _values(protocol, "direction", book.directions)),
        _heading(protocol, "Explanation", _values(protocol, "explanation", book.explanations)),
        _heading(protocol, "Whose risk or voice", _values(protocol, "whose", book.whose)),
        _heading(protocol, "Recommendation to", _values(protocol, "addressee", asked.addressees)),
        _heading(protocol, "Reach of a recommendation", _values(protocol, "scope", asked.scopes)),
    )
    return tuple(one for one in made if one.codes)


def _heading(protocol: Protocol, name: str, codes: tuple[Code, ...]) -> Code:
    return Code(guid("code", protocol.id, "heading", name), name, "", "", codes=codes)


def _theme(protocol: Protocol, n: int, theme: Theme) -> Code:
    colour = _THEME_COLOURS[n % len(_THEME_COLOURS)]
    below = tuple(
        Code(
            code_guid(protocol, "subtheme", theme.id, item.id),
            item.label,
            "subtheme",
            item.id,
            item.definition,
            colour,
        )
        for item in theme.subthemes
    )
    return Code(
        code_guid(protocol, "theme", theme.id), theme.label, "theme", theme.id, theme.definition, colour, below
    )


def _values(protocol: Protocol, axis: str, values: tuple[Value, ...]) -> tuple[Code, ...]:
    return tuple(Code(code_guid(protocol, axis, one.id), one.label, axis, one.id, one.definition) for one in values)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code says in a protocol's terms; `theme` is the theme a sub-theme belongs to."""

    axis: str
    id: str
    theme: str = ""


def meanings(protocol: Protocol) -> Iterator[tuple[Code, Meaning]]:
    """Every code that can be given to a passage, with what it says."""
    for heading in codebook(protocol):
        for code in heading.codes:
            yield code, Meaning(code.axis, code.id)
            yield from ((below, Meaning(below.axis, below.id, code.id)) for below in code.codes)
    yield from _former(protocol)


def _former(protocol: Protocol) -> Iterator[tuple[Code, Meaning]]:
    """Codes of before, which a project exported then still has, with what they say now."""
    for theme in protocol.codebook.themes:
        for name in theme.formerly:
            yield Code(code_guid(protocol, "theme", name), name, "theme", name), Meaning("theme", theme.id)
        for sub in theme.subthemes:
            now = Meaning("subtheme", sub.id, theme.id)
            for above in sub.once_below:
                for name in (sub.id, *sub.formerly):
                    yield Code(code_guid(protocol, "subtheme", above, name), name, "subtheme", name), now
            for name in sub.formerly:
                yield Code(code_guid(protocol, "subtheme", theme.id, name), name, "subtheme", name), now
