"""`goldthread check` as scripts rely on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldthread.cli.app import run

Captured = pytest.CaptureFixture[str]

WRONG = "Problems were seen in 16 (25%) of the 45 reviews.\nOf the 71 others, 21 (29%) were late.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_findings_end_with_one_and_show_the_arithmetic(report: Path, capsys: Captured) -> None:
    assert run(["check", str(report)]) == 1
    said = capsys.readouterr()
    assert "16 of 45 is 35.56%, printed 25%." in said.out
    assert "1 file, 1 page, 0 tables, 2 claims" in said.err


def test_a_report_without_slips_ends_with_nought_and_prints_nothing(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "fine.txt").write_text("Problems were seen in 16 (36%) of the 45 reviews.\n", encoding="utf-8")

    assert run(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_json_is_exactly_one_document(report: Path, capsys: Captured) -> None:
    assert run(["check", str(report), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (first, second) = told["files"][0]["findings"]
    assert (first["sure"], first["quote"], first["page"], first["line"]) == ("error", "16 (25%) of the 45", 1, 1)
    assert second["sure"] == "check by hand"
    assert WRONG[first["start"] : first["end"]] == first["quote"]


def test_only_what_is_sure_enough_counts(report: Path, capsys: Captured) -> None:
    assert run(["check", str(report), "--sure", "error", "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["files"][0]["findings"]) == 1
    report.write_text("Of the 71 others, 21 (29%) were late.\n", encoding="utf-8")
    assert run(["check", str(report), "--sure", "inconsistent"]) == 0


def test_a_web_page_and_rows_can_be_had(report: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["check", str(report), "--format", "csv", "--html", str(tmp_path / "out" / "check.html")]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert "16 of 45" in (tmp_path / "out" / "check.html").read_text(encoding="utf-8")


def test_a_bad_file_beside_a_good_one_ends_with_one_and_alone_with_two(
    report: Path, tmp_path: Path, capsys: Captured
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 no")
    assert run(["check", str(bad), str(report), "--sure", "error"]) == 1
    assert "bad.pdf" in capsys.readouterr().out
    assert run(["check", str(bad)]) == 2
    assert run(["check", str(tmp_path / "none.pdf")]) == 2
    assert "there is no such file" in capsys.readouterr().err
