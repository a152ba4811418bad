"""The figures in docs/evaluate.md are written from the record of what was measured: `python scripts/figures.py`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from goldthread.protocol.labels import field_label
from goldthread.protocol.load import load
from goldthread.scoring.estimate import Estimate
from goldthread.scoring.measured import Measured, from_data
from goldthread.scoring.score import CODE_TARGETS, TARGET_LABELS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/evaluate.md"
RECORD = ROOT / "src/goldthread/scoring/data/measured.json"
BETWEEN = re.compile(r"(?<=<!-- figures: written by `make evaluate` -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


def tables(measured: Sequence[Measured]) -> str:
    """One Markdown table an engine and gold, over all its documents."""
    whole = [item for item in measured if item.kind == "" or _alone(item, measured)]
    parts = []
    for (name, gold), group in groupby(whole, key=lambda item: (item.engine, item.gold)):
        parts.append("\n".join(_table(name, gold, list(group))))
    return "\n".join(f"\n{part}\n" for part in parts) + "\n"


def written(page: str, measured: Sequence[Measured]) -> str:
    """The page with the figures as they were measured."""
    return BETWEEN.sub(lambda _: tables(measured), page)


def write() -> None:
    """Write the figures into the page."""
    PAGE.write_text(written(PAGE.read_text("utf-8"), recorded()), "utf-8")


def recorded() -> tuple[Measured, ...]:
    """The record as it stands in the tree."""
    return from_data(json.loads(RECORD.read_text("utf-8")))


def _alone(item: Measured, measured: Sequence[Measured]) -> bool:
    """Whether the gold has documents of this one kind only."""
    same = [one for one in measured if (one.engine, one.gold) == (item.engine, item.gold)]
    return all(one.kind == item.kind for one in same)


def _table(name: str, gold: str, group: Sequence[Measured]) -> Iterator[str]:
    first, protocol = group[0], load(group[0].protocol.split()[0])
    documents = max(item.documents for item in group)
    told = f"protocol {first.protocol}; {first.how}"
    yield f"**Engine {name}, version {first.version}, on {documents} {gold}** ({told})"
    yield ""
    yield "| | n | accuracy | precision | recall | F1 | baseline |"
    yield "|---|---:|---|---|---|---|---|"
    for item in group:
        label = TARGET_LABELS.get(item.target) or field_label(item.target, protocol)
        accuracy = _cell(item.accuracy) if item.main == "accuracy" else ""
        rest = ("", "", "") if item.target in CODE_TARGETS else (item.precision, item.recall, item.f1)
        baseline = f"{item.baseline * 100:.1f}" if item.baseline is not None else "–"
        yield f"| {label} | {item.n:,} | {accuracy} | {' | '.join(_cell(each) for each in rest)} | {baseline} |"


def _cell(found: Estimate | str | None) -> str:
    if isinstance(found, str):
        return found
    if found is None:
        return "–"
    return f"{found.value * 100:.1f} ({found.low * 100:.0f}–{found.high * 100:.0f})"


if __name__ == "__main__":
    write()
