"""Charts of computed tables, each with a text that says all it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.drawing import FILLS, HATCHES, INK, drawable, drawn, svg
from goldthread.briefing.folding import shown

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 16.0
_LABEL_CHARACTERS = 34
_LINE = 0.42
_TOTALS = ("total", "all")


def bars(table: Table, key: str) -> str:
    """Horizontal bars, one panel a column; the total column alone where there is one."""
    columns = _panels(table)
    rows = [row for row in table.rows if row.kind != "total"]
    labels = [_wrapped(row.label, _LABEL_CHARACTERS) for row in rows]
    heights = [max(2, label.count("\n") + 1) * _LINE for label in labels]
    panel = sum(heights) + 0.25
    head = 0.7 if len(columns) > 1 else 0.1
    total = max(1.5, len(columns) * (panel + head) + 0.2)
    with drawn(WIDTH, total) as figure:
        for number, (place, column) in enumerate(columns):
            bottom = 1 - (number + 1) * (panel + head) / total + 0.1 / total
            axes = figure.add_axes((0.42, bottom, 0.56, panel / total))
            counts = [_number(row.cells[place]) for row in rows]
            centres = _centres(heights)
            for row, y, count, height in zip(rows, centres, counts, heights, strict=True):
                missing = row.kind == "missing"
                axes.barh(
                    y,
                    count,
                    height=min(height, 2 * _LINE) * 0.72,
                    color="#ffffff" if missing else FILLS[0],
                    edgecolor=INK,
                    hatch="///" if missing else "",
                    linewidth=0.7,
                )
                axes.text(count + max(counts, default=0) * 0.015, y, f" {_label(row.cells[place])}", va="center")
            _plain(axes, centres, labels, sum(heights))
            axes.set_xlim(0, max([*counts, 1]) * 1.28)
            if len(columns) > 1:
                axes.set_title(drawable(_heading(column)), loc="left", fontsize=9.5, fontweight="bold", x=-0.72)
        return svg(figure, key)


def stacked(table: Table, key: str) -> str:
    """Horizontal bars, one a row, divided by column; the numbers stand in the parts."""
    columns = [(i, c) for i, c in enumerate(table.columns) if c.id not in _TOTALS]
    rows = _filled(table)
    labels = [_wrapped(row.label, _LABEL_CHARACTERS) for row in rows]
    heights = [max(2, label.count("\n") + 1) * _LINE for label in labels]
    legend = 0.55 * ((len(columns) + 1) // 2) + 0.2
    body = max(sum(heights) + 0.25, 1.0)
    with drawn(WIDTH, body + legend) as figure:
        axes = figure.add_axes((0.42, legend / (body + legend), 0.56, body / (body + legend)))
        centres = _centres(heights)
        longest = max([sum(_number(row.cells[i]) for i, _ in columns) for row in rows] + [1])
        for row, y in zip(rows, centres, strict=True):
            left = 0
            for order, (i, column) in enumerate(columns):
                count = _number(row.cells[i])
                style = order % len(FILLS)
                axes.barh(
                    y,
                    count,
                    left=left,
                    height=1.4 * _LINE,
                    color=FILLS[style],
                    hatch=HATCHES[style],
                    edgecolor=INK,
                    linewidth=0.7,
                    label=drawable(column.label) if row is rows[0] else None,
                )
                if count and count / longest > 0.03:
                    _inside(axes, left + count / 2, y, str(count))
                left += count
        _plain(axes, centres, labels, sum(heights))
        axes.set_xlim(0, longest * 1.02)
        if rows:
            figure.legend(loc="lower left", bbox_to_anchor=(0.0, 0.0), ncols=2, frameon=False, fontsize=8.5)
        return svg(figure, key)


def heatmap(table: Table, key: str) -> str:
    """A grid of rows and columns, darker where there is more, with the number in every field."""
    columns = [(i, c) for i, c in enumerate(table.columns) if c.id not in _TOTALS]
    rows = _filled(table)
    labels = [_wrapped(row.label, _LABEL_CHARACTERS - 4, 2) for row in rows]
    heads = [_wrapped(c.label, 24) for _, c in columns]
    top = 0.17 * max([min(24, len(line)) for head in heads for line in head.split("\n")] + [4]) + 0.3
    cell = 0.85 if any("\n" in label for label in labels) else 0.62
    height = top + cell * max(len(rows), 1) + 0.1
    values = [[_number(row.cells[i]) for i, _ in columns] for row in rows]
    most = max([count for line in values for count in line] + [1])
    with drawn(WIDTH, height) as figure:
        axes = figure.add_axes((0.38, 0.05 / height, 0.60, cell * max(len(rows), 1) / height))
        for y, line in enumerate(values):
            for x, count in enumerate(line):
                _square(axes, x, y, count, most)
        axes.set_xlim(0, max(len(columns), 1))
        axes.set_ylim(max(len(rows), 1), 0)
        axes.set_xticks([x + 0.5 for x in range(len(heads))], heads, rotation=90)
        axes.set_yticks([y + 0.5 for y in range(len(labels))], labels)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        return svg(figure, key)


def alternative(table: Table, kind: str, name: str) -> str:
    """All the chart shows, as text: its `name` ("Bar chart"), each row, each column, each number."""
    whole = list(enumerate(table.columns))
    columns = _panels(table) if kind == "bars" else [pair for pair in whole if pair[1].id not in _TOTALS]
    lines = []
    rows = [row for row in table.rows if row.kind != "total"]
    for row in rows if kind == "bars" else _filled(table):
        numbers = "; ".join(
            f"{column.label}: {row.cells[i].text or '0'}" if len(columns) > 1 else row.cells[i].text or "0"
            for i, column in columns
        )
        lines.append(f"{row.label}: {numbers}")
    said = ". ".join(shown(line) for line in lines)
    zeros = " Rows in which nothing was counted are left out." if kind != "bars" and len(lines) < len(rows) else ""
    return f"{name} counting {table.unit_label or table.unit.value + 's'}. {said or 'Nothing to show'}.{zeros}"


def _panels(table: Table) -> list[tuple[int, Column]]:
    columns = list(enumerate(table.columns))
    totals = [pair for pair in columns if pair[1].id in _TOTALS]
    return totals[:1] or columns


def _number(cell: Cell) -> int:
    return cell.count or 0


def _label(cell: Cell) -> str:
    return drawable(cell.text or "0")


def _heading(column: Column) -> str:
    return shown(column.label) if column.base is None else f"{shown(column.label)} (n={column.base:,})"


def _filled(table: Table) -> list[Row]:
    """The rows with something in them; a picture of nothing helps nobody, and the table still has the zeros."""
    rows = [row for row in table.rows if row.kind != "total"]
    return [row for row in rows if any(_number(cell) for cell in row.cells)] or rows


def _wrapped(text: str, width: int, most: int = 4) -> str:
    return drawable("\n".join(textwrap.wrap(shown(text), width, max_lines=most, placeholder=" …")))


def _centres(heights: Sequence[float]) -> list[float]:
    centres, at = [], 0.0
    for height in heights:
        centres.append(at + height / 2)
        at += height
    return centres


def _inside(axes: Axes, x: float, y: float, text: str) -> None:
    plate = {"boxstyle": "round,pad=0.12", "facecolor": "#ffffff", "edgecolor": "none"}
    axes.text(x, y, text, ha="center", va="center", fontsize=8, bbox=plate)


def _square(axes: Axes, x: int, y: int, count: int, most: int) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 (start-up, as in drawing)

    grey = 1 - 0.82 * count / most
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=(grey, grey, grey), edgecolor=INK, linewidth=0.5))
    if count:
        axes.text(x + 0.5, y + 0.5, str(count), ha="center", va="center", color=INK if grey > 0.55 else "#ffffff")


def _plain(axes: Axes, centres: Sequence[float], labels: Sequence[str], depth: float) -> None:
    axes.set_yticks(centres, labels)
    axes.set_ylim(depth + 0.05, -0.05)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
