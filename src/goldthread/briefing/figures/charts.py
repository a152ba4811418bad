"""Charts of computed tables, each with a text that says all it shows."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.figures.drawing import FILLS, HATCHES, INK, drawable, drawn, svg
from goldthread.briefing.formats.folding import shown
from goldthread.disclosure.policy import HIDDEN

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 16.0
_LABEL_CHARACTERS = 34
_LINE = 0.38
_BAR = 0.36
_LETTER = 0.19
"""Centimetres a letter takes, on average and in bold."""
_LABELS = 0.38
"""Share of the width that row labels take."""
_ABREAST = 3
"""So many panels stand side by side."""
PANELS = ("bars", "apart")
"""Kinds of chart with a panel a column."""
ROWS = 20
"""A chart draws at most so many rows, and says so; its table has them all."""
_TOTALS = ("total", "all")


def bars(table: Table, key: str) -> str:
    """Horizontal bars, one panel a column, side by side on one scale; the total column alone where there is one."""
    return _side_by_side(table, key, one_scale=True)


def apart(table: Table, key: str) -> str:
    """Bars whose columns count different things (reviews, passages), so that each panel has a scale of its own."""
    return _side_by_side(table, key, one_scale=False)


def _side_by_side(table: Table, key: str, *, one_scale: bool) -> str:
    columns = _panels(table)
    rows = drawn_rows(table, "bars")
    labels = [_wrapped(row.label, _LABEL_CHARACTERS) for row in rows]
    heights = _heights(labels)
    tiers = max(1, -(-len(columns) // _ABREAST))
    across = -(-len(columns) // tiers)  # four are two and two, not three and one left over
    head = 0.0 if len(columns) < 2 else _head(columns, across)
    tier = sum(heights) + head + 0.3
    total = max(1.5, tiers * tier)
    with drawn(WIDTH, total) as figure:
        width = (1 - _LABELS) / across
        for number, (place, column) in enumerate(columns):
            down, right = divmod(number, across)
            bottom = total - (down + 1) * tier + 0.15
            axes = figure.add_axes((_LABELS + right * width, bottom / total, width - 0.02, sum(heights) / total))
            _bars(axes, rows, place, heights)
            _plain(axes, _centres(heights), labels if right == 0 else [""] * len(rows), sum(heights))
            most = _most(rows, [at for at, _ in columns] if one_scale else [place])
            axes.set_xlim(0, most / (1 - _room(rows, columns, width * WIDTH)))
            if head:
                axes.set_title(_title(column, across), loc="left", fontsize=8.5, fontweight="bold")
        return svg(figure, key)


def _most(rows: Sequence[Row], places: Sequence[int]) -> int:
    return max([_number(row.cells[place]) for row in rows for place in places] + [1])


def _head(columns: Sequence[tuple[int, Column]], across: int) -> float:
    """Centimetres for the panels' headings."""
    return 0.25 + 0.4 * max(_title(column, across).count("\n") + 1 for _, column in columns)


def _title(column: Column, across: int) -> str:
    return _wrapped(_heading(column), int((1 - _LABELS) * WIDTH / across / _LETTER))


def _room(rows: Sequence[Row], columns: Sequence[tuple[int, Column]], width: float) -> float:
    """The share of a panel so many centimetres wide that the longest figure beside a bar needs."""
    longest = max([len(_label(row.cells[place])) for row in rows for place, _ in columns] + [1])
    return min(0.6, (longest + 2) * _LETTER / width)


def _bars(axes: Axes, rows: Sequence[Row], place: int, heights: Sequence[float]) -> None:
    counts = [_number(row.cells[place]) for row in rows]
    for row, y, count in zip(rows, _centres(heights), counts, strict=True):
        missing = row.kind == "missing"
        axes.barh(
            y,
            count,
            height=_BAR,
            color="#ffffff" if missing else FILLS[0],
            edgecolor=INK,
            hatch="///" if missing else "",
            linewidth=0.7,
        )
        axes.text(count, y, f" {_label(row.cells[place])}", va="center", fontsize=8.5)


def _heights(labels: Sequence[str]) -> list[float]:
    """Centimetres for each row: a line and a half, or what its label needs."""
    return [max(1.5, label.count("\n") + 1.2) * _LINE for label in labels]


def stacked(table: Table, key: str) -> str:
    """Horizontal bars, one a row, divided by column; the numbers stand in the parts."""
    columns = [(i, c) for i, c in enumerate(table.columns) if c.id not in _TOTALS]
    rows = drawn_rows(table, "stacked")
    labels = [_wrapped(row.label, _LABEL_CHARACTERS) for row in rows]
    heights = _heights(labels)
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
                    height=1.1 * _LINE,
                    color=FILLS[style],
                    hatch=HATCHES[style],
                    edgecolor=INK,
                    linewidth=0.7,
                    label=drawable(column.label) if row is rows[0] else None,
                )
                if count and count / longest > 0.03:
                    _inside(axes, left + count / 2, y, f"{count}")
                left += count
        _plain(axes, centres, labels, sum(heights))
        axes.set_xlim(0, longest * 1.02)
        if rows:
            figure.legend(loc="lower left", bbox_to_anchor=(0.0, 0.0), ncols=2, frameon=False, fontsize=8.5)
        return svg(figure, key)


def heatmap(table: Table, key: str) -> str:
    """A grid of rows and columns, darker where there is more, with the number in every field."""
    columns = [(i, c) for i, c in enumerate(table.columns) if c.id not in _TOTALS]
    rows = drawn_rows(table, "heatmap")
    labels = [_wrapped(row.label, _LABEL_CHARACTERS - 4, 2) for row in rows]
    heads = [_wrapped(c.label, 24) for _, c in columns]
    top = 0.17 * max([min(24, len(line)) for head in heads for line in head.split("\n")] + [4]) + 0.3
    cell = 0.68 if any("\n" in label for label in labels) else 0.55
    height = top + cell * max(len(rows), 1) + 0.1
    values = [[row.cells[i] for i, _ in columns] for row in rows]
    most = max([_number(one) for line in values for one in line] + [1])
    with drawn(WIDTH, height) as figure:
        axes = figure.add_axes((0.38, 0.05 / height, 0.60, cell * max(len(rows), 1) / height))
        for y, line in enumerate(values):
            for x, one in enumerate(line):
                _square(axes, x, y, one, most)
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
    columns = _panels(table) if kind in PANELS else [pair for pair in whole if pair[1].id not in _TOTALS]
    lines = []
    rows = drawn_rows(table, kind)
    for row in rows:
        numbers = "; ".join(
            f"{column.label}: {row.cells[i].text or '0'}" if len(columns) > 1 else row.cells[i].text or "0"
            for i, column in columns
        )
        lines.append(f"{row.label}: {numbers}")
    said = ". ".join(shown(line) for line in lines)
    zeros = " Rows in which nothing was counted are left out." if len(_filled(table)) < len(_rows(table)) else ""
    few = f" These are the {len(rows)} largest of {len(_filled(table))} rows." if left_out(table, kind) else ""
    return f"{name} counting {table.unit_label or table.unit.value + 's'}. {said or 'Nothing to show'}.{few}{zeros}"


def drawn_rows(table: Table, kind: str) -> list[Row]:
    """The rows a chart draws, in the table's order: those with something in them, the largest where they are many."""
    rows = _filled(table)
    ranked = sorted(rows, key=lambda row: (row.kind != "missing", -max(map(_number, row.cells), default=0)))
    kept = {row.id for row in ranked[: _most_rows(table, kind)]}
    return [row for row in rows if row.id in kept]


def left_out(table: Table, kind: str) -> int:
    """How many rows with something in them a chart of this kind does not draw."""
    return max(0, len(_filled(table)) - _most_rows(table, kind))


def _most_rows(table: Table, kind: str) -> int:
    tiers = -(-len(_panels(table)) // _ABREAST) if kind in PANELS else 1
    return ROWS // max(1, tiers)


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
    rows = _rows(table)
    return [row for row in rows if any(_number(cell) for cell in row.cells)] or rows


def _rows(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind != "total"]


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


def _square(axes: Axes, x: int, y: int, cell: Cell, most: int) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 (start-up, as in drawing)

    count = _number(cell)
    grey = 1 - 0.82 * count / most
    axes.add_patch(Rectangle((x, y), 1, 1, facecolor=(grey, grey, grey), edgecolor=INK, linewidth=0.5))
    if count or cell.text == HIDDEN:
        axes.text(
            x + 0.5,
            y + 0.5,
            f"{count}" if count else HIDDEN,
            ha="center",
            va="center",
            color=INK if grey > 0.55 else "#ffffff",
        )


def _plain(axes: Axes, centres: Sequence[float], labels: Sequence[str], depth: float) -> None:
    axes.set_yticks(centres, labels)
    axes.set_ylim(depth + 0.05, -0.05)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
