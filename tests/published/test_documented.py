"""The page on published tables says what is really compared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goldthread.protocol.load import load
from tests.published.reading import captions
from tests.published.test_tables import MATCHES, compared

PAGE = Path(__file__).parents[2] / "docs" / "published-tables.md"
REPORTS = {"000": "meta-analysis", "002": "practice briefing", "003": "themed briefing", "004": "periodic analysis"}
NAMES = {"Where we found them": "Table A2"}


def rows() -> list[list[str]]:
    """The rows of the page's tables, the report's name repeated where it is left out."""
    found: list[list[str]] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.append([cells[0] or found[-1][0], *cells[1:]])
    return found


def test_the_page_gives_the_cells_compared_and_wrong_of_every_table() -> None:
    told = [row for row in rows() if len(row) == 5 and row[3].isdigit()]
    counted = []
    for match in MATCHES:
        found = compared(match)
        name = NAMES.get(match.name, match.name)
        counts = [str(found.cells), str(len(found.differences))]
        counted.append([REPORTS[match.document], name, f"`{match.table}`", *counts])
    assert told == counted


def test_every_table_the_page_names_is_defined() -> None:
    defined = load("police-reviews").table_by_id.keys() | load("periodic-review").table_by_id.keys()
    named = [name.strip("`") for row in rows() for name in row[2].replace("–", ", ").split(", ") if "`" in name]
    assert len(named) > 40
    assert set(named) <= defined


REPORT_OF = {name: document for document, name in {**REPORTS, "001": "note on quality"}.items()}


def named_in(words: str) -> set[str]:
    """The captions a cell of the page names: "Tables ES1, 16" are Table ES1 and Table 16."""
    found = re.findall(r"(Table|Figure|Diagram)s? ([A-Z]*\d+(?:(?:, | and )[A-Z]*\d+)*)", words)
    return {f"{kind} {number}" for kind, numbers in found for number in re.split(", | and ", numbers)}


@pytest.mark.parametrize("name", REPORT_OF)
def test_every_table_and_figure_that_a_report_numbers_is_on_the_page(name: str) -> None:
    told = {one for row in rows() if row[0] == name for one in named_in(row[1])}
    printed = captions(REPORT_OF[name])
    assert printed or name == "themed briefing"  # which numbers none of its tables
    assert printed - told == set()
    assert told - printed <= {"Table A1", "Table A2"}  # numbered in a sentence or a heading


def test_every_table_of_ours_that_the_page_names_is_one_of_the_protocol() -> None:
    protocols = {
        name: load("periodic-review" if name == "periodic analysis" else "police-reviews") for name in REPORT_OF
    }
    for row in rows():
        if row[0] in protocols:
            for table in re.findall(r"`(\w+)`", row[2]):
                assert table in protocols[row[0]].table_by_id, (row[0], table)
