"""Published tables come out again from a study of single cases whose margins are the published ones."""

from __future__ import annotations

import pytest

from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.model import Protocol
from goldthread.values import Basis, Missing
from tests.analysis.building import characteristic, review, study

SCR, SAR, DHR = ("SCR",), ("SAR",), ("DHR",)
SCR_DHR, SCR_SAR = ("SCR", "DHR"), ("SCR", "SAR")

FLOW = {  # 000, Table A4
    "included": (69, 45, 10, 2),
    "out_of_date": (134, 113, 0, 3),
    "out_of_jurisdiction": (5, 0, 0, 0),
    "post_incident_only": (22, 25, 0, 1),
    "no_police_involvement": (6, 45, 0, 0),
    "too_brief": (9, 28, 0, 0),
    "document_not_available": (2, 0, 0, 0),
    "no_police_learning": (29, 50, 0, 1),
    "date_unclear": (5, 5, 0, 0),
}
CHILD_DEATHS = {  # 000, Table 5
    "suicide": 12,
    "overt_filicide": 8,
    "other": 7,
    "child_homicide": 3,
    Missing.UNCLEAR: 3,
    "covert_filicide": 2,
    "fatal_physical_abuse": 3,
    "fatal_assault": 1,
    "sudi": 1,
}


def case(review_id: str, types: tuple[str, ...], outcome: str, category: str | Missing | None) -> ReviewRecord:
    found = [characteristic(review_id, "outcome", outcome)]
    if category is not None:
        found.append(characteristic(review_id, "death_category_child", category))
    return review(review_id, types, characteristics=found)


@pytest.fixture(scope="module")
def published() -> StudyRecord:
    """All 609 reviews of 000: 126 included with their outcome, 40 child deaths with their category."""
    categories = [name for name, times in CHILD_DEATHS.items() for _ in range(times)]
    types = [SCR_DHR, SCR_SAR, *[SCR] * 38]
    reviews = [
        case(f"cd{n}", kind, "death", name) for n, (kind, name) in enumerate(zip(types, categories, strict=True))
    ]
    reviews += [case(f"ch{n}", SCR, "serious_harm", None) for n in range(31)]
    reviews += [case(f"ad{n}", SAR, "death", None) for n in range(42)]
    reviews += [case(f"ah{n}", SAR, "serious_harm", None) for n in range(3)]
    reviews += [case(f"dh{n}", DHR, "death", None) for n in range(10)]
    for status, numbers in FLOW.items():
        for kind, times in zip((SCR, SAR, DHR, SCR_DHR), numbers, strict=True):
            if status != "included":
                reviews += [review(f"{status}-{kind}-{n}", kind, status=status) for n in range(times)]
    return study(reviews)


def shown(protocol: Protocol, of: StudyRecord, table: str, column: str) -> dict[str, str]:
    made = tabulate(protocol.table_by_id[table], protocol, of, Basis.CONFIRMED)
    return {row.id: made.cell(row.id, column).text for row in made.rows}


def test_table_a4_gives_the_flow_with_joint_reviews_in_a_column_of_their_own(
    police: Protocol, published: StudyRecord
) -> None:
    child = shown(police, published, "A4", "child")
    assert child["included"] == "69 (24.6)"
    assert child["out_of_date"] == "134 (47.7)"
    assert child["post_incident_only"] == "22 (7.8)"
    assert child["document_not_available"] == "2 (0.7)"
    assert child["no_police_learning"] == "29 (10.3)"
    assert child["total"] == "281 (100)"
    adult = shown(police, published, "A4", "adult")
    assert (adult["included"], adult["no_police_learning"], adult["total"]) == ("45 (14.5)", "50 (16.1)", "311 (100)")
    assert shown(police, published, "A4", "dhr")["included"] == "10 (100.0)"
    joint = shown(police, published, "A4", "joint")
    assert (joint["included"], joint["out_of_date"], joint["total"]) == ("2 (28.6)", "3 (42.9)", "7 (100)")


def test_every_cell_of_table_a4_is_the_published_count(police: Protocol, published: StudyRecord) -> None:
    made = tabulate(police.table_by_id["A4"], police, published, Basis.CONFIRMED)
    assert [column.base for column in made.columns] == [281, 311, 10, 7]
    for status, numbers in FLOW.items():
        assert tuple(made.cell(status, name).count for name in ("child", "adult", "dhr", "joint")) == numbers
    assert made.population == 609


def test_table_4_counts_the_joint_reviews_with_the_childrens(police: Protocol, published: StudyRecord) -> None:
    child = shown(police, published, "T4", "child")
    assert (child["death"], child["serious_harm"]) == ("40 (56)", "31 (44)")
    adult = shown(police, published, "T4", "adult")
    assert (adult["death"], adult["serious_harm"]) == ("42 (93)", "3 (7)")
    dhr = shown(police, published, "T4", "dhr")
    assert (dhr["death"], dhr["serious_harm"]) == ("10 (100)", "0")
    made = tabulate(police.table_by_id["T4"], police, published, Basis.CONFIRMED)
    assert [column.base for column in made.columns] == [71, 45, 10]
    assert {"cd0", "cd1"} <= set(made.cell("death", "child").reviews)


def test_table_5_prints_what_three_of_forty_is(police: Protocol, published: StudyRecord) -> None:
    made = shown(police, published, "T5", "all")
    assert made["suicide"] == "12 (30.0)"
    assert made["overt_filicide"] == "8 (20.0)"
    assert made["other"] == "7 (17.5)"
    assert made["child_homicide"] == made["fatal_physical_abuse"] == "3 (7.5)"  # printed once as 3 (5.0)
    assert made["missing:unclear"] == "3 (7.5)"
    assert made["covert_filicide"] == "2 (5.0)"
    assert made["fatal_assault"] == made["sudi"] == "1 (2.5)"
    assert made["total"] == "40 (100)"


def test_every_number_of_a_published_table_opens_to_words_on_the_page(
    police: Protocol, published: StudyRecord
) -> None:
    made = tabulate(police.table_by_id["T5"], police, published, Basis.CONFIRMED)
    cell = made.cell("suicide", "all")
    assert len(cell.reviews) == cell.count == 12
    assert sorted(anchor.document_id for anchor in cell.anchors) == sorted(f"{name}-d1" for name in cell.reviews)
    assert all("death_category_child is suicide" in anchor.quote for anchor in cell.anchors)


QUARTER = {  # 002, Appendix B, Table 1: NSPCC, forces, LSCB web sites
    "included": (0, 0, 11),
    "post_incident_only": (1, 0, 5),
    "date_unclear": (0, 0, 5),
    "out_of_date": (0, 0, 4),
    "no_police_learning": (1, 0, 5),
    "too_brief": (0, 0, 3),
    "no_police_involvement": (0, 0, 1),
}


def test_the_quarterly_flow_counts_by_source_and_all_together(police: Protocol) -> None:
    names = ("nspcc", "forces", "board_sites")
    made_of = police.table_by_id["B1"]
    reviews = [
        review(f"{status}-{name}-{n}", status=status, source=name, round="q3")
        for status, numbers in QUARTER.items()
        for name, times in zip(names, numbers, strict=True)
        for n in range(times)
    ]
    reviews += [review(f"old-{n}", status="included", round="q2") for n in range(5)]
    made = tabulate(made_of, police, study(reviews, ("q2", "q3")), Basis.CONFIRMED, rounds=("q3",))
    everything = {row.id: cell.text for row in made.rows if (cell := made.cell(row.id, "all")).count}
    assert everything == {
        "included": "11 (31)",  # printed as 30: 11 of 36 is 30.6
        "out_of_date": "4 (11)",
        "no_police_involvement": "1 (3)",
        "post_incident_only": "6 (17)",
        "too_brief": "3 (8)",
        "no_police_learning": "6 (17)",
        "date_unclear": "5 (14)",
        "total": "36 (100)",
    }
    for status, numbers in QUARTER.items():
        assert (made.cell(status, "nspcc").count, made.cell(status, "board_sites").count) == (numbers[0], numbers[2])
    assert [(column.id, column.base) for column in made.columns] == [("all", 36), ("nspcc", 2), ("board_sites", 34)]
    assert "Rounds: Round q3." in made.notes


def test_a_round_the_study_does_not_have_is_refused(police: Protocol) -> None:
    from goldthread.errors import UsageError

    with pytest.raises(UsageError, match="did you mean `q3`"):
        tabulate(police.table_by_id["B1"], police, study([], ("q3",)), Basis.CONFIRMED, rounds=("q33",))
