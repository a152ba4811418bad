from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from goldthread.cli.app import run
from goldthread.study.study import init, open_study
from goldthread.values import State
from tests.documents.conftest import text_pdf

REPORT = """Overview report

1. Officers did not record the call about the children and failed to share information with the school.
2. The police failed to assess the risk to the children when they attended.
3. The health visitor visited in May.
4. Officers responded promptly and showed good practice in speaking to the mother alone.
"""


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    place = tmp_path_factory.mktemp("agreeing")
    (place / "report.txt").write_text(REPORT)
    with init(place / "one", who="ada") as study:
        study.add(place / "report.txt", review_types=["SCR"])
        study.suggest("lexicon")
    shutil.copytree(place / "one", place / "two")
    for name, who, left_out in (("one", "ada", 0), ("two", "grace", 1)):
        with open_study(place / name, who) as study:
            proposed = [item.episode_id for item in study.episodes()]
            assert len(proposed) >= 3
            study.confirm(study.reviews()[0].review_id, "episodes", proposed[left_out:])
            assert any(item.state is State.CONFIRMED for item in study.episodes())
    return place / "one", place / "two"


def test_two_people_who_coded_copies_agree_in_part(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", *map(str, copies), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["coders"] == ["ada", "grace"]
    practice = found["codes"][0]
    assert practice["axis"] == "practice"
    assert 0 < practice["percent"] < 1


def test_passages_beyond_the_first_page_are_held_against_the_sentences_they_stand_in(tmp_path: Path) -> None:
    front = ["Serious Case Review: Child Z", "The review was commissioned in May.", "It sat four times."]
    (tmp_path / "report.pdf").write_bytes(text_pdf(front, front, REPORT.splitlines()))
    with init(tmp_path / "one", who="ada") as study:
        study.add(tmp_path / "report.pdf", review_types=["SCR"])
        study.suggest("lexicon")
        study.confirm(study.reviews()[0].review_id, "episodes")
        coded = study.episodes(state="confirmed")
        assert coded
        assert {item.anchor.page for item in coded} == {3}
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    with open_study(tmp_path / "one") as study, open_study(tmp_path / "two") as copy:
        practice = study.agreement(copy).codes[0]
    assert practice.percent == 1
    assert practice.prevalence[0] * practice.units == pytest.approx(len(coded))


def test_the_table_says_what_a_unit_is_and_what_becomes_of_text_nobody_coded(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["agreement", *map(str, copies), "--level", "page"]) == 0
    said = capsys.readouterr().out
    assert "Unit: page; text nobody coded counts as agreement." in said
    assert "Any practice" in said


def test_one_coder_alone_cannot_agree(copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", str(copies[0])]) == 2
    assert "agreement needs two coders; passages were confirmed by ada" in capsys.readouterr().err


def test_a_coder_nobody_knows_is_named(copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", *map(str, copies), "--coder", "charles"]) == 2
    assert "charles" in capsys.readouterr().err
