"""Tables as text, CSV, HTML and data."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Literal

import pytest
from lxml import html

from goldthread.analysis.render import HEATS, heat, inert, to_csv, to_html, to_json, to_page, to_text
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.analysis.tabulate import tabulate
from goldthread.protocol.model import Protocol
from goldthread.values import Basis, Unit
from tests.analysis.building import characteristic, review, study


@pytest.fixture
def flow(police: Protocol) -> Table:
    reviews = [review("a"), review("b", ("SAR",), status="out_of_date"), review("c", ("SCR", "DHR"))]
    return tabulate(police.table_by_id["A4"], police, study(reviews), Basis.DRAFT)


@pytest.fixture
def hostile() -> Table:
    """Labels a spreadsheet or a browser could be made to run."""
    cell = Cell("1 (100)", 1, 1, "100", ("v1",))
    return Table(
        id="X",
        title="<script>alert(1)</script>",
        unit=Unit.REVIEW,
        unit_label="reviews",
        basis=Basis.CONFIRMED,
        population=1,
        row_label="Force & area",
        columns=(Column("all", "=cmd|' /C calc'!A0", 1),),
        rows=(
            Row("x", '@SUM(A1), "quoted"', "value", (cell,)),
            Row("y", "-2+3\nsecond line", "value", (cell,)),
        ),
        notes=("a < b",),
        state="s",
    )


def test_text_lines_up_and_says_what_it_counts(flow: Table) -> None:
    text = to_text(flow)
    lines = text.splitlines()
    assert lines[0].startswith("A4  ")
    assert all(len(line) <= 100 for line in lines)
    heading = next(line for line in lines if "(n=1)" in line)
    row = next(line for line in lines if line.startswith("Included"))
    assert row.index("1 (100.0)") == heading.index("SCRs")
    assert "Draft: machine suggestions, not confirmed." in text


def test_long_cells_are_wrapped_within_their_column(police: Protocol) -> None:
    table = tabulate(police.table_by_id["A3"], police, study([review("a")]), Basis.DRAFT)
    lines = to_text(table, width=110).splitlines()
    assert max(map(len, lines)) <= 170
    assert len(lines) > len(table.rows) + 6


def test_csv_has_one_line_a_cell_with_machine_columns(flow: Table) -> None:
    text = to_csv(flow)
    assert "\r\n" in text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(flow.rows) * len(flow.columns)
    found = next(row for row in rows if row["row"] == "included" and row["column"] == "child")
    assert (found["count"], found["denominator"], found["percent"]) == ("1", "1", "100.0")
    assert (found["text"], found["basis"], found["table"], found["base"]) == ("1 (100.0)", "draft", "A4", "1")


def test_csv_cells_cannot_be_run_as_formulas_and_survive_quotes_and_newlines(hostile: Table) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(hostile))))
    assert rows[0]["row_label"] == '\'@SUM(A1), "quoted"'
    assert rows[1]["row_label"] == "'-2+3\nsecond line"
    assert rows[0]["column_label"].startswith("'=cmd")
    for row in rows:
        assert not any((value or "").startswith(("=", "+", "-", "@")) for value in row.values())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1"])
def test_whatever_begins_like_a_formula_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_what_is_no_formula_is_left_alone() -> None:
    assert [inert(value) for value in ("12 (30.0)", 3, None, "–", "a=b")] == ["12 (30.0)", 3, "", "–", "a=b"]


def test_html_is_accessible(flow: Table) -> None:
    tree = html.fromstring(to_html(flow))
    assert tree.xpath("//caption")[0].text_content() == flow.title
    assert len(tree.xpath("//thead//th[@scope='col']")) == len(flow.columns) + 1
    assert len(tree.xpath("//tbody//th[@scope='row']")) == len(flow.rows)
    assert [item.text_content() for item in tree.xpath("//ul/li")] == list(flow.notes)
    assert tree.get("data-basis") == "draft"


def test_html_escapes_everything(hostile: Table) -> None:
    text = to_html(hostile, lambda row, column, cell: 'javascript:"x"')
    assert "<script>" not in text
    tree = html.fromstring(text)
    assert tree.xpath("//caption")[0].text_content() == hostile.title
    assert tree.xpath("//tbody//a")[0].get("href") == 'javascript:"x"'


def test_a_number_opens_what_the_caller_says_and_says_where_it_stands(flow: Table) -> None:
    def link(row: Row, column: Column, cell: Cell) -> str:
        return f"#{row.id}-{column.id}" if cell.count else ""

    tree = html.fromstring(to_html(flow, link))
    anchors = tree.xpath("//tbody//a")
    assert [one.get("href") for one in anchors] == [
        f"#{row.id}-{column.id}"
        for row in flow.rows
        for column, cell in zip(flow.columns, row.cells, strict=True)
        if cell.count
    ]
    assert anchors[0].get("aria-label") == "Included, SCRs/CPRs/CSPRs: 1 (100.0)"


def test_a_notebook_shows_the_table(flow: Table) -> None:
    assert flow._repr_html_() == to_html(flow)


def test_data_is_plain_and_carries_the_words_behind_each_cell(police: Protocol) -> None:
    found = characteristic("a", "outcome", "death")
    table = tabulate(police.table_by_id["T4"], police, study([review("a", characteristics=[found])]), Basis.CONFIRMED)
    data = json.loads(json.dumps(to_json(table)))
    cell = data["rows"][0]["cells"][0]
    assert (cell["count"], cell["reviews"]) == (1, ["a"])
    assert cell["anchors"][0]["quote"] == found.anchors[0].quote
    assert (data["basis"], data["unit"], data["population"]) == ("confirmed", "review", 1)


def test_records_are_one_dict_a_cell(flow: Table) -> None:
    records = flow.records()
    assert len(records) == len(flow.rows) * len(flow.columns)
    assert records[0]["row"] == flow.rows[0].id
    assert set(records[0]) >= {"row", "column", "count", "denominator", "percent", "text"}


def test_a_cell_is_found_by_its_row_and_column(flow: Table) -> None:
    assert flow.cell("included", "joint").count == 1
    with pytest.raises(KeyError):
        flow.cell("included", "nowhere")


def test_tables_taken_away_as_a_page_stand_by_themselves(police: Protocol) -> None:
    table = tabulate(police.table_by_id["T1"], police, study([]), Basis.CONFIRMED)
    page = to_page([table, table])
    assert page.startswith("<!doctype html>")
    assert '<meta charset="utf-8">' in page
    assert page.count("<figure") == 2
    assert f"<title>{table.title}</title>" in page


def _shades(table: Table, of: str) -> dict[tuple[str, str], tuple[str, str]]:
    shade = heat(table, of)
    pairs = ((row, column, cell) for row in table.rows for column, cell in zip(table.columns, row.cells, strict=True))
    return {(row.id, column.id): shade(row, column, cell) for row, column, cell in pairs}


def test_a_heat_map_is_shaded_by_counts_or_by_shares_of_row_or_column(hostile: Table) -> None:
    def row(name: str, kind: Literal["value", "missing", "total"], *counts: int) -> Row:
        return Row(name, name, kind, tuple(Cell(str(count), count) for count in counts))

    table = replace(
        hostile,
        columns=(Column("a", "A"), Column("b", "B"), Column("total", "Total")),
        rows=(
            row("many", "value", 30, 10, 40),
            row("few", "value", 1, 3, 4),
            row("none", "value", 0, 0, 0),
            row("unknown", "missing", 9, 9, 18),
            row("total", "total", 40, 22, 62),
        ),
    )
    counts, rows, columns = (_shades(table, of) for of in HEATS)
    assert counts["many", "a"] == ("gt-heat-5", "")
    assert counts["few", "b"] == ("gt-heat-1", "")
    assert rows["many", "a"] == rows["few", "b"] == ("gt-heat-5", "75% of its row")
    assert rows["few", "a"] == ("gt-heat-2", "25% of its row")
    assert columns["many", "a"] == ("gt-heat-5", "97% of its column")
    assert columns["few", "b"] == ("gt-heat-2", "23% of its column")
    for shades in (counts, rows, columns):
        assert {shades[at] for at in shades if "total" in at or at[0] in ("none", "unknown")} == {("", "")}


def test_a_share_is_said_to_those_who_do_not_see_the_shade(hostile: Table) -> None:
    page = html.fromstring(to_html(hostile, lambda *_: "/x", heat(hostile, "column")))
    assert page.xpath("//td/@title") == ["50% of its column"] * 2
    assert all("50% of its column" in name for name in page.xpath("//td/a/@aria-label"))
