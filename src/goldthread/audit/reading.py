"""A text as the eye reads it, letter for letter as long as the stored one.

Tags, emphasis marks, note numbers set above the line and line breaks become spaces; nothing moves.
"""

from __future__ import annotations

import re

_RAISED = re.compile(
    r"<sup>\s*\d{1,3}\s*</sup>|<[/a-zA-Z][^<>\n]{0,80}>|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\*\*+|__+|\\(?=[()\[\]*_])"
)
_EMPHASIS = re.compile(r"(?<!\w)[*_](?=\w)|(?<=[\w.,:;])[*_](?!\w)")
_SPACES = str.maketrans({"\u00a0": " ", "\u00ad": "-", "\u2009": " ", "\u202f": " ", "\u2011": "-"})


def read(text: str) -> str:
    """`text` with what is not read blanked, line breaks and tabs kept."""
    if "<" in text or "*" in text or "_" in text or "\\" in text or not text.isascii():
        text = _RAISED.sub(_blank, text.translate(_SPACES))
    return text


def flat(text: str) -> str:
    """`read` with every white space a plain space and single emphasis marks gone: one sentence."""
    text = read(text).replace("\n", " ").replace("\t", " ")
    return _EMPHASIS.sub(" ", text) if "*" in text or "_" in text else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
