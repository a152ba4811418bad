"""Findings and plans from the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from tests.study.reviews import write_reviews
from tests.study.test_findings import PLAN

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("findings")
    with gt.init(folder / "study", who="Ada") as study:
        study.add(write_reviews(folder / "reviews", 4), source="nspcc", round="2019-Q3")
        study.suggest("lexicon")
    return folder / "study"


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Iterator[str]:
    shutil.copytree(made, tmp_path / "study")
    yield str(tmp_path / "study")


def passages(study: str, direction: str) -> list[str]:
    with gt.open(study) as opened:
        return [one.episode_id for one in opened.episodes(direction=direction)]


def test_a_finding_is_made_shown_altered_and_taken_back(study: str, capsys: Captured) -> None:
    one, two, three = passages(study, "missed")[:3]
    assert run(["finding", "make", study, "Risk is not assessed", "--for", one, "--for", two, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "finding": "F1",
        "statement": "Risk is not assessed",
        "for": [one, two],
        "against": [],
        "actions": [],
    }
    assert run(["finding", "evidence", study, "F1", "--against", three, "--remove", two]) == 0
    assert run(["finding", "restate", study, "F1", "Risk is seldom assessed", "--note", "Look again."]) == 0
    assert run(["finding", "align", study, "F1", "--action", "2.1.1"]) == 0
    capsys.readouterr()
    assert run(["finding", "show", study, "F1", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [each["episode"] for each in shown["for"]] == [one]
    assert [each["episode"] for each in shown["against"]] == [three]
    assert shown["actions"] == [{"action": "2.1.1", "through": []}]
    assert shown["note"] == "Look again."
    for _ in range(4):
        assert run(["finding", "undo", study, "F1"]) == 0
    assert "Risk is not assessed" in capsys.readouterr().err
    assert run(["finding", "withdraw", study, "F1"]) == 0
    assert run(["findings", study]) == 0
    assert "No finding has been made" in capsys.readouterr().out
    assert run(["finding", "withdraw", study, "F1", "--back"]) == 0
    assert run(["verify", study]) == 0


def test_findings_are_listed_in_words_as_csv_as_a_table_and_as_data(study: str, capsys: Captured) -> None:
    ids, good = passages(study, "missed"), passages(study, "good")
    evidence = [word for one in ids[:4] for word in ("--for", one)]
    run(["finding", "make", study, "Risk is not assessed", *evidence, "--against", good[0], "--action", "2.1.1"])
    capsys.readouterr()
    assert run(["findings", study]) == 0
    text = capsys.readouterr().out
    assert text.startswith("F1  Risk is not assessed\n")
    assert "reviews that could show it" in text
    assert "Plan: 2.1.1." in text
    assert run(["findings", study, "--json"]) == 0
    (facts,) = json.loads(capsys.readouterr().out)
    run(["finding", "restate", study, "F1", "=1+1 is no formula"])
    capsys.readouterr()
    assert run(["findings", study, "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert {name: str(facts[name]) for name in ("reviews_for", "episodes_for", "episodes_against")} == {
        "reviews_for": row["reviews_for"],
        "episodes_for": row["episodes_for"],
        "episodes_against": "1",
    }
    assert row["statement"] == "'=1+1 is no formula"
    assert sum(line["episodes"] for line in facts["why"]) == facts["episodes_for"] == 4
    assert run(["findings", study, "--format", "html", "--basis", "confirmed"]) == 0
    table = capsys.readouterr().out
    assert "<caption>Findings</caption>" in table
    assert "Not supported" in table


def test_lost_evidence_is_said_on_the_side(study: str, capsys: Captured) -> None:
    one = passages(study, "missed")[0]
    run(["finding", "make", study, "Risk is not assessed", "--for", one])
    with gt.open(study) as opened:
        opened.reject(one.split("-")[0], "episodes", [one])
    capsys.readouterr()
    assert run(["findings", study]) == 0
    said = capsys.readouterr()
    assert "To be looked at again, since evidence has changed: F1." in said.err
    assert "1 passage gone" in said.out


def test_a_plan_is_loaded_used_and_its_gaps_shown(study: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    one = passages(study, "missed")[0]
    run(["finding", "make", study, "Risk is not assessed", "--for", one, "--action", "2.1.1"])
    run(["finding", "make", study, "Nobody asks", "--for", one, "--action", "2.4.1"])
    capsys.readouterr()
    assert run(["plan", "gaps", study, "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert len(before["actions_without_evidence"]) == 7
    assert before["findings_without_action"] == []
    assert run(["plan", "load", study, str(tmp_path / "plan.toml"), "--use"]) == 0
    capsys.readouterr()
    assert run(["plan", "gaps", study, "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert after["actions_without_evidence"] == ["B"]
    assert after["findings_adrift"] == after["findings_without_action"] == ["F2"]
    assert after["became"]["2.2.1"] == ["A", "B"]
    assert run(["plan", "gaps", study]) == 0
    assert "Actions of National Vulnerability Action Plan 2020–2022 that lead nowhere: 7" in capsys.readouterr().out
    assert run(["plan", "show", study, "--json"]) == 0
    assert [plan["in_use"] for plan in json.loads(capsys.readouterr().out)] == [False, True]
    assert run(["plan", "use", study, "nvap-v2"]) == 0
    assert run(["plan", "use", study, "nvap-2"]) == 2
    assert "did you mean `nvap-v2`?" in capsys.readouterr().err


def test_a_plan_with_faults_ends_with_two_and_its_lines(study: str, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "plan.toml").write_text(PLAN.replace("label =", "lable =", 1), encoding="utf-8")
    assert run(["plan", "load", study, str(tmp_path / "plan.toml")]) == 2
    told = capsys.readouterr().err
    assert f"{tmp_path / 'plan.toml'}:9: unknown key `lable` — did you mean `label`?" in told
    assert run(["plan", "load", study, str(tmp_path / "none.toml")]) == 2


def test_an_export_holds_findings_their_evidence_and_their_actions(
    study: str, tmp_path: Path, capsys: Captured
) -> None:
    ids = passages(study, "missed")[:2]
    run(["finding", "make", study, "Risk is not assessed", "--for", ids[0], "--against", ids[1], "--action", "2.1.1"])
    assert run(["export", study, "--format", "csv", "--out", str(tmp_path / "e")]) == 0

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((tmp_path / "e" / f"{name}.csv").read_text(encoding="utf-8"))))

    assert [(row["basis"], row["episodes_for"]) for row in rows("findings")] == [("confirmed", "0"), ("draft", "1")]
    assert [(row["side"], row["episode_id"], row["standing"]) for row in rows("finding_evidence")] == [
        ("for", ids[0], "stands"),
        ("against", ids[1], "stands"),
    ]
    assert rows("finding_actions") == [
        {"finding_id": "F1", "plan_id": "nvap-v2", "action_id": "2.1.1", "mapping": "mapped", "through": ""}
    ]
    quoted = rows("finding_evidence")[0]
    (mine,) = [row for row in rows("episodes") if row["episode_id"] == quoted["episode_id"]]
    assert (quoted["quote"], quoted["start"]) == (mine["quote"], mine["start"])
