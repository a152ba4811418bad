"""The commands about language models as people and scripts meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldthread.cli.app import run
from tests.study.model_reader import honest
from tests.transport.server import ModelServer, Said, serving

Captured = pytest.CaptureFixture[str]
KEY = "sk-planted-4242"


@pytest.fixture
def study(tmp_path: Path, capsys: Captured) -> str:
    report = tmp_path / "report.txt"
    report.write_text("Serious Case Review: Child XX\n\nChild XX, aged 14, died on 12 May 2017.\n", encoding="utf-8")
    folder = str(tmp_path / "study")
    assert run(["init", folder]) == 0
    assert run(["add", folder, str(report)]) == 0
    capsys.readouterr()
    return folder


def on(study: str, server: ModelServer) -> None:
    assert run(["llm", "set", study, "--address", server.address, "--model", "scripted", "--context", "24000"]) == 0


def test_status_and_doctor_say_that_it_is_off_and_when_it_is_on(study: str, capsys: Captured) -> None:
    def said() -> tuple[str, str]:
        assert run(["status", study, "--json"]) == 0
        status = json.loads(capsys.readouterr().out)["language_model"]
        run(["doctor", study, "--json"])
        checks = {each["name"]: each["detail"] for each in json.loads(capsys.readouterr().out)["checks"]}
        return status, checks["This study's model"]

    assert all(each.startswith("off") for each in said())
    with serving(honest) as server:
        on(study, server)
        capsys.readouterr()
        assert all(each == f"on: scripted at {server.address} (this machine)" for each in said())
    assert run(["llm", "off", study]) == 0
    capsys.readouterr()
    assert all(each.startswith("off") for each in said())


def test_the_doctor_says_what_is_wrong_with_a_spoilt_settings_file(study: str, capsys: Captured) -> None:
    (Path(study) / "llm.toml").write_text("[llm\n", encoding="utf-8")
    assert run(["doctor", study]) == 0
    assert "llm.toml" in capsys.readouterr().out
    assert run(["llm", "off", study]) == 0


def test_without_a_terminal_a_budget_or_yes_nothing_is_sent(study: str, capsys: Captured) -> None:
    with serving(honest) as server:
        on(study, server)
        assert run(["suggest", study, "--engine", "llm"]) == 2
        said = capsys.readouterr().err
        assert "at most about" in said
        assert "nothing was sent" in said
        assert server.bodies == []


@pytest.mark.parametrize("consent", [["--yes"], ["--budget", "100k tokens"]])
def test_what_asking_came_to_is_one_json_document(study: str, consent: list[str], capsys: Captured) -> None:
    with serving(honest) as server:
        on(study, server)
        capsys.readouterr()
        assert run(["suggest", study, "--engine", "llm", "--json", *consent]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["asked"], told["unanswered"], told["tokens"], told["stopped"]) == (2, 0, 2100, "")


def test_what_could_not_be_asked_is_a_problem_and_says_what_to_do(study: str, capsys: Captured) -> None:
    with serving(lambda body, n: Said(b"{}", 401)) as server:
        on(study, server)
        assert run(["suggest", study, "--engine", "llm", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "Stopped early: the server does not accept the key" in said
    assert "go on from here" in said


@pytest.mark.parametrize("by_file", [True, False])
def test_the_key_comes_from_the_environment_or_a_file_and_is_never_shown(
    study: str, by_file: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "key").write_text(KEY + "\n", encoding="utf-8")
    options = ["--key-file", str(tmp_path / "key")] if by_file else []
    monkeypatch.setenv("GOLDTHREAD_LLM_KEY", "other" if by_file else KEY)
    with serving(honest) as server:
        on(study, server)
        assert run(["suggest", study, "--engine", "llm", "--yes", *options]) == 0
        assert {headers["Authorization"] for headers in server.headers} == {f"Bearer {KEY}"}
    for command in (["status", study], ["doctor", study], ["llm", "show", study], ["problems", study]):
        run(command)
    said = capsys.readouterr()
    assert KEY not in said.out + said.err


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--budget", "5 GBP"], "price of a token"),
        (["--budget", "lots"], "is not a budget"),
        (["--yes", "--key-file", "nowhere"], "no such key file"),
    ],
)
def test_options_that_mean_nothing_say_so(study: str, options: list[str], says: str, capsys: Captured) -> None:
    with serving(honest) as server:
        on(study, server)
        assert run(["suggest", study, "--engine", "llm", *options]) == 2
        assert server.bodies == []
    assert says in capsys.readouterr().err


def test_a_run_never_asks_a_model_by_itself(study: str, capsys: Captured) -> None:
    assert run(["run", study, "--study", study, "--engine", "llm"]) == 2
    assert "a run does not ask a language model" in capsys.readouterr().err


def test_an_address_with_a_password_or_none_at_all_is_refused(study: str, capsys: Captured) -> None:
    for address in ("http://me:secret@127.0.0.1/v1", "127.0.0.1:8080"):
        assert run(["llm", "set", study, "--address", address, "--model", "m"]) == 2
    assert not (Path(study) / "llm.toml").exists()
