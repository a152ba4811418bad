"""What a table says its columns are of, and percentages without a whole."""

from __future__ import annotations

from goldthread.audit.findings import Sure
from tests.audit.conftest import slips, tabbed


def test_a_heading_and_a_total_row_that_name_different_wholes_are_found() -> None:
    rows = [["", "Cases (n=31)"], ["Neglect", "10"], ["Abuse", "12"], ["Other", "8"], ["Total", "30"]]
    found = slips(tabbed("Table 1: Cases", rows))

    assert [(slip.rule, slip.printed, slip.expected) for slip in found] == [("denominator", "n=30", "n=31")]


def test_a_caption_and_a_heading_that_name_different_wholes_are_found() -> None:
    rows = [["", "Number (%) (n=20)"], ["Neglect", "10 (50)"], ["Abuse", "6 (30)"], ["Other", "4 (20)"]]
    (slip,) = slips(tabbed("Table 1: Cases (n=21)", rows))

    assert (slip.rule, slip.printed, slip.expected, slip.sure) == ("denominator", "n=21", "n=20", Sure.INCONSISTENT)


def test_one_column_that_falls_short_is_inconsistent_where_its_neighbour_does_not() -> None:
    rows = [
        ["", "First (n=20)", "Second (n=25)"],
        ["Neglect", "10 (50)", "5 (20)"],
        ["Abuse", "6 (30)", "10 (40)"],
        ["Other", "4 (20)", "8 (32)"],
    ]
    (slip,) = slips(tabbed("Table 1: Cases", rows))

    assert (slip.rule, slip.sure) == ("parts and whole", Sure.INCONSISTENT)
    assert slip.why.startswith("5 + 10 + 8 = 23, and “Second (n=25)” names n=25.")


def test_without_a_whole_the_counts_added_up_are_taken_if_nearly_all_percentages_are_of_them() -> None:
    rows = [
        ["", "No. (per cent)"],
        ["Ill health", "15 (35.7)"],
        ["Homicide", "10 (23.8)"],
        ["Accident", "10 (28.3)"],
        ["Suicide", "5 (11.9)"],
        ["Overdose", "2 (4.8)"],
    ]
    (slip,) = slips(tabbed("Table 6: Deaths", rows))

    assert (slip.sure, slip.printed, slip.expected) == (Sure.INCONSISTENT, "28.3%", "23.8%")


def test_each_row_may_name_its_own_whole() -> None:
    rows = [
        ["", "Male (%)", "Female (%)"],
        ["Children (n=38)", "20 (53)", "18 (47)"],
        ["Adults (n=42)", "21 (50)", "21 (60)"],
        ["Both (n=10)", "1 (10)", "9 (90)"],
    ]
    (slip,) = slips(tabbed("Table 2: Gender", rows))

    assert (slip.sure, slip.printed, slip.expected) == (Sure.ERROR, "60%", "50%")
    assert "“Adults (n=42)”" in slip.why


def test_cutting_off_is_named_as_such_and_weighs_more_beside_rounding() -> None:
    cut = [
        ["", "No. (%)"],
        ["Within", "46 (64.7)"],
        ["Self", "8 (11.2)"],
        ["Outside", "6 (8.4)"],
        ["Care", "11 (15.4)"],
    ]
    mixed = [row.copy() for row in cut]
    mixed[1][1] = "46 (64.8)"
    (alone,) = slips(tabbed("Table 9: Contexts (n=71)", cut))
    (beside,) = slips(tabbed("Table 9: Contexts (n=71)", mixed))

    assert (alone.rule, alone.sure) == ("cut off", Sure.BY_HAND)
    assert (beside.rule, beside.sure) == ("cut off", Sure.INCONSISTENT)
    assert "others in Table 9 are rounded" in beside.why


def test_brackets_that_hold_no_percentages_are_not_judged() -> None:
    rows = [
        ["", "Mother", "Father (n=60)"],
        ["Record", "7 (4)", "34 (19)"],
        ["Needs", "9 (2)", "11 (3)"],
        ["Misuse", "24 (3)", "13 (9)"],
    ]

    assert slips(tabbed("Table 4: Parents, with those known before in brackets", rows)) == []


def test_cases_not_known_about_may_stand_outside_the_whole() -> None:
    rows = [["", "Cases (n=7)"], ["Male", "3 (43)"], ["Female", "4 (57)"], ["Not stated", "2"], ["Total", "9"]]

    assert slips(tabbed("Table 3: Sex", rows)) == []
    assert slips(tabbed("Table 3: Sex", rows[:-1])) == []


def test_percentages_of_rows_are_judged_by_their_rows() -> None:
    rows = [
        ["", "Knowledge (n=13)", "Procedure (n=13)", "Not explained (n=40)"],
        ["Risk", "1 (4)", "4 (17)", "18 (78)"],
        ["Care", "1 (25)", "0", "3 (75)"],
        ["Records", "2 (10)", "4 (20)", "14 (70)"],
        ["Workforce", "9 (53)", "3 (18)", "5 (29)"],
    ]
    wrong = [row.copy() for row in rows]
    wrong[4][1] = "9 (35)"

    assert slips(tabbed("Table 19: Why, by theme", rows)) == []
    (slip,) = slips(tabbed("Table 19: Why, by theme", wrong))
    assert (slip.sure, slip.printed, slip.expected) == (Sure.INCONSISTENT, "35%", "53%")


def test_kinds_within_a_kind_are_not_added_to_it() -> None:
    rows = [
        ["", "Cases (n=4)"],
        ["White", "4 (100)"],
        ["White: White British", "3 (75)"],
        ["White: Irish", "1 (25)"],
        ["Total", "4"],
    ]

    assert slips(tabbed("Table 4: Ethnic group", rows)) == []
