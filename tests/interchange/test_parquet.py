"""The Parquet tables: the CSV export, with types."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

import goldthread as gt
from goldthread.interchange import parquet
from goldthread.interchange.exporting import export_study
from goldthread.interchange.files import FILES


@pytest.fixture
def folder(study: gt.Study, tmp_path: Path) -> Path:
    export_study(study, "parquet", tmp_path / "parquet")
    return tmp_path / "parquet"


def test_there_is_a_file_a_table_and_one_of_texts(folder: Path) -> None:
    assert {item.name for item in folder.iterdir()} == {f"{name}.parquet" for name in (*FILES, "texts")}
    for name, columns in FILES.items():
        assert tuple(pl.read_parquet_schema(folder / f"{name}.parquet")) == columns


def test_numbers_are_numbers_and_what_is_not_there_is_null(folder: Path) -> None:
    found = pl.read_parquet(folder / "characteristics.parquet")
    assert found.schema["start"] == pl.Int64
    assert found.schema["confidence"] == pl.Float64
    assert found.schema["value"] == pl.String
    missing = found.filter(pl.col("missing").is_not_null())
    assert missing.height > 0
    assert missing["value"].null_count() == missing.height
    assert found.filter(pl.col("value") == "").height == 0


def test_the_tables_say_what_the_csv_export_says(folder: Path, study: gt.Study, tmp_path: Path) -> None:
    export_study(study, "csv", tmp_path / "csv")
    for name in FILES:
        with (tmp_path / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            expected = list(csv.reader(opened))[1:]
        rows = pl.read_parquet(folder / f"{name}.parquet").rows()
        assert [["" if cell is None else str(cell) for cell in row] for row in rows] == expected


def test_every_quote_can_be_checked_from_the_tables_alone(folder: Path) -> None:
    texts = dict(pl.read_parquet(folder / "texts.parquet").rows())
    names = {
        (row["review_id"], row["file_name"]): row["document_id"]
        for row in pl.read_parquet(folder / "documents.parquet").to_dicts()
    }
    rows = pl.read_parquet(folder / "episodes.parquet").to_dicts()
    assert len(rows) > 10
    for row in rows:
        assert texts[names[row["review_id"], row["file_name"]]][row["start"] : row["end"]] == row["quote"]


def test_many_rows_are_written_in_batches(study: gt.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export_study(study, "parquet", tmp_path / "whole")
    monkeypatch.setattr(parquet, "_ROWS_AT_ONCE", 3)
    export_study(study, "parquet", tmp_path / "batches")
    for name in FILES:
        one, other = (pl.read_parquet(tmp_path / kind / f"{name}.parquet") for kind in ("whole", "batches"))
        assert one.equals(other)
