"""What passages mean, learned behind the page that first asks, so that nobody looks at a page that does not come."""

from __future__ import annotations

from threading import Event, Lock, Thread

from goldthread.errors import GoldthreadError
from goldthread.study.study import Study


class Learning:
    """How far learning is. Shared by threads; one learns for all."""

    patience = 2.0
    """For so many seconds a page waits for the answer itself before it says how far the learning is."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._lock = Lock()
        self._finished = Event()
        self._known = -1
        self.label, self.done, self.total = "Beginning", 0, 0

    def ready(self) -> bool:
        """Whether the study as it stands is learned, or is so within the seconds of patience; begun if need be."""
        with self._lock:
            newest = self._study.desk.recent(1)[0].n
            if newest == self._known and self._finished.is_set():
                return True
            if self._known == -1 or self._finished.is_set():
                self._known, self._finished = newest, Event()
                self.label, self.done, self.total = "Beginning", 0, 0
                Thread(target=self._learn, args=(self._finished,), daemon=True).start()
            finished = self._finished
        return finished.wait(self.patience)

    def stage(self, label: str, total: int) -> None:
        """As progress of long work is told."""
        self.label, self.done, self.total = label, 0, total

    def step(self) -> None:
        """As progress of long work is told."""
        self.done += 1

    def _learn(self, finished: Event) -> None:
        try:
            self._study.similar("police", limit=1, progress=self)
        except GoldthreadError:
            pass  # whoever asked meets the same fault, and is told
        finally:
            finished.set()
