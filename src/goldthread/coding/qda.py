"""Reading REFI-QDA codebooks and projects made by other programs, without trusting the file.

The archive is never unpacked to disk and no name in it becomes a path; XML is read without entities, external
references or a network.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.ooxml import Package, Refused
from goldthread.errors import UnreadableInput
from goldthread.sources.problems import Problem

_MEND = "export it again from the program that made it"
_TEXTS = ("TextSource", "Representation", "TextDescription", "Transcript")
_NOT_TEXT = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection")
_UTF16_PROGRAMS = ("nvivo",)
"""Programs known to count in UTF-16 units where the standard says code points."""


@dataclass(frozen=True, slots=True)
class QdaCode:
    """One code. `path` are the names from the top of the tree down to its own."""

    guid: str
    path: tuple[str, ...]
    parent: str = ""
    description: str = ""
    codable: bool = True

    @property
    def name(self) -> str:
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class QdaCoding:
    """One code given to a passage, and the GUID of the user who gave it ("" when the file does not say)."""

    code: str
    user: str


@dataclass(frozen=True)
class QdaSource:
    """A text that was coded. `text` has line ends as one character; None where the file does not hold it."""

    guid: str
    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class QdaPassage:
    """A coded passage: code points of its source's text, and the words there ("" when there are none)."""

    guid: str
    name: str
    source: str
    start: int
    end: int
    quote: str
    codings: tuple[QdaCoding, ...]


@dataclass
class QdaFile:
    """All that was understood of a file. `left_out` counts what was seen and not read, by its element's name."""

    origin: str
    codes: dict[str, QdaCode] = field(default_factory=dict)
    users: dict[str, str] = field(default_factory=dict)
    sources: dict[str, QdaSource] = field(default_factory=dict)
    passages: list[QdaPassage] = field(default_factory=list)
    cases: int = 0
    variables: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)


class _Positions:
    """A text as stored by a program, and how its positions count in the text with plain line ends."""

    def __init__(self, text: str, *, utf16: bool) -> None:
        self._text, self._utf16 = text, utf16

    @cached_property
    def plain(self) -> str:
        return self._text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _wide(self) -> list[int]:
        """Where, in UTF-16 units, each character of two units begins."""
        if self._text.isascii():
            return []
        points = (at for at, letter in enumerate(self._text) if letter > "\uffff")
        return [at + n for n, at in enumerate(points)]

    @cached_property
    def _pairs(self) -> list[int]:
        """Code points at which the second character of a two-character line end stands."""
        found, at = [], self._text.find("\r\n")
        while at >= 0:
            found.append(at + 1)
            at = self._text.find("\r\n", at + 2)
        return found

    def plain_offset(self, position: int) -> int:
        """A position of the file as an offset in the plain text."""
        point = position - bisect_left(self._wide, position) if self._utf16 else position
        return point - bisect_left(self._pairs, point)


def read_qda(data: bytes, name: str, limits: Limits = DEFAULT) -> QdaFile:
    """Read a .qdpx project, a .qdc codebook or a bare .qde; what is odd inside becomes a problem.

    Raises UnreadableInput when it is none of these, not whole, or not safe.
    """
    try:
        if data[:4] == b"PK\x03\x04":
            package = Package(data, limits)
            return _project(_sound(package.read(_main(package, name)), name), name, package)
        root = _sound(data, name)
    except Refused as refused:
        raise UnreadableInput(refused.problem.message, where=name, mend=_MEND) from refused
    if _name(root) == "CodeBook":
        found = QdaFile(root.get("origin", ""))
        _codes(root, found)
        return found
    return _project(root, name, None)


def _main(package: Package, name: str) -> str:
    wanted = [entry for entry in package.names if entry.casefold().endswith(".qde")]
    if not wanted:
        raise UnreadableInput(
            "the archive holds no project.qde, so it is no REFI-QDA project", where=name, mend=_MEND
        )
    return min(wanted, key=lambda entry: (entry.count("/"), entry != "project.qde", entry))


def _sound(data: bytes, name: str) -> etree._Element:
    """The root element of XML that declares no entities and refers to nothing outside."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        what = getattr(wrong, "msg", None) or str(wrong)
        raise UnreadableInput(f"the file is not sound XML ({what})", where=name, mend=_MEND) from wrong
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableInput("the file declares its own entities, which no such file does", where=name, mend=_MEND)
    if _name(root) not in ("Project", "CodeBook"):
        raise UnreadableInput(
            f"the file is a {_name(root)}, not a REFI-QDA project or codebook", where=name, mend=_MEND
        )
    return root


def _project(root: etree._Element, name: str, package: Package | None) -> QdaFile:
    found = QdaFile(root.get("origin", ""))
    for part in root:
        match _name(part):
            case "CodeBook":
                _codes(part, found)
            case "Users":
                found.users.update({_guid(one.get("guid")): one.get("name", "") for one in part})
            case "Cases":
                found.cases = len(part)
            case "Variables":
                found.variables = len(part)
            case "Notes" | "Links" | "Sets" | "Graphs" as kind:
                found.left_out[kind] += len(part)
            case "Sources":
                _sources(part, found, name, package)
    return found


def _codes(book: etree._Element, found: QdaFile) -> None:
    for codes in (part for part in book if _name(part) == "Codes"):
        _below(codes, (), "", found)
    if sets := sum(len(part) for part in book if _name(part) == "Sets"):
        found.left_out["Sets"] += sets


def _below(parent: etree._Element, path: tuple[str, ...], above: str, found: QdaFile) -> None:
    for one in parent:
        if _name(one) != "Code":
            continue
        key, here = _guid(one.get("guid")), (*path, one.get("name", "").strip())
        described = next((part.text or "" for part in one if _name(part) == "Description"), "")
        codable = one.get("isCodable", "true").strip() in ("true", "1")
        found.codes[key] = QdaCode(key, here, above, described.strip(), codable)
        _below(one, here, key, found)


def _sources(sources: etree._Element, found: QdaFile, name: str, package: Package | None) -> None:
    utf16 = found.origin.casefold().startswith(_UTF16_PROGRAMS)
    for source in sources:
        for part in source.iter():
            if _name(part) in _NOT_TEXT:
                found.left_out[_name(part)] += 1
        for text in (part for part in source.iter() if _name(part) in _TEXTS):
            _text_source(source, text, found, name, package, utf16=utf16)


def _text_source(
    source: etree._Element,
    element: etree._Element,
    found: QdaFile,
    name: str,
    package: Package | None,
    *,
    utf16: bool,
) -> None:
    key = _guid(element.get("guid"))
    title = element.get("name") or source.get("name") or element.get("plainTextPath") or key
    content = _content(element, title, found, name, package)
    positions = None if content is None else _Positions(content, utf16=utf16)
    found.sources[key] = QdaSource(key, title, positions.plain if positions else None)
    for part in element:
        if _name(part) == "PlainTextSelection":
            found.passages.append(_passage(part, key, positions))
        elif _name(part) == "Coding":
            found.left_out["Coding of a whole text"] += 1


def _passage(element: etree._Element, source: str, positions: _Positions | None) -> QdaPassage:
    start, end = (_whole(element.get(edge)) for edge in ("startPosition", "endPosition"))
    quote = ""
    if positions is not None and 0 <= start < end:
        start, end = positions.plain_offset(start), positions.plain_offset(end)
        quote = positions.plain[start:end]
    codings = tuple(
        QdaCoding(_guid(reference.get("targetGUID")), _guid(part.get("creatingUser")))
        for part in element
        if _name(part) == "Coding"
        for reference in part
        if _name(reference) == "CodeRef"
    )
    return QdaPassage(_guid(element.get("guid")), element.get("name", ""), source, start, end, quote, codings)


def _content(element: etree._Element, title: str, found: QdaFile, name: str, package: Package | None) -> str | None:
    """The plain text of a source, from the XML or from the archive; None, with a problem, where it is not there."""
    inline = next((part for part in element if _name(part) == "PlainTextContent"), None)
    if inline is not None:
        return inline.text or ""
    path = (element.get("plainTextPath") or "").removeprefix("internal://").lstrip("/")
    entry = _entry(package, path) if package and path else None
    if package is None or entry is None:
        found.problems.append(Problem(name, "no text", f"the text of “{title}” is not in the file", _MEND))
        return None
    try:
        return package.read(entry).decode("utf-8-sig")
    except (Refused, UnicodeDecodeError) as wrong:
        what = wrong.problem.message if isinstance(wrong, Refused) else "is not UTF-8"
        found.problems.append(Problem(name, "no text", f"the text of “{title}” cannot be read: {what}", _MEND))
        return None


def _entry(package: Package, path: str) -> str | None:
    """The archive's own entry for a text; only names that are in the archive can be meant."""
    wanted = {path.casefold(), f"sources/{path}".casefold()}
    return next((entry for entry in package.names if entry.casefold() in wanted), None)


def passages_of(found: QdaFile) -> Iterator[QdaPassage]:
    """The passages whose words are known and that have at least one code."""
    return (one for one in found.passages if one.codings and one.quote.strip())


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _guid(text: str | None) -> str:
    return (text or "").strip().strip("{}").lower()


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.strip().isdecimal() and len(text) < 16 else -1
