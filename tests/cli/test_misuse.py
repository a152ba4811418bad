"""What a newcomer types wrongly, and what other processes do meanwhile: said in words, with a place and a mend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from goldthread.errors import UsageError

Captured = pytest.CaptureFixture[str]
REPORT = "Serious Case Review: Child Z\n\nOfficers did not share information with the school. Child Z died in 2018.\n"


@pytest.fixture
def reviews(tmp_path: Path) -> Path:
    folder = tmp_path / "reviews"
    folder.mkdir()
    for number in range(6):
        (folder / f"review-{number}.txt").write_text(f"{REPORT}\nIt was the report numbered {number}.\n", "utf-8")
    return folder


def _started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "goldthread", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def test_two_processes_adding_the_same_files_at_once_both_end_well(reviews: Path, tmp_path: Path) -> None:
    study = tmp_path / "s"
    assert run(["init", str(study)]) == 0
    both = [_started("add", str(study), str(reviews)) for _ in range(2)]
    ends = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    with gt.open(study) as opened:
        assert opened.ledger().registered == 6
        assert opened.verify().sound


def test_a_document_read_by_somebody_else_meanwhile_is_read_once(
    reviews: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goldthread.study.intake import adding

    first = adding.read_pending

    def twice(*given: object) -> None:
        waiting = adding.documents.pending
        with gt.open(tmp_path / "s")._held.database.read() as connection:
            seen = waiting(connection)
        first(*given)  # type: ignore[arg-type]
        monkeypatch.setattr(adding.documents, "pending", lambda _: seen)
        first(*given)  # type: ignore[arg-type]
        assert len(seen) == 6
        monkeypatch.setattr(adding.documents, "pending", waiting)

    monkeypatch.setattr(adding, "read_pending", twice)
    with gt.init(tmp_path / "s") as study:
        assert study.add(reviews).documents == 6
        assert study.verify().sound


def test_a_run_refuses_a_protocol_the_study_was_not_made_with(
    reviews: Path, tmp_path: Path, capsys: Captured
) -> None:
    study = str(tmp_path / "s")
    gt.init(study, "learning-reports").close()
    assert run(["run", str(reviews), "--study", study, "--protocol", "periodic-review"]) == 2
    said = capsys.readouterr().err
    assert "learning-reports" in said
    assert "periodic-review" in said
    gt.open_or_init(study, "learning-reports").close()
    gt.open_or_init(study).close()


def test_a_folder_with_nothing_to_read_is_said_and_not_briefed_on(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "empty").mkdir()
    assert run(["run", str(tmp_path / "empty"), "--study", str(tmp_path / "s")]) == 2
    said = capsys.readouterr()
    assert "nothing to read" in said.err
    assert ".pdf" in said.err
    assert not (tmp_path / "s" / "outputs").exists()


def test_a_study_among_the_files_is_not_read_into_itself(reviews: Path, capsys: Captured) -> None:
    study = reviews / "study"
    assert run(["run", str(reviews), "--study", str(study), "--json"]) == 0
    assert run(["run", str(reviews), "--study", str(study), "--json"]) == 0
    assert capsys.readouterr().out.count('"reviews": 6') == 2
    assert run(["add", str(study), str(study)]) == 1
    assert run(["problems", str(study)]) == 1
    assert "a study's own folder" in capsys.readouterr().out


def test_output_is_utf_8_whatever_the_locale_and_whatever_a_file_is_called(tmp_path: Path) -> None:
    odd = os.fsencode(tmp_path) + b"/caf\xff\xe2\x82\xac.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(b"Of the 45 reviews, 16 (25%) named it.")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told, said = _started("check", str(tmp_path), "--json", **plain).communicate(timeout=120)
    assert b"Traceback" not in said
    (file_told,) = json.loads(told.decode("utf-8"))["files"]
    assert "caf" in file_told["file"]


def test_a_program_called_with_nothing_shows_its_help_and_nothing_else(capsys: Captured) -> None:
    assert run([]) == 2
    assert capsys.readouterr().err.startswith("Usage: goldthread")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["search", "s", "police", "--limit", "0"], "--limit"),
        (["brief", "s", "--kind", "novel", "--out", "b.html"], "--kind"),
        (["serve", "s", "--port", "99999999"], "--port"),
    ],
)
def test_a_wrong_value_is_said_with_the_option_it_was_given_to(
    capsys: Captured, arguments: list[str], named: str
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert named in said
    assert ". —" not in said


def test_a_labelled_file_that_is_not_there_is_not_blamed_on_permissions(tmp_path: Path, capsys: Captured) -> None:
    assert run(["simulate", str(tmp_path / "nowhere.csv")]) == 2
    assert "check the path" in capsys.readouterr().err
    assert run(["simulate", str(tmp_path)]) == 2
    assert "not a folder" in capsys.readouterr().err


def test_a_pipe_to_import_from_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with gt.init(tmp_path / "s") as study, pytest.raises(UsageError, match="pipe"):
        study.import_file(tmp_path / "pipe.csv")


def test_an_exact_copy_has_the_pages_and_characters_of_its_text(reviews: Path, tmp_path: Path) -> None:
    import csv

    (reviews / "review-9.txt").write_bytes((reviews / "review-0.txt").read_bytes())
    study = str(tmp_path / "s")
    run(["run", str(reviews), "--study", study])
    assert run(["export", study, "--format", "csv", "--out", str(tmp_path / "e")]) == 0
    with (tmp_path / "e" / "documents.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = (tmp_path / "e" / "texts" / f"{row['document_id']}.txt").read_bytes().decode("utf-8")
            assert len(text) == int(row["characters"]) + int(row["pages"]) - 1


def test_the_list_of_commands_cuts_no_sentence_off(capsys: Captured) -> None:
    assert run(["--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "..." not in shown.partition("Commands:")[2]
    assert "Make an empty study with its own copy of a protocol" in shown


def test_a_command_stopped_by_hand_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def stopped(folder: str) -> None:
        """Stopped."""
        raise KeyboardInterrupt

    monkeypatch.setattr("goldthread.cli.asking.ledger", stopped)
    assert run(["ledger", "s"]) == 130
    assert capsys.readouterr().err == "goldthread: stopped; run the same command again to go on from here\n"
