"""Two processes that suggest on one study at once end as one would."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import goldthread as gt
from goldthread.values import State
from tests.study.reviews import write_reviews


def test_what_another_process_has_just_saved_is_not_saved_a_second_time(tmp_path: Path) -> None:
    with gt.init(tmp_path / "study", who="Ada") as study:
        study.add(write_reviews(tmp_path / "reviews"))
    command = [sys.executable, "-m", "goldthread", "suggest", str(tmp_path / "study"), "--engine", "lexicon"]
    both = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    with gt.open(tmp_path / "study") as study:
        every = study.record(every_state=True)
        passages = [item for review in every.reviews for item in review.episodes]
        assert passages
        assert {item.state for item in passages} == {State.SUGGESTED}
        assert sum(entry.verb == "suggest" for entry in study.entries()) == len(every.reviews)
