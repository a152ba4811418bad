"""What was learned from a study's passages, kept as files beside the database and read through the page cache.

Every file is whole, never changed, and named by the hash of what it was made from: two processes may make the same
file at once, a stopped one leaves nothing half done, and the folder may be deleted at any time.
"""

from __future__ import annotations

import os
import tempfile
import time
import zipfile
from collections.abc import Callable, Collection
from pathlib import Path
from typing import BinaryIO

import numpy as np

from goldthread.learn.likeness import Likeness, Vectors
from goldthread.learn.words import Words

_STALE_SECONDS = 3600.0


class VectorFiles:
    """The folder of learned likenesses and of the vectors of passages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def likeness(self, name: str) -> Likeness | None:
        """The likeness of that name; None when there is none, or none that can be read."""
        try:
            with (self.folder / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as held:
                terms, weights, directions = held["terms"], held["weights"], held["directions"]
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None
        return Likeness(Words(tuple(terms.tolist()), weights), directions)

    def keep_likeness(self, name: str, learned: Likeness) -> None:
        """Keep a likeness under a name."""
        terms = np.array(learned.known.terms, np.str_)
        arrays = {"terms": terms, "weights": learned.known.weights, "directions": learned.directions}
        self._write(f"{name}.npz", lambda out: np.savez(out, allow_pickle=False, **arrays))

    def vectors(self, name: str, count: int) -> Vectors | None:
        """The vectors of that name, mapped into memory; None unless there are `count` of them."""
        try:
            held = np.load(self.folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError):
            return None
        return held if held.ndim == 2 and len(held) == count and held.dtype == np.float32 else None

    def keep_vectors(self, name: str, vectors: Vectors) -> None:
        """Keep vectors under a name."""
        self._write(f"{name}.npy", lambda out: np.save(out, vectors, allow_pickle=False))

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove files that are not wanted any more, but for fresh ones that another process may be about to use."""
        before = time.time() - _STALE_SECONDS
        for path in self.folder.iterdir():
            try:
                if path.stem not in wanted and path.stat().st_mtime < before:
                    path.unlink()
            except OSError:  # still open elsewhere, or gone already
                continue

    def _write(self, name: str, write: Callable[[BinaryIO], None]) -> None:
        self.folder.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=".making-")
        with os.fdopen(handle, "wb") as out:
            write(out)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(self.folder / name)
