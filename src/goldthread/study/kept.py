"""What was read and counted of a study, kept while the study stays as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import TypeVar

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import cases_of
from goldthread.analysis.units import ReviewCase
from goldthread.protocol.model import Protocol
from goldthread.values import Basis

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")
_Cases = tuple[ReviewCase, ...]
_CASES = 4
"""So many readings of the cases are kept: either basis, of all rounds or of some."""
_TABLES = 8


class Kept:
    """The cases and tables last asked for, each good for one record and one protocol. Shared between threads.

    A record is another object as soon as anything was done to the study, here or in another process, so that what is
    kept for it cannot outlive it. The case of a review nobody touched is carried over to the new record.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._cases: OrderedDict[tuple[Basis, tuple[str, ...]], tuple[StudyRecord, Protocol, _Cases]] = OrderedDict()
        self._tables: OrderedDict[Hashable, tuple[StudyRecord, Protocol, tuple[Table, ...]]] = OrderedDict()

    def cases(self, record: StudyRecord, protocol: Protocol, basis: Basis, rounds: Sequence[str] = ()) -> _Cases:
        """The reviews of some rounds (all when none is named), read on a basis.

        Raises UsageError for a round the study does not have.
        """
        key = (basis, tuple(rounds))
        with self._lock:
            known = self._cases.get(key)
        if known and known[0] is record and known[1] is protocol:
            return known[2]
        earlier = known[2] if known and known[1] is protocol else ()
        found = cases_of(record, protocol, basis, rounds, earlier)
        with self._lock:
            _keep(self._cases, key, (record, protocol, found), _CASES)
        return found

    def tables(
        self, record: StudyRecord, protocol: Protocol, question: Hashable, count: Callable[[], tuple[Table, ...]]
    ) -> tuple[Table, ...]:
        """The tables a question was answered with, or else counted now."""
        with self._lock:
            known = self._tables.get(question)
            if known and known[0] is record and known[1] is protocol:
                self._tables.move_to_end(question)
                return known[2]
        found = count()
        with self._lock:
            _keep(self._tables, question, (record, protocol, found), _TABLES)
        return found


def _keep(kept: OrderedDict[_Key, _Value], key: _Key, value: _Value, most: int) -> None:
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > most:
        kept.popitem(last=False)
