"""What measures the bars measures rightly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import bench_search  # noqa: E402 - found only once its folder is on the path
import measure  # noqa: E402
from lines import Line, number, table  # noqa: E402

HOLD = "import time; held = b'x' * {size}; time.sleep({seconds})"
LINUX = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is measured on Linux only")


def python(script: str) -> measure.Measured:
    return measure.watched([sys.executable, "-c", script])


def test_seconds_are_those_a_person_waits_and_processor_those_worked() -> None:
    waited = python("import time; time.sleep(0.4)")
    assert 0.4 <= waited.seconds < 60
    assert waited.processor < 0.3
    worked = python("import time\nwhile time.process_time() < 0.4: pass")
    assert 0.35 <= worked.processor < 1.5


@LINUX
def test_memory_of_children_is_counted_with_their_parent_s() -> None:
    alone = python(HOLD.format(size=40_000_000, seconds=0.4))
    child = HOLD.format(size=40_000_000, seconds=0.5)
    both = python(
        f"import subprocess, sys; held = b'x' * 40_000_000; subprocess.run([sys.executable, '-c', {child!r}])"
    )
    assert 40 < alone.peak_mb < 80
    assert both.peak_mb > 80


def test_a_command_that_fails_stops_the_benchmark_with_its_own_words() -> None:
    with pytest.raises(measure.BenchmarkFailed, match="no such thing"):
        python("raise SystemExit('no such thing')")


def test_a_bar_is_met_up_to_itself_and_missed_above() -> None:
    assert Line("a", 2.0, "×", 2.0).met
    assert not Line("a", 2.01, "×", 2.0).met
    assert Line("a", 1e9, "s").met


def test_the_table_says_which_bars_were_missed() -> None:
    lines = table([Line("fast", 1.5, "s", 2.0, "why"), Line("slow", 3.25, "s", 2.0), Line("free", 1234.0, "MB")])
    rows = [row.split() for row in lines.splitlines()]
    assert rows[1] == ["fast", "1.50", "s", "≤", "2", "s", "met", "why"]
    assert rows[2] == ["slow", "3.25", "s", "≤", "2", "s", "MISSED"]
    assert rows[3] == ["free", "1,234", "MB"]


@pytest.mark.parametrize(("value", "said"), [(0.0, "0"), (0.123, "0.12"), (12.34, "12.3"), (1234.5, "1,234")])
def test_numbers_are_as_long_as_they_need_to_be(value: float, said: str) -> None:
    assert number(value) == said


SAID = [f"The officer recorded concern number {n} about the family and shared it." for n in range(40)]


def test_the_searched_study_has_as_many_paragraphs_as_asked_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        bench_search.write_paragraphs(tmp_path / name, SAID, 450)
    files = sorted((tmp_path / "one").iterdir())
    paragraphs = [block for file in files for block in file.read_text(encoding="utf-8").split("\n\n")[1:]]
    assert len(paragraphs) == 450
    assert [file.read_bytes() for file in files] == [
        file.read_bytes() for file in sorted((tmp_path / "two").iterdir())
    ]


def test_queries_reach_from_the_commonest_word_to_rare_ones() -> None:
    asked = bench_search.questions(SAID)
    assert len(asked) == 35
    assert asked[0] in {"officer", "recorded", "concern", "number", "about", "family", "shared"}
    assert any(query.startswith('"') for query in asked)
    assert asked == bench_search.questions(SAID)
