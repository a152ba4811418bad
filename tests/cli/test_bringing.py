"""`goldthread import` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from tests.study.reviews import write_reviews

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with gt.init(tmp_path / "study") as made:
        made.add(write_reviews(tmp_path / "reviews", 2) / "review-0001.txt")
        made.suggest()
    return tmp_path / "study"


def test_decisions_are_taken_and_counted(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "d.csv").write_text("review_id,decision,reason\nR00001,excluded,out_of_date\n")
    assert run(["import", str(folder), str(tmp_path / "d.csv"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["kind"], told["decided"], told["changed"], told["problems"]) == ("screening", 1, True, [])
    assert run(["import", str(folder), str(tmp_path / "d.csv"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] is False


def test_problems_are_told_with_their_row_and_end_with_one(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "d.csv").write_text("review_id,decision,reason\nR00001,included,\nR00099,included,\n")
    assert run(["import", str(folder), str(tmp_path / "d.csv")]) == 1
    said = capsys.readouterr()
    assert "d.csv, row 3" in said.err
    assert "R00099" in said.err
    assert "Decisions   1" in said.out
    assert run(["import", str(folder), str(tmp_path / "d.csv"), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["place"], problem["code"]) == ("d.csv, row 3", "unknown")
    assert problem["mend"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.csv", b"a,b\n1,2\n"), ("x.qdpx", b"nothing"), ("x.csv", b"PK\x03\x04nothing"), ("nowhere.csv", None)],
)
def test_a_file_that_cannot_be_used_ends_with_two(
    folder: Path, tmp_path: Path, capsys: Captured, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert run(["import", str(folder), str(tmp_path / name)]) == 2
    said = capsys.readouterr()
    assert name in said.err
    assert said.out == ""


def test_a_project_goes_out_and_comes_back(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["export", str(folder), "--format", "qdpx", "--out", str(tmp_path / "s.qdpx")]) == 0
    capsys.readouterr()
    assert run(["import", str(folder), str(tmp_path / "s.qdpx")]) == 0
    said = capsys.readouterr().out
    assert "Sources matched    review-0001.txt" in said
    assert run(["import", str(folder), str(tmp_path / "s.qdpx"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["understood"]["passages"] == told["understood"]["passages_located"] == told["rows"] > 0
