"""How much time, memory and size one document may take. Beyond a limit it becomes a problem, never a hang."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits for one document. Times are in seconds, sizes in bytes unless named otherwise.

    The defaults leave room for any report seen so far: the largest real one read (350 pages) takes under three
    seconds and 130 MB.
    """

    seconds: float = 60.0
    seconds_per_megabyte: float = 2.0
    memory: int = 2048 * MEGABYTE
    """Address space a reading process may add to what it holds when idle."""
    file_size: int = 200 * MEGABYTE
    pages: int = 5_000
    characters: int = 20_000_000
    archive_entries: int = 10_000
    archive_size: int = 200 * MEGABYTE
    """Uncompressed size of everything read out of a DOCX."""
    archive_ratio: int = 200
    """Times a part larger than one megabyte may be larger than its compressed form."""
    markup_size: int = 50 * MEGABYTE
    markup_depth: int = 400
    """Elements nested deeper than this are read as if they stood at this depth."""

    def time_for(self, size: int) -> float:
        """Seconds a file of `size` bytes may take."""
        return self.seconds + self.seconds_per_megabyte * size / MEGABYTE


DEFAULT = Limits()
