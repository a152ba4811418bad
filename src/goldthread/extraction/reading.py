"""A document as the rules read it: sentences in reading order, each with its section, cues and clauses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.documents.model import Block, BlockKind, Page, Role
from goldthread.extraction.cues import Hit, matchers_of
from goldthread.extraction.folding import folded, lowered, whole_words
from goldthread.extraction.subject import names_after, subject_names
from goldthread.protocol.lexicon import FieldCues, Lexicon

SHORT_NAME = "@short"
"""The group of sentences that name the actor by a short name the text defines."""

SUBJECT = "@subject"
"""The group of sentences that name the subject of the report."""

ABOUT = "@about"
"""The group of sentences that speak of the subject without the name: “the deceased”, or “She …” after the name."""

ACTOR_REACH = 3
"""How many sentences after one that names the actor may still be about it."""

_SHORT = tuple(
    re.compile(name + r"\b[^()\n]{0,24}\(['\"]?(?:the )?([A-Z][A-Za-z]{1,6})['\"]?\)")
    for name in ("Police", "Constabulary")
)
_CONCLUSION_REACH = 4  # sentences
_CONCLUSION_LENGTH = 240  # characters
_TITLE_PAGE = 8  # sentences and headings at the very beginning
_SECTION_NAME = 3  # words; a longer first heading names the document, not what stands below it
_OPENING = 14  # sentences at the beginning of a summary or an introduction
_PRONOUN = re.compile(r".{0,40}?\b(?:he|she|they|his|her|their)\b")  # early in a sentence
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.FOOTNOTE})
_CLAUSE_ENDS = re.compile(
    r"[;!?()]|[:.](?=\s)|,? (?:but|however|although|though|whereas|while|which|who|until|because|before|after)\b"
    r"|, (?:and|so)\b"
)


class Said(NamedTuple):
    """One sentence. Offsets count in the whole document; `place` is its number in reading order.

    `groups` are the groups of which it holds any cue; `heading` is the place of the heading it stands under,
    -1 for none.
    """

    place: int
    start: int
    end: int
    page: int
    block: int
    kind: BlockKind
    role: Role
    hits: tuple[Hit, ...]
    groups: frozenset[str]
    heading: int = -1

    @property
    def is_prose(self) -> bool:
        """Whether it tells something, rather than naming a part of the document."""
        return self.kind in _PROSE

    def of(self, groups: Iterable[str]) -> list[Hit]:
        """The sentence's hits of these groups."""
        wanted = self.groups.intersection(groups)
        return [hit for hit in self.hits if hit.group in wanted] if wanted else []

    def has(self, groups: Iterable[str]) -> bool:
        return not self.groups.isdisjoint(groups)


@dataclass(frozen=True)
class Reading:
    """A document with its folded text (`even`, case kept; `low`, lower case) and its sentences."""

    document: DocumentText
    even: str
    low: str
    said: tuple[Said, ...]
    by_group: Mapping[str, Sequence[tuple[Said, Hit]]]
    named: Sequence[tuple[int, int]] = ()
    """Where the subject's name stands, in order."""

    def hits_of(self, groups: Iterable[str]) -> Iterator[tuple[Said, Hit]]:
        """Every hit of these groups and its sentence, group by group."""
        for group in groups:
            yield from self.by_group.get(group, ())

    def under(self, said: Said, groups: Iterable[str]) -> bool:
        """Whether the heading above a sentence has a cue of these groups."""
        return said.heading >= 0 and self.said[said.heading].has(groups)

    def text_of(self, said: Said) -> str:
        """The sentence, lower case and folded."""
        return self.low[said.start : said.end]

    def anchor(self, start: int, end: int) -> Anchor:
        """Evidence for a span, widened to whole words."""
        return anchor(self.document, *whole_words(self.document.text, start, end))

    def sentence_anchor(self, said: Said) -> Anchor:
        return anchor(self.document, said.start, said.end)

    def sentence_at(self, offset: int) -> Said | None:
        """The sentence in which an offset stands."""
        place = bisect_left(self._ends, offset + 1)
        if place < len(self.said) and self.said[place].start <= offset:
            return self.said[place]
        return None

    @cached_property
    def _concluding(self) -> dict[tuple[str, ...], frozenset[int]]:
        return {}

    def conclusion(self, groups: Sequence[str]) -> frozenset[int]:
        """Places of the sentences of the formal conclusion: those that announce it, and short ones after them."""
        key = tuple(groups)
        if key not in self._concluding:
            self._concluding[key] = frozenset(self._conclusion(groups))
        return self._concluding[key]

    def _conclusion(self, groups: Sequence[str]) -> Iterator[int]:
        for said, _ in self.hits_of(groups):
            yield said.place
            length = 0
            for follower in self.said[said.place + 1 : said.place + 1 + _CONCLUSION_REACH]:
                length += follower.end - follower.start
                if follower.role is not said.role or length > _CONCLUSION_LENGTH:
                    break
                yield follower.place

    @cached_property
    def opening(self) -> frozenset[int]:
        """Places of the sentences that say what the report is about: its title, the beginnings of its summary
        and introduction, or else of its text.
        """
        prose = [said for said in self.said if said.is_prose and said.end - said.start > 20]
        told = [
            said
            for role in (Role.SUMMARY, Role.INTRODUCTION)
            for said in [each for each in prose if each.role is role][:_OPENING]
        ]
        told = told or [said for said in prose if said.role is not Role.METHOD][:_OPENING]
        titles = [said for said in self.said[:_TITLE_PAGE] if said.kind is BlockKind.HEADING]
        return frozenset(said.place for said in (*titles, *told))

    @cached_property
    def _ends(self) -> list[int]:
        return [said.end for said in self.said]

    @cached_property
    def headline(self) -> Said | None:
        """The first heading, where the document has any."""
        return next((said for said in self.said if said.kind is BlockKind.HEADING), None)

    @cached_property
    def account(self) -> Said | None:
        """The sentence that says what happened, on which an answer from silence rests: what is told of the subject
        at the beginning, or else the first sentence that tells anything.
        """
        prose = [said for said in self.said if said.is_prose and said.end - said.start > 40]
        subject = [said for said in prose if SUBJECT in said.groups and said.place in self.opening]
        told = [said for said in prose if said.role in (Role.CHRONOLOGY, Role.INVESTIGATION, Role.SUMMARY)]
        return next(iter(subject or told or prose or self.said), None)


def read(document: DocumentText, pages: Sequence[Page], lexicon: Lexicon, title: str = "") -> Reading:
    """Fold a document and find the lexicon's cues in its sentences. Page furniture is left out.

    Cues of practice alone are looked for only in sentences that name the actor, and the next few. The `title` may
    hold the name by which the report calls its subject.
    """
    even = folded(document.text)
    low = lowered(even)
    everywhere, near_actor = matchers_of(lexicon)
    hits = everywhere.scan(low)
    starts = [hit.start for hit in hits]
    shorts = _short_names(even)
    subject = _Subject(even, title, lexicon)
    practice = lexicon.practice
    actor = frozenset((*practice.actor, *practice.perhaps_actor, *practice.deeds))
    said: list[Said] = []
    by_group: dict[str, list[tuple[Said, Hit]]] = {}
    last_actor = -ACTOR_REACH - 1
    heading, titled = -1, False
    for page in pages:
        for block_no, block, start, end in _sentences(page):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            found = [hit for hit in hits[first:last] if hit[1] <= end]
            names = shorts is not None and shorts.search(even, start, end) is not None
            if names or any(hit[2] in actor for hit in found):
                last_actor = len(said)
            if len(said) - last_actor <= ACTOR_REACH:
                found = sorted(found + near_actor.scan(low, start, end))
            groups = frozenset([hit[2] for hit in found])
            if names:
                groups |= {SHORT_NAME}
            if about := subject.groups(low, start, end, groups):
                groups |= about
            if block.kind is BlockKind.HEADING:
                heading = len(said)
                titled = not said and len(low[start:end].split()) > _SECTION_NAME
            role = Role.OTHER if titled and block.kind is not BlockKind.HEADING else block.role
            each = Said(len(said), start, end, page.number, block_no, block.kind, role, tuple(found), groups, heading)
            said.append(each)
            for hit in found:
                by_group.setdefault(hit.group, []).append((each, hit))
    return Reading(document, even, low, tuple(said), by_group, subject.named)


class _Subject:
    """Which sentences are about the subject, told one after the other."""

    def __init__(self, even: str, title: str, lexicon: Lexicon) -> None:
        names = subject_names(even, title, lexicon.subject_titles) or names_after(even, lexicon.subject_after)
        self.named = sorted({found.span() for name in names for found in name.finditer(even)})
        self.spots = [start for start, _ in self.named]
        self.words = frozenset(lexicon.subject_words)
        self.sought = bool(self.spots or self.words)
        self.before = False

    def groups(self, low: str, start: int, end: int, found: frozenset[str]) -> frozenset[str]:
        """The groups of the next sentence that tell whether it is about the subject."""
        if not self.sought:
            return _NOBODY
        at = bisect_left(self.spots, start)
        named = at < len(self.spots) and self.spots[at] < end
        called = not self.words.isdisjoint(found)
        about = called or (self.before and _PRONOUN.match(low, start, end) is not None)
        self.before = named or about
        if named or (called and not self.spots):
            return _NAMED
        return _SPOKEN_OF if about else _NOBODY


_NAMED, _SPOKEN_OF, _NOBODY = frozenset({SUBJECT}), frozenset({ABOUT}), frozenset[str]()


def _short_names(even: str) -> re.Pattern[str] | None:
    """Short names the text itself gives a police force, as in “… Police (WYP)”."""
    names = {found[1] for pattern in _SHORT for found in pattern.finditer(even)}
    return re.compile(r"\b(?:" + "|".join(sorted(names)) + r")\b") if names else None


def aboutness(reading: Reading, said: Said, cues: FieldCues) -> float:
    """What a cue in this sentence counts for: more where the report says what it is about, more of its subject."""
    factor = cues.opening if cues.opening != 1.0 and said.place in reading.opening else 1.0
    if SUBJECT in said.groups:
        return factor * cues.about
    return factor * (1.0 + cues.about) / 2 if ABOUT in said.groups else factor


def clause_start(low: str, start: int, at: int) -> int:
    """Where the clause of the sentence from `start` begins in which the word at `at` stands."""
    begin = start
    for end in _CLAUSE_ENDS.finditer(low, start, at):
        begin = end.end()
    return begin


def clause_end(low: str, at: int, end: int) -> int:
    """Where the clause in which the word at `at` stands ends, at most `end`."""
    found = _CLAUSE_ENDS.search(low, at, end)
    return found.start() if found else end


def _sentences(page: Page) -> Iterator[tuple[int, Block, int, int]]:
    split: dict[int, list[tuple[int, int]]] = {}
    for sentence in page.sentences:
        split.setdefault(sentence.block, []).append((sentence.start, sentence.end))
    for number, block in enumerate(page.blocks):
        if not block.kind.is_body:
            continue
        for start, end in split.get(number) or [(block.start, block.end)]:
            if page.text[start:end].strip():
                yield number, block, page.start + start, page.start + end
