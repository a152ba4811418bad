"""How verbatim words are shown. The stored text never changes; these are the only liberties display takes.

Line and page breaks become blanks, a soft hyphen left by the end of a line goes, private-use bullets are
shown as a bullet, and control characters (which no output format may carry) are left out.
"""

from __future__ import annotations

import re

_LINE_END_HYPHEN = re.compile(r"\u00ad[ \t]*[\r\n\f]+[ \t]*|\u00ad")
_BREAK = re.compile(r"[ \t]*[\r\n\f\v\x85\u2028\u2029]+[ \t]*")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_ILLEGAL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BULLET = "•"


def shown(text: str) -> str:
    """The words of a report as a briefing shows them."""
    text = _LINE_END_HYPHEN.sub("", text)
    text = _BREAK.sub(" ", text)
    return legal(_PRIVATE.sub(BULLET, text))


def legal(text: str) -> str:
    """The text without characters that XML and HTML forbid."""
    return _ILLEGAL.sub("", text)
