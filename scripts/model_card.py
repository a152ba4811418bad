"""The figures in docs/models.md are written from the record of what was measured: `python scripts/model_card.py`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from figures import recorded
from goldthread.scoring.cases import ANY_ACTION, JUDGED_PRACTICE, RECOMMENDATIONS
from goldthread.scoring.measured import Measured
from goldthread.scoring.score import TARGET_LABELS

PAGE = Path(__file__).resolve().parents[1] / "docs/models.md"
ENGINE = "learned"
TARGETS = (JUDGED_PRACTICE, ANY_ACTION, RECOMMENDATIONS, "direction", "theme", "explanation")
KINDS = {"PFD": "Coroners’ reports", "IOPC": "IOPC summaries", "JTAI": "Joint inspections"}
BETWEEN = re.compile(r"(?<=<!-- figures: written by `make models` -->\n).*?(?=<!-- end of figures -->)", re.DOTALL)


def table(measured: Sequence[Measured]) -> str:
    """One line a target, one column a kind of document; F1 of passages and accuracy of codes, with intervals."""
    known = {(item.target, item.kind): item for item in measured if item.engine == ENGINE}
    rows = ["", f"| | {' | '.join(KINDS.values())} |", f"|---|{'---|' * len(KINDS)}"]
    for target in TARGETS:
        cells = [_cell(known.get((target, kind))) for kind in KINDS]
        rows.append(f"| {TARGET_LABELS[target]} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n\n"


def written(page: str, measured: Sequence[Measured]) -> str:
    """The page with the figures as they were measured."""
    return BETWEEN.sub(lambda _: table(measured), page)


def write() -> None:
    """Write the figures into the page."""
    PAGE.write_text(written(PAGE.read_text("utf-8"), recorded()), "utf-8")


def _cell(item: Measured | None) -> str:
    found = None if item is None else item.accuracy if item.main == "accuracy" else item.f1
    if item is None or found is None:
        return "–"
    return f"{found.value * 100:.0f} ({found.low * 100:.0f}–{found.high * 100:.0f}), n = {item.n:,}"


if __name__ == "__main__":
    write()
