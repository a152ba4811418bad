"""What each further filter of the evidence would leave, counted once while the study stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock

Tallies = Mapping[str, Mapping[str, int]]
_KEPT = 64


class Narrowings:
    """The last few counts, each under the question it answers and the state of the study. Shared between threads."""

    def __init__(self, state: Callable[[], str]) -> None:
        self._state = state
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, Hashable], Tallies] = OrderedDict()

    def of(self, question: Hashable, count: Callable[[], Tallies]) -> Tallies:
        """The counts a question was answered with in this state, or else counted now."""
        key = (self._state(), question)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = count()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return found
