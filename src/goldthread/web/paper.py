"""Pictures of pages, drawn once each in a child process and kept in the study's cache."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from goldthread.documents.pictures import LIMITS, RENDERER, Picture, Wanted, Word, draw
from goldthread.documents.pool import Standing
from goldthread.store.originals import Originals
from goldthread.study.folder import write_whole

SCALE = 2.0
CACHE = "cache"
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is shown: the file of its picture, its size in points, its text and where the words stand."""

    picture: Path
    small: Path
    width: float
    height: float
    text: str
    words: tuple[Word, ...]


class Paper:
    """The pages of a study's PDFs. Safe to share between threads."""

    def __init__(self, originals: Originals, folder: Path) -> None:
        self._originals = originals
        self._folder = folder / CACHE / "pages" / hashlib.sha256(RENDERER.encode()).hexdigest()[:8]
        self._studio: Standing[Wanted, Picture | None] | None = None
        self._lock = Lock()
        self._sheets: dict[tuple[str, int], Sheet] = {}

    def sheet(self, sha256: str, number: int) -> Sheet | None:
        """A page of an original; None where it cannot be drawn."""
        known = self._sheets.get((sha256, number))
        if known is not None and known.picture.is_file():
            return known
        found = self._kept(sha256, number) or self._drawn(sha256, number)
        if found is not None:
            with self._lock:
                while len(self._sheets) >= _KEPT:
                    self._sheets.pop(next(iter(self._sheets)))
                self._sheets[sha256, number] = found
        return found

    def close(self) -> None:
        """End the processes that draw."""
        if self._studio is not None:
            self._studio.close()

    def _file(self, sha256: str, number: int, ending: str) -> Path:
        return self._folder / self._originals.path(sha256).parent.name / f"{sha256}-{number}.{ending}"

    def _kept(self, sha256: str, number: int) -> Sheet | None:
        picture, places = self._file(sha256, number, "jpg"), self._file(sha256, number, "json")
        if not (picture.is_file() and places.is_file()):
            return None
        width, height, text, words = json.loads(places.read_text("utf-8"))
        return Sheet(
            picture,
            self._file(sha256, number, "small.jpg"),
            width,
            height,
            text,
            tuple(Word(*word) for word in words),
        )

    def _drawn(self, sha256: str, number: int) -> Sheet | None:
        with self._lock:
            if self._studio is None:
                self._studio = Standing(draw, LIMITS)
        made = self._studio.do(Wanted(str(self._originals.path(sha256)), number, SCALE))
        if not isinstance(made, Picture):
            return None
        picture, places = self._file(sha256, number, "jpg"), self._file(sha256, number, "json")
        small = self._file(sha256, number, "small.jpg")
        write_whole(picture, made.jpeg)
        write_whole(small, made.small)
        kept = json.dumps([made.width, made.height, made.text, made.words], ensure_ascii=False, separators=(",", ":"))
        write_whole(places, kept.encode("utf-8", "surrogatepass"))
        return Sheet(picture, small, made.width, made.height, made.text, made.words)
