"""Slips planted in tables of every format are found where they stand; the same tables without them are silent."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import pytest

from goldthread.audit.audit import Audit, audit
from goldthread.audit.findings import Sure
from goldthread.documents.read import read
from tests.audit.conftest import MAKERS

SHARES = (
    "Table 1: Categories of death (n=40)",
    [
        ["Category", "Number (per cent)"],
        ["Ill health", "12 (30.0)"],
        ["Homicide", "8 (20.0)"],
        ["Accident", "7 (17.5)"],
        ["Suicide", "6 (15.0)"],
        ["Overdose", "3 (7.5)"],
        ["Other", "4 (10.0)"],
    ],
)
TWO = (
    "Table 2: Vulnerabilities seen",
    [
        ["Vulnerability", "Children (n=71) No. (%)", "Adults (n=45) No. (%)"],
        ["Domestic abuse", "49 (69)", "18 (40)"],
        ["Missing", "18 (25)", "11 (24)"],
        ["Exploitation", "16 (23)", "1 (2)"],
        ["Finance", "0 (0)", "9 (20)"],
        ["Stalking", "2 (3)", "2 (4)"],
    ],
)
SUMS = (
    "Table 3: Reviews by region",
    [
        ["Region", "Boys", "Girls", "Total", "%"],
        ["North", "10", "12", "22", "44%"],
        ["South", "8", "7", "15", "30%"],
        ["East", "5", "5", "10", "20%"],
        ["West", "2", "1", "3", "6%"],
        ["Total", "25", "25", "50", "100%"],
    ],
)
APART = (
    "Table 4: Sources (n=60)",
    [
        ["Source", "Number", "Per cent"],
        ["Repository", "30", "50.0"],
        ["Library", "15", "25.0"],
        ["Forces", "9", "15.0"],
        ["Boards", "6", "10.0"],
    ],
)
BARE = (
    "Table 5: How the time was spent",
    [["Task", "Share"], ["Reading", "40%"], ["Coding", "35%"], ["Writing", "25%"], ["Total", "100%"]],
)
ALL = [SHARES, TWO, SUMS, APART, BARE]

Table = tuple[str, list[list[str]]]


def checked(kind: str, caption: str, rows: Sequence[Sequence[str]]) -> Audit:
    parsed = read(MAKERS[kind](caption, rows), f"report.{kind}")
    assert parsed.pages
    return audit(parsed, f"report.{kind}")


def planted(table: Table, row: int, column: int, text: str) -> Table:
    caption, rows = deepcopy(table)
    rows[row][column] = text
    return caption, rows


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("table", ALL, ids=lambda table: table[0][:7])
def test_a_table_without_slips_is_silent(kind: str, table: Table) -> None:
    found = checked(kind, *table)

    assert found.tables == 1
    assert [one.slip for one in found.findings] == []


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize(
    ("table", "row", "column", "text", "quote", "expected"),
    [
        (SHARES, 5, 1, "3 (5.0)", "3 (5.0)", "7.5%"),
        (TWO, 3, 2, "1 (0)", "1 (0)", "2%"),
        (TWO, 1, 1, "49 (96)", "49 (96)", "69%"),
        (SUMS, 5, 3, "51", "51", "50"),
        (SUMS, 1, 3, "23", "23", "22"),
        (APART, 2, 2, "52.0", "15", "25.0%"),
    ],
)
def test_a_planted_slip_is_an_error_at_its_cell(
    kind: str, table: Table, row: int, column: int, text: str, quote: str, expected: str
) -> None:
    found = checked(kind, *planted(table, row, column, text))

    sure = [one for one in found.findings if one.slip.sure is Sure.ERROR]
    assert any(one.at.quote.startswith(quote) and one.slip.expected == expected for one in sure)
    assert all(one.slip.table == table[0].partition(":")[0] for one in sure)


@pytest.mark.parametrize("kind", MAKERS)
def test_percentages_that_do_not_come_to_the_hundred_printed_are_found(kind: str) -> None:
    found = checked(kind, *planted(BARE, 2, 1, "53%"))

    assert [(one.slip.rule, one.slip.sure) for one in found.findings] == [("hundred per cent", Sure.INCONSISTENT)]
    assert "40 + 53 + 25 = 118" in found.findings[0].slip.why


@pytest.mark.parametrize("kind", MAKERS)
def test_a_caption_that_names_another_whole_is_found_once(kind: str) -> None:
    found = checked(kind, "Table 1: Categories of death (n=46)", SHARES[1])

    assert [(one.slip.rule, one.slip.printed, one.slip.expected) for one in found.findings] == [
        ("denominator", "n=46", "n=40")
    ]


@pytest.mark.parametrize("kind", MAKERS)
def test_counts_that_do_not_come_to_the_whole_are_to_be_checked_by_hand(kind: str) -> None:
    caption, rows = planted(SHARES, 6, 1, "3 (7.5)")
    found = checked(kind, caption, rows)

    assert [(one.slip.rule, one.slip.sure) for one in found.findings] == [("parts and whole", Sure.BY_HAND)]


@pytest.mark.parametrize("kind", MAKERS)
def test_several_answers_a_case_may_come_to_more_than_the_whole(kind: str) -> None:
    rows = [
        ["What was seen", "Number (%)"],
        ["Neglect", "30 (75)"],
        ["Abuse", "20 (50)"],
        ["Missing", "10 (25)"],
        ["Other", "4 (10)"],
    ]
    found = checked(kind, "Table 6: Vulnerabilities (n=40)", rows)

    assert found.findings == ()
