"""Opening an Office Open XML file without trusting it: sizes, ratios and entities are checked first."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import NamedTuple

from lxml import etree

from goldthread.documents import problems
from goldthread.documents.limits import MEGABYTE, Limits
from goldthread.documents.model import Problem

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Refused(Exception):
    """An archive or part that is not safe or not whole; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Relation(NamedTuple):
    """Where one part points: the last word of the relationship's type, and the part's name."""

    kind: str
    target: str


class Package:
    """The parts of one file. Raises Refused for whatever it will not open."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.archive_size
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
            raise Refused(problems.corrupt(f"it starts as a ZIP archive but is not whole ({wrong})")) from wrong
        entries = self._zip.infolist()
        if len(entries) > limits.archive_entries:
            what = f"it holds {len(entries):,} parts and the limit is {limits.archive_entries:,}"
            raise Refused(problems.too_large(what))
        self.names = {entry.filename: entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def read(self, name: str) -> bytes:
        """The bytes of one part, checked against its declared and its real size."""
        entry = self.names[name]
        if entry.flag_bits & 1:
            raise Refused(problems.encrypted())
        self._check(entry)
        try:
            with self._zip.open(entry) as part:
                data = part.read(min(self._left, entry.file_size) + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as wrong:
            raise Refused(problems.corrupt(f"its part {name} is not whole ({wrong})")) from wrong
        if len(data) > entry.file_size or len(data) > self._left:
            raise Refused(problems.too_large(f"its part {name} unpacks to more than it declares"))
        self._left -= len(data)
        return data

    def _check(self, entry: zipfile.ZipInfo) -> None:
        if entry.file_size > self._left:
            megabytes = self._limits.archive_size // MEGABYTE
            raise Refused(problems.too_large(f"it unpacks to more than {megabytes} MB"))
        ratio = entry.file_size / max(1, entry.compress_size)
        if entry.file_size > MEGABYTE and ratio > self._limits.archive_ratio:
            what = f"its part {entry.filename} unpacks to {ratio:,.0f} times its size, as a ZIP bomb does"
            raise Refused(problems.too_large(what))

    def tree(self, name: str) -> etree._Element:
        """One part as XML; parts with a DOCTYPE are refused, since no word processor writes one."""
        data = self.read(name)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            huge_tree=False,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as wrong:
            raise Refused(problems.corrupt(f"its part {name} is not sound XML ({wrong.msg})")) from wrong
        if b"<!DOCTYPE" in data[:4096] or root.getroottree().docinfo.internalDTD is not None:
            raise Refused(
                problems.corrupt(f"its part {name} declares its own entities, which no word processor does")
            )
        return root

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part points to inside the file, by relationship id; `name` "" is the package itself."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part not in self.names:
            return {}
        found = {}
        for item in self.tree(part).iter(_RELATIONSHIPS):
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
                found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target)
        return found
