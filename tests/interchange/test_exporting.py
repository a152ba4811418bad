"""Every format by one door, nothing written that does not verify, nothing left half written."""

from __future__ import annotations

import sqlite3
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.publishing import export
from goldthread.errors import BrokenAnchor, UsageError
from goldthread.interchange.exporting import GROUP, export_study, exporter, installed, whole_file

FORMATS = {"csv", "xlsx", "parquet", "sav", "qdpx", "qdc", "jsonld"}


def test_our_formats_come_in_by_the_entry_points_and_answer_to_their_names() -> None:
    assert set(installed()) >= FORMATS
    for point in entry_points(group=GROUP):
        assert exporter(point.name).name == point.name
        assert exporter(point.name).writes in ("file", "folder")


def test_the_command_names_every_format_in_its_help() -> None:
    shown = export.__annotations__["format"]
    assert all(name in str(shown) for name in FORMATS)


def test_an_unknown_format_is_answered_with_the_known_ones(study: gt.Study, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docx") as caught:
        export_study(study, "docx", tmp_path / "x.docx")
    assert "xlsx" in caught.value.mend
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_each_format_is_written_whole_and_leaves_nothing_else_behind(
    study: gt.Study, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "out" / f"study.{format}"
    export_study(study, format, out)
    export_study(study, format, out)
    assert [item.name for item in out.parent.iterdir()] == [out.name]
    written = [out] if out.is_file() else list(out.rglob("*.*"))
    assert written
    assert not [item for item in written if item.name.startswith(".writing")]
    assert all(item.stat().st_size for item in written if item.suffix != ".txt")


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_an_empty_study_can_be_written_in_every_format(tmp_path: Path, format: str) -> None:
    with gt.init(tmp_path / "empty") as made:
        export_study(made, format, tmp_path / f"out.{format}")
    assert (tmp_path / f"out.{format}").exists()


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_nothing_is_written_when_one_letter_was_altered_even_below_a_rejected_passage(
    study: gt.Study, tmp_path: Path, format: str
) -> None:
    episodes = [item for one in study.record(every_state=True).reviews for item in one.episodes]
    found = next(item.anchor for item in episodes if item.state is gt.State.REJECTED)
    with sqlite3.connect(study.folder / "study.db") as connection:
        connection.execute(
            "UPDATE page SET text = substr(text, 1, ?) || 'X' || substr(text, ?) WHERE document_id = ?",
            (found.start, found.start + 2, found.document_id),
        )
    connection.close()
    with pytest.raises(BrokenAnchor):
        export_study(study, format, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_file_is_not_written_over_a_folder_nor_a_folder_over_a_file(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="is a folder of files"):
        export_study(study, "csv", tmp_path / "file")
    with pytest.raises(UsageError, match="is one file"):
        export_study(study, "xlsx", tmp_path)
    assert (tmp_path / "file").read_text() == "mine"


def test_writing_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    old = tmp_path / "study.xlsx"
    old.write_text("old")
    with pytest.raises(ZeroDivisionError), whole_file(old) as temporary:
        temporary.write_text("half")
        raise ZeroDivisionError
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.parametrize(("format", "lacking"), [("parquet", "polars"), ("sav", "pyreadstat"), ("sav", "polars")])
def test_a_missing_extra_is_named_with_how_to_get_it(
    study: gt.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str, lacking: str
) -> None:
    monkeypatch.setitem(sys.modules, lacking, None)
    with pytest.raises(UsageError, match=lacking) as caught:
        export_study(study, format, tmp_path / "out")
    assert "frames" in str(caught.value)
    assert "pip install" in caught.value.mend
    assert not (tmp_path / "out").exists()
