"""Tables as data frames, for those who installed the extra."""

from __future__ import annotations

import sys

import pandas as pd
import polars as pl
import pytest

from goldthread.analysis.frames import library
from goldthread.analysis.table import Cell, Column, Row, Table
from goldthread.errors import UsageError
from goldthread.values import Basis, Unit


@pytest.fixture
def table() -> Table:
    cells = (Cell("12 (30.0)", 12, 40, "30.0"), Cell("●"))
    return Table(
        *("T1", "Ages <of> children", Unit.REVIEW, "reviews", Basis.DRAFT, 40, "Age"),
        columns=(Column("all", "All", 40), Column("some", "Some")),
        rows=(Row("under_1", "Under 1", "value", cells),),
        notes=(),
        state="0" * 64,
    )


def test_a_table_is_a_polars_frame_with_one_row_a_cell(table: Table) -> None:
    frame = table.to_polars()
    assert frame.shape == (2, 10)
    assert frame.schema["count"] == pl.Int64
    assert frame["count"].to_list() == [12, None]
    assert frame["percent"].to_list() == ["30.0", None]
    assert frame.to_dicts() == table.records()


def test_a_table_without_rows_keeps_its_columns(table: Table) -> None:
    from dataclasses import replace

    empty = replace(table, rows=()).to_polars()
    assert empty.height == 0
    assert empty.columns == table.to_polars().columns


def test_a_table_is_a_pandas_frame(table: Table) -> None:
    frame = table.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    assert frame.loc[0, "text"] == "12 (30.0)"
    assert frame["row_label"].tolist() == ["Under 1", "Under 1"]


def test_a_notebook_shows_the_table_as_html(table: Table) -> None:
    shown = table._repr_html_()
    assert "<table" in shown
    assert "Ages &lt;of&gt; children" in shown


@pytest.mark.parametrize("name", ["polars", "pandas"])
def test_without_the_extra_it_is_named(table: Table, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=f"needs {name}.*frames") as caught:
        library(name)
    assert "pip install" in caught.value.mend
    with pytest.raises(UsageError):
        getattr(table, f"to_{name}")()


def test_a_fault_inside_a_library_is_not_taken_for_its_absence(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "half_there.py").write_text("import no_such_module_at_all\n")  # type: ignore[operator]
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        library("half_there")
