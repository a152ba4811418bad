"""One evaluation: the scores of each engine on one gold, over all its documents and for each kind of document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from goldthread.scoring.baselines import Baseline
from goldthread.scoring.cases import Case, Pair
from goldthread.scoring.estimate import Estimate
from goldthread.scoring.measured import Measured
from goldthread.scoring.rates import Rates
from goldthread.scoring.score import Score, score

EVERY_KIND = ""


@dataclass(frozen=True, slots=True)
class KindScores:
    """Scores over documents of one kind (a review type's id); over all kinds where `kind` is ""."""

    kind: str
    label: str
    documents: int
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class EngineScores:
    """One engine's scores: over everything first, then kind by kind where there are several."""

    engine: str
    version: str
    kinds: tuple[KindScores, ...]

    @property
    def overall(self) -> Mapping[str, Score]:
        """The scores over all documents."""
        return self.kinds[0].scores


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured: which engines, on which gold, in which study, when (ISO date).

    `labelled` documents are in the gold and `found` of them in the study. `labels` names targets and values as
    people read them; `notes` say what was not scored, and why.
    """

    gold: str
    study: str
    protocol: str
    at: str
    labelled: int
    found: int
    engines: tuple[EngineScores, ...]
    notes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def engine_scores(
    engine: str,
    version: str,
    pairs: Sequence[tuple[str, Pair]],
    kind_labels: Mapping[str, str],
    fields: Collection[str] | None = None,
) -> EngineScores:
    """Score labelled documents, each with its kind, together and kind by kind."""
    kinds = sorted({kind for kind, _ in pairs})
    groups = [(kind, [pair for of, pair in pairs if of == kind]) for kind in kinds]
    if len(groups) != 1:
        groups.insert(0, (EVERY_KIND, [pair for _, pair in pairs]))
    return EngineScores(
        engine,
        version,
        tuple(
            KindScores(kind, kind_labels.get(kind, kind) or "All documents", len(group), score(group, fields))
            for kind, group in groups
        ),
    )


def measured_of(evaluation: Evaluation, how: str = "") -> tuple[Measured, ...]:
    """Everything an evaluation measured, target by target and kind by kind; what had no case is left out."""
    return tuple(
        Measured(
            engine=item.engine,
            version=item.version,
            protocol=evaluation.protocol,
            kind=group.kind,
            kind_label=group.label,
            gold=evaluation.gold,
            at=evaluation.at,
            how=how,
            target=name,
            documents=found.rates.documents,
            n=found.rates.counts.scored,
            given=found.rates.counts.given,
            accuracy=found.rates.accuracy,
            precision=found.rates.precision,
            recall=found.rates.recall,
            f1=found.rates.f1,
            main="accuracy" if found.exact else "f1",
            baseline=_rounded(found.baseline_main),
        )
        for item in evaluation.engines
        for group in item.kinds
        for name, found in group.scores.items()
        if found.rates.counts.scored
    )


def to_json(evaluation: Evaluation) -> dict[str, object]:
    """The evaluation as plain data. Rates are 0–1, or null where there was nothing to divide by."""
    return {
        "gold": evaluation.gold,
        "study": evaluation.study,
        "protocol": evaluation.protocol,
        "at": evaluation.at,
        "documents_labelled": evaluation.labelled,
        "documents_found": evaluation.found,
        "notes": list(evaluation.notes),
        "engines": [
            {
                "engine": item.engine,
                "version": item.version,
                "kinds": [
                    {
                        "kind": group.kind,
                        "label": group.label,
                        "documents": group.documents,
                        "targets": {name: _score(found) for name, found in group.scores.items()},
                    }
                    for group in item.kinds
                ],
            }
            for item in evaluation.engines
        ],
    }


def _score(item: Score) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        **rates_json(item.rates),
        "macro_f1": _rounded(item.macro_f1),
        "values": [
            {"value": each.value, "with_it": each.documents, **rates_json(each.rates)} for each in item.values
        ],
        "baseline": _baseline(item.baseline) if item.baseline else None,
        "confusion": [{"gold": wanted, "suggested": given, "n": n} for wanted, given, n in item.confusion],
        "calibration": {
            "n": item.calibration.n,
            "brier": _rounded(item.calibration.brier),
            "expected_error": _rounded(item.calibration.expected_error),
            "bins": [_rounded_all(asdict(each)) for each in item.calibration.bins],
        },
        "precision_coverage": [_rounded_all(asdict(step)) for step in item.sweep],
        "worst": [_case(case) for case in item.misses],
    }


def _baseline(item: Baseline) -> dict[str, object]:
    return {"does": item.does, "answer": item.answer, **rates_json(item.rates)}


def rates_json(rates: Rates) -> dict[str, object]:
    """Rates as plain data, each with its interval."""
    found = asdict(rates.counts)
    named = ("accuracy", "precision", "recall", "f1", "coverage")
    return {"documents": rates.documents, **found, **{name: _estimate(getattr(rates, name)) for name in named}}


def _estimate(found: Estimate | None) -> dict[str, float | None] | None:
    return _rounded_all(asdict(found)) if found else None


def _case(case: Case) -> dict[str, object]:
    return {
        "document": case.document,
        "item": case.item,
        "gold": case.wanted,
        "suggested": case.given,
        "confidence": _rounded(case.confidence),
        "text": case.text,
    }


def _rounded_all(values: Mapping[str, float | None]) -> dict[str, float | None]:
    return {key: _rounded(value) for key, value in values.items()}


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if isinstance(value, float) else value
