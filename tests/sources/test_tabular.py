"""CSV files as people's programs write them."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.errors import UnreadableInput
from goldthread.sources.tabular import Sheet, decode, key, read_sheet

from .conftest import Write

TABLE = "Title,Text\n“Child Q”,It’s £5\n"


def codes(sheet: Sheet) -> list[str]:
    return [problem.code for problem in sheet.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_read_without_a_word(write: Write, encoding: str) -> None:
    sheet = read_sheet(write("t.csv", TABLE.encode(encoding)))
    assert sheet.columns == ("Title", "Text")
    assert sheet.rows[0].cells == {"title": "“Child Q”", "text": "It’s £5"}
    assert sheet.problems == ()


def test_windows_1252_is_read_and_said(write: Write) -> None:
    sheet = read_sheet(write("t.csv", TABLE.encode("cp1252")))
    assert sheet.rows[0].cells["text"] == "It’s £5"
    assert codes(sheet) == ["encoding"]
    assert "Windows-1252" in sheet.problems[0].message


def test_bytes_of_no_encoding_are_read_as_far_as_they_go(write: Write) -> None:
    text, problems = decode(write("t.csv", b"title\ncaf\xe9 \x81\n"))
    assert text == "title\ncafé \ufffd\n"
    assert len(problems) == 1


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_header(write: Write, separator: str) -> None:
    sheet = read_sheet(write("t.csv", f'"a, b;c"{separator}Text\n1{separator}"2, 3; 4"\n'))
    assert len(sheet.columns) == 2
    assert sheet.rows[0].cells["text"] == "2, 3; 4"


def test_a_row_with_too_many_or_too_few_cells_is_a_problem_with_its_number(write: Write) -> None:
    sheet = read_sheet(write("t.csv", "title,text\na,b\nc\nd,e,f\n\ng,h,\n"))
    assert [row.number for row in sheet.rows] == [2, 6]
    assert [(problem.place, problem.code) for problem in sheet.problems] == [
        ("t.csv, row 3", "row"),
        ("t.csv, row 4", "row"),
    ]
    assert "d | e | f" in sheet.problems[1].message


def test_rows_are_numbered_as_a_spreadsheet_does_whatever_lines_they_hold(write: Write) -> None:
    sheet = read_sheet(write("t.csv", 'title,text\n"a\nb","c\n\nd"\ne,f\n'))
    assert [(row.number, row.cells["title"]) for row in sheet.rows] == [(2, "a\nb"), (3, "e")]


def test_nul_bytes_are_taken_out_and_said(write: Write) -> None:
    sheet = read_sheet(write("t.csv", "title,text\na\0b,c\nd,e\n"))
    assert [row.cells["title"] for row in sheet.rows] == ["ab", "d"]
    assert [(problem.place, problem.code) for problem in sheet.problems] == [("t.csv, row 2", "nul")]


def test_a_field_of_a_million_characters_is_read_and_the_limit_put_back(write: Write) -> None:
    before = csv.field_size_limit()
    sheet = read_sheet(write("t.csv", f"title,text\na,{'x' * 1_000_000}\n"))
    assert len(sheet.rows[0].cells["text"]) == 1_000_000
    assert csv.field_size_limit() == before < sys.maxsize


def test_a_quotation_mark_that_is_never_closed_is_said_and_the_rows_before_it_stay(write: Write) -> None:
    sheet = read_sheet(write("t.csv", 'title,text\na,b\nc,"d\ne,f\n'))
    assert sheet.rows[0].cells == {"title": "a", "text": "b"}
    assert "quotes" in codes(sheet)
    assert sheet.rows[-1].cells["text"] == "d\ne,f\n"


def test_blank_rows_above_the_header_are_passed_over_and_counted(write: Write) -> None:
    sheet = read_sheet(write("t.csv", "\n,,\ntitle,text\na,b\nc\n"))
    assert [(row.number, row.cells["title"]) for row in sheet.rows] == [(4, "a")]
    assert [problem.place for problem in sheet.problems] == ["t.csv, row 5"]


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ",,\n"])
def test_an_empty_file_is_a_problem(write: Write, content: str) -> None:
    assert codes(read_sheet(write("t.csv", content))) == ["empty"]


def test_a_column_named_twice_is_said_and_the_first_is_read(write: Write) -> None:
    sheet = read_sheet(write("t.csv", "Title,title \na,b\n"))
    assert sheet.rows[0].cells["title"] == "a"
    assert codes(sheet) == ["columns"]


def test_a_file_that_cannot_be_opened_is_unreadable_input(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        read_sheet(tmp_path / "absent.csv")


def test_column_names_are_compared_without_case_and_blanks() -> None:
    assert key("  Date  Published\n") == "date published"


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_back_cell_for_cell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("title", "text"), *rows])
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(buffer.getvalue().encode("utf-8"))
    sheet = read_sheet(path)
    assert sheet.problems == ()
    assert [tuple(row.cells.values()) for row in sheet.rows] == [row for row in rows if any(map(str.strip, row))]


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(content)
    sheet = read_sheet(path)
    assert sheet.columns or sheet.problems
