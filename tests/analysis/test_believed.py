from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.analysis.believed import (
    PRACTICE,
    beliefs,
    heading,
    in_words,
    rows,
    targets_of_protocol,
    targets_of_table,
    to_json,
)
from goldthread.analysis.records import EngineRecord, StudyRecord
from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.load import load
from goldthread.protocol.model import Axis, Protocol, TableDefinition
from goldthread.scoring.estimate import Estimate
from goldthread.scoring.measured import Measured
from goldthread.values import Basis, State
from tests.analysis.building import characteristic, review, study


@pytest.fixture(scope="module")
def learning() -> Protocol:
    return load("learning-reports")


def measured(
    target: str, kind: str, precision: float, *, version: str = "1", given: int = 50, how: str = ""
) -> Measured:
    rate = Estimate(precision, precision - 0.05, min(1.0, precision + 0.05))
    protocol = "learning-reports 1.0"
    named = ("lexicon", version, protocol, kind, kind, "our coding", "2026-01-31", how)
    return Measured(*named, target, 60, 60, given, rate, rate, rate, rate, "accuracy", 0.5)


def kept(*records: Measured, engine: str = "lexicon", types: tuple[str, ...] = ("PFD", "IOPC")) -> StudyRecord:
    reviews = [
        review(
            f"r{n}",
            [kind],
            basis=Basis.DRAFT,
            characteristics=[characteristic(f"r{n}", "outcome", "death", state=State.SUGGESTED)],
        )
        for n, kind in enumerate(types)
    ]
    engines = (
        EngineRecord(engine, "0", 1, "2025-01-01T00:00:00Z"),
        EngineRecord(engine, "1", 2, "2026-01-01T00:00:00Z"),
    )
    return replace(study(reviews), engines=engines, measured=records)


def table(**keys: object) -> TableDefinition:
    return TableDefinition.model_validate({"id": "T1", "title": "A table", **keys})


def test_a_draft_tables_note_says_how_often_its_suggestions_were_right_by_kind(learning: Protocol) -> None:
    of = kept(measured("outcome", "PFD", 0.9))
    drawn = tabulate(table(rows={"field": "outcome"}), learning, of, Basis.DRAFT)
    assert drawn.notes[-1] == (
        "Share of lexicon 1’s suggestions that were right when measured on our coding (95% interval; n suggestions): "
        "Outcome: IOPC not measured, PFD 90% (85–95; n = 50)."
    )


def test_a_table_of_confirmed_values_says_nothing_of_suggestions(learning: Protocol) -> None:
    of = kept(measured("outcome", "PFD", 0.9))
    drawn = tabulate(table(rows={"field": "outcome"}), learning, of, Basis.CONFIRMED)
    assert not any("measured" in note for note in drawn.notes)


def test_where_nothing_was_measured_the_note_says_so(learning: Protocol) -> None:
    of = kept(measured("outcome", "PFD", 0.9), types=("JTAI",))
    drawn = tabulate(table(rows={"field": "outcome"}), learning, of, Basis.DRAFT)
    assert "How often lexicon 1 is right here was not measured for this kind of document." in drawn.notes


def test_a_table_that_rests_on_no_suggestion_has_no_such_note(learning: Protocol) -> None:
    drawn = tabulate(table(rows={"field": "source"}), learning, kept(), Basis.DRAFT)
    assert not any("measured" in note for note in drawn.notes)


def test_a_figure_of_an_earlier_version_is_marked_as_one(learning: Protocol) -> None:
    found = beliefs(kept(measured("outcome", "PFD", 0.9, version="0")), learning, ["outcome"], kept().reviews)
    assert "measured on an earlier version" in " ".join(in_words(found))
    assert to_json(found)[0]["earlier_version"] is True


def test_an_engine_counts_in_the_version_it_last_ran_in(learning: Protocol) -> None:
    found = beliefs(kept(), learning, ["outcome"], kept().reviews)
    assert [(belief.engine, belief.version) for belief in found] == [("lexicon", "1")]


def test_passages_and_codes_stand_behind_a_table_of_themes(learning: Protocol) -> None:
    themes = table(rows={"field": "theme"}, columns={"field": "direction"})
    assert targets_of_table(themes, learning) == ("judged practice", "theme", "direction")
    asked = table(unit="recommendation", rows={"field": "addressee"})
    assert targets_of_table(asked, learning) == ("recommendations", "addressee")
    narrowed = table(rows={"field": "sex"}, where=[{"field": "outcome", "within": ["death"]}])
    assert targets_of_table(narrowed, learning) == ("sex", "outcome")


def test_the_list_of_everything_has_a_row_for_each_target_that_was_measured(learning: Protocol) -> None:
    of = kept(measured("age", "PFD", 1.0, given=3), measured("theme", "PFD", 0.6))
    found = beliefs(of, learning, targets_of_protocol(learning), of.reviews)
    assert "our coding" in heading(found)
    assert rows(found)[:3] == [
        ("", "", "IOPC", "PFD"),
        ("lexicon 1", "Age", "not measured", "100% (95–100; n = 3)"),
        ("lexicon 1", "Theme", "not measured", "60% (55–65; n = 50)"),
    ]
    assert rows(found)[-1][1].endswith(" more")
    assert [(item["target"], item["n"]) for item in to_json(found)] == [("age", 3), ("theme", 50)]


def test_the_list_of_nothing_measured_is_one_sentence(learning: Protocol) -> None:
    found = beliefs(kept(), learning, targets_of_protocol(learning), kept().reviews)
    assert rows(found) == []
    assert "not measured for this kind of document" in heading(found)


def test_what_must_be_known_of_how_it_was_measured_is_said_with_the_figure(learning: Protocol) -> None:
    of = kept(measured("outcome", "PFD", 0.9, how="cross-validated, 5 folds"))
    found = beliefs(of, learning, ["outcome"], of.reviews)
    assert "measured on our coding (cross-validated, 5 folds) (95%" in " ".join(in_words(found))
    assert "our coding (cross-validated, 5 folds)" in heading(found)


def test_a_table_by_agency_says_that_agencies_were_not_measured(police: Protocol) -> None:
    definition = TableDefinition(id="t", title="t", rows=Axis(field="agency"), exclusive=False)
    assert targets_of_table(definition, police) == (PRACTICE, "agency")
