"""Any two fields against one another: what is counted once, what stands in several rows, and what nobody has."""

from __future__ import annotations

import pytest

from goldthread.analysis.crossing import asked, crossable, definitions, usual_unit
from goldthread.analysis.met import settled
from goldthread.analysis.records import StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import cases_of, tabulate_cases
from goldthread.errors import UsageError
from goldthread.protocol.filters import parse_filter
from goldthread.protocol.model import Condition, Protocol
from goldthread.values import Basis, Unit
from tests.analysis.building import characteristic, episode, recommendation, review, study


def crossed(protocol: Protocol, of: StudyRecord, rows: str, columns: str = "", **more: object) -> tuple[Table, ...]:
    where = tuple(parse_filter(text, protocol) for text in more.pop("where", ()))  # type: ignore[attr-defined]
    cases = cases_of(of, protocol, Basis.CONFIRMED)
    found, rest = definitions(asked(rows, columns, protocol, **more), protocol, cases, where)  # type: ignore[arg-type]
    return tuple(tabulate_cases(each, protocol, cases, of, Basis.CONFIRMED, rest) for each in found)


@pytest.fixture
def practice() -> StudyRecord:
    kent = [characteristic("a", "force", "Kent Police"), characteristic("a", "sex", "female", subject=1)]
    kent.append(characteristic("a", "sex", "male", subject=2))
    essex = [characteristic("b", "force", "Essex Police"), characteristic("b", "sex", "female", subject=1)]
    return study(
        [
            review(
                "a",
                characteristics=kent,
                published="2018-11-02",
                episodes=[
                    episode("a", "risk_identification", direction="missed", explanation="knowledge"),
                    episode("a", "risk_identification", direction="missed", explanation="resourcing"),
                    episode("a", "evidence_investigation", direction="good", explanation="knowledge"),
                ],
                recommendations=[recommendation("a", "police", "single"), recommendation("a", "health", "multi")],
            ),
            review("b", characteristics=essex, episodes=[episode("b", "risk_identification", direction="good")]),
            review("c", ("DHR",)),
        ]
    )


def test_reviews_are_counted_once_in_a_cell_by_codes_of_the_same_passage(
    police: Protocol, practice: StudyRecord
) -> None:
    (table,) = crossed(police, practice, "theme", "direction")
    assert table.title == "Theme by direction"
    assert table.cell("risk_identification", "missed").reviews == ("a",)
    assert table.cell("risk_identification", "good").reviews == ("b",)
    assert table.cell("evidence_investigation", "missed").count == 0
    assert any("may appear in several rows" in note for note in table.notes)


def test_the_words_of_a_number_are_those_of_passages_that_have_both_codes(
    police: Protocol, practice: StudyRecord
) -> None:
    (table,) = crossed(police, practice, "theme", "explanation")
    first, second, third = (one.anchor for one in practice.reviews[0].episodes)
    assert table.cell("risk_identification", "knowledge").anchors == (first,)
    assert table.cell("risk_identification", "resourcing").anchors == (second,)
    assert table.cell("evidence_investigation", "knowledge").anchors == (third,)
    assert table.cell("total", "knowledge").anchors == (first, third)


def test_a_passage_met_with_twice_is_shown_once(police: Protocol, practice: StudyRecord) -> None:
    (table,) = crossed(police, practice, "theme", "theme", percent_of="row")
    both = table.cell("risk_identification+evidence_investigation", "both")
    assert len(both.anchors) == len(set(both.words)) == 3


def test_passages_themselves_are_counted_when_they_are_the_unit(police: Protocol, practice: StudyRecord) -> None:
    (table,) = crossed(police, practice, "theme", "force", unit="episode")
    assert table.cell("risk_identification", "Kent Police").count == 2
    assert table.cell("total", "Kent Police").count == 3
    assert table.population == 4


def test_people_are_counted_where_the_field_is_theirs(police: Protocol, practice: StudyRecord) -> None:
    assert usual_unit(("sex", "force"), police) is Unit.SUBJECT
    (table,) = crossed(police, practice, "sex", "force")
    assert (table.unit, table.cell("female", "Kent Police").count) == (Unit.SUBJECT, 1)
    (reviews,) = crossed(police, practice, "sex", "force", unit="review")
    assert [reviews.cell(sex, "Kent Police").count for sex in ("male", "female")] == [1, 1]


def test_a_third_field_makes_a_panel_for_each_of_its_values(police: Protocol, practice: StudyRecord) -> None:
    panels = crossed(police, practice, "theme", "explanation", panels="review_group")
    assert [table.id for table in panels] == ["theme-explanation-SCR", "theme-explanation-DHR"]
    assert sum(table.population for table in panels) == 3


def test_a_panel_of_codes_counts_passages_that_have_all_three(police: Protocol, practice: StudyRecord) -> None:
    panels = {table.id: table for table in crossed(police, practice, "theme", "explanation", panels="direction")}
    missed, good = panels["theme-explanation-missed"], panels["theme-explanation-good"]
    assert missed.cell("risk_identification", "knowledge").reviews == ("a",)
    assert good.cell("evidence_investigation", "knowledge").reviews == ("a",)
    assert "risk_identification" not in {row.id for row in good.rows if row.cells[0].count}
    assert any("A review may count in several panels" in note for note in missed.notes)


def test_a_condition_on_a_code_must_be_met_by_the_same_passage(police: Protocol, practice: StudyRecord) -> None:
    (table,) = crossed(police, practice, "theme", where=["direction=good"])
    assert table.cell("risk_identification", "all").reviews == ("b",)
    assert any(note.startswith("Only coded passages where: Direction is ") for note in table.notes)


def test_recommendations_must_meet_a_condition_themselves_too(police: Protocol, practice: StudyRecord) -> None:
    (table,) = crossed(police, practice, "addressee", where=["scope=single"])
    assert {row.id: row.cells[0].count for row in table.rows if row.kind == "value"} == {"police": 1}


def test_dates_are_crossed_by_year(police: Protocol, practice: StudyRecord) -> None:
    (table,) = crossed(police, practice, "publication_date")
    assert {row.id: row.cells[0].count for row in table.rows if row.kind == "value"} == {"2018": 1, "2019": 2}


@pytest.mark.parametrize(
    ("rows", "columns", "told"),
    [
        ("review_group", "review_group", "has one review group at most"),
        ("theem", "", "did you mean `theme`?"),
        ("title_of_nothing", "", "there is no field"),
    ],
)
def test_what_cannot_be_crossed_is_said_with_the_nearest(
    police: Protocol, rows: str, columns: str, told: str
) -> None:
    with pytest.raises(UsageError) as refused:
        asked(rows, columns, police)
    assert told in str(refused.value)


def test_fields_may_be_named_by_their_labels(police: Protocol) -> None:
    assert asked("Police force", "Theme", police).fields == ("force", "theme")
    assert all(asked(name, "", police).rows == name for names in crossable(police).values() for name in names)


def test_a_value_nobody_has_is_answered_with_the_closest_spellings(police: Protocol, practice: StudyRecord) -> None:
    cases = cases_of(practice, police, Basis.CONFIRMED)
    with pytest.raises(UsageError) as refused:
        settled(parse_filter("force=Kemt Polce", police), cases, police)
    assert "nobody in this study has “Kemt Polce” as police force" in str(refused.value)
    assert "did you mean `Kent Police`" in str(refused.value)


@pytest.mark.parametrize("written", ["force=kent police", "force=Kent Police", "force=Kent"])
def test_a_value_is_found_in_any_case_and_by_its_usual_names(
    police: Protocol, practice: StudyRecord, written: str
) -> None:
    cases = cases_of(practice, police, Basis.CONFIRMED)
    found = settled(parse_filter(written, police), cases, police)
    assert found == Condition(field="force", within=("Kent Police",))
