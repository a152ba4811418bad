"""Codings made in another program, in a protocol's terms and on the study's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from goldthread.analysis.records import DocumentRecord, ReviewRecord, StudyRecord
from goldthread.anchors import Anchor, anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.coding.qda import QdaCode, QdaFile, QdaPassage, QdaSource
from goldthread.coding.refi import Meaning, document_guid, engine_guid, meanings, passage_guid
from goldthread.errors import BrokenAnchor
from goldthread.protocol.model import Protocol
from goldthread.sources.problems import Problem
from goldthread.study.intake.imports.changes import RowFault, Said
from goldthread.study.intake.imports.evidence import Evidence
from goldthread.study.intake.imports.passages import CERTAIN
from goldthread.values import State

_ONE_EACH = ("direction", "explanation", "whose", "addressee", "scope")
_CODE_MEND = "name the code as a theme, sub-theme, direction or explanation of the protocol, or leave it out"


@dataclass
class Understood:
    """What a project or codebook comes to. `matched` maps the names of its codes to ids of the protocol."""

    matched: dict[str, str] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    episodes: list[Said[Episode]] = field(default_factory=list)
    recommendations: list[Said[Recommendation]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    located: int = 0


def understand(
    found: QdaFile, name: str, study: StudyRecord, protocol: Protocol, evidence: Evidence, who: str
) -> Understood:
    """Match codes to the protocol and passages to the stored text; what matches nothing is listed."""
    made = Understood(problems=list(found.problems))
    codes = match_codes(found.codes, protocol)
    for key, code in found.codes.items():
        label = " / ".join(code.path)
        if key in codes:
            made.matched[label] = codes[key].id
        elif code.codable and not _is_heading(key, found.codes):
            made.unmatched.append(label)
    reader = _Reader(found, name, study, codes, evidence, who)
    made.sources = {source.name: held.file_name for source, held in reader.matched_sources()}
    used = Counter(coding.code for one in found.passages for coding in one.codings)
    for key, times in used.items():
        if key not in codes:
            label = " / ".join(found.codes[key].path) if key in found.codes else f"the code {key}"
            what = f"{label} is no code of this protocol; it was given {times} {'time' if times == 1 else 'times'}"
            made.problems.append(Problem(name, "code", what, _CODE_MEND))
    for one in found.passages:
        reader.read(one, made)
    return made


def match_codes(codes: Mapping[str, QdaCode], protocol: Protocol) -> dict[str, Meaning]:
    """GUID → meaning, for codes with our GUID, or with an id or label of the protocol that means one thing.

    A name that means several things means the one below the same code, as a sub-theme below its theme.
    """
    by_guid: dict[str, Meaning] = {}
    by_name: dict[str, list[Meaning]] = {}
    for ours, meaning in meanings(protocol):
        by_guid[ours.guid] = meaning
        for name in {_folded(ours.name), _folded(ours.id)}:
            same = by_name.setdefault(name, [])
            if meaning not in same:
                same.append(meaning)
    matched: dict[str, Meaning] = {}
    for key, code in codes.items():
        if key in by_guid:
            matched[key] = by_guid[key]
            continue
        possible = by_name.get(_folded(code.name), [])
        above = matched.get(code.parent)
        if above is not None and above.axis == "theme":
            possible = [one for one in possible if one.theme == above.id]
        elif len(possible) > 1 and code.parent in codes:
            heading = _folded(codes[code.parent].name)
            possible = [one for one in possible if heading in (one.axis, f"{one.axis}s")] or possible
        if len(possible) == 1:
            matched[key] = possible[0]
    return matched


class _Reader:
    """Passages of one project, located and put into the protocol's terms."""

    def __init__(
        self,
        found: QdaFile,
        name: str,
        study: StudyRecord,
        codes: Mapping[str, Meaning],
        evidence: Evidence,
        who: str,
    ) -> None:
        self._found, self._name, self._codes, self._evidence, self._who = found, name, codes, evidence, who
        self._machines = {engine_guid(engine.name) for engine in study.engines}
        self._documents = [
            (review, item)
            for review in study.reviews
            for item in review.documents
            if item.characters and not item.duplicate_of
        ]
        self._review_of = {item.document_id: review for review, item in self._documents}
        self._ours = {
            passage_guid(study.name, study.created, key): key
            for review in study.reviews
            for key in (
                *(one.episode_id for one in review.episodes),
                *(one.recommendation_id for one in review.recommendations),
            )
        }
        self._held = {key: held for key, source in found.sources.items() if (held := self._document(source))}

    def matched_sources(self) -> Iterator[tuple[QdaSource, DocumentRecord]]:
        """The sources that are documents of the study."""
        return ((self._found.sources[key], held) for key, held in self._held.items())

    def read(self, one: QdaPassage, made: Understood) -> None:
        """Add what one passage says; one that cannot be followed is listed."""
        place = f"{self._name}, {self._found.sources[one.source].name} {one.start}–{one.end}"
        decided, said = self._said(one)
        if not said:
            return
        try:
            words = self._locate(one)
            made.located += 1
            review = self._review_of[words.document_id]
            key = self._ours.get(one.guid, "")
            state = State.CONFIRMED if decided else State.SUGGESTED
            for item in _items(review, words, said, state, self._who):
                if isinstance(item, Episode):
                    made.episodes.append(Said(place, key, state, item))
                else:
                    made.recommendations.append(Said(place, key, state, item))
                key = ""
        except RowFault as fault:
            made.problems.append(fault.at(place))

    def _said(self, one: QdaPassage) -> tuple[bool, list[Meaning]]:
        """Whether a person coded it, and what is said: a person's code stands before an engine's on its axis."""
        by_person: list[Meaning] = []
        by_machine: list[Meaning] = []
        for coding in one.codings:
            if coding.code in self._codes:
                (by_machine if self._by_machine(one, coding.user) else by_person).append(self._codes[coding.code])
        axes = {_axis(meaning) for meaning in by_person}
        return bool(by_person), [*by_person, *(one for one in by_machine if _axis(one) not in axes)]

    def _by_machine(self, one: QdaPassage, user: str) -> bool:
        """Whether an engine gave a code; where a passage of ours comes back without users, it is still ours."""
        return user in self._machines or (not user and one.guid in self._ours)

    def _document(self, source: QdaSource) -> DocumentRecord | None:
        """The document a source is: by GUID, else by file name, else by having the same text."""
        items = [item for _, item in self._documents]
        for item in items:
            if source.guid == document_guid(item.document_id, item.sha256):
                return item
        named = [item for item in items if _stem(source.name) in (_stem(item.file_name), item.document_id.casefold())]
        if len(named) == 1:
            return named[0]
        if source.text and source.text.strip():
            alike = [item for item in named or items if self._evidence.text(item.document_id).text == source.text]
            if len(alike) == 1:
                return alike[0]
        return None

    def _locate(self, one: QdaPassage) -> Anchor:
        """The passage in the stored text. Raises RowFault unless its words stand there exactly, and once."""
        if not one.quote.strip():
            raise RowFault("no quote", "the passage has no words: its text is not in the file", "export with texts")
        held = self._held.get(one.source)
        if held is None:
            return self._evidence.only_place(one.quote, [item for _, item in self._documents])
        text = self._evidence.text(held.document_id)
        if text.text[one.start : one.end] == one.quote:
            try:
                return anchor(text, one.start, one.end)
            except BrokenAnchor as broken:
                raise RowFault("not found", broken.what, "code some words") from broken
        return self._evidence.only_place(one.quote, [held])


def _items(
    review: ReviewRecord, words: Anchor, said: Sequence[Meaning], state: State, who: str
) -> Iterator[Episode | Recommendation]:
    """An episode a theme said of the words, and a recommendation where somebody is asked for something."""
    one = {axis: _one(axis, said) for axis in _ONE_EACH}
    author = (state, who, "", CERTAIN, words)
    if any(meaning.axis in ("theme", "subtheme", "direction", "explanation", "whose") for meaning in said):
        for theme, subtheme in _themes(said):
            yield Episode(
                review.review_id, "", theme, subtheme, one["direction"], one["explanation"], one["whose"], *author
            )
    if one["addressee"] or one["scope"]:
        yield Recommendation(review.review_id, "", words.quote, one["addressee"], one["scope"], *author)


def _themes(said: Sequence[Meaning]) -> list[tuple[str, str]]:
    below = [(one.theme, one.id) for one in said if one.axis == "subtheme"]
    alone = [(one.id, "") for one in said if one.axis == "theme" and one.id not in {theme for theme, _ in below}]
    return list(dict.fromkeys([*below, *alone])) or [("", "")]


def _one(axis: str, said: Sequence[Meaning]) -> str:
    values = list(dict.fromkeys(one.id for one in said if one.axis == axis))
    if len(values) > 1:
        raise RowFault("contradiction", f"the passage has {len(values)} codes of {axis}", "keep one of them")
    return values[0] if values else ""


def _axis(meaning: Meaning) -> str:
    return "theme" if meaning.axis == "subtheme" else meaning.axis


def _is_heading(key: str, codes: Mapping[str, QdaCode]) -> bool:
    return any(code.parent == key for code in codes.values())


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").casefold().split())


def _stem(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2].casefold()
    stem, dot, ending = last.rpartition(".")
    return stem if dot and len(ending) <= 4 else last
