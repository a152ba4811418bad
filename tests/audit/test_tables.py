"""Tables are found in tabs, pipes and flattened lines, with what their columns are of."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goldthread.audit.cells import row
from goldthread.audit.tables import is_total, tables
from tests.audit.conftest import table

FLAT = """Table 3: What was seen (by review type)
SCRs/CPRs (n=20)
No. (%)
SARs/APRs (n=30)
No. (%)
Neglect 5 (25) 6 (20)
Abuse by adults (18
and over) 10 (50) 12 (40)
Other 5 (25) -
Most children were seen more than once by somebody.
"""


def test_a_flattened_row_keeps_its_label_and_its_cells_with_places() -> None:
    line = "Children (under 13) 16 (22.5%) 1,204 - 0.7% n/a"
    found = row(line, 100)

    assert found is not None
    assert found.label == "Children (under 13)"
    assert [cell.text for cell in found.cells] == ["16 (22.5%)", "1,204", "-", "0.7%", "n/a"]
    assert found.cells[0].number == 16
    assert found.cells[0].percent is not None
    assert found.cells[0].percent.value == Fraction(45, 2)
    assert all(line[cell.at.start - 100 : cell.at.end - 100] == cell.text for cell in found.cells)


def test_a_sentence_is_not_a_row() -> None:
    assert row("Information was not shared in some of the cases.", 0) is None


def test_each_column_of_a_flattened_table_takes_its_own_whole_from_the_lines_above() -> None:
    found = table(FLAT)

    assert found.name == "Table 3"
    assert [column.whole and column.whole.number for column in found.columns] == [20, 30]
    assert [one.label for one in found.rows] == ["Neglect", "and over)", "Other"]


def test_a_number_in_a_label_goes_back_to_it() -> None:
    found = table("Table 1: Ages (n=54)\nChildren 13 21 (39%)\nYoung people 20 (37%)\nAdults 13 (24%)\n")

    assert [one.label for one in found.rows] == ["Children 13", "Young people", "Adults"]


def test_a_table_of_pipes_is_read() -> None:
    found = table(
        "Table 2: Boys (n=8)\n\n| Age | Number (%) |\n|---|---|\n| under 5 | 2 (25) |\n| over 5 | 6 (75) |\n"
    )

    assert [one.label for one in found.rows] == ["under 5", "over 5"]
    assert found.columns[0].whole is not None
    assert found.columns[0].whole.number == 8


def test_a_table_broken_by_blank_lines_is_one_table() -> None:
    found = table("Table A4: Cases\n\n\tSCRs\tSARs\nIn\t69\t45\n\n\n\nOut\t212\t266\nTotals\t281\t311\n")

    assert len(found.rows) == 3
    assert found.total == 2


def test_two_tables_with_captions_are_two() -> None:
    both = "Table 1: Boys (n=4)\nUnder 5 1 (25)\nOver 5 3 (75)\nTable 2: Girls (n=5)\nUnder 5 1 (20)\nOver 5 4 (80)\n"

    assert [found.name for found in tables(both, 0)] == ["Table 1", "Table 2"]


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Total", True),
        ("TOTALS", True),
        ("Grand total", True),
        ("All reviews", True),
        ("Total reviews scanned", True),
        ("All-terrain", False),
        ("Subtotal", False),
        ("Neglect", False),
    ],
)
def test_totals_are_told_by_their_label(label: str, total: bool) -> None:
    assert is_total(label) is total


def test_words_that_allow_several_answers_are_noticed_above_and_below() -> None:
    rows = "Neglect 20 (50)\nAbuse 30 (75)\nOther 10 (25)\n"

    assert table(f"Table 1: Vulnerabilities (n=40)\n{rows}").several
    assert table(f"Table 1: Kinds (n=40)\n{rows}A case may appear in several rows.\n").several
    assert not table(f"Table 1: Kinds (n=40)\n{rows}").several
