"""What tables count is read while the first page is looked at, once for everybody who asks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import goldthread as gt
from goldthread.study import reader
from goldthread.values import Basis, State
from tests.web.visiting import Visitor


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


def test_a_table_seen_before_says_at_once_what_was_changed_elsewhere(visitor: Visitor, study: gt.Study) -> None:
    study.read_ahead()
    path = "/crossing?rows=theme&columns=direction&basis=confirmed"
    assert visitor.get(path).text == visitor.get(path).text
    with gt.open(study.folder, who="Ben") as elsewhere:
        elsewhere.desk.decide("R00003", "included", "", "")
        found = [one for one in elsewhere.desk.review("R00003").episodes if one.item.theme]
        elsewhere.desk.settle("R00003", "episodes", [(found[0].key, found[0].stamp)], State.CONFIRMED)
    shown = visitor.get(path).page
    theme = study.protocol.theme_by_id[found[0].item.theme].label
    row = next(one for one in shown.css(".gt-table tbody tr") if theme in one.text())
    assert row.css_first("td").text().startswith("1")


def test_what_is_read_ahead_is_what_a_table_is_counted_from(study: gt.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    study.read_ahead()
    monkeypatch.setattr(reader, "record", lambda *_: pytest.fail("the study is read again"))
    ahead = study.cases(Basis.DRAFT)
    assert study.table("T4").population
    assert study.cases(Basis.DRAFT) is ahead
