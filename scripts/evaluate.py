"""Measure the engines against the labelled reports, print every figure beside its bar, and record what was measured.

`python scripts/evaluate.py [--engine NAME]... [--no-write] [--strict]`. The labelled reports are looked for in
`../shared`, or where GOLDTHREAD_SHARED says. They go through our own ingestion into a study of their own, the engine
suggests, and `goldthread evaluate` scores what the study then holds. An engine that learned from these very reports
is left out: its figures come from cross-validation, by the script that trains it (`cross_validated`, `record`).

Exit 0 when measured, 1 with --strict when a bar is missed, 2 when the labelled reports are not there.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import figures
import goldthread as gt
from goldthread.assist.engines import engine, learned_from
from goldthread.protocol.load import load
from goldthread.scoring.cases import Pair
from goldthread.scoring.evaluation import Evaluation, engine_scores, measured_of
from goldthread.scoring.gold import parse_gold
from goldthread.scoring.measured import Measured, from_data, to_data
from goldthread.scoring.score import Score
from goldthread.scoring.text import percent, to_text
from goldthread.store.journal import today
from goldthread.study.engines.evaluating import labels_of_targets

ROOT = Path(__file__).resolve().parents[1]
BARS = Path(__file__).with_name("evaluation_bars.toml")
SEEN = "its cues were written with these reports at hand; expect less on others"
"""What a reader must know of figures that no learning stands behind."""
RECORD = ROOT / "src/goldthread/scoring/data/measured.json"
KINDS = {"pfd": "PFD", "iopc": "IOPC", "jtai": "JTAI"}
"""The review type under which the labelled reports of each source are registered."""


@dataclass(frozen=True)
class Gold:
    """One gold: its labels, the documents it labels by source, and the bar of each target."""

    name: str
    labels: Path
    documents: dict[str, list[Path]]
    bars: dict[str, float]


def shared() -> Path:
    """Where the labelled reports are looked for."""
    return Path(os.environ.get("GOLDTHREAD_SHARED") or ROOT / "../shared").resolve()


def golds(folder: Path) -> list[Gold]:
    """The golds that the bars name. Raises FileNotFoundError when one is not there."""
    return [_gold(folder, item) for item in tomllib.loads(BARS.read_text("utf-8"))["gold"]]


def _gold(folder: Path, item: dict[str, Any]) -> Gold:
    labels = folder / item["folder"] / "labels.jsonl"
    place = folder / item.get("documents", f"{item['folder']}/docs")
    documents: dict[str, list[Path]] = {}
    for label in parse_gold(labels.read_text("utf-8"), str(labels)):
        documents.setdefault(KINDS[label.source], []).append(place / label.file)
    return Gold(item["name"], labels, documents, item["bars"])


def measure(names: Sequence[str], wanted: Sequence[Gold]) -> list[Evaluation]:
    """Read every labelled report into a new study, have the engines suggest, and score them on each gold."""
    with (
        tempfile.TemporaryDirectory(prefix="goldthread-evaluate-") as folder,
        gt.init(Path(folder) / "labelled", "learning-reports", who="make evaluate") as study,
    ):
        for gold in wanted:
            for kind, files in gold.documents.items():
                study.add(*files, review_types=[kind])
        for name in names:
            study.suggest(name)
        return [study.evaluate(gold.labels, names, name=gold.name, keep=False) for gold in wanted]


def cross_validated(name: str, version: str, gold: Gold, pairs: Sequence[tuple[str, Pair]]) -> Evaluation:
    """The evaluation of an engine that learns, from what each fold's model proposed for the reports it had not seen.

    `pairs` hold every labelled report once, with its review type. Record it as
    `record(measured_of(found, "cross-validated, 5 folds"))`.
    """
    protocol = load("learning-reports")
    kinds = {kind.id: kind.label for kind in protocol.review_types}
    scores = engine_scores(name, version, pairs, kinds, {item.id for item in protocol.fields})
    labels = labels_of_targets([label for _, (label, _) in pairs], protocol)
    named = f"{protocol.id} {protocol.version}"
    return Evaluation(gold.name, "folds", named, today(), len(pairs), len(pairs), (scores,), (), labels)


def against_bars(found: Evaluation, bars: dict[str, float]) -> Iterator[tuple[str, str, str, str, str]]:
    """Engine, target, figure, bar, and "met" or by how much it was missed."""
    for item in found.engines:
        for target, bar in bars.items():
            score = item.overall.get(target)
            yield (
                item.engine,
                f"{found.labels.get(target, target)}: {'accuracy' if score and score.exact else 'F1'}",
                percent(score.main_estimate if score else None),
                f"{bar * 100:.0f}",
                verdict(score, bar),
            )


def verdict(score: Score | None, bar: float) -> str:
    """Whether a bar is met."""
    if score is None or score.main is None:
        return "not measured"
    short = bar - score.main
    return "met" if short <= 0 else f"missed by {short * 100:.1f}"


def record(measured: Iterable[Measured], file: Path = RECORD) -> bool:
    """Put measurements in place of those of the same engines and golds; whether anything but the day changed."""
    new = list(measured)
    replaced = {(item.engine, item.gold) for item in new}
    known = from_data(json.loads(file.read_text("utf-8")))
    kept = [item for item in known if (item.engine, item.gold) not in replaced]
    if _undated(known) == _undated([*kept, *new]):
        return False
    ordered = sorted([*kept, *new], key=lambda item: (item.engine, item.gold))
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in to_data(ordered))
    file.write_text(f"[\n{lines}\n]\n", "utf-8")
    return True


def _undated(measured: Iterable[Measured]) -> list[str]:
    return sorted(json.dumps({**item, "at": ""}, sort_keys=True) for item in to_data(measured))


def main() -> int:
    """Measure, print, record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", default=[], help="an engine to measure; lexicon when left out")
    parser.add_argument("--no-write", action="store_true", help="leave the record and the documentation as they are")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a bar is missed")
    options = parser.parse_args()
    names = options.engine or ["lexicon"]
    try:
        wanted = golds(shared())
    except FileNotFoundError as fault:
        print(f"The labelled reports are not here: {fault.filename}", file=sys.stderr)
        print(
            "Set GOLDTHREAD_SHARED to the folder that has data/gold and data/pdfs. Nothing was measured.",
            file=sys.stderr,
        )
        return 2
    learned = [name for name in names if learned_from(engine(name))]
    if learned:
        print(f"{', '.join(learned)} learned from these reports: cross-validate instead. Left out.", file=sys.stderr)
    found = measure([name for name in names if name not in learned], wanted)
    missed = sum(_show(one, gold) for one, gold in zip(found, wanted, strict=True))
    if not options.no_write:
        changed = record(item for one in found for item in measured_of(one, SEEN))
        figures.write()
        print("\nRecorded." if changed else "\nThe record holds these figures already.")
    return int(bool(missed and options.strict))


def _show(found: Evaluation, gold: Gold) -> int:
    print(to_text(found))
    rows = list(against_bars(found, gold.bars))
    heads = ("engine", f"against {gold.name}", "figure", "bar", "")
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(5)]
    for row in [heads, *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print()
    return sum(row[4] != "met" for row in rows)


if __name__ == "__main__":
    sys.exit(main())
