"""A run that is killed at any moment, and started again, ends in the study an undisturbed run would have made."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.interchange.exporting import export_study
from tests.study.reviews import write_reviews

MOMENTS = int(os.environ.get("GOLDTHREAD_KILL_MOMENTS", "32"))
PASSING = {"at", "hash", "previous_hash"}


def _command(reviews: Path, study: Path) -> list[str]:
    return [sys.executable, "-m", "goldthread", "run", str(reviews), "--study", str(study), "--round", "2019-Q1"]


def _run_to_the_end(reviews: Path, study: Path) -> float:
    started = time.monotonic()
    done = subprocess.run(_command(reviews, study), capture_output=True, text=True, timeout=240)
    assert done.returncode == 1, done.stderr
    return time.monotonic() - started


def _run_and_kill(reviews: Path, study: Path, after: float) -> bool:
    """Start a run and kill its process outright after so many seconds; whether it was still running."""
    running = subprocess.Popen(_command(reviews, study), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(timeout=after)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return True
    return False


def _essence(study: Path, scratch: Path) -> dict[str, object]:
    """Everything a study says, but for the times at which things happened and the hashes that seal them."""
    with gt.open(study) as opened:
        assert opened.verify().sound
        export_study(opened, "csv", scratch)
    essence: dict[str, object] = {}
    for path in sorted(scratch.rglob("*")):
        name = str(path.relative_to(scratch))
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as rows:
                essence[name] = [
                    {key: value for key, value in row.items() if key not in PASSING} for row in csv.DictReader(rows)
                ]
        elif path.is_file():
            essence[name] = path.read_bytes()
    for path in sorted((study / "outputs" / "tables").glob("*.csv")):
        essence[path.name] = path.read_bytes()
    essence["outputs"] = sorted(path.name for path in (study / "outputs").iterdir())
    essence["originals"] = sorted(
        path.name for path in (study / "originals").rglob("*") if path.is_file() and path.name[0] != "."
    )
    return essence


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object], float]:
    folder = tmp_path_factory.mktemp("undisturbed run")
    reviews = write_reviews(folder / "reviews")
    _run_to_the_end(reviews, folder / "warm")
    seconds = _run_to_the_end(reviews, folder / "study")
    return reviews, _essence(folder / "study", folder / "export"), seconds


def test_an_undisturbed_run_counts_something(undisturbed: tuple[Path, dict[str, object], float]) -> None:
    _, essence, _ = undisturbed
    assert len(essence["reviews.csv"]) == 13  # type: ignore[arg-type]
    assert len(essence["episodes.csv"]) > 20  # type: ignore[arg-type]
    assert len(essence["journal.csv"]) > 25  # type: ignore[arg-type]


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_run_killed_at_any_moment_and_started_again_ends_the_same(
    undisturbed: tuple[Path, dict[str, object], float], tmp_path: Path, moment: int
) -> None:
    reviews, essence, seconds = undisturbed
    chance = random.Random(moment)  # noqa: S311 - moments, not secrets
    low, high = moment / MOMENTS, (moment + 1) / MOMENTS
    study = tmp_path / "study"
    kills = [seconds * chance.uniform(low, high)]
    if moment % 4 == 3:
        kills.append(seconds * chance.uniform(0.2, 0.9))
    for after in kills:
        _run_and_kill(reviews, study, after)
    _run_to_the_end(reviews, study)
    found = _essence(study, tmp_path / "export")
    assert found.keys() == essence.keys()
    for name, expected in essence.items():
        assert found[name] == expected, f"{name} differs after being killed at {kills} s"


def test_no_process_is_left_behind_by_a_killed_run(
    undisturbed: tuple[Path, dict[str, object], float], tmp_path: Path
) -> None:
    reviews, _, _ = undisturbed
    running = subprocess.Popen(
        _command(reviews, tmp_path / "study"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    children = _wait_for(lambda: _children_of(running.pid))
    assert isinstance(children, list)
    assert children
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert _wait_for(lambda: not any(Path(f"/proc/{child}/cmdline").exists() for child in children))


def _wait_for(look: Callable[[], object], seconds: float = 60) -> object:
    """What `look` sees as soon as it sees something, or what it sees at the end."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return seen


def _children_of(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with suppress(OSError):
            found += [int(child) for child in (task / "children").read_text().split()]
    return found


def test_a_finished_run_started_again_changes_nothing(
    undisturbed: tuple[Path, dict[str, object], float], tmp_path: Path
) -> None:
    reviews, _, _ = undisturbed
    study = tmp_path / "study"
    _run_to_the_end(reviews, study)
    with gt.open(study) as opened:
        before = opened.record().state
    done = subprocess.run([*_command(reviews, study), "--json"], capture_output=True, text=True, timeout=240)
    assert json.loads(done.stdout)["reviews"] == 13
    with gt.open(study) as opened:
        assert opened.record().state == before
