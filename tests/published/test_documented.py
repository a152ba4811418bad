"""The page on published tables says what is really compared."""

from __future__ import annotations

from pathlib import Path

from goldthread.protocol.load import load
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
