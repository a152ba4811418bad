"""Funnels, whose every step is of the step before, and values that occur together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate
from goldthread.disclosure.policy import HIDDEN, Policy
from goldthread.disclosure.tables import guarded
from goldthread.protocol.model import Protocol, TableDefinition
from goldthread.statistics.association import together
from goldthread.values import Basis, Missing
from tests.analysis.building import characteristic, episode, review, study

STEPS = [
    {"id": "abuse", "label": "Domestic abuse", "where": [{"field": "vulnerabilities", "within": ["domestic_abuse"]}]},
    {"id": "examined", "label": "DASH examined", "where": [{"field": "dash", "within": ["examined", "completed"]}]},
    {"id": "completed", "label": "DASH completed", "where": [{"field": "dash", "within": ["completed"]}]},
]


def define(**parts: object) -> TableDefinition:
    return TableDefinition.model_validate({"id": "X", "title": "A table", **parts})


def made(protocol: Protocol, of: StudyRecord, **parts: object) -> Table:
    return tabulate(define(**parts), protocol, of, Basis.CONFIRMED)


def cases(*described: tuple[str, ...]) -> StudyRecord:
    """Reviews with these vulnerabilities and steps: "domestic_abuse", "dash:completed"."""
    reviews = []
    for n, marks in enumerate(described):
        values = [mark.partition(":") for mark in marks]
        pairs = [("dash", step) if sign else ("vulnerabilities", name) for name, sign, step in values]
        reviews.append(review(f"v{n}", characteristics=[characteristic(f"v{n}", *pair) for pair in pairs]))
    return study(reviews)


DASH = cases(
    *[("domestic_abuse", "dash:completed")] * 3,
    *[("domestic_abuse", "dash:examined")] * 4,
    ("domestic_abuse",),
    ("missing", "dash:completed"),
)


def test_each_step_is_counted_among_those_of_the_step_before_and_says_so(police: Protocol) -> None:
    table = made(police, DASH, kind="funnel", rows={"groups": STEPS})
    steps = [(row.cells[0].text, row.cells[0].denominator) for row in table.rows if row.kind == "value"]
    assert steps == [("8 (89)", 9), ("7 (88)", 8), ("3 (43)", 7)]
    assert [row.label for row in table.rows if row.kind == "value"][1] == "2. DASH examined (of step 1)"
    assert any("per cent of the step before" in note for note in table.notes)


def test_what_nobody_looked_for_is_not_taken_for_a_step_not_taken(police: Protocol) -> None:
    table = made(police, DASH, kind="funnel", rows={"groups": STEPS})
    assert table.cell("untold:examined", "all").count == 1
    assert "untold:completed" not in {row.id for row in table.rows}


def test_a_review_that_skips_a_step_is_in_none_after_it(police: Protocol) -> None:
    table = made(police, DASH, kind="funnel", rows={"groups": STEPS})
    assert "v8" not in table.cell("completed", "all").reviews


@given(st.lists(st.sampled_from([(), ("domestic_abuse",), ("domestic_abuse", "dash:examined")]), max_size=9))
@settings(max_examples=30, deadline=None)
def test_a_funnel_never_widens(described: list[tuple[str, ...]]) -> None:
    from goldthread.protocol.load import load

    table = made(load("police-reviews"), cases(*described), kind="funnel", rows={"groups": STEPS})
    counts = [row.cells[0].count or 0 for row in table.rows if row.kind == "value"]
    assert counts == sorted(counts, reverse=True)
    for row in table.rows:
        assert len(row.cells[0].reviews) == row.cells[0].count


def test_pairs_are_counted_beside_what_chance_would_give(police: Protocol) -> None:
    both = ("domestic_abuse", "missing")
    table = made(
        police,
        cases(*[both] * 6, *[("missing",)] * 2, *[("fgm",)] * 4),
        kind="together",
        rows={"field": "vulnerabilities"},
    )
    row = next(row for row in table.rows if row.id == "domestic_abuse+missing")
    assert [cell.text for cell in row.cells[:4]] == ["6", "6", "8", "4.0"]
    found = together(6, 6, 8, 12)
    assert row.cells[4].text == f"1.50 ({found.low:.2f}–{found.high:.2f}) (few)"
    assert row.cells[5].text == "0.061"
    assert set(row.cells[0].reviews) == {f"v{n}" for n in range(6)}
    assert any("Fisher" in note for note in table.notes)
    assert any("fewer than 5 are expected" in note for note in table.notes)


def test_themes_occur_together_in_a_review_not_in_a_passage(police: Protocol) -> None:
    reviews = [review("a", episodes=[episode("a", "risk_identification"), episode("a", "collaborative_working")])]
    table = made(police, study([*reviews, review("b")]), kind="together", rows={"field": "theme"})
    assert [row.id for row in table.rows] == ["risk_identification+collaborative_working"]
    assert len(table.rows[0].cells[0].anchors) == 2


def test_a_value_is_not_paired_with_what_it_is_a_kind_of(police: Protocol) -> None:
    field = next(each for each in police.fields if any(value.parent for value in each.values))
    child = next(value for value in field.values if value.parent)
    level = {"subject": 1, "suspect": 1}.get(field.unit.value, 0)
    of = study([review("a", characteristics=[characteristic("a", field.id, child.id, subject=level)])])
    table = made(police, of, kind="together", rows={"field": field.id})
    assert {f"{child.parent}+{child.id}", f"{child.id}+{child.parent}"}.isdisjoint(row.id for row in table.rows)


def test_two_fields_are_paired_value_by_value(police: Protocol) -> None:
    reviews = [
        review(
            f"v{n}",
            characteristics=[characteristic(f"v{n}", "vulnerabilities", "missing")],
            episodes=[episode(f"v{n}", "collaborative_working")],
        )
        for n in range(3)
    ]
    parts = {"rows": {"field": "theme"}, "columns": {"field": "vulnerabilities"}}
    table = made(police, study([*reviews, review("x")]), kind="together", **parts)
    assert [(row.id, row.cells[0].count) for row in table.rows] == [("collaborative_working+missing", 3)]


def test_nothing_that_follows_from_a_small_number_is_published_with_a_funnel(police: Protocol) -> None:
    definition = define(kind="funnel", rows={"groups": STEPS})
    table = guarded(tabulate(definition, police, DASH, Basis.CONFIRMED), definition, police, Policy(fewest=3))
    shown = {row.id: row.cells[0].text for row in table.rows}
    assert shown == {"abuse": HIDDEN, "examined": HIDDEN, "untold:examined": HIDDEN, "completed": HIDDEN}


def test_a_pair_that_few_have_is_not_published_nor_its_ratio(police: Protocol) -> None:
    definition = define(kind="together", rows={"field": "vulnerabilities"})
    of = cases(*[("domestic_abuse", "missing")] * 2, *[("missing",)] * 9, *[("domestic_abuse",)] * 9, *[("fgm",)] * 9)
    whole = tabulate(definition, police, of, Basis.CONFIRMED)
    table = guarded(whole, definition, police, Policy(fewest=5))
    pair = next(row for row in table.rows if row.id == "domestic_abuse+missing")
    assert {cell.text for cell in pair.cells} == {HIDDEN}


@pytest.mark.parametrize(
    ("table", "counts"),
    [("G1", (77, 40, 31, 26, 15)), ("G2", (38, 15, 7)), ("G3", (13, 4)), ("G4", (77, 40, 31, 26, 6))],
)
def test_the_funnels_of_the_published_meta_analysis_come_out_as_printed(table: str, counts: tuple[int, ...]) -> None:
    from tests.published.test_meta_analysis import REPORT, ours

    found = ours(REPORT, table)
    assert tuple(row.cells[0].count for row in found.rows if row.kind == "value") == counts


def test_unclear_is_no_answer_to_a_step(police: Protocol) -> None:
    marks = [characteristic("a", "vulnerabilities", "domestic_abuse"), characteristic("a", "dash", Missing.UNCLEAR)]
    table = made(police, study([review("a", characteristics=marks)]), kind="funnel", rows={"groups": STEPS})
    assert [table.cell(row, "all").count for row in ("abuse", "examined", "untold:examined")] == [1, 0, 1]


def test_what_belongs_to_the_review_is_counted_by_passages_and_not_tested(police: Protocol) -> None:
    passages = [episode("v0", "workforce"), episode("v0", "risk_identification")]
    coded = study([review("v0", characteristics=[characteristic("v0", "outcome", "death")], episodes=passages)])
    axes = {"rows": {"field": "theme"}, "columns": {"field": "outcome"}}
    table = made(police, coded, kind="together", unit="episode", **axes)
    assert [row.cells[0].count for row in table.rows] == [1, 1]
    assert all(cell.text == "–" for row in table.rows for cell in row.cells[3:])
    assert any("belongs to the review" in note for note in table.notes)
