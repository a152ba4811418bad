"""Files brought in through the browser: kept, read and suggested on in the background, one batch at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from threading import Lock, Thread

from goldthread.errors import GoldthreadError
from goldthread.store.reviews import NewProblem
from goldthread.study.study import Study


@dataclass
class Addition:
    """One batch on its way in. `total` is 0 until its first stage has begun."""

    number: int
    files: int
    stage: str = "Waiting its turn"
    done: int = 0
    total: int = 0
    finished: bool = False
    failed: str = ""
    outcome: tuple[int, int, int, int] = (0, 0, 0, 0)
    problems: tuple[NewProblem, ...] = ()


class _Watched:
    """Progress of a batch, kept where the page can see it."""

    def __init__(self, addition: Addition) -> None:
        self._addition = addition

    def stage(self, label: str, total: int) -> None:
        self._addition.stage, self._addition.total, self._addition.done = label, total, 0

    def step(self) -> None:
        self._addition.done += 1


_LONGEST_NAME = 200
"""Bytes of a file's name that are kept; most disks take 255."""


class Additions:
    """The batches of this session, the newest last."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._turn = Lock()
        self.batches: list[Addition] = []

    def begin(self, files: Sequence[tuple[str, bytes]], source: str, *, suggest: bool) -> Addition:
        """Take files by name and bytes and start bringing them in; returns at once."""
        addition = Addition(len(self.batches) + 1, len(files))
        self.batches.append(addition)
        folder = Path(tempfile.mkdtemp(prefix="goldthread-incoming-"))
        for name, data in files:
            _free(folder, name).write_bytes(data)
        Thread(target=self._bring, args=(addition, folder, source, suggest), daemon=True).start()
        return addition

    def _bring(self, addition: Addition, folder: Path, source: str, suggest: bool) -> None:
        try:
            with self._turn:
                progress = _Watched(addition)
                before = set(self._study.problems())
                added = self._study.add(folder, source=source, progress=progress)
                addition.outcome = (added.reviews, added.documents, added.known, added.duplicates)
                if suggest:
                    self._study.suggest(progress=progress)
                names = {path.name for path in folder.iterdir()}
                addition.problems = tuple(
                    one for one in self._study.problems() if one not in before or one.place in names
                )
        except GoldthreadError as fault:
            addition.failed = str(fault)
        except OSError as fault:
            addition.failed = f"{fault.filename or 'the disk'}: {fault.strerror or fault}"
        finally:
            addition.finished = True
            shutil.rmtree(folder, ignore_errors=True)


def _free(folder: Path, name: str) -> Path:
    """Where a file of this name is put: its own name, shortened for the disk, and numbered where another has it."""
    given = Path(name.replace("\\", "/").replace("\0", "")).name
    whole = Path("document" if given in ("", "..") else given)
    stem = whole.stem.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    tries = chain((stem,), (f"{stem} ({n})" for n in count(2)))
    return next(place for one in tries if not (place := folder / f"{one}{whole.suffix[:12]}").exists())
