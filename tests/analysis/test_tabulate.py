"""How each shape of table counts, and what it says about itself."""

from __future__ import annotations

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import cases_of, tabulate, tabulate_cases
from goldthread.errors import UnbalancedLedger
from goldthread.protocol.conditions import parse_filter
from goldthread.protocol.model import Protocol, TableDefinition
from goldthread.screening.model import Answer
from goldthread.values import Basis, Missing, State
from tests.analysis.building import answered, characteristic, episode, recommendation, review, study

GROUPS = [
    {"id": "child", "label": "SCRs/CPRs", "where": [{"field": "review_type", "within": ["SCR", "CPR"]}]},
    {"id": "adult", "label": "SARs/APRs", "where": [{"field": "review_group", "within": ["SAR", "APR"]}]},
]


def define(**parts: object) -> TableDefinition:
    return TableDefinition.model_validate({"id": "X", "title": "A table", **parts})


def made(protocol: Protocol, of: StudyRecord, basis: Basis = Basis.CONFIRMED, **parts: object) -> Table:
    return tabulate(define(**parts), protocol, of, basis)


def texts(table: Table, column: str = "all") -> dict[str, str]:
    return {row.id: table.cell(row.id, column).text for row in table.rows}


def test_missing_is_shown_by_kind_and_percentages_are_of_the_stated(police: Protocol) -> None:
    kinds = [Missing.NOT_STATED, Missing.NOT_STATED, Missing.WITHHELD]
    reviews = [review(f"m{n}", characteristics=[characteristic(f"m{n}", "sex", "male")]) for n in range(3)]
    reviews += [review("f", characteristics=[characteristic("f", "sex", "female")]), review("x")]
    reviews += [
        review(f"k{n}", characteristics=[characteristic(f"k{n}", "sex", kind)]) for n, kind in enumerate(kinds)
    ]
    table = made(police, study(reviews), unit="subject", rows={"field": "sex"}, places=1)
    found = texts(table)
    assert (found["male"], found["female"]) == ("3 (75.0)", "1 (25.0)")
    assert (found["missing:not_stated"], found["missing:withheld"], found["missing:not_sought"]) == ("2", "1", "1")
    assert found["total"] == "8"
    assert table.columns[0].base == 4
    assert [row.label for row in table.rows if row.kind == "missing"] == [
        "Not stated",
        "Withheld by anonymisation",
        "Not yet looked for",
    ]


@pytest.mark.parametrize(
    ("of", "male", "unstated", "base"),
    [("column", "3 (75)", "1 (25)", 4), ("table", "3 (60)", "1 (20)", 4), ("row", "3 (75)", "1 (100)", 4)],
)
def test_the_denominator_is_what_the_definition_names(
    police: Protocol, of: str, male: str, unstated: str, base: int
) -> None:
    reviews = [review(f"m{n}", characteristics=[characteristic(f"m{n}", "sex", "male")]) for n in range(3)]
    reviews.append(review("k", characteristics=[characteristic("k", "sex", Missing.NOT_STATED)]))
    reviews.append(review("a", ("SAR",), characteristics=[characteristic("a", "sex", "male")]))
    table = made(
        police, study(reviews), unit="subject", rows={"field": "sex"}, columns={"groups": GROUPS}, percent_of=of
    )
    assert (texts(table, "child")["male"], texts(table, "child")["missing:not_stated"]) == (male, unstated)
    assert table.columns[0].base == base


def test_without_a_denominator_a_cell_is_a_bare_count(police: Protocol) -> None:
    table = made(police, study([review("a")]), rows={"field": "review_group"}, percent_of="none")
    cell = table.cell("SCR", "all")
    assert (cell.text, cell.count, cell.denominator, cell.percent) == ("1", 1, None, None)


def test_a_review_counts_once_in_a_cell_however_many_episodes_it_has(police: Protocol) -> None:
    reviews = [
        review("a", episodes=[episode("a", "risk_identification") for _ in range(5)]),
        review("b", episodes=[episode("b", "risk_identification"), episode("b", "victim_engagement")]),
        review("c"),
    ]
    table = made(police, study(reviews), rows={"field": "theme"}, percent_of="column", exclusive=False)
    cell = table.cell("risk_identification", "all")
    assert (cell.text, cell.reviews, len(cell.anchors)) == ("2 (67)", ("a", "b"), 6)
    assert texts(table)["victim_engagement"] == "1 (33)"
    assert texts(table)["total"] == "3"
    assert table.rows[-1].label == "All reviews"
    assert "In 1 of the reviews no episode of this kind is coded." in table.notes
    assert any("may appear in several rows" in note for note in table.notes)
    assert made(police, study(reviews), unit="episode", rows={"field": "theme"}).population == 7


def test_one_and_the_same_episode_must_meet_every_condition(police: Protocol) -> None:
    split = [episode("a", "risk_identification", direction="good"), episode("a", "victim_engagement")]
    whole = [episode("b", "risk_identification", direction="missed")]
    of = study([review("a", episodes=split), review("b", episodes=whole)])
    wanted = [{"field": "theme", "within": ["risk_identification"]}, {"field": "direction", "within": ["missed"]}]
    table = made(police, of, episodes=wanted, rows={"field": "theme"}, exclusive=False, percent_of="none")
    assert table.cell("risk_identification", "all").reviews == ("b",)
    crossed = made(
        police, of, rows={"field": "theme"}, columns={"field": "direction"}, exclusive=False, percent_of="none"
    )
    assert crossed.cell("risk_identification", "missed").reviews == ("b",)
    assert crossed.cell("risk_identification", "good").reviews == ("a",)
    assert crossed.cell("victim_engagement", "good").reviews == ()


def test_subthemes_are_those_of_the_themes_the_table_is_about(police: Protocol) -> None:
    theme = police.codebook.themes[0]
    table = made(
        police,
        study([]),
        episodes=[{"field": "theme", "within": [theme.id]}],
        rows={"field": "subtheme"},
        exclusive=False,
        show_total=False,
    )
    assert [row.id for row in table.rows] == [sub.id for sub in theme.subthemes]


def test_an_exclusive_table_refuses_a_review_in_two_rows_and_names_it(police: Protocol) -> None:
    twice = [characteristic("v7", "outcome", "death"), characteristic("v7", "outcome", "serious_harm")]
    with pytest.raises(UnbalancedLedger, match=r"in several rows: v7") as refused:
        made(police, study([review("v7", characteristics=twice)]), rows={"field": "outcome"})
    assert refused.value.where == "table X"
    assert "exclusive = false" in refused.value.mend


def test_an_exclusive_table_refuses_a_review_in_no_row(police: Protocol) -> None:
    of = study([review("v8", characteristics=[characteristic("v8", "outcome", "serious_harm")])])
    with pytest.raises(UnbalancedLedger, match=r"in no row: v8"):
        made(police, of, rows={"field": "outcome", "only": ["death"]})
    loose = made(police, of, rows={"field": "outcome", "only": ["death"]}, exclusive=False, percent_of="none")
    assert texts(loose) == {"death": "0", "total": "1"}


def test_one_review_lost_and_another_counted_twice_do_not_make_up_for_each_other(police: Protocol) -> None:
    twice = [characteristic("a", "first_involvement", name) for name in ("missing_report", "domestic_incident")]
    lost = [characteristic("b", "first_involvement", "other")]
    of = study([review("a", characteristics=twice), review("b", characteristics=lost)])
    rows = {"field": "first_involvement", "only": ["missing_report", "domestic_incident"]}
    with pytest.raises(UnbalancedLedger, match=r"in several rows: a; in no row: b"):
        made(police, of, rows=rows)


def test_a_value_nobody_defined_gets_a_row_rather_than_being_lost(police: Protocol) -> None:
    of = study([review("a", source="a_friend"), review("b")])
    table = made(police, of, rows={"field": "source", "zeros": False}, percent_of="none")
    assert texts(table) == {"nspcc": "1", "a_friend": "1", "total": "2"}


def test_free_values_are_listed_in_order_of_size(police: Protocol) -> None:
    ages = ["10", "9", "0", "10"]
    of = study([review(f"v{n}", characteristics=[characteristic(f"v{n}", "age", age)]) for n, age in enumerate(ages)])
    table = made(police, of, unit="subject", rows={"field": "age"}, percent_of="none")
    assert texts(table) == {"0": "1", "9": "1", "10": "2", "total": "4"}


def test_a_nested_value_counts_in_its_own_row_and_in_the_one_above(police: Protocol) -> None:
    of = study(
        [
            review("a", characteristics=[characteristic("a", "ethnicity", "asian_pakistani")]),
            review("b", characteristics=[characteristic("b", "ethnicity", "asian")]),
        ]
    )
    table = made(police, of, unit="subject", rows={"field": "ethnicity", "zeros": False, "order": "count"})
    assert texts(table) == {"asian": "2 (100)", "asian_pakistani": "1 (50)", "total": "2 (100)"}


def test_columns_have_a_place_for_what_is_missing_and_say_who_stands_in_none(police: Protocol) -> None:
    passages = [episode("a", "risk_identification", explanation=""), episode("a", "risk_identification")]
    of = study([review("a", episodes=passages), review("b", ("DHR",))])
    table = made(
        police, of, unit="episode", rows={"field": "theme"}, columns={"field": "explanation"}, percent_of="row"
    )
    assert table.cell("risk_identification", "missing:not_stated").text == "2 (100)"
    grouped = made(police, of, rows={"field": "review_group"}, columns={"groups": GROUPS}, percent_of="none")
    assert "In no column: 1 of the reviews." in grouped.notes


def test_suggestions_count_on_the_draft_alone_and_the_table_says_so(police: Protocol) -> None:
    found = [characteristic("a", "outcome", "death", state=State.SUGGESTED)]
    of = study([review("a", characteristics=found, basis=Basis.DRAFT)])
    draft = made(police, of, Basis.DRAFT, rows={"field": "outcome"})
    confirmed = made(police, of, rows={"field": "outcome"})
    assert (draft.population, confirmed.population) == (1, 0)
    assert "Draft: machine suggestions, not confirmed." in draft.notes
    assert "Counts only what a person confirmed." in confirmed.notes
    assert (draft.basis, draft.state) == (Basis.DRAFT, "0f0f")


def test_a_summary_gives_range_mean_and_median_of_those_stated(police: Protocol) -> None:
    ages = {"a": "0", "b": "17", "c": "6", "d": Missing.NOT_STATED}
    reviews = [review(name, characteristics=[characteristic(name, "age", age)]) for name, age in ages.items()]
    reviews.append(review("s", ("SAR",), characteristics=[characteristic("s", "age", "52")]))
    table = made(
        police, study(reviews), kind="summary", unit="subject", rows={"groups": GROUPS}, measure="age", places=1
    )
    assert [cell.text for cell in table.rows[0].cells] == ["3", "Under 1 to 17 (7.7)", "6", "1"]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "52 (52.0)", "52", "0"]
    assert [column.id for column in table.columns] == ["stated", "range_mean", "median", "missing:not_stated"]
    assert table.rows[-1].kind == "total"
    assert table.cell("child", "range_mean").reviews == ("a", "b", "c")
    empty = made(police, study([]), kind="summary", unit="subject", rows={"groups": GROUPS}, measure="age")
    assert empty.cell("child", "range_mean").text == "–"


def test_the_mean_is_rounded_half_up(police: Protocol) -> None:
    of = study([review(n, characteristics=[characteristic(n, "age", age)]) for n, age in (("a", "2"), ("b", "3"))])
    table = made(police, of, kind="summary", unit="subject", measure="age")
    assert table.cell("all", "range_mean").text == "2 to 3 (3)"
    assert table.cell("all", "median").text == "2.5"


def test_a_matrix_has_a_row_for_each_review_and_a_dot_for_each_theme(police: Protocol) -> None:
    reviews = [
        review("a", episodes=[episode("a", "risk_identification"), episode("a", "risk_identification")]),
        review("b", episodes=[episode("b", "victim_engagement", direction="good")]),
    ]
    table = made(
        police,
        study(reviews),
        kind="matrix",
        episodes=[{"field": "direction", "within": ["missed"]}],
        columns={"field": "theme"},
    )
    assert table.cell("a", "risk_identification").text == "●"
    assert len(table.cell("a", "risk_identification").anchors) == 2
    assert table.cell("b", "victim_engagement").text == ""
    assert table.cell("total", "risk_identification").text == "1 (50)"
    assert table.rows[0].label.startswith("SCR a")
    rows_only = made(police, study(reviews), kind="matrix", rows={"field": "review"}, columns={"zeros": False})
    assert rows_only.cell("b", "victim_engagement").text == "●"


def test_alignment_shows_each_action_with_its_themes_and_those_without_evidence(police: Protocol) -> None:
    action = police.plan.actions[0] if police.plan else pytest.fail("no plan")
    theme = next(theme for theme in police.codebook.themes if action.id in theme.actions)
    reviews = [review("a", episodes=[episode("a", theme.id), episode("a", theme.id)]), review("b")]
    table = made(police, study(reviews), kind="alignment", percent_of="column")
    assert table.cell(action.id, "themes").text == theme.label
    assert table.cell(action.id, "reviews").text == "1 (50)"
    assert table.cell(action.id, "episodes").text == "2"
    assert [row.id for row in table.rows] == [one.id for one in police.plan.actions]
    without = [row for row in table.rows if row.cells[1].count == 0]
    assert without
    assert all(row.cells[0].text == "No evidence in these reviews" for row in without)


def test_what_bears_on_no_action_is_an_additional_consideration(police: Protocol) -> None:
    unmapped = [theme.id for theme in police.codebook.themes if not theme.actions]
    of = study([review("a", episodes=[episode("a", unmapped[0])])])
    table = made(police, of, kind="alignment", aligned=False, percent_of="none")
    assert [row.id for row in table.rows] == unmapped
    assert table.cell(unmapped[0], "reviews").text == "1"
    assert [column.id for column in table.columns] == ["reviews", "episodes"]


def test_the_criteria_are_worded_by_type_with_how_many_they_let_in(police: Protocol) -> None:
    reviews = [review("a"), review("b", status="out_of_date"), review("c", ("SAR",)), review("d", ("SCR", "SAR"))]
    table = made(police, study(reviews), kind="criteria", population="registered")
    assert [row.id for row in table.rows] == ["SCR", "SAR", "joint"]
    assert "on or after 2016-01-01" in table.cell("SCR", "in_period").text
    assert "on or after 2015-04-01" in table.cell("SAR", "in_period").text
    assert "2016-01-01" in table.cell("joint", "in_period").text
    assert [(row.cells[-2].text, row.cells[-1].text) for row in table.rows] == [("2", "1"), ("1", "1"), ("1", "1")]
    grouped = made(police, study(reviews), kind="criteria", population="registered", rows={"groups": GROUPS})
    assert grouped.cell("child", "registered").text == "3"


def test_the_flow_shows_the_words_a_decision_rests_on(police: Protocol) -> None:
    answers = [answered("a", "in_period", Answer.UNMET), answered("a", "police_practice", Answer.MET)]
    found = [characteristic("b", "police_involved", "none", state=State.SUGGESTED)]
    reviews = [
        review("a", status="out_of_date", basis=Basis.DRAFT, answers=answers),
        review("b", status="no_police_involvement", basis=Basis.DRAFT, characteristics=found),
        review("c", status="included", answers=[answered("c", "in_period", Answer.MET)]),
        review("d", status="maybe", basis=Basis.DRAFT),
    ]
    table = made(police, study(reviews), Basis.DRAFT, population="registered", rows={"field": "inclusion_status"})
    assert [anchor.quote for anchor in table.cell("out_of_date", "all").anchors] == ["On in_period it is unmet."]
    assert table.cell("no_police_involvement", "all").anchors == found[0].anchors
    assert [anchor.quote for anchor in table.cell("included", "all").anchors] == ["On in_period it is met."]
    states = made(police, study(reviews), Basis.DRAFT, population="registered", rows={"field": "screening_state"})
    assert {row.id: row.cells[0].count for row in states.rows} == {
        "unscreened": 0,
        "included": 1,
        "excluded": 2,
        "maybe": 1,
        "total": 4,
    }
    reasons = made(
        police, study(reviews), Basis.DRAFT, population="registered", rows={"field": "reason", "zeros": False}
    )
    assert texts(reasons)["missing:not_applicable"] == "2"


def test_a_filter_narrows_the_population_and_is_told_in_words(police: Protocol) -> None:
    reviews = [
        review("a", characteristics=[characteristic("a", "force", "Kent Police")]),
        review("b", characteristics=[characteristic("b", "force", "Cleveland Police")]),
        review("c"),
    ]
    definition = define(rows={"field": "review_group"}, percent_of="none")
    where = [parse_filter("force=Kent Police", police)]
    table = tabulate(definition, police, study(reviews), Basis.CONFIRMED, where=where)
    assert table.cell("SCR", "all").reviews == ("a",)
    assert table.filtered.endswith("is Kent Police")
    assert any(table.filtered in note for note in table.notes)


def test_recommendations_are_a_unit_and_can_be_counted_by_review(police: Protocol) -> None:
    addressees = [value.id for value in police.recommendations.addressees]
    asked = [recommendation("a", addressees[0], "") for _ in range(3)]
    of = study([review("a", recommendations=asked), review("b")])
    assert texts(made(police, of, unit="recommendation", rows={"field": "addressee"}))[addressees[0]] == "3 (100)"
    by_review = made(police, of, rows={"field": "addressee"}, exclusive=False, percent_of="column")
    assert texts(by_review)[addressees[0]] == "1 (50)"


def test_cases_read_once_give_the_same_tables(police: Protocol) -> None:
    of = study([review("a", characteristics=[characteristic("a", "outcome", "death")])])
    cases = cases_of(of, police, Basis.CONFIRMED)
    for definition in police.tables:
        assert tabulate_cases(definition, police, cases, of, Basis.CONFIRMED) == tabulate(
            definition, police, of, Basis.CONFIRMED
        )


def test_hidden_missing_is_told_in_a_note(police: Protocol) -> None:
    of = study([review("a"), review("b", characteristics=[characteristic("b", "outcome", "death")])])
    table = made(police, of, rows={"field": "outcome"}, show_missing=False)
    assert "Not shown: 1 not yet looked for." in table.notes
