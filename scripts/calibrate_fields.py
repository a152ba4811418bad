"""How each field's raw confidence must be bent to be the share of values that are right, from labelled reports.

Run `python scripts/calibrate_fields.py [FOLDER WITH labels.jsonl AND docs]`. It prints, for every field of
`learning-reports`, the two numbers for `calibration` in that protocol's lexicon, and the Brier score of confidences
as they come, as bent now, and as bent by what other folds teach (five folds of reports, five times).

The bend is p = 1 / (1 + exp(−(a + b·logit(raw)))), fitted to labels drawn towards the middle as in Platt,
“Probabilistic outputs for support vector machines” (1999), with b held near 1 by a ridge.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from goldthread.anchors import DocumentText
from goldthread.assist.engine import ReadDocument, ReviewText
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.documents.read import read
from goldthread.extraction.found import calibrated
from goldthread.protocol.load import load
from goldthread.protocol.model import FieldKind, Protocol
from goldthread.scoring.cases import Case, Pair, field_cases, set_cases
from goldthread.scoring.gold import GoldDocument, parse_gold
from goldthread.scoring.proposed import Proposed, proposed

FOLDS, SEEDS = 5, 5
RIDGE = 2.0
"""How firmly b is held near 1, in units of one report."""

Shape = tuple[float, float]


def fitted(cases: Sequence[Case]) -> Shape:
    """The bend that fits cases best; as it comes when there are none."""
    if not cases:
        return (0.0, 1.0)
    right = np.array([case.right for case in cases], dtype=float)
    some, none = right.sum(), len(right) - right.sum()
    target = np.where(right > 0, (some + 1) / (some + 2), 1 / (none + 2))
    raw = np.clip([case.confidence for case in cases], 0.02, 0.98)
    rows = np.column_stack([np.ones(len(raw)), np.log(raw / (1 - raw))])
    shape = np.array([0.0, 1.0])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-rows @ shape))
        slope = rows.T @ (chance - target) + RIDGE * np.array([0.0, shape[1] - 1.0])
        curve = (rows.T * (chance * (1 - chance))) @ rows + np.diag([1e-6, RIDGE])
        shape = shape - np.linalg.solve(curve, slope)
    return (round(float(shape[0]), 2), round(float(shape[1]), 2))


def brier(cases: Sequence[Case], shape: Shape) -> float:
    """Mean of (confidence − right)² once bent."""
    return sum((calibrated(case.confidence, shape) - case.right) ** 2 for case in cases) / len(cases)


def cross_validated(cases: Sequence[Case]) -> float:
    """Brier score of confidences bent by what the other folds of reports teach."""
    scores = []
    for seed in range(SEEDS):
        reports = sorted({case.document for case in cases})
        np.random.default_rng(seed).shuffle(reports)
        fold = {report: number % FOLDS for number, report in enumerate(reports)}
        for number in range(FOLDS):
            held = [case for case in cases if fold[case.document] == number]
            known = [case for case in cases if fold[case.document] != number]
            if held:
                scores += [brier([case], fitted(known)) for case in held]
    return sum(scores) / len(scores)


def unbent(protocol: Protocol) -> Protocol:
    """The protocol with every confidence as it comes."""
    lexicon = protocol.lexicon
    fields = {name: cues.model_copy(update={"calibration": (0.0, 1.0)}) for name, cues in lexicon.fields.items()}
    return protocol.model_copy(update={"lexicon": lexicon.model_copy(update={"fields": fields})})


def pairs_of(folder: Path, protocol: Protocol) -> list[Pair]:
    """Labelled reports and what is proposed for them."""
    engine = LexiconEngine()
    return [(gold, _made(engine, protocol, gold, folder)) for gold in labelled(folder)]


def labelled(folder: Path) -> tuple[GoldDocument, ...]:
    """The labelled reports of a folder."""
    path = folder / "labels.jsonl"
    return parse_gold(path.read_text(encoding="utf-8"), str(path))


def _made(engine: LexiconEngine, protocol: Protocol, gold: GoldDocument, folder: Path) -> Proposed:
    parsed = read((folder / "docs" / gold.file).read_bytes(), gold.file)
    text = DocumentText(gold.id, "0" * 64, 1, tuple(page.text for page in parsed.pages))
    document = ReadDocument(text, gold.file, parsed.format, parsed.title, parsed.pages)
    kind = gold.file.split("-")[0].upper()
    review = ReviewText(gold.id, parsed.title, (kind,), "", "", (document,))
    made = engine.suggest(review, protocol)
    return proposed(made.characteristics, made.episodes, made.recommendations)


def main() -> int:
    """Print the table; 0 always."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "../shared/data/gold"
    protocol = load("learning-reports")
    pairs = pairs_of(folder, unbent(protocol))
    print(f"{'field':18} {'n':>4} {'right':>6} {'as it comes':>12} {'bent now':>9} {'held out':>9}   calibration")
    for definition in protocol.fields:
        cues = protocol.lexicon.fields.get(definition.id)
        if cues is None or definition.kind is FieldKind.DERIVED:
            continue
        cases_of = set_cases if definition.multiple else field_cases
        cases = [case for case in cases_of(definition.id, pairs) if case.given is not None]
        if cases:
            share, shape = sum(case.right for case in cases) / len(cases), fitted(cases)
            figures = (brier(cases, (0.0, 1.0)), brier(cases, cues.calibration), cross_validated(cases))
            scores = f"{figures[0]:12.3f} {figures[1]:9.3f} {figures[2]:9.3f}"
            print(f"{definition.id:18} {len(cases):4} {share:6.3f} {scores}   calibration = [{shape[0]}, {shape[1]}]")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
