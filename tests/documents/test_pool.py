from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from goldthread.documents.pool import Budget, Failure, run_limited
from goldthread.errors import UsageError
from tests.documents.hostile import act, unpicklable

GB = 1 << 30


def outcomes(jobs: list[str], *, seconds: float = 20.0, memory: int = GB, workers: int = 2) -> list[str | Failure]:
    found = run_limited(act, enumerate(jobs), budget=Budget(seconds, memory), workers=workers)
    keys, results = zip(*found, strict=True)
    assert list(keys) == list(range(len(jobs)))
    return list(results)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize(
    ("deed", "code"),
    [("segfault", "crashed"), ("exit", "crashed"), ("kill", "crashed"), ("swell", "memory"), ("raise", "failed")],
)
def test_a_job_that_misbehaves_fails_alone_and_the_batch_goes_on(deed: str, code: str) -> None:
    found = outcomes(["a", "b", deed, "c", "d"])
    assert [found[0], found[1], found[3], found[4]] == ["a", "b", "c", "d"]
    assert isinstance(found[2], Failure) and found[2].code == code


def test_a_crash_names_its_signal() -> None:
    assert outcomes(["segfault", "exit"]) == [Failure("crashed", "signal SIGSEGV"), Failure("crashed", "exit code 3")]


def test_a_job_that_hangs_is_stopped_in_its_time() -> None:
    begun = time.monotonic()
    found = outcomes(["a", "hang", "b"], seconds=1.0)
    assert found == ["a", Failure("timeout", "1"), "b"]
    assert time.monotonic() - begun < 30


def test_an_error_tells_its_words_and_place() -> None:
    (found,) = outcomes(["raise"])
    assert isinstance(found, Failure)
    assert "ValueError: no such thing (hostile.py, line" in found.detail


def test_endless_recursion_is_a_failure_not_a_crash() -> None:
    assert outcomes(["recurse", "a"]) == [Failure("failed", "nested too deeply"), "a"]


def test_output_of_a_job_cannot_corrupt_its_answer() -> None:
    assert outcomes(["shout", "a"]) == ["shout", "a"]


def test_results_larger_than_a_pipe_come_through() -> None:
    assert [len(str(found)) for found in outcomes(["big"] * 6)] == [5_000_000] * 6


def test_a_result_that_cannot_be_handed_back_is_a_failure() -> None:
    ((_, found),) = run_limited(unpicklable, [(0, "x")], workers=1)
    assert isinstance(found, Failure) and found.code == "failed"


def test_results_keep_the_order_of_the_jobs_though_the_first_is_slowest() -> None:
    assert outcomes(["sleep:1", "a", "sleep:0.2", "b"], workers=2) == ["sleep:1", "a", "sleep:0.2", "b"]


def test_many_crashes_in_a_row_are_each_their_own() -> None:
    jobs = ["exit" if number % 3 == 0 else f"ok{number}" for number in range(30)]
    found = outcomes(jobs)
    assert [isinstance(result, Failure) for result in found] == [number % 3 == 0 for number in range(30)]


def test_jobs_are_drawn_as_needed_and_never_far_ahead() -> None:
    drawn = 0

    def endless() -> Iterator[tuple[int, str]]:
        nonlocal drawn
        while True:
            drawn += 1
            yield drawn, "a"

    found = run_limited(act, endless(), workers=2)
    for _ in range(100):
        next(found)
    found.close()  # type: ignore[attr-defined]
    assert drawn <= 100 + 2 * 16 + 2


def test_no_child_is_left_when_the_consumer_stops_half_way(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    found = run_limited(act, ((number, f"pid:{pids}") for number in range(50)), workers=2)
    next(found)
    found.close()  # type: ignore[attr-defined]
    started = {int(pid) for pid in pids.read_text().split()}
    assert started and not any(alive(pid) for pid in started)


def test_no_child_is_left_when_the_program_is_killed_or_interrupted(tmp_path: Path) -> None:
    for ending in (signal.SIGKILL, signal.SIGINT):
        pids = tmp_path / f"pids{ending}"
        script = tmp_path / "program.py"
        script.write_text(
            "from goldthread.documents.pool import run_limited\n"
            "from tests.documents.hostile import act\n"
            f"jobs = [(n, 'pid:{pids}') for n in range(2)] + [(2, 'hang'), (3, 'hang')]\n"
            "list(run_limited(act, jobs, workers=2))\n"
        )
        root = Path(__file__).parents[2]
        program = subprocess.Popen(
            [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not (pids.exists() and len(pids.read_text().split()) == 2):
            time.sleep(0.05)
        time.sleep(0.5)
        started = {int(pid) for pid in pids.read_text().split()}
        program.send_signal(ending)
        program.wait(30)
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and any(alive(pid) for pid in started):
            time.sleep(0.05)
        assert not any(alive(pid) for pid in started), ending


def test_a_script_without_a_main_guard_may_use_the_pool(tmp_path: Path) -> None:
    script = tmp_path / "notebook.py"
    script.write_text(
        "from goldthread.documents.pool import run_limited\n"
        "from tests.documents.hostile import act\n"
        "print(*(result for _, result in run_limited(act, [(1, 'a'), (2, 'b')], workers=2)))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "a b\n"


def test_a_function_no_other_process_can_find_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="cannot be run in another process"):
        next(run_limited(lambda what: what, [(1, "a")]))


def test_arguments_may_be_bound_beforehand() -> None:
    ((_, found),) = run_limited(partial(pow, 2), [(1, 10)], workers=1)
    assert found == 1024
