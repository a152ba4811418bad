"""Populations from a file: placed through the gazetteers, or listed with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.errors import UsageError
from goldthread.sources.populations import Level, Population, read_populations, regions

HEAD = "area,level,period,population,unit,source\n"
EXAMPLE = Path(__file__).parents[2] / "docs/examples/populations/populations.csv"


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "people.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_areas_are_known_by_any_of_their_usual_names(tmp_path: Path) -> None:
    rows = (
        'Kent,force,2019,"1,200",Children,ONS',
        "Essex Police,,2019,7,children,ONS",
        "london,,2019,9,children,ONS",
    )
    found, problems = read_populations(written(tmp_path, *rows))
    assert not problems
    assert found[0] == Population(Level.FORCE, "Kent Police", "2019", "children", 1200, "ONS")
    assert [(one.level, one.area) for one in found[1:]] == [(Level.FORCE, "Essex Police"), (Level.REGION, "London")]


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        ("Kent,,2019,5,children,x", "area", "may be the force Kent Police or the local authority Kent"),
        ("Kemt Police,,2019,5,children,x", "area", "“Kemt Police” is no force, local authority or region"),
        ("Essex,parish,2019,5,children,x", "level", "“parish” is no kind of area"),
        ("Essex,force,last year,5,children,x", "period", "“last year” is not a period"),
        ("Essex,force,2019,0,children,x", "population", "“0” is not a number of people"),
        ("Essex,force,2019,1.5,children,x", "population", "“1.5” is not a number of people"),
        ("Essex,force,2019,²,children,x", "population", "“²” is not a number of people"),
        (f"Essex,force,2019,{'9' * 13},children,x", "population", "is not a number of people"),
        ("Essex,force,2019,5,children,", "blank", "the row has no source"),
    ],
)
def test_what_cannot_be_placed_is_listed_by_row_and_the_rest_is_taken(
    tmp_path: Path, row: str, code: str, told: str
) -> None:
    found, (problem,) = read_populations(written(tmp_path, row, "Essex,force,2018,5,children,x"))
    assert [one.period for one in found] == ["2018"]
    assert problem.code == code
    assert told in problem.message
    assert problem.place == "people.csv, row 2"


def test_the_nearest_name_is_offered(tmp_path: Path) -> None:
    _, (problem,) = read_populations(written(tmp_path, "Kemt Police,,2019,5,children,x"))
    assert problem.mend == "did you mean `Kent Police`?"


def test_one_area_has_one_number_a_period(tmp_path: Path) -> None:
    rows = ("Essex,force,2019,5,children,x", "Essex Police,,2019,6,children,x", "Essex,force,2019,5,children,x")
    found, (problem,) = read_populations(written(tmp_path, *rows))
    assert [one.people for one in found] == [5]
    assert "given twice: 5 and 6" in problem.message


def test_a_file_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column unit nor source"):
        read_populations(written(tmp_path, "Essex,2019,5", head="area,period,population\n"))


def test_the_example_of_the_documentation_is_understood_whole() -> None:
    found, problems = read_populations(EXAMPLE)
    assert not problems
    assert {one.unit for one in found} == {"children", "children in need"}
    assert {one.area for one in found if one.level is Level.REGION} <= set(regions())
