"""How bytes become text: byte order marks, declared and guessed character sets."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{2,40})""",
    re.I,
)
_BINARY = frozenset(range(32)) - {9, 10, 12, 13, 27}


def decoded(data: bytes, *, declared: str = "") -> str | None:
    """The text of a file without its byte order mark, or None if the bytes are not text.

    In order: a byte order mark, UTF-16 told by its zero bytes, UTF-8, the declared set, Windows-1252. Line ends are
    kept as they are.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if name := _unmarked_utf16(data):
        return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        # A sample cut inside a character is still UTF-8.
        if wrong.start >= len(data) - 3 and wrong.start and wrong.reason == "unexpected end of data":
            return data[: wrong.start].decode("utf-8")
    if _looks_binary(data):
        return None
    if declared and (text := _try(data, declared)) is not None:
        return text
    return data.decode("cp1252", "replace")


def declared_in(data: bytes) -> str:
    """The character set an HTML or XML file declares in its first 4 KB, or ""."""
    found = _DECLARED.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "ignore") if found else ""


def _try(data: bytes, name: str) -> str | None:
    try:
        # As browsers do: pages that say Latin-1 or ASCII are in Windows-1252.
        name = codecs.lookup(name).name
        return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _unmarked_utf16(data: bytes) -> str:
    sample = data[:2000]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _looks_binary(data: bytes) -> bool:
    sample = data[:20_000]
    return sum(byte in _BINARY for byte in sample) > len(sample) * 0.01
