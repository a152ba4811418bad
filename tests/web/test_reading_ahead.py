"""What tables count is read while the first page is looked at, once for everybody who asks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import goldthread as gt
from goldthread.study import reader


def test_many_who_ask_at_once_wait_for_one_reading(study: gt.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    times, read = [], reader.record

    def counted(*words: object) -> object:
        times.append(threading.current_thread().name)
        return read(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(reader, "record", counted)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: study.record(), range(8)))
    assert len(times) == 1
    assert all(one is found[0] for one in found)


def test_the_collector_of_unused_values_works_again_after_a_reading(study: gt.Study) -> None:
    import gc

    study.record()
    assert gc.isenabled()
