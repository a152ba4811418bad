"""An evaluation as a table for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from goldthread.scoring.estimate import Estimate
from goldthread.scoring.evaluation import EngineScores, Evaluation, KindScores
from goldthread.scoring.score import Kind, Score

WIDTH = 110
_HEADS = ("", "n", "accuracy", "precision", "recall", "F1", "coverage", "Brier", "baseline")
_READING = {
    Kind.FIELD: "Fields (n: documents)",
    Kind.SET: "Fields with several values (n: documents × values; precision, recall and F1 over all of them)",
    Kind.PASSAGE: "Passages (n: labelled sentences; one that a suggestion overlaps counts as found)",
    Kind.CODE: "Codes, given that the sentence was found (n: such sentences)",
}


def to_text(evaluation: Evaluation) -> str:
    """The figures a person reads first, each with its 95% interval; --json and --html hold the rest."""
    lines = [
        f"Measured against {evaluation.gold} on {evaluation.at}: {evaluation.found} of {evaluation.labelled} "
        f"labelled documents are in the study {evaluation.study} ({evaluation.protocol}).",
        "Figures are per cent with 95% intervals. A label is what careful readers said, not the truth itself.",
    ]
    for item in evaluation.engines:
        for group in item.kinds:
            lines += ["", *_section(item, group, evaluation.labels)]
    lines += [line for note in evaluation.notes for line in ("", *textwrap.wrap(note, WIDTH))]
    return "\n".join(lines) + "\n"


def percent(found: Estimate | None) -> str:
    """A rate in per cent with its interval: "94.4 (90–98)"; "–" where there is none."""
    return f"{found.value * 100:.1f} ({found.low * 100:.0f}–{found.high * 100:.0f})" if found else "–"


def baseline(item: Score, labels: Mapping[str, str]) -> str:
    """The main figure of the baseline and what the baseline does: "68.8: always “Death”"."""
    if item.baseline is None:
        return "–"
    found, answer = item.baseline_main, item.baseline.answer
    does = item.baseline.does if answer is None else f"{item.baseline.does} “{labels.get(answer, answer)}”"
    return f"{found * 100:.1f}: {does}" if found is not None else f"–: {does}"


def _section(item: EngineScores, group: KindScores, labels: Mapping[str, str]) -> Iterator[str]:
    documents = f"{group.documents} document{'' if group.documents == 1 else 's'}"
    title = f"{item.engine} {item.version} · {group.label} · {documents}"
    yield from (title, "─" * len(title))
    for kind, heading in _READING.items():
        found = [one for one in group.scores.values() if one.kind is kind and one.rates.counts.scored]
        if found:
            yield from ("", heading)
            yield from _aligned([_HEADS, *(_row(one, labels) for one in found)])


def _row(item: Score, labels: Mapping[str, str]) -> tuple[str, ...]:
    rates, brier = item.rates, item.calibration.brier
    found = ("", "", "") if item.kind is Kind.CODE else (rates.precision, rates.recall, rates.f1)
    return (
        labels.get(item.target, item.target),
        str(rates.counts.scored),
        percent(rates.accuracy) if item.exact else "",
        *(each if isinstance(each, str) else percent(each) for each in found),
        percent(rates.coverage) if item.kind is Kind.FIELD else "",
        f"{brier:.3f}" if brier is not None else "–",
        baseline(item, labels),
    )


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    shown = [n for n in range(len(rows[0])) if any(row[n] for row in rows[1:])]
    widths = {n: max(len(row[n]) for row in rows) for n in shown}
    for row in rows:
        yield "  ".join(row[n].ljust(widths[n]) for n in shown).rstrip()
