"""What an opened study keeps in memory of its passages' meanings."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import sqlalchemy as sa

from goldthread.store import journal
from goldthread.study.folder import Held
from goldthread.study.progress import Progress

if TYPE_CHECKING:
    from goldthread.study.likeness.meaning import Meanings

FOLDER = "meaning"


class Remembered:
    """The meanings of the study as it was last asked; shared by threads and made once for all of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = ""
        self._known: Meanings | None = None

    def now(self, held: Held, connection: sa.Connection, progress: Progress) -> Meanings:
        """The meanings of the study as the connection sees it."""
        from goldthread.store.vectors import VectorFiles  # noqa: PLC0415 - numpy, 0.25 s that others are spared
        from goldthread.study.likeness.meaning import meanings  # noqa: PLC0415

        state = journal.state(connection)
        with self._lock:
            if self._known is None or self._state != state:
                self._known = meanings(connection, VectorFiles(held.folder / FOLDER), progress)
                self._state = state
            return self._known
