"""Sections: the heading each block stands under, and what that part of a report is for.

The words that tell a section's role are data: `data/roles.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from goldthread.documents.model import BlockKind, Role

_MARKUP = re.compile(
    r"^[\W\d_]*(?:(?:section|part|chapter|appendix(?= \w\b)|annex)\s+\w{1,4}\b)?[\W\d_]*", re.IGNORECASE
)
_LONGEST_NAME = 160
_PARTED = re.compile(r"\s+[–—-]+\s+|:\s+")


class Section(NamedTuple):
    """A heading in force: its depth, words and role."""

    level: int
    name: str
    role: Role


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, Role], frozenset[str]]:
    data = tomllib.loads(resources.files(__package__).joinpath("data/roles.toml").read_text("utf-8"))
    roles = {phrase.casefold(): Role(role) for role, phrases in data["roles"].items() for phrase in phrases}
    longest_first = sorted(roles, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(phrase) for phrase in longest_first) + r")\b")
    return pattern, roles, frozenset(phrase.casefold() for phrase in data["alone"])


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("’", "'").replace("\u00ad", "").split())


@cache
def role_of(heading: str) -> Role | None:
    """The role a heading's words give its section, or None when they say nothing. The longest phrase decides.

    The words before a dash or colon count first; a phrase must make up a quarter of the words it is found in, so that
    "abuse in the family environment" is not about the family's background.
    """
    pattern, roles, _ = _phrases()
    plain = _plain(_MARKUP.sub("", heading))
    for part in (_PARTED.split(plain)[0], plain, _plain(heading)):
        found = [phrase for phrase in pattern.findall(part) if 4 * len(phrase.split()) >= len(part.split())]
        if found:
            return roles[max(found, key=len)]
    return None


def is_known_heading(text: str) -> bool:
    """Whether a line's words alone make it a heading, however it is set."""
    if len(text) > 60:
        return False
    return _plain(_MARKUP.sub("", text)).rstrip(" :") in _phrases()[2]


class Sections:
    """The headings in force while reading down a document."""

    def __init__(self, *, front: bool) -> None:
        self._stack: list[Section] = []
        self._front = front

    def place(self, kind: BlockKind, level: int, text: str) -> tuple[Role, str]:
        """Role and section of the next block in reading order; a heading opens a section."""
        if kind is BlockKind.HEADING:
            self._open(level, " ".join(text.split())[:_LONGEST_NAME])
        if not self._stack:
            return (Role.FRONT if self._front else Role.OTHER), ""
        return self._stack[-1].role, self._stack[-1].name

    def _open(self, level: int, name: str) -> None:
        while self._stack and self._stack[-1].level >= level:
            self._stack.pop()
        role = role_of(name)
        if role is None:
            above = self._stack[-1].role if self._stack else Role.OTHER
            role = Role.OTHER if above is Role.FRONT else above
        self._stack.append(Section(level, name, role))
