"""Rating reviews as sources from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from tests.study.conftest import finished  # noqa: F401 - the study of small fictional reviews

ITEM = "good_practice"


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:  # noqa: F811
    shutil.copytree(finished, tmp_path / "study")
    return tmp_path / "study"


def test_two_rate_one_settles_and_the_summary_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quality", "rate", str(folder), "R00001", ITEM, "described", "--who", "Ada"]) == 0
    assert run(["quality", "rate", str(folder), "R00001", ITEM, "absent", "--who", "Grace"]) == 0
    assert run(["quality", "show", str(folder)]) == 0
    assert "1 review rated differently, not settled" in capsys.readouterr().out
    assert run(["quality", "settle", str(folder), "R00001", ITEM, "mentioned", "--who", "Edith"]) == 0
    assert run(["quality", "show", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["items"][0]["standings"] == {"one": 0, "agreed": 0, "settled": 1, "open": 0}
    assert found["raters"] == ["Ada", "Grace"]
    assert found["scores"] == [{"review_id": "R00001", "score": None, "rated": 1}]


def test_a_study_nobody_rated_says_what_to_do(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quality", "show", str(folder)]) == 0
    assert "Nobody has rated a review yet" in capsys.readouterr().err


def test_tables_beside_themselves_without_the_weakest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with gt.open(folder, who="Ada") as study:
        for n, review in enumerate(one.review_id for one in study.reviews()[:4]):
            study.decide(review, "included")
            for item in study.protocol.quality:
                study.quality.rate(review, item.id, item.scale[min(n, 1)].id)
    assert run(["quality", "without", str(folder), "--table", "T1", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["table"] == "T1"
    assert len(found["left_out"]) == 3
    assert run(["quality", "without", str(folder), "--table", "T1", "--weakest", "0"]) == 2
    assert run(["quality", "without", str(folder), "--table", "Nosuch"]) == 2


def test_recommendations_are_looked_at_together(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["quality", "recommendations", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "Draft: machine suggestions, not confirmed." in told
    assert "Asks for a deed" in told
    assert "Learning that reaches no recommendation: practice fell short in" in told
    assert run(["quality", "recommendations", str(folder), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["signs"]
    assert sum(len(one["unlinked"]) for one in found["orphaned"]) > 0
