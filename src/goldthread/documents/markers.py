"""How a line begins or ends in print: bullets, numbers, captions, contents leaders, bare page numbers."""

from __future__ import annotations

import re

BULLETS = "•●▪■◼◾◆◇○◦‣⁃∙·➢➤➔✓✔❖►▶▸\uf0b7\uf0a7"

_BULLET = rf"[{BULLETS}\ue000-\uf8ff]\s*|[-–—*o§]\s+"
_DEEP = r"\d{1,3}(?:\.\d{1,3}){1,4}\.?\s+(?=\D)"
_SINGLE = r"\d{1,3}[.)](?:\s+|(?=[A-Z]))"
_BRACKET = r"\((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)\s*"
_LETTER = r"(?:[a-zA-Z]|[ivx]{2,5}|[IVX]{2,5})[.)]\s+"

MARKER = re.compile(
    rf"(?P<bullet>{_BULLET})|(?P<deep>{_DEEP})|(?P<single>{_SINGLE}|{_BRACKET})|(?P<letter>{_LETTER})"
)
"""What a list item or numbered paragraph starts with; match it at the start of a line."""

CAPTION = re.compile(
    r"(?:Table|Figure|Fig\.?|Chart|Diagram|Graph|Map|Exhibit)\s+(?:[A-Z]{1,2}\.?)?\d{1,3}(?:\.\d{1,2})?[a-z]?"
    r"(?:\s*[:.–—|-]\s|\s*$)",
    re.IGNORECASE,
)
LEADER = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*$|…{2,}\s*\d{0,4}\s*$|_{4,}\s*\d{1,4}\s*$")
"""A contents line: dots that lead to a page number."""

_LEADER_SPAN = 200

PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–|]?\s*(?P<number>\d{1,4}|[ivxlc]{1,6})\s*[-–|]?(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*\|?\s*page)?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|[¹²³⁰⁴-⁹]{1,3}|\[\d{1,3}\])\s*(?=[^\s\d.,)])")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$|[.!?][\"'”’)\]]*\s?\d{1,3}$")


def is_caption(text: str) -> bool:
    return len(text) <= 300 and CAPTION.match(text) is not None


def is_contents_line(text: str) -> bool:
    return ("...." in text or ". . ." in text or "…" in text or "____" in text) and LEADER.search(
        text[-_LEADER_SPAN:]
    ) is not None


def page_number(text: str) -> str:
    """The number a line consists of, or "" if it is more than a page number."""
    if len(text) > 24:
        return ""
    found = PAGE_NUMBER.fullmatch(text)
    return found["number"] if found else ""


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence or an introduction to a list does."""
    last = text[-1:]
    if last.isalpha() or last == ",":
        return False
    return _ENDS_SENTENCE.search(text[-12:]) is not None


def marker(text: str) -> re.Match[str] | None:
    """The bullet or number a line starts with, if any."""
    head = text[:1]
    if head.islower() and head not in "abcdefghijklmnopqrstuvwxyz":
        return None
    return MARKER.match(text)
