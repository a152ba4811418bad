"""How long a briefing takes: built and written as HTML, Word and PDF in a fresh process, imports counted.

Run `python benchmarks/bench_brief.py [REVIEWS [PASSAGES]]` (126 reviews of 40 passages unless told). Prints one JSON
document: elapsed and processor seconds and bytes for each step, the whole, and the bar of 10 seconds.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR = 10.0
REVIEWS, PASSAGES = 126, 40


def measure(reviews: int = REVIEWS, passages: int = PASSAGES) -> dict[str, object]:
    """The measurements, made by a child process so that importing is paid for."""
    script = str(Path(__file__).resolve())
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, script, "--here", str(reviews), str(passages)], check=True, capture_output=True, text=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def here(reviews: int, passages: int) -> dict[str, object]:
    """The measurements, made in this process."""
    sys.path.insert(0, str(ROOT))
    from tests.briefing import example  # noqa: PLC0415 (found only once the root is on the path)

    study, protocol = example.study(reviews, passages), example.protocol()
    steps: dict[str, dict[str, float]] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        elapsed, processor = time.perf_counter(), time.process_time()
        made = work()
        steps[name] = {
            "seconds": round(time.perf_counter() - elapsed, 3),
            "processor_seconds": round(time.process_time() - processor, 3),
            "bytes": len(made) if isinstance(made, str | bytes) else 0,
        }
        return made

    def build_it() -> object:
        from goldthread.briefing.build import build  # noqa: PLC0415 (importing is part of what is timed)
        from goldthread.values import Basis  # noqa: PLC0415 (as above)

        return build("practice", protocol, study, Basis.DRAFT, made=example.MADE)

    def renderer(name: str, briefing: object) -> object:
        return import_module(f"goldthread.briefing.formats.{name}").render(briefing)

    briefing = timed("build", build_it)
    for name in ("html", "docx", "pdf"):
        timed(name, lambda name=name: renderer(name, briefing))  # type: ignore[misc]
    whole = sum(step["seconds"] for step in steps.values())
    return {
        "reviews": reviews,
        "passages_a_review": passages,
        **{f"{name}_{key}": value for name, step in steps.items() for key, value in step.items() if value},
        "seconds": round(whole, 3),
        "processor_seconds": round(sum(step["processor_seconds"] for step in steps.values()), 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "bar_seconds": BAR,
        "met": whole <= BAR,
    }


def main() -> int:
    """Measure and print."""
    arguments = sys.argv[1:]
    inside = arguments[:1] == ["--here"]
    numbers = [int(text) for text in arguments[inside:]]
    print(json.dumps((here if inside else measure)(*(numbers or (REVIEWS, PASSAGES))), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
