"""Every statistic gives what a published worked example prints, and the documentation lists them all."""

from __future__ import annotations

import ast
import math
import re
from pathlib import Path

import pytest

from goldthread.statistics.interval import root
from goldthread.statistics.proportions import log_ways
from tests.statistics.worked import WITHOUT, WORKED, Worked

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "statistics.md"
SOURCES = sorted((ROOT / "src/goldthread/statistics").glob("[!_]*.py"))


def named(one: Worked) -> str:
    return f"{one.statistic}: {one.source[:60]}"


def statistics() -> list[tuple[str, str]]:
    """Every public function of the statistics: its name, and what it and its module say of themselves."""
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        about = ast.get_docstring(tree) or ""
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.append((f"{path.stem}.{node.name}", f"{about}\n{ast.get_docstring(node) or ''}"))
    return found


@pytest.mark.parametrize("one", WORKED, ids=named)
def test_a_statistic_gives_what_its_worked_example_prints(one: Worked) -> None:
    made = one.made()
    assert len(made) == len(one.printed)
    for ours, printed in zip(made, one.printed, strict=True):
        assert ours == pytest.approx(printed, abs=0.50001 * 10**-one.places)


def test_every_statistic_has_a_worked_example_or_says_why_not() -> None:
    assert {name for name, _ in statistics()} == {one.statistic for one in WORKED} | set(WITHOUT)
    assert not {one.statistic for one in WORKED} & set(WITHOUT)


def test_every_statistic_names_where_its_formula_comes_from() -> None:
    year = re.compile(r"\b(1[789]|20)\d\d\b")
    assert not [name for name, about in statistics() if name not in WITHOUT and not year.search(about)]


def test_the_page_on_statistics_lists_each_with_its_examples() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    listed = {row[0].strip("`"): row[-1] for row in rows}
    assert len(listed) == len(rows)
    assert set(listed) == {name for name, _ in statistics()}
    for one in WORKED:
        assert re.split(r"[,:(]", one.source)[0].strip() in listed[one.statistic], one.statistic


def test_ways_to_draw_are_those_of_whole_numbers() -> None:
    for whole, some in ((52, 5), (10, 0), (200, 100)):
        assert log_ways(whole, some) == pytest.approx(math.log(math.comb(whole, some)), rel=1e-12)


def test_a_root_is_found_where_a_function_crosses_nought() -> None:
    assert root(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2), abs=1e-12)
