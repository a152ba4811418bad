"""`make models`: learn the shipped models anew, and measure them by cross-validation.

    python scripts/models.py [--shared DIR] [--check]            write src/goldthread/assist/learned/data, bit for bit
    python scripts/models.py --cross-validate [--seeds 3]        measure on the gold, every document unseen; record

`--check` writes nothing and ends with 1 when the shipped files are not what the labels give.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from statistics import fmean

import evaluate
import figures
import model_card
from goldthread.assist.engine import Suggestions
from goldthread.assist.learned.calibrating import calibrated
from goldthread.assist.learned.engine import LearnedEngine
from goldthread.assist.learned.model import LEARNED_FROM, written_to
from goldthread.assist.learned.training import Settings, learned
from goldthread.extraction.folding import folded
from goldthread.scoring.evaluation import measured_of
from goldthread.scoring.measured import Measured
from model_folds import folds, proposals, scored, together, unseen
from model_labels import INSPECTIONS, ROOT, SHARED, TEXTS, Taught, register_texts, taught
from model_words import ordinary

SETTINGS = Settings(passages=0.5, codes=1.0)
DATA = ROOT / "src/goldthread/assist/learned/data"
GROUPS = ((TEXTS, ""), (TEXTS, "pfd"), (TEXTS, "iopc"), (INSPECTIONS, ""))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, check or measure, as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that has data/gold")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args(arguments)
    if not (asked.shared / "data/gold").exists():
        parser.error(f"the labelled reports are not at {asked.shared}: name the folder that has them with --shared")
    documents = taught(asked.shared)
    words = words_of(asked.shared, documents)
    if asked.cross_validate:
        print(json.dumps(measured(documents, words, asked.folds, asked.seeds), indent=1))
        figures.write()
        model_card.write()
        return 0
    files = model_files(documents, words)
    if asked.check:
        stale = [name for name, text in files.items() if (DATA / name).read_text("utf-8") != text]
        print(
            f"not what the labels give: {', '.join(stale)}"
            if stale
            else "the shipped models are what the labels give"
        )
        return int(bool(stale))
    for path in written_to(DATA, files):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


def model_files(documents: Sequence[Taught], words: frozenset[str]) -> dict[str, str]:
    """The files of the shipped model: learned from every label, its scales from labels held back in five folds."""
    held = together(folds(documents, SETTINGS, words))
    model = calibrated(learned([each.labelled for each in documents], SETTINGS, words), held)
    seen = sorted({sha256(each.review.documents[0].text.text.encode()).hexdigest() for each in documents})
    return {**model.written(), LEARNED_FROM: "\n".join(seen) + "\n"}


def words_of(shared: Path, documents: Sequence[Taught]) -> frozenset[str]:
    """The ordinary words of the registers and of the labelled documents."""
    registers = (folded(text) for source in ("iopc", "pfd") for text in register_texts(shared, source))
    inspections = (each.labelled.coded.view.reading.even for each in documents if each.group == INSPECTIONS)
    return ordinary((*registers, *inspections))


def measured(documents: Sequence[Taught], words: frozenset[str], number: int, seeds: int) -> dict[str, object]:
    """Cross-validated figures of each group, the mean over seeds and each seed's; the first seed's are recorded."""
    every: dict[str, dict[str, list[float]]] = {}
    for seed in range(seeds):
        found = list(unseen(documents, folds(documents, SETTINGS, words, number, seed)))
        if seed == 0:
            evaluate.record(kept(found, f"cross-validated, {number} folds by document"))
        for group, source in GROUPS:
            scores = scored(found, group, source)
            row = every.setdefault(source or group, {})
            for target in model_card.TARGETS:
                row.setdefault(target, []).append(scores[target].main or 0.0)
    return {
        group: {
            target: {"mean": round(fmean(values), 3), "seeds": [round(value, 3) for value in values]}
            for target, values in row.items()
        }
        for group, row in every.items()
    }


def kept(found: Sequence[tuple[Taught, Suggestions]], how: str) -> list[Measured]:
    """The measurements of each gold, as they are shown beside suggestions."""
    made: list[Measured] = []
    for gold in evaluate.golds(evaluate.shared()):
        named = {path.name for paths in gold.documents.values() for path in paths}
        pairs = [
            (evaluate.KINDS[taught.source], (taught.gold, proposals(suggested)))
            for taught, suggested in found
            if taught.gold is not None and taught.gold.file in named
        ]
        made += measured_of(evaluate.cross_validated(LearnedEngine.name, LearnedEngine.version, gold, pairs), how)
    return made


if __name__ == "__main__":
    sys.exit(main())
