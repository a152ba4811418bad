"""`queue` and `stopping` on the command line: data on stdout, what to do next on stderr."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.cli.app import run
from tests.study.reviews import write_reviews

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def suggested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranking")
    with gt.init(folder / "study", who="Ada") as made:
        made.add(write_reviews(folder / "reviews"))
        made.suggest()
    return folder / "study"


@pytest.fixture
def folder(suggested: Path, tmp_path: Path) -> str:
    shutil.copytree(suggested, tmp_path / "study")
    return str(tmp_path / "study")


def _json(capsys: Captured, *words: str) -> dict[str, object]:
    assert run([*words, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_the_queue_is_listed_with_why_each_review_stands_there(folder: str, capsys: Captured) -> None:
    assert run(["queue", folder, "--limit", "8"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 8
    assert all(why in told.out for why in ("likely", "in doubt", "at random"))
    assert "13 reviews waiting; ranked by 0 decisions." in told.err


def test_passages_have_a_queue_of_their_own(folder: str, capsys: Captured) -> None:
    found = _json(capsys, "queue", folder, "--for", "coding", "--limit", "3")
    assert found["for"] == "coding"
    items = found["items"]
    assert isinstance(items, list)
    assert len(items) == 3
    assert all(item["episode_id"].startswith(item["review_id"]) for item in items)


def test_without_a_sample_the_report_says_that_recall_is_not_known(folder: str, capsys: Captured) -> None:
    assert run(["stopping", folder]) == 0
    told = capsys.readouterr()
    assert "Recall: not known" in told.out
    assert "screen on" in told.err
    assert "done" not in told.out.lower()


def test_a_sample_is_drawn_screened_and_reported(folder: str, capsys: Captured) -> None:
    found = _json(capsys, "stopping", folder, "--draw", "3", "--seed", "4")
    assert found["sample"] == {"population": 13, "drawn": 3, "decided": 0, "relevant": 0}
    assert found["recall"] is None
    queue = _json(capsys, "queue", folder, "--limit", "0")
    assert isinstance(queue["items"], list)
    for item in [item for item in queue["items"] if item["why"] == "sample"]:
        assert run(["decide", folder, item["review_id"], "included"]) == 0
    assert run(["stopping", folder]) == 0
    told = capsys.readouterr().out
    assert "drawn at random" in told
    assert "95% interval" in told


def test_what_cannot_be_drawn_ends_with_two(folder: str, capsys: Captured) -> None:
    assert run(["stopping", folder, "--draw", "99"]) == 2
    assert "99 reviews cannot be drawn: 13 are undecided" in capsys.readouterr().err
    assert run(["stopping", folder, "--target", "95"]) == 2
    assert "write 0.95 for 95%" in capsys.readouterr().err
