"""How verbatim words are shown. The stored text never changes; these are the only liberties display takes.

Line and page breaks become blanks, a soft hyphen left by the end of a line goes (or shows as a hyphen in a
compound such as multi-agency, templates/hyphens.toml), private-use bullets are shown as a bullet, and control
characters, which no output format may carry, are left out.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_LINE_END_HYPHEN = re.compile(r"(?P<first>[^\W\d_]*)\u00ad\s*(?P<second>[^\W\d_]*)")
_BREAK = re.compile(r"[ \t]*[\r\n\f\v\x85\u2028\u2029]+[ \t]*")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BULLET = "•"


def shown(text: str) -> str:
    """The words of a report as a briefing shows them."""
    if "\u00ad" in text:
        text = _LINE_END_HYPHEN.sub(_joined, text).replace("\u00ad", "")
    text = _BREAK.sub(" ", text)
    return legal(_PRIVATE.sub(BULLET, text))


def _joined(found: re.Match[str]) -> str:
    first, second = found["first"], found["second"]
    compound = first and second and (first.lower() in _words("first") or second.lower() in _words("second"))
    return f"{first}-{second}" if compound else f"{first}{second}"


@cache
def _words(part: str) -> frozenset[str]:
    data = (files("goldthread.briefing") / "templates" / "hyphens.toml").read_text("utf-8")
    return frozenset(tomllib.loads(data)[part])


def legal(text: str) -> str:
    """The text without characters that XML and HTML forbid."""
    return _ILLEGAL.sub("", text)
