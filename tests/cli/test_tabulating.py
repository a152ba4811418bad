"""Counting from the command line: crossings, files, and questions nobody can answer."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

import goldthread as gt
from goldthread.cli.app import run
from tests.study.reviews import write_reviews

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("tabulating")
    with gt.init(folder / "study", who="Ada") as study:
        study.add(write_reviews(folder / "reviews"))
        study.suggest()
    return str(folder / "study")


def test_two_fields_are_crossed_as_text_and_as_one_json_document(finished: str, capsys: Captured) -> None:
    assert run(["tables", finished, "--cross", "theme,direction"]) == 0
    assert "Theme by direction" in capsys.readouterr().out
    assert run(["tables", finished, "--cross", "theme,direction", "--panels", "review_group", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {table["unit"] for table in told} == {"review"}
    assert len({table["id"] for table in told}) == len(told) > 1


def test_a_value_nobody_has_is_refused_with_what_there_is(finished: str, capsys: Captured) -> None:
    assert run(["tables", finished, "--id", "T4", "--where", "force=Nosuch"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert "nobody in this study has “Nosuch” as police force" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--cross", "theme,force", "--id", "T4"], "two different things"),
        (["--unit", "episode"], "belong to --cross"),
        (["--cross", "theme,force,sex"], "more than two fields"),
        (["--cross", "theme,force", "--percent-of", "some"], "no denominator"),
        (["--cross", "theme,force", "--format", "xlsx"], "--out tables.xlsx"),
        (["--format", "svg"], "one table"),
        (["--cross", ",force"], "nothing is named"),
    ],
    ids=" ".join,
)
def test_what_does_not_fit_together_is_said(finished: str, capsys: Captured, words: list[str], told: str) -> None:
    assert run(["tables", finished, *words]) == 2
    assert told in capsys.readouterr().err


def test_tables_are_written_as_a_workbook_and_a_chart(finished: str, tmp_path: Path) -> None:
    book, chart = tmp_path / "all.xlsx", tmp_path / "t4.svg"
    assert run(["tables", finished, "--format", "xlsx", "--out", str(book)]) == 0
    assert run(["tables", finished, "--id", "T4", "--format", "svg", "--out", str(chart)]) == 0
    with gt.open(finished) as study:
        assert openpyxl.load_workbook(io.BytesIO(book.read_bytes())).sheetnames == [
            t.id for t in study.protocol.tables
        ]
    assert chart.read_text("utf-8").startswith("<?xml")
