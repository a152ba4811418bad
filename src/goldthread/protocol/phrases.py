"""The cue language: phrases a reviewer can read and write, and the patterns they stand for.

    failed to record        these words, whatever the capitals and line ends
    fail* to record         a word beginning so
    (did|do) not            either alternative; alternatives may hold several words, and brackets nest
    failed ... record       up to five words between, within one clause
    very? poor              a word, or a bracket, that may be absent (never the first)

A hyphen also matches a blank or nothing: `multi-agency` finds “multiagency” and “multi agency”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

GAP = r"(?:[^ .;:?!]+ +){0,5}?"

_TOKEN = re.compile(r"\s*(?:(\.\.\.)|([()|])(\??)|([^\s()|]+))")
_FIRST = re.compile(r"[a-z0-9]+")


class BadPhrase(ValueError):
    """A phrase that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as read.

    `pattern` is its regular expression over folded lower-case text. One of `firsts` begins it and, unless
    that is empty, one of `seconds` follows; a trailing `*` marks a beginning of a word. `word` tells that
    it is a single word and nothing else.
    """

    pattern: str
    firsts: tuple[str, ...]
    seconds: tuple[str, ...] = ()
    word: bool = False
    optional: bool = False
    gap: bool = False


_PLAIN = re.compile(r"[a-z0-9][\w'*&/.-]*(?: [a-z0-9][\w'*&/.-]*)*")


def check(text: str) -> None:
    """Raise BadPhrase unless the phrase can be read. Plain words are seen to be fine without reading them."""
    if not _PLAIN.fullmatch(text) or "..." in text:
        phrase(text)


@lru_cache(maxsize=32_768)
def phrase(text: str) -> Phrase:
    """Read one phrase. Raises BadPhrase."""
    tokens: _Tokens = [(found[1], found[2], found[3], found[4]) for found in _TOKEN.finditer(text.strip().lower())]
    read, used = _sequence(text, tokens, 0)
    if used != len(tokens):
        raise BadPhrase(f"brackets do not match in “{text}”")
    return read


_Tokens = list[tuple[str | None, str | None, str | None, str | None]]


def _sequence(text: str, tokens: _Tokens, at: int) -> tuple[Phrase, int]:
    parts: list[Phrase] = []
    while at < len(tokens):
        gap, sign, _, word = tokens[at]
        if sign and sign in "|)":
            break
        if gap:
            parts.append(Phrase("", (), gap=True))
        elif sign == "(":
            part, at = _bracket(text, tokens, at + 1)
            parts.append(part)
        else:
            parts.append(_word(text, word or ""))
        at += 1
    return _joined(text, parts), at


def _bracket(text: str, tokens: _Tokens, at: int) -> tuple[Phrase, int]:
    """The alternatives from `at` to the closing bracket, whose place is returned."""
    alternatives: list[Phrase] = []
    while True:
        part, at = _sequence(text, tokens, at)
        alternatives.append(part)
        if at >= len(tokens):
            raise BadPhrase(f"brackets do not match in “{text}”")
        _, sign, optional, _ = tokens[at]
        if sign == ")":
            break
        at += 1
    pattern = "(?:" + "|".join(part.pattern for part in alternatives) + ")"
    firsts = tuple(first for part in alternatives for first in part.firsts)
    single = all(part.word for part in alternatives)
    return Phrase(pattern, firsts, word=single, optional=bool(optional)), at


def _word(text: str, word: str) -> Phrase:
    optional = word.endswith("?") and len(word) > 1
    word = word.rstrip("?")
    start = _FIRST.match(word)
    if not start:
        raise BadPhrase(f"“{word}” in “{text}” does not begin with a letter or digit")
    body = re.escape(word.rstrip("*")).replace(r"\-", "[- ]?")
    pattern = body + (r"[\w']*" if word.endswith("*") else r"\b" if word[-1].isalnum() else "")
    open_ended = word[start.end() : start.end() + 1] in ("*", "-")
    plain = start.end() == len(word.rstrip("*"))
    return Phrase(pattern, (start.group() + ("*" if open_ended else ""),), word=plain, optional=optional)


def _joined(text: str, parts: list[Phrase]) -> Phrase:
    if not parts or parts[0].gap or parts[-1].gap:
        raise BadPhrase(f"“{text}” is empty or begins or ends with a gap")
    if parts[0].optional:
        raise BadPhrase(f"the first word of “{text}” cannot be optional")
    pattern = parts[0].pattern
    lead = " +"
    for part in parts[1:]:
        if part.gap:
            lead = " +" + GAP
            continue
        pattern += f"(?:{lead}{part.pattern})?" if part.optional else lead + part.pattern
        lead = " +"
    seconds = _following(parts[1:]) if parts[0].word else ()
    return Phrase(pattern, parts[0].firsts, seconds, word=parts[0].word and len(parts) == 1)


def _following(parts: list[Phrase]) -> tuple[str, ...]:
    """The words that may come next, or none when any may."""
    words: tuple[str, ...] = ()
    for part in parts:
        if part.gap:
            return ()
        words += part.firsts
        if not part.optional:
            return words
    return ()
