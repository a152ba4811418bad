"""`make models`: learn the shipped models anew, and measure them by cross-validation.

python scripts/models.py [--shared DIR]       write assist/learned/data bit for bit, and the figures
python scripts/models.py --check              write nothing; end with 1 when the shipped files are not these
python scripts/models.py --cross-validate 3   print figures of so many seeds on the gold, every document unseen
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
from model_folds import Fold, folds, proposals, scored, together, unseen
from model_labels import INSPECTIONS, ROOT, SHARED, TEXTS, Taught, register_texts, taught
from model_words import ordinary

SETTINGS = Settings(passages=0.5, codes=0.7)
DATA = ROOT / "src/goldthread/assist/learned/data"
HOW = "passages and codes cross-validated, 5 folds by document; fields by rules written with these reports at hand"
GROUPS = ((TEXTS, ""), (TEXTS, "pfd"), (TEXTS, "iopc"), (INSPECTIONS, ""))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, check or measure, as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder that has data/gold")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--cross-validate", type=int, metavar="SEEDS")
    asked = parser.parse_args(arguments)
    if not (asked.shared / "data/gold").exists():
        parser.error(f"the labelled reports are not at {asked.shared}: name the folder that has them with --shared")
    documents = taught(asked.shared)
    words = words_of(asked.shared, documents)
    if asked.cross_validate:
        print(json.dumps(over_seeds(documents, words, asked.cross_validate), indent=1))
        return 0
    made = folds(documents, SETTINGS, words)
    files = model_files(documents, words, made)
    if asked.check:
        stale = [name for name, text in files.items() if (DATA / name).read_text("utf-8") != text]
        print(f"not what the labels give: {', '.join(stale)}" if stale else "as the labels give them")
        return int(bool(stale))
    for path in written_to(DATA, files):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    evaluate.record(measurements(list(unseen(documents, made))))
    figures.write()
    model_card.write()
    return 0


def model_files(documents: Sequence[Taught], words: frozenset[str], made: Sequence[Fold]) -> dict[str, str]:
    """The files of the shipped model: learned from every label, its scales from labels the folds held back."""
    model = calibrated(learned([each.labelled for each in documents], SETTINGS, words), together(made))
    seen = sorted({sha256(each.review.documents[0].text.text.encode()).hexdigest() for each in documents})
    return {**model.written(), LEARNED_FROM: "\n".join(seen) + "\n"}


def words_of(shared: Path, documents: Sequence[Taught]) -> frozenset[str]:
    """The ordinary words of the registers and of the labelled documents."""
    registers = (folded(text) for source in ("iopc", "pfd") for text in register_texts(shared, source))
    inspections = (each.labelled.coded.view.reading.even for each in documents if each.group == INSPECTIONS)
    return ordinary((*registers, *inspections))


def measurements(found: Sequence[tuple[Taught, Suggestions]]) -> list[Measured]:
    """What was measured on each gold, as it is shown beside suggestions."""
    made: list[Measured] = []
    for gold in evaluate.golds(evaluate.shared()):
        named = {path.name for paths in gold.documents.values() for path in paths}
        pairs = [
            (evaluate.KINDS[taught.source], (taught.gold, proposals(suggested)))
            for taught, suggested in found
            if taught.gold is not None and taught.gold.file in named
        ]
        scores = evaluate.cross_validated(LearnedEngine.name, LearnedEngine.version, gold, pairs)
        made += measured_of(scores, HOW)
    return made


def over_seeds(documents: Sequence[Taught], words: frozenset[str], seeds: int) -> dict[str, dict[str, list[float]]]:
    """Cross-validated figures of each group and target, one a seed, and their mean at the end."""
    every: dict[str, dict[str, list[float]]] = {}
    for seed in range(seeds):
        found = list(unseen(documents, folds(documents, SETTINGS, words, seed=seed)))
        for group, source in GROUPS:
            scores = scored(found, group, source)
            for target in model_card.TARGETS:
                row = every.setdefault(source or group, {}).setdefault(target, [])
                row.append(round(scores[target].main or 0.0, 3))
    return {
        group: {name: [*values, round(fmean(values), 3)] for name, values in row.items()}
        for group, row in every.items()
    }


if __name__ == "__main__":
    sys.exit(main())
