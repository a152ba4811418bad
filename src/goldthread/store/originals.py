"""The original files of a study, stored once each under the hash of their bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldthread.errors import StudyFault


@dataclass(frozen=True, slots=True)
class Stored:
    """An original: the hash of its bytes (lower-case hex SHA-256) and its size in bytes."""

    sha256: str
    size: int


class Originals:
    """A folder of files named by their own hash; no name that came from outside is ever used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the original with that hash is or would be."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise StudyFault(f"{sha256!r} is not the hash of an original", where=str(self.folder))
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> Stored:
        """Keep these bytes. They are on disk, whole and under their own name, when this returns."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".incoming-")
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            Path(temporary).replace(target)
        return Stored(sha256, len(data))

    def intact(self, sha256: str) -> bool:
        """Whether the original is there and still hashes to its name."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == sha256
