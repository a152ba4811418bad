"""The commands as scripts rely on them: data on stdout, talk on stderr, and an exit code that means something."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import command_line, run
from goldthread.interchange.files import FILES
from tests.study.reviews import write_reviews

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reviews(tmp_path_factory.mktemp("found") / "reviews")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory, reviews: Path) -> Path:
    folder = tmp_path_factory.mktemp("commands") / "a study"
    assert run(["run", str(reviews), "--study", str(folder), "--round", "2019-Q3"]) == 1
    return folder


def test_a_run_leaves_briefing_tables_and_ledger_and_says_where(
    reviews: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run(["run", str(reviews), "--study", str(tmp_path / "s")]) == 1
    said = capsys.readouterr()
    assert "briefing.html" in said.out
    assert "1 problem" in said.err
    for name in ("briefing.html", "briefing.docx", "briefing.pdf", "ledger.txt"):
        assert (tmp_path / "s" / "outputs" / name).stat().st_size > 200
    assert list((tmp_path / "s" / "outputs" / "tables").glob("*.csv"))


def test_a_run_says_the_same_as_one_json_document(finished: Path, reviews: Path, capsys: Captured) -> None:
    assert run(["run", str(reviews), "--study", str(finished), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["reviews"] == 13
    assert told["problems"] == 1
    assert all(Path(path).is_file() for path in told["briefings"])


def test_step_by_step_ends_where_a_run_does(reviews: Path, tmp_path: Path, capsys: Captured) -> None:
    study = str(tmp_path / "s")
    assert run(["init", study, "--protocol", "police-reviews"]) == 0
    assert run(["add", study, str(reviews), "--source", "nspcc"]) == 1
    assert run(["suggest", study]) == 0
    assert run(["brief", study, "--kind", "practice", "--out", str(tmp_path / "b.html")]) == 0
    assert run(["verify", study]) == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    "command",
    [
        ["status"],
        ["ledger"],
        ["ledger", "--basis", "confirmed"],
        ["verify"],
        ["tables", "--id", "T4"],
        ["search", "police"],
    ],
    ids=" ".join,
)
def test_every_question_is_answered_as_text_and_as_one_json_document(
    finished: Path, capsys: Captured, command: list[str]
) -> None:
    arguments = [command[0], str(finished), *command[1:]]
    assert run(arguments) == 0
    assert capsys.readouterr().out.strip()
    assert run([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_problems_are_listed_with_their_mend_and_end_with_one(finished: Path, capsys: Captured) -> None:
    assert run(["problems", str(finished)]) == 1
    assert "broken.pdf" in capsys.readouterr().out
    assert run(["problems", str(finished), "--json"]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["place"] == "broken.pdf"
    assert problem["mend"]


@pytest.mark.parametrize("format", ["text", "csv", "html"])
def test_tables_are_printed_in_each_format(finished: Path, capsys: Captured, format: str) -> None:
    assert run(["tables", str(finished), "--id", "A4", "--format", format]) == 0
    printed = capsys.readouterr().out
    assert "Included" in printed
    if format == "csv":
        assert list(csv.reader(printed.splitlines()))


def test_tables_in_word_need_a_file(finished: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["tables", str(finished), "--format", "docx"]) == 2
    assert "--out" in capsys.readouterr().err
    assert run(["tables", str(finished), "--format", "docx", "--out", str(tmp_path / "t.docx")]) == 0
    assert (tmp_path / "t.docx").read_bytes()[:2] == b"PK"


def test_an_export_holds_the_files_and_columns_of_the_contract_and_every_anchor_is_exact(
    finished: Path, tmp_path: Path
) -> None:
    assert run(["export", str(finished), "--format", "csv", "--out", str(tmp_path / "e")]) == 0
    rows = {}
    for name, columns in FILES.items():
        with (tmp_path / "e" / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
            reader = csv.DictReader(opened)
            assert tuple(reader.fieldnames or ()) == columns
            rows[name] = list(reader)
    ids = {row["file_name"]: row["document_id"] for row in rows["documents"]}
    checked = 0
    for name in ("screening", "characteristics", "episodes", "recommendations"):
        for row in rows[name]:
            if row["quote"]:
                text = (tmp_path / "e" / "texts" / f"{ids[row['file_name']]}.txt").read_text(encoding="utf-8")
                assert text[int(row["start"]) : int(row["end"])] == row["quote"]
                assert text.count("\f", 0, int(row["start"])) == int(row["page"]) - 1
                checked += 1
    assert checked > 60
    assert {row["state"] for row in rows["episodes"]} == {"suggested"}


def test_one_altered_letter_makes_verify_end_with_three(finished: Path, tmp_path: Path, capsys: Captured) -> None:
    import shutil
    import sqlite3

    shutil.copytree(finished, tmp_path / "s")
    with sqlite3.connect(tmp_path / "s" / "study.db") as connection:
        connection.execute(
            "UPDATE page SET text = replace(text, 'Officers', 'Officens') WHERE document_id = 'D00003'"
        )
    connection.close()
    assert run(["verify", str(tmp_path / "s")]) == 3
    said = capsys.readouterr()
    assert "FAULT" in said.out
    assert "D00003" in said.out
    assert run(["brief", str(tmp_path / "s"), "--kind", "practice", "--out", str(tmp_path / "b.html")]) == 3
    assert not (tmp_path / "b.html").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "word"),
    [
        (["status", "nowhere"], 3, "no study"),
        (["run", "nowhere", "--study", "s"], 2, "nowhere"),
        (["init", "s", "--protocol", "polise-reviews"], 2, "police-reviews"),
        (["nonsense"], 2, "nonsense"),
        (["status"], 2, "DIR"),
        (["protocol", "check", "nowhere"], 2, "nowhere"),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured, arguments: list[str], code: int, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == code
    said = capsys.readouterr()
    assert word in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_persons_decision_and_confirmation_from_the_command_line(
    reviews: Path, tmp_path: Path, capsys: Captured
) -> None:
    study = str(tmp_path / "s")
    run(["run", str(reviews / "review-0001.txt"), "--study", study])
    assert run(["decide", study, "R00001", "included"]) == 0
    assert run(["confirm", study, "R00001"]) == 0
    with gt.open(study) as opened:
        assert opened.ledger("confirmed").included == 1
        assert {item.state for item in opened.episodes()} == {gt.State.CONFIRMED}
        brief = opened.brief("practice", "confirmed")
    assert brief.briefing.basis is gt.Basis.CONFIRMED
    assert run(["decide", study, "R00001", "perhaps"]) == 2


@pytest.mark.parametrize("name", ["police-reviews", "learning-reports", "periodic-review"])
def test_each_shipped_protocol_is_listed_shown_and_checked(capsys: Captured, name: str) -> None:
    assert run(["protocol", "list"]) == 0
    assert name in capsys.readouterr().out
    assert run(["protocol", "show", name]) == 0
    assert "Themes" in capsys.readouterr().out
    assert run(["protocol", "show", name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == name
    assert run(["protocol", "check", name]) == 0


def test_every_command_explains_itself_with_an_example(capsys: Captured) -> None:
    from typer.main import get_command

    commands = get_command(command_line()).commands  # type: ignore[attr-defined]
    assert len(commands) >= 16
    for name in commands:
        assert run([name, "--help"]) == 0
        shown = capsys.readouterr().out
        if name != "protocol":
            assert f"goldthread {name}" in shown
            assert "Examples" in shown


def test_the_program_runs_as_a_module_in_a_process_of_its_own(finished: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "goldthread", "status", str(finished), "--json"], capture_output=True, text=True
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["reviews"] == 13
    assert done.stderr == ""
