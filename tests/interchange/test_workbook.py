"""The workbook as Excel would open it: whole, filtered, and without a single formula."""

from __future__ import annotations

import csv
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import goldthread as gt
from goldthread.interchange import workbook
from goldthread.interchange.exporting import export_study
from goldthread.interchange.files import FILES
from goldthread.interchange.rows import FRACTIONS, WHOLE_NUMBERS
from goldthread.interchange.workbook import CELL_LIMIT, cut_text


@pytest.fixture
def book(study: gt.Study, tmp_path: Path) -> Workbook:
    export_study(study, "xlsx", tmp_path / "study.xlsx")
    return openpyxl.load_workbook(tmp_path / "study.xlsx")


def test_there_is_a_sheet_about_the_study_one_a_table_and_one_of_notes(book: Workbook, study: gt.Study) -> None:
    assert book.sheetnames == ["About", *FILES, "Notes"]
    told = {row[0]: row[1] for row in book["About"].iter_rows(min_row=2, values_only=True)}
    assert told["State"] == study.record().state
    assert "police-reviews" in str(told["Protocol"])
    assert "not confirmed" in str(told["Basis"])
    assert told["Screening decisions made by a person"] == "1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", str(told["Written"]))
    assert str(told["Version of goldthread"])
    assert str(told["Engine lexicon"])


def test_headers_are_frozen_filtered_and_wide_enough(book: Workbook) -> None:
    for name, columns in FILES.items():
        sheet = book[name]
        assert tuple(cell.value for cell in sheet[1]) == columns
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.column_dimensions["A"].width >= 12


def test_every_cell_says_what_the_csv_export_says_and_numbers_are_numbers(
    book: Workbook, study: gt.Study, tmp_path: Path
) -> None:
    export_study(study, "csv", tmp_path / "csv")
    for name, columns in FILES.items():
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            expected = list(csv.reader(opened))[1:]
        rows = list(book[name].iter_rows(min_row=2, values_only=True))
        assert len(rows) == len(expected)
        for row, wanted in zip(rows, expected, strict=True):
            for column, cell, text in zip(columns, row, wanted, strict=True):
                if column in WHOLE_NUMBERS | FRACTIONS and text:
                    assert float(cell) == float(text)
                else:
                    assert (cell or "") == text


def test_nothing_is_a_formula_or_a_link_whatever_a_report_says(book: Workbook, tmp_path: Path) -> None:
    quotes = [cell.value for cell in book["episodes"]["P"]] + [cell.value for cell in book["episodes"]["O"]]
    started = [quote for quote in quotes if str(quote).startswith(("=", "@"))]
    assert started or any("HYPERLINK" in str(quote) for quote in quotes)
    for sheet in book:
        assert not sheet.hyperlinks if hasattr(sheet, "hyperlinks") else True
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    with zipfile.ZipFile(tmp_path / "study.xlsx") as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                data = archive.read(name)
                assert b"<f>" not in data
                assert b"hyperlink" not in data


def test_a_title_that_looks_like_a_formula_stays_words(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text('=cmd|"/C calc"!A0\n\nPolice attended.\n')
    study.add(tmp_path / "f.txt")
    export_study(study, "xlsx", tmp_path / "f.xlsx")
    cells = list(openpyxl.load_workbook(tmp_path / "f.xlsx")["reviews"]["B"])
    assert any(str(cell.value).startswith("=") for cell in cells)
    assert all(cell.data_type == "s" for cell in cells if cell.value)


def test_a_cell_longer_than_excel_holds_is_cut_visibly_and_listed(study: gt.Study, tmp_path: Path) -> None:
    review = next(item for item in study.reviews() if item.documents[0].file_name == "long.txt")
    text = next(item for item in study.texts() if item.document_id == review.documents[0].document_id).text
    end = len(text.rstrip())
    (tmp_path / "new.csv").write_text(
        "review_id,theme,direction,file_name,start,end,quote\n"
        f'{review.review_id},,missed,long.txt,0,{end},"{text[:end].replace(chr(34), chr(34) * 2)}"\n',
        encoding="utf-8",
    )
    assert study.import_file(tmp_path / "new.csv").added == 1
    export_study(study, "xlsx", tmp_path / "long.xlsx")
    book = openpyxl.load_workbook(tmp_path / "long.xlsx")
    notes = list(book["Notes"].iter_rows(min_row=2, values_only=True))
    place = next(row for row in notes if row[0] == "episodes")
    cell = book["episodes"][str(place[1])].value
    assert place[2] == end
    assert len(str(cell).encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert f"[cut: {end:,} characters in all" in str(cell)
    assert str(cell).startswith(text[:1000])


def test_cutting_never_splits_a_character_of_two_units() -> None:
    for shift in range(3):
        kept = cut_text("a" * shift + "😀" * CELL_LIMIT)
        assert len(kept.encode("utf-16-le")) // 2 <= CELL_LIMIT
        assert "\ufffd" not in kept


def test_notes_say_so_when_nothing_was_cut(study: gt.Study, tmp_path: Path) -> None:
    export_study(study, "xlsx", tmp_path / "s.xlsx")
    notes = openpyxl.load_workbook(tmp_path / "s.xlsx")["Notes"]
    assert notes["D2"].value == "Nothing was cut: every cell is whole."


def test_rows_beyond_what_a_sheet_holds_go_on_in_a_second_one(
    study: gt.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROW_LIMIT", 20)
    export_study(study, "xlsx", tmp_path / "s.xlsx")
    book = openpyxl.load_workbook(tmp_path / "s.xlsx")
    parts = [name for name in book.sheetnames if name.startswith("characteristics")]
    assert parts[:2] == ["characteristics", "characteristics 2"]
    rows = sum(book[name].max_row - 1 for name in parts)
    assert rows == sum(len(item.characteristics) for item in study.record(every_state=True).reviews)
    assert all(book[name].max_row <= 20 for name in parts)
