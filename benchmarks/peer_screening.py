"""Our replay beside ASReview's, on the same labelled files and from the same two records known beforehand.

    python benchmarks/peer_screening.py --asreview PATH/TO/bin/asreview [--data DIR] [--seeds 1,2,3]

ASReview is no dependency: install it in an environment of its own (`pip install asreview`, 3.x) and give the path
of its command. It is run as it comes (no option but the priors and the seed), which ends with the last relevant
record, as our own replay does. Both are started as a person would start them; seconds are those of the processor,
start-up included, since other work may share the machine. Both orders are measured by the same formula. Prints a
table, and with `--json` one JSON document.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path
from statistics import fmean

from goldthread.ranking.measures import Measures, measures
from goldthread.sources.labelled import read_labelled
from measure import watched

SCREENING = Path(__file__).resolve().parents[2] / "shared/data/screening"
KEYS = ("wss95", "recall10", "atd", "processor")
Run = dict[str, float | int | str]


def ours(path: Path, seed: int) -> tuple[Run, dict[str, int]]:
    """One replay by our command, and the priors it drew."""
    command = [sys.executable, "-m", "goldthread", "simulate", str(path), "--seed", str(seed), "--json"]
    took = watched(command)
    found = json.loads(took.output)
    kept = {key: found[key] for key in ("wss95", "recall10", "atd", "n95")}
    return {"set": path.stem, "seed": seed, **kept, "processor": took.processor}, found["priors"]


def theirs(command: Path, path: Path, seed: int, priors: dict[str, int]) -> Run:
    """One simulation by ASReview's command, measured from the order in which it showed the records."""
    chosen = [priors["relevant"], priors["irrelevant"]]
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "run.asreview"
        words = ["simulate", path, "--prior-idx", *chosen, "--seed", seed, "-o", project]
        took = watched([str(command), *map(str, words)])
        order = [row for row in shown(project) if row not in chosen]
    found = earned(path, order)
    return {
        "set": path.stem,
        "seed": seed,
        "wss95": found.wss95 or 0.0,
        "recall10": found.recall10 or 0.0,
        "atd": found.atd or 0.0,
        "n95": found.n95 or 0,
        "processor": took.processor,
    }


def shown(project: Path) -> list[int]:
    """The records of an ASReview project in the order they were labelled, counted from 0."""
    with zipfile.ZipFile(project) as whole, tempfile.TemporaryDirectory() as scratch:
        name = next(name for name in whole.namelist() if name.endswith("results.db"))
        connection = sqlite3.connect(whole.extract(name, scratch))
        rows = connection.execute("SELECT record_id FROM results ORDER BY rowid").fetchall()
        connection.close()
    return [int(row[0]) for row in rows]


def earned(path: Path, order: list[int]) -> Measures:
    """What an order of a file's records earns, the two priors not in it."""
    relevant = {record.row: record.relevant for record in read_labelled(path).records}
    return measures([n for n, row in enumerate(order, 1) if relevant[row]], len(relevant) - 2)


def table(pairs: list[tuple[Run, Run]]) -> str:
    """A line for each file with the means over the seeds, and one for all."""
    lines = ["set                   WSS@95 ours  peer    recall@10% ours  peer    ATD ours  peer    CPU s ours  peer"]
    names = sorted({str(one["set"]) for one, _ in pairs})
    for name in [*names, "all"]:
        some = [pair for pair in pairs if name in ("all", pair[0]["set"])]
        means = [(fmean(float(a[key]) for a, _ in some), fmean(float(b[key]) for _, b in some)) for key in KEYS]
        (w, v), (r, q), (a, b), (s, t) = means
        lines.append(
            f"{name:<22}{w:11.3f} {v:5.3f}{r:19.3f} {q:5.3f}{a:12.1f} {b:5.1f}{s:14.2f} {t:5.1f}  ({s / t:.3f})"
        )
    return "\n".join(lines)


def main() -> int:
    """Run both on every file and seed; 1 when ours saves less work or takes more than a tenth of the time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--asreview", type=Path, required=True, help="the asreview command")
    parser.add_argument("--data", type=Path, default=SCREENING, help="a folder of labelled CSV files")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    pairs = []
    for seed in map(int, asked.seeds.split(",")):
        for path in sorted(asked.data.glob("*.csv")):
            print(f"{path.stem}, seed {seed} …", file=sys.stderr)
            own, priors = ours(path, seed)
            pairs.append((own, theirs(asked.asreview, path, seed, priors)))
    print(json.dumps([{"ours": a, "peer": b} for a, b in pairs], indent=2) if asked.json else table(pairs))
    saved = [fmean(float(run["wss95"]) for run in runs) for runs in zip(*pairs, strict=True)]
    took = [sum(float(run["processor"]) for run in runs) for runs in zip(*pairs, strict=True)]
    return int(saved[0] < saved[1] or took[0] > took[1] / 10)


if __name__ == "__main__":
    raise SystemExit(main())
