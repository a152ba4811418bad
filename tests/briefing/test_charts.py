from __future__ import annotations

import re

import pytest
from lxml import etree

from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.briefing.figures import charts
from goldthread.briefing.figures.drawing import drawable
from goldthread.values import Basis, Unit

DRAW = {"bars": charts.bars, "apart": charts.apart, "stacked": charts.stacked, "heatmap": charts.heatmap}


def _table(rows: dict[str, tuple[int, ...]], columns: tuple[str, ...] = ("Missed", "Good")) -> Table:
    return Table(
        id="T1",
        title="A table",
        unit=Unit.REVIEW,
        unit_label="reviews",
        basis=Basis.DRAFT,
        population=9,
        row_label="Theme",
        columns=tuple(Column(c.lower(), c, 9) for c in columns),
        rows=tuple(
            Row(label, label, "missing" if label == "Not stated" else "value", tuple(Cell(str(n), n) for n in counts))
            for label, counts in rows.items()
        ),
        notes=(),
        state="",
    )


FULL = _table({"Risk": (3, 1), "Sharing <b> & $x^2$ 🙂": (2, 0), "Nothing": (0, 0), "Not stated": (1, 2)})


@pytest.mark.parametrize("kind", DRAW)
def test_a_chart_is_the_same_every_time(kind: str) -> None:
    assert DRAW[kind](FULL, "k") == DRAW[kind](FULL, "k")


@pytest.mark.parametrize("kind", DRAW)
def test_a_chart_is_a_drawing_without_text_script_or_links_outside(kind: str) -> None:
    root = etree.fromstring(DRAW[kind](FULL, "k"))
    tags = {etree.QName(node).localname for node in root.iter() if isinstance(node.tag, str)}
    assert tags.isdisjoint({"text", "script", "image", "foreignObject", "a"})
    for node in root.iter():
        for name, value in node.attrib.items():
            assert not name.startswith("on")
            if name.endswith("href"):
                assert value.startswith("#k-")


@pytest.mark.parametrize("kind", DRAW)
def test_two_charts_on_one_page_share_no_ids(kind: str) -> None:
    one, two = (set(re.findall(r'\sid="([^"]+)"', DRAW[kind](FULL, key))) for key in ("k1", "k2"))
    assert one and one.isdisjoint(two)


@pytest.mark.parametrize("kind", DRAW)
def test_every_reference_inside_a_chart_is_met(kind: str) -> None:
    drawn = DRAW[kind](FULL, "k")
    ids = set(re.findall(r'\sid="([^"]+)"', drawn))
    assert set(re.findall(r"url\(#([^)]+)\)", drawn)) <= ids
    assert set(re.findall(r'href="#([^"]+)"', drawn)) <= ids


@pytest.mark.parametrize("kind", DRAW)
@pytest.mark.parametrize("rows", [{}, {"Nothing": (0, 0)}, {"One": (1, 0)}])
def test_little_or_nothing_can_still_be_drawn(kind: str, rows: dict[str, tuple[int, ...]]) -> None:
    assert DRAW[kind](_table(rows), "k").startswith("<svg")


def test_the_alternative_says_every_number() -> None:
    said = charts.alternative(FULL, "bars", "Bar chart")
    assert said.startswith("Bar chart counting reviews.")
    for part in ("Risk: Missed: 3; Good: 1", "Not stated: Missed: 1; Good: 2"):
        assert part in said


def test_the_alternative_says_what_the_picture_leaves_out() -> None:
    for kind in DRAW:
        said = charts.alternative(FULL, kind, "Chart")
        assert "Nothing:" not in said
        assert said.endswith("Rows in which nothing was counted are left out.")


def _size(drawn: str) -> tuple[float, float]:
    """Width and height in centimetres."""
    root = etree.fromstring(drawn)
    width, height = (float(str(root.get(side)).removesuffix("pt")) / 72 * 2.54 for side in ("width", "height"))
    return width, height


LONG = _table(
    {f"Theme number {n} with a label that needs two lines": (n, 60 - n, n % 7) for n in range(1, 61)}, ("A", "B", "C")
)


@pytest.mark.parametrize("kind", DRAW)
@pytest.mark.parametrize("columns", [1, 3, 8])
def test_a_chart_of_many_rows_fits_a_page(kind: str, columns: int) -> None:
    rows = {row.label: tuple(cell.count or 0 for cell in row.cells * 3)[:columns] for row in LONG.rows}
    width, height = _size(DRAW[kind](_table(rows, tuple("ABCDEFGH"[:columns])), "k"))
    assert width == pytest.approx(16, abs=0.1)
    assert height < 21


def test_columns_stand_side_by_side_and_not_one_under_another() -> None:
    rows = {f"Theme {n}": (n, n, n) for n in range(1, 11)}
    one, three = (charts.bars(_table(rows, names), "k") for names in (("A",), ("A", "B", "C")))
    assert _size(three)[1] < _size(one)[1] + 1.5


def test_the_largest_rows_are_drawn_in_the_order_of_the_table_and_the_rest_is_owned_up_to() -> None:
    drawn = charts.drawn_rows(LONG, "bars")
    assert len(drawn) == charts.ROWS
    assert [row.id for row in drawn] == [row.id for row in LONG.rows if row in drawn]
    assert min(max(cell.count or 0 for cell in row.cells) for row in drawn) >= 50
    assert charts.left_out(LONG, "bars") == 60 - charts.ROWS
    assert "These are the 20 largest of 60 rows." in charts.alternative(LONG, "bars", "Bar chart")


def test_what_is_missing_is_drawn_however_many_rows_there_are() -> None:
    table = _table({**{f"Theme {n}": (100 + n, 0) for n in range(60)}, "Not stated": (1, 0)})
    assert [row.id for row in charts.drawn_rows(table, "bars")][-1] == "Not stated"


def test_a_nought_among_panels_is_still_a_row() -> None:
    table = _table({"Risk": (3, 0), "Sharing": (0, 2)})
    assert [row.id for row in charts.drawn_rows(table, "bars")] == ["Risk", "Sharing"]
    assert "Risk: Missed: 3; Good: 0" in charts.alternative(table, "bars", "Bar chart")


def test_a_total_column_stands_for_the_others_in_bars() -> None:
    table = _table({"Risk": (3, 4)}, ("Missed", "Total"))
    assert charts.alternative(table, "bars", "Bar chart") == "Bar chart counting reviews. Risk: 4."


def test_characters_without_a_shape_are_written_as_their_number() -> None:
    assert drawable("risk 🙂") == "risk [U+1F642]"
    assert drawable("café – “so”") == "café – “so”"
