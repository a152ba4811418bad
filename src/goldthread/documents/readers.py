"""The door by which file formats come in: entry points of the group `goldthread.readers`, ours among them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from goldthread.documents.limits import Limits
from goldthread.documents.model import ParsedDocument

GROUP = "goldthread.readers"
_LAST = "txt"


class Reader(Protocol):
    """Reads one format. `read` never raises for bad input: it returns no pages and a problem."""

    name: str
    version: str

    def accepts(self, data: bytes) -> bool:
        """Whether these bytes are in this format, told from the bytes alone."""
        ...

    def read(self, data: bytes, limits: Limits) -> ParsedDocument:
        """The document, within the limits of size."""
        ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every installed reader in a fixed order; plain text comes last, since almost anything could pass for it."""
    found = [entry.load()() for entry in entry_points(group=GROUP)]
    return tuple(sorted(found, key=lambda reader: (reader.name == _LAST, reader.name)))
