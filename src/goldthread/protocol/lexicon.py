"""The words an engine looks for: cues as data, per field, theme and direction."""

from __future__ import annotations

from goldthread.protocol.record import Record


class Lexicon(Record):
    """All cues of a protocol."""
