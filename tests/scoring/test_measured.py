from __future__ import annotations

import json
from dataclasses import replace

from goldthread.scoring.evaluation import Evaluation, engine_scores, measured_of
from goldthread.scoring.measured import Measured, from_data, shipped, standing, to_data
from goldthread.scoring.proposed import Proposed
from tests.scoring.labelled import labelled, valued

PROTOCOL = "learning-reports 1.0"


def evaluation(version: str = "1") -> Evaluation:
    pairs = [
        ("PFD", (labelled(name="d1", sex="male"), valued(sex="male"))),
        ("PFD", (labelled(name="d2", sex="male"), valued(sex="female"))),
        ("IOPC", (labelled(name="d3", sex="male", age="7"), valued(sex="male"))),
    ]
    scores = engine_scores("lexicon", version, pairs, {"PFD": "Coroner’s report"})
    return Evaluation("three reports", "s", PROTOCOL, "2026-01-31", 3, 3, (scores,))


def found(records: tuple[Measured, ...], **changed: str) -> tuple[float | None, bool]:
    asked = {"engine": "lexicon", "version": "1", "protocol": PROTOCOL, "kind": "PFD", "target": "sex"} | changed
    known = standing(records, **asked)
    precision = known.measured.precision if known.measured else None
    return (precision.value if precision else None, known.earlier)


def test_an_evaluation_is_measured_together_and_kind_by_kind() -> None:
    records = measured_of(evaluation())
    assert [(item.kind, item.target, item.n, item.given) for item in records] == [
        ("", "sex", 3, 3),
        ("", "age", 1, 0),
        ("IOPC", "sex", 1, 1),
        ("IOPC", "age", 1, 0),
        ("PFD", "sex", 2, 2),
    ]
    assert records[-1].kind_label == "Coroner’s report"


def test_a_kind_of_document_alone_is_not_scored_twice() -> None:
    scores = engine_scores("e", "1", [("PFD", (labelled(sex="male"), Proposed()))], {})
    assert [group.kind for group in scores.kinds] == ["PFD"]


def test_the_figure_for_a_suggestion_is_that_of_its_kind_of_document() -> None:
    records = measured_of(evaluation())
    assert found(records) == (0.5, False)
    assert found(records, kind="IOPC") == (1.0, False)


def test_what_was_not_measured_has_no_figure() -> None:
    records = measured_of(evaluation())
    for changed in ({"kind": "SCR"}, {"target": "age", "kind": "IOPC"}, {"engine": "other"}, {"protocol": "own 1.0"}):
        assert found(records, **changed) == (None, False)


def test_a_figure_of_another_version_is_an_earlier_one() -> None:
    records = measured_of(evaluation())
    assert found(records, version="2") == (0.5, True)
    assert found(records, protocol="learning-reports 2.0") == (0.5, True)


def test_the_very_version_counts_before_an_earlier_one_and_the_first_record_before_later_ones() -> None:
    old, new = measured_of(evaluation("1")), measured_of(evaluation("2"))
    own = tuple(replace(item, gold="our own") for item in new)
    assert standing((*old, *new), "lexicon", "2", PROTOCOL, "PFD", "sex").measured in new
    first = standing((*own, *new), "lexicon", "2", PROTOCOL, "PFD", "sex").measured
    assert first and first.gold == "our own"


def test_measurements_survive_being_written_and_read() -> None:
    data = json.loads(json.dumps(to_data(measured_of(evaluation()))))
    again = from_data(data)
    assert to_data(again) == data
    assert again[0].precision and again[0].precision.value == 0.66667


def test_what_is_shipped_says_where_it_comes_from() -> None:
    for item in shipped():
        assert item.engine and item.version and item.protocol and item.gold
        assert item.n > 0 and item.documents > 0
        assert item.how, "no shipped engine was made without sight of the shipped golds"


def test_what_another_version_of_the_program_wrote_can_be_read() -> None:
    (first, *_) = to_data(measured_of(evaluation()))
    older = {key: value for key, value in first.items() if key not in ("main", "baseline")}
    newer = first | {"something new": 1}
    assert from_data([older])[0].precision == from_data([newer])[0].precision
