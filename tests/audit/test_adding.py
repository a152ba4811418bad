"""Totals of rows and columns: what proves that rows are parts, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.audit.findings import Sure
from tests.audit.conftest import slips, tabbed

columns = st.lists(st.lists(st.integers(1, 500), min_size=4, max_size=4), min_size=3, max_size=6)


def rows_of(numbers: list[list[int]]) -> list[list[str]]:
    """Rows of numbers with a total row, all of them right."""
    head = ["Area", *(f"Year {n}" for n in range(4))]
    body = [[f"Area {'abcdef'[n]}", *map(str, row)] for n, row in enumerate(numbers)]
    return [head, *body, ["Total", *(str(sum(column)) for column in zip(*numbers, strict=True))]]


@settings(deadline=None)
@given(columns)
def test_columns_that_add_up_are_never_found(numbers: list[list[int]]) -> None:
    assert [slip for slip in slips(tabbed("Table 1: Cases", rows_of(numbers))) if slip.rule == "column total"] == []


@settings(deadline=None)
@given(columns, st.integers(1, 4), st.integers(1, 40))
def test_one_wrong_total_among_right_ones_is_an_error(numbers: list[list[int]], column: int, by: int) -> None:
    rows = rows_of(numbers)
    right = rows[-1][column]
    rows[-1][column] = str(int(right) + by)

    (slip,) = [slip for slip in slips(tabbed("Table 1: Cases", rows)) if slip.rule == "column total"]
    assert slip.sure is Sure.ERROR
    assert (slip.printed.replace(",", ""), slip.expected.replace(",", "")) == (str(int(right) + by), right)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["", "Cases", "Reports"],
            ["North", "10", "9"],
            ["of which late", "4", "3"],
            ["South", "5", "6"],
            ["Total", "15", "16"],
        ],
        [["", "Cases", "Reports"], ["North", "10", "n.k."], ["South", "5", "6"], ["Total", "15", "19"]],
        [["", "Rate", "Score"], ["North", "10.5", "3"], ["South", "5.2", "9"], ["Mean", "7.8", "6"]],
        [["", "Cases", "Reports"], ["North", "10", "40"], ["South", "5", "44"], ["Total", "99", "51"]],
    ],
    ids=["nested rows", "an unreadable cell", "no total", "no column adds up"],
)
def test_totals_are_not_judged_where_rows_may_not_be_parts(rows: list[list[str]]) -> None:
    assert slips(tabbed("Table 1: Cases", rows)) == []


def test_a_row_that_counts_all_cases_once_is_less_sure_than_a_total() -> None:
    rows = [
        ["", "Boys", "Girls", "Adults"],
        ["Neglect", "5", "4", "1"],
        ["Abuse", "3", "4", "2"],
        ["Other", "2", "1", "6"],
        ["All cases", "10", "8", "9"],
    ]
    (slip,) = slips(tabbed("Table 1: Cases", rows))

    assert slip.sure is Sure.INCONSISTENT
    assert slip.why.startswith("4 + 4 + 1 = 9, printed 8 in the total of “Girls”.")


def test_steps_of_a_funnel_that_come_to_all_cases_by_chance_prove_nothing() -> None:
    rows = [
        ["", "Boys", "Girls"],
        ["Seen", "4", "5"],
        ["Assessed", "2", "4"],
        ["Graded", "1", "1"],
        ["All cases", "7", "5"],
    ]

    assert slips(tabbed("Table 13: Assessment", rows)) == []


def test_a_row_total_is_proven_by_the_other_rows_even_without_a_heading_that_says_so() -> None:
    rows = [["", "Mother", "Father", "Cases"], *[[name, "5", str(n), str(5 + n)] for n, name in enumerate("abcd", 3)]]
    rows.append(["e", "7", "4", "12"])
    (slip,) = slips(tabbed("Table 1: Cases", rows))

    assert (slip.rule, slip.sure, slip.printed, slip.expected) == ("row total", Sure.INCONSISTENT, "12", "11")
