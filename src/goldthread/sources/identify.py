"""What a document says it is: title, review types and publication date, read from its first page and its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from goldthread.protocol.model import Protocol, ReviewType
from goldthread.sources.dates import WRITTEN, iso_of
from goldthread.sources.title import TITLE_PAGE, from_file_name, title_of

READ = 4_000
"""Characters of the first page that are looked at."""

_TOKEN = re.compile(r"[^\W_]+|[/&+]")
_SOFT_BREAK = re.compile("\u00ad\\s*(?=([A-Z])?)")
_CONNECTORS = frozenset({"and", "&", "/", "+", "with", "incorporating", "alongside"})
_FILLERS = frozenset({"a", "an", "the", "joint", "combined"})
"""What may stand between two types named together: one of the first at least, any of the second."""
_ASIDE = re.compile(
    r"(?:\b(?:replac\w+|supersed\w+|formerly|previously|instead\s+of|rather\s+than|in\s+place\s+of|(?:is|was)\s+not|"
    r"no|separate|parallel|previous|earlier|another|unlike|than|criteria\s+for|threshold\s+for)"
    r"(?:\s+(?:a|an|any|the|for|known\s+as|called))*\s*[“\"'‘(]*)$",
    re.IGNORECASE,
)
"""Words before a type's name that say the document is something else."""
_BODY = re.compile(
    r"\s*(?:sub-?\s?group|group|committee|process|legislation|regulations|repository)\b", re.IGNORECASE
)
"""Words after a type's name that make it the name of somebody or something else."""
_LONGEST_CODE = 6
_LABEL = re.compile(
    r"(?:\b(?:published(?:\s+on|\s+in)?|publication(?:\s+date)?|date\s+(?:of\s+(?:this\s+)?(?:report|publication)|published)|"
    r"report\s+dated?|report\s+completed)|(?:^|\n)\s*dated?)\s*[:\-–—]?\s*$",
    re.IGNORECASE,
)
"""Words right before a date that make it the date of the report; "date" alone only where a line begins."""
_OTHER_DATE = re.compile(
    r"\b(?:died|death|birth|born|inspection|incident|fieldwork|visit|review\s+period|between|from|until|to)\b[^\n]{0,24}\Z",
    re.IGNORECASE,
)
_MARKS = " \t\r.,;:()[]|–—-"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document seems to be: blank or empty where its first page and name do not say.

    Two `review_types` are a joint review. `publication_date` is ISO, as precise as printed.
    """

    title: str
    review_types: tuple[str, ...]
    publication_date: str


class _Word(NamedTuple):
    folded: str
    start: int
    end: int
    capital: bool


class _Cue(NamedTuple):
    kind: str
    words: tuple[str, ...]
    counts: bool
    is_code: bool


class _Named(NamedTuple):
    """A type named by words `first` up to, not including, `last` of a text."""

    kind: str
    first: int
    last: int


def identify(first_page_text: str, file_name: str, protocol: Protocol) -> Identity:
    """Title, review types and publication date from the first page, and where that is silent from the file name.

    The title page outweighs the file name, and the file name what the page says in passing. No date is taken
    from a file name.
    """
    page = _SOFT_BREAK.sub(lambda match: "-" if match[1] else "", first_page_text[:READ])
    cues, phrases = _cues(protocol.review_types), _phrases(protocol.review_types)
    types = (
        named_types(page[:TITLE_PAGE], cues)
        or named_types(from_file_name(file_name), cues, codes_in_capitals=False)
        or named_types(page, cues)[:1]
    )
    return Identity(title_of(page, phrases) or from_file_name(file_name), types, publication_date(page))


def publication_date(page: str) -> str:
    """The date a first page gives as its publication or report date, else one alone on its line; else empty."""
    alone = ""
    for match in WRITTEN.finditer(page):
        iso = iso_of(match)
        if not iso:
            continue
        before = page[: match.start()]
        if _LABEL.search(before[-60:]) and not _OTHER_DATE.search(_line_before(before)):
            return iso
        if not alone and _stands_alone(page, match) and not _OTHER_DATE.search(before[-40:]):
            alone = iso
    return alone


def _line_before(before: str) -> str:
    return _LABEL.sub("", before[-80:]).rsplit("\n", 1)[-1]


def _stands_alone(page: str, match: re.Match[str]) -> bool:
    before = page[: match.start()].rsplit("\n", 1)[-1]
    after = page[match.end() :].split("\n", 1)[0]
    return not before.strip(_MARKS) and not after.strip(_MARKS)


def named_types(text: str, cues: Mapping[str, Sequence[_Cue]], *, codes_in_capitals: bool = True) -> tuple[str, ...]:
    """The type `text` names first, with any type joined to it ("… and Domestic Homicide Review"); () if none."""
    words = _words(text)
    named = [each for each in _all_named(words, cues, codes_in_capitals) if not _in_passing(text, words, each)]
    if not named:
        return ()
    types = [named[0].kind]
    for before, after in pairwise(named):
        between = {word.folded for word in words[before.last : after.first]}
        if not between <= _CONNECTORS | _FILLERS:
            break
        if after.kind not in types:
            if not between & _CONNECTORS:
                break
            types.append(after.kind)
    return tuple(types)


def _in_passing(text: str, words: Sequence[_Word], named: _Named) -> bool:
    start, end = words[named.first].start, words[named.last - 1].end
    return bool(_ASIDE.search(text, max(0, start - 48), start) or _BODY.match(text, end))


def _all_named(
    words: Sequence[_Word], cues: Mapping[str, Sequence[_Cue]], codes_in_capitals: bool
) -> Iterator[_Named]:
    """Every cue from left to right, the longest at each place, unless a longer phrase takes its words."""
    at = 0
    while at < len(words):
        fitting = [cue for cue in cues.get(words[at].folded, ()) if _fits(words, at, cue, codes_in_capitals)]
        if fitting:
            longest = fitting[0]
            if longest.counts:
                yield _Named(longest.kind, at, at + len(longest.words))
            at += len(longest.words)
        else:
            at += 1


def _fits(words: Sequence[_Word], at: int, cue: _Cue, codes_in_capitals: bool) -> bool:
    if cue.is_code and codes_in_capitals and not words[at].capital:
        return False
    there = words[at : at + len(cue.words)]
    return len(there) == len(cue.words) and all(
        word.folded == wanted for word, wanted in zip(there, cue.words, strict=True)
    )


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(match.group().casefold(), match.start(), match.end(), match.group().isupper())
        for match in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=8)
def _cues(kinds: tuple[ReviewType, ...]) -> Mapping[str, tuple[_Cue, ...]]:
    """All cues by their first word, longest first; `unless` phrases are among them and count for nothing."""
    listed: dict[str, list[_Cue]] = {}
    for kind in kinds:
        for cue in (*_spelled(kind.id, kind.cues, True), *_spelled(kind.id, kind.unless, False)):
            listed.setdefault(cue.words[0], []).append(cue)
    return {
        word: tuple(sorted(found, key=lambda cue: (-len(cue.words), not cue.counts)))
        for word, found in listed.items()
    }


@lru_cache(maxsize=8)
def _phrases(kinds: tuple[ReviewType, ...]) -> tuple[str, ...]:
    """All cues as written."""
    return tuple(cue for kind in kinds for cue in kind.cues)


def _spelled(kind: str, phrases: Iterable[str], counts: bool) -> Iterator[_Cue]:
    for phrase in phrases:
        words = tuple(word.folded for word in _words(phrase))
        if words:
            is_code = len(words) == 1 and len(words[0]) <= _LONGEST_CODE
            yield _Cue(kind, words, counts, is_code)
