"""The title of a report, as its first page prints it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

from goldthread.protocol.gazetteers import load
from goldthread.protocol.places_data import BOARDS, LOCAL_AUTHORITIES
from goldthread.sources.dates import WRITTEN

TITLE_PAGE = 1_200
"""Characters at the top of the first page in which a title is looked for."""

LONGEST = 200
_LINES = 6
_SHORT = 6
"""Words up to which a first line may be half a title."""
_LONGEST_LINE = 14
"""Words beyond which a line is running text rather than part of a title."""
_LEADING_WORDS = 4
"""Words that may stand before the name of the type in a title."""
_NOT_TITLE = re.compile(
    r"(?:\d{1,4}|page\s+\d+.*|dear\b.*|(?:private|strictly)?\s*(?:and\s+)?confidential.*|official(?:[\s–-].*)?|restricted|"
    r"(?:draft|final|version|v)\s*[\d.]*|contents?|(?:https?://|www\.)\S*|.*@\S+\.\S+|"
    r"protective\s+marking.*|suitable\s+for\s+publication.*|(?:hc|cp|cm)\s*\d[\d\s–-]*[ivx]*|"
    r"(?:tel|fax|phone|t|f|e|email)\s*[:.].*|to:?|from:?|.*\bregistered charity\b.*)",
    re.IGNORECASE,
)
"""Lines that are never a title."""
_AFTER_TITLE = re.compile(
    r"(?:(?:independent\s+)?(?:lead\s+)?(?:author|reviewer|chair|inspector|reporting)s?\b|report\s+(?:author|by|writer)|"
    r"prepared\s+(?:by|for)|written\s+by|by\b|date\b|dated\b|published|publication|inspection\s+dates?|present\b|"
    r"(?:this|since|i\s+am|to\s+inform)\b|judgement\b|version|commissioned\s+by|overview\s+of|contents|"
    r"request\s+number|age\s+group|previous\s+inspection|\d{1,2}\.?\s+\D)",
    re.IGNORECASE,
)
"""How lines begin that follow a title."""
_UNFINISHED = re.compile(
    r"(?:\b(?:and|of|the|to|for|in|into|on|a|an|by|from|with|local)|[,:–—&(-])\s*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:[“\"'‘(]?(?:re\b|in\s+respect\s+of|concerning|regarding|relating\s+to|into\b|on\s+(?:child|adult)|of\b|for\b|"
    r"child(?:ren)?\b|adult\b|baby\b|family\b|sibling|young\s+person|victim|case\b|council\b|partnership\b|board\b|inquiry\b|executive\s+summary|"
    r"overview\s+report|final\s+report))",
    re.IGNORECASE,
)
"""How the lines begin that say whom a review is about, or which part of it this is."""


def title_of(page: str, phrases: Sequence[str]) -> str:
    """The title on a first page: the line that names the type of review and what belongs to it, else the first line.

    `phrases` are the cues of the protocol. Empty when the page has no line that could be a title.
    """
    lines = [" ".join(line.split()) for line in re.split(r"\r\n|[\r\n\f]", page[:TITLE_PAGE])]
    candidates = [n for n, line in enumerate(lines) if _may_be_title(line)]
    if not candidates:
        return ""
    start = _naming(lines, candidates, phrases)
    if start is None:
        start = candidates[0]
    return _shortened(_with_what_belongs(lines, start))


def from_file_name(file_name: str) -> str:
    """A file's name as words."""
    return " ".join(re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", PurePosixPath(file_name).stem).split())


@lru_cache(maxsize=4096)
def _may_be_title(line: str) -> bool:
    if sum(letter.isalpha() for letter in line) < 3 or _NOT_TITLE.fullmatch(line):
        return False
    rest = WRITTEN.sub("", line)
    return sum(letter.isalpha() for letter in rest) >= 3


def _naming(lines: Sequence[str], candidates: Sequence[int], phrases: Sequence[str]) -> int | None:
    """The first line that begins with a cue, or with the name of a body and then a cue; it may end on the next line.

    A code alone makes no title, and a cue further on stands in running text.
    """
    wanted = [_bare(phrase) for phrase in phrases if " " in phrase]
    for n in (n for n in candidates if _short_enough(lines[n]) and not lines[n][0].islower()):
        line, following = _bare(lines[n]), _bare(lines[n + 1]) if n + 1 < len(lines) else ""
        for phrase in wanted:
            at = f" {line} {following} ".find(f" {phrase} ")
            if 0 <= at < len(line) and (line[:at].count(" ") < _LEADING_WORDS or _is_body(line[:at])):
                return n
    return None


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _with_what_belongs(lines: Sequence[str], start: int) -> str:
    """The line with the lines it goes on in, whom it is about, and the body whose report it is."""
    while start > 0 and _short_enough(lines[start - 1]) and _goes_on(lines[start - 1], lines[start]):
        start -= 1
    above = next((line for line in reversed(lines[max(0, start - 2) : start]) if line), "")
    title, end = _gathered(lines, start)
    following = next((line for line in lines[end : end + 2] if line), "")
    short = len(title.split()) <= _SHORT
    if _is_body(following) or (short and _may_be_title(following) and not _AFTER_TITLE.match(following)):
        rest, _ = _gathered(lines, lines.index(following, end))
        if len(title) + len(rest) <= LONGEST:
            title = f"{title}: {rest}"
    elif _is_body(above):
        title = f"{above}: {title}"
    return title


def _gathered(lines: Sequence[str], start: int) -> tuple[str, int]:
    """The line at `start` with those that go on from it, and the number of the line after them."""
    title, end = lines[start], start + 1
    while end < len(lines) and end < start + _LINES:
        line = lines[end]
        capitals = title.isupper() and line.isupper()
        belongs = _goes_on(title, line) or capitals or _SUBJECT.match(line)
        if line and not _UNFINISHED.search(title) and (not belongs or _AFTER_TITLE.match(line)):
            break
        if line and not _may_be_title(line):
            break
        if len(title) + len(line) > LONGEST:
            break
        title, end = f"{title} {line}".strip(), end + 1
    return title, end


def _short_enough(line: str) -> bool:
    return _may_be_title(line) and len(line.split()) <= _LONGEST_LINE


def _goes_on(line: str, following: str) -> bool:
    return bool(following) and (following[0].islower() or bool(_UNFINISHED.search(line)))


def _is_body(line: str) -> bool:
    """Whether a line is the name of a local authority or safeguarding board and nothing else."""
    return bool(line) and any(load(name).resolve(line) for name in (LOCAL_AUTHORITIES, BOARDS))


def _shortened(title: str) -> str:
    title = title.strip(" .,;:–—|")
    if len(title) <= LONGEST:
        return title
    return f"{title[:LONGEST].rsplit(' ', 1)[0]}…"
