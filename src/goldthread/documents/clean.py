"""The one cleaning every format's text goes through: character for character, so that no offset ever moves.

Stored text must survive XML, JSON, SQL and newline translation unchanged. Whatever would not is replaced, one
code point by one code point, before anything is counted.
"""

from __future__ import annotations

import re

PDFIUM_HYPHEN = "\ufffe"
SOFT_HYPHEN = "\u00ad"
REPLACEMENT = "\ufffd"

# Private-use glyphs stay: they are bullets, and a reader of the page sees them.
_SURROGATES = range(0xD800, 0xE000)
_NONCHARACTERS = [plane * 0x10000 + low for plane in range(17) for low in (0xFFFE, 0xFFFF)]
_NONCHARACTERS += list(range(0xFDD0, 0xFDF0))
_CONTROLS = [code for code in range(0x20) if chr(code) not in "\t\n"] + list(range(0x7F, 0xA0)) + [0x2028, 0x2029]

_TABLE: dict[int, str] = (
    dict.fromkeys(_CONTROLS, " ")
    | dict.fromkeys(_NONCHARACTERS, " ")
    | dict.fromkeys(_SURROGATES, REPLACEMENT)
    | {ord(PDFIUM_HYPHEN): SOFT_HYPHEN, 0x00: " ", 0xFFFF: " "}
)
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(code) for code in _NONCHARACTERS if code > 0xFFFF)
    + "]"
)


def clean(text: str) -> str:
    """The same text, the same length, holding only characters that every store and export can carry.

    Carriage returns become spaces ("\\r\\n" reads " \\n"), form feeds too (they separate pages), other control
    characters, Unicode line separators and noncharacters become spaces, PDFium's line-end hyphen U+FFFE becomes
    a soft hyphen, a lone surrogate becomes U+FFFD.
    """
    text = text.replace("\r", " ")
    if _ODD.search(text) is None:
        return text
    return _ODD.sub(lambda odd: _TABLE[ord(odd.group())], text)
