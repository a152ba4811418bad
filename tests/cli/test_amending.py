"""`codebook` and `protocol amend` on the command line: the effect first, then what was done, and all undone."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tomllib
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from goldthread.protocol.codebook import Codebook
from tests.study.reviews import write_reviews

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("amending")
    with gt.init(folder / "study", who="Ada") as made:
        made.add(write_reviews(folder / "reviews", 4))
        made.suggest()
    return folder / "study"


@pytest.fixture
def folder(suggested: Path, tmp_path: Path) -> str:
    shutil.copytree(suggested, tmp_path / "study")
    return str(tmp_path / "study")


def said(capsys: Captured, *words: str) -> tuple[str, str]:
    assert run(list(words)) == 0
    told = capsys.readouterr()
    return told.out, told.err


def as_data(capsys: Captured, *words: str) -> dict[str, object]:
    found = json.loads(said(capsys, *words, "--json")[0])
    assert isinstance(found, dict)
    return found


def used(capsys: Captured, folder: str) -> list[str]:
    """The themes that passages are coded with, the most used first."""
    found = as_data(capsys, "codebook", "show", folder)
    themes = found["themes"]
    assert isinstance(themes, list)
    return [one["id"] for one in sorted(themes, key=lambda one: -one["passages"]) if one["passages"]]


def test_merging_shows_its_effect_first_and_is_undone(folder: str, capsys: Captured) -> None:
    first, second, *_ = used(capsys, folder)
    out, err = said(capsys, "codebook", "merge", folder, second, first, "--look")
    assert out.startswith("Merge “")
    assert " → " in out
    assert "Nothing was changed yet." in err
    assert used(capsys, folder)[1] == second
    _, err = said(capsys, "codebook", "merge", folder, second, first, "--reason", "the same thing")
    assert "Amendment 1: done." in err
    assert second not in used(capsys, folder)
    assert "the same thing" in said(capsys, "codebook", "log", folder)[0]
    assert "was taken back" in said(capsys, "codebook", "undo", folder)[1]
    assert used(capsys, folder)[:2] == [first, second]
    assert "(withdrawn by" in said(capsys, "protocol", "log", folder)[0]
    assert run(["verify", folder]) == 0


def test_a_change_needs_its_reason(folder: str, capsys: Captured) -> None:
    assert run(["codebook", "retire", folder, "workforce"]) == 2
    assert "an amendment needs a reason" in capsys.readouterr().err


def test_codes_are_added_renamed_moved_and_retired(folder: str, capsys: Captured) -> None:
    why = ("--reason", "as the team agreed")
    said(capsys, "codebook", "add", folder, "Harm online", *why)
    said(capsys, "codebook", "add", folder, "Gambling", "--below", "harm_online", "--cue", "gambling debts", *why)
    said(capsys, "codebook", "rename", folder, "harm_online", "Harm by phone and network", *why)
    said(capsys, "codebook", "move", folder, "gambling", "workforce", *why)
    said(capsys, "codebook", "retire", folder, "harm_online", *why)
    out, _ = said(capsys, "codebook", "show", folder)
    assert "Harm by phone and network (retired)" in out
    lines = [line.split()[0] for line in out.splitlines()]
    assert lines.index("workforce") < lines.index("gambling") < lines.index("harm_online")
    assert len(json.loads(said(capsys, "protocol", "log", folder, "--json")[0])) == 5


def test_a_split_takes_the_passages_a_file_names(folder: str, tmp_path: Path, capsys: Captured) -> None:
    theme = used(capsys, folder)[0]
    with gt.open(folder) as study:
        ids = sorted(one.episode_id for one in study.episodes(theme=theme))
    chosen = tmp_path / "chosen.csv"
    chosen.write_text(f"episode_id,part\n{ids[0]},New part\n", encoding="utf-8")
    words = (
        "codebook",
        "split",
        folder,
        theme,
        "--part",
        "New part",
        "--chosen",
        str(chosen),
        "--reason",
        "too wide",
    )
    found = as_data(capsys, *words)
    assert found["passages"] == 1
    assert found["staying"] == len(ids) - 1
    chosen.write_text(f"episode_id,part\n{ids[1]},workforce\n", encoding="utf-8")
    words = ("codebook", "split", folder, theme, "--into", "workforce", "--chosen", str(chosen))
    assert as_data(capsys, *words, "--reason", "miscoded")["passages"] == 1
    assert run(["codebook", "split", folder, theme, "--look"]) == 2
    assert "no new code is named" in capsys.readouterr().err
    chosen.write_text("episode_id,part\nE1,Nowhere\n", encoding="utf-8")
    assert run(["codebook", "split", folder, theme, "--part", "Other", "--chosen", str(chosen), "--look"]) == 2
    assert "row 2" in capsys.readouterr().err


def test_a_limit_is_looked_at_and_amended(folder: str, capsys: Captured) -> None:
    assert "limit=2016-01-01" in said(capsys, "protocol", "amendable", folder)[0]
    words = ("protocol", "amend", folder, "set_limit", "criterion=in_period", "rule=1", "limit=2018-01-01")
    looked = as_data(capsys, *words, "--look")
    assert looked["amendment"] is None
    assert looked["screenings"]
    made = as_data(capsys, *words, "--reason", "the period was moved")
    assert made["screenings"] == looked["screenings"]
    taken = as_data(capsys, "protocol", "withdraw", folder, "1")
    assert taken["withdrawn"] is True
    assert len(taken["screenings"]) == len(made["screenings"])  # type: ignore[arg-type]


def test_what_cannot_be_meant_is_bad_usage(folder: str, capsys: Captured) -> None:
    for words in (
        ("protocol", "amend", folder, "set_limit", "criterion"),
        ("protocol", "amend", folder, "explode", "a=b", "--look"),
        ("protocol", "withdraw", folder, "7"),
        ("codebook", "undo", folder),
        ("codebook", "merge", folder, "nowhere", "workforce", "--look"),
        ("codebook", "export", folder, "--out", "codebook"),
    ):
        assert run(list(words)) == 2, words
        assert capsys.readouterr().err.startswith("goldthread: ")


def test_the_codebook_is_written_to_read_to_count_and_to_begin_with(
    folder: str, tmp_path: Path, capsys: Captured
) -> None:
    said(capsys, "codebook", "merge", folder, "roles", "escalation", "--reason", "the same thing")
    said(capsys, "codebook", "retire", folder, "staff_wellbeing", "--reason", "not used")
    for ending in ("md", "csv", "toml", "qdc"):
        said(capsys, "codebook", "export", folder, "--out", str(tmp_path / f"book.{ending}"))
    with gt.open(folder) as study:
        book = study.protocol.codebook
    read = Codebook.model_validate(tomllib.loads((tmp_path / "book.toml").read_text("utf-8")))
    assert read == book
    rows = list(csv.DictReader(io.StringIO((tmp_path / "book.csv").read_text("utf-8"))))
    assert len(rows) == len(book.places)
    assert next(row for row in rows if row["theme"] == "staff_wellbeing")["offered"] == "no"
    assert next(row for row in rows if row["subtheme"] == "escalation")["formerly"] == "roles"
    told = (tmp_path / "book.md").read_text("utf-8")
    assert "Retired: counted still, offered no more." in told
    assert "with 2 amendments" in told
    assert b"<CodeBook" in (tmp_path / "book.qdc").read_bytes()
