"""The documented example: a register of incidents, without a text to read, counted and briefed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from goldthread.analysis.crossing import asked
from goldthread.analysis.table import Table
from goldthread.study.study import Study, init

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs/examples/domestic-homicides"
REGISTER = ROOT.parent / "shared/data/dhrd/incidents.csv"
ROWS = """incident_id,csp,region,death_date,multiple_victims,cause_of_death,location_of_death,stalking,separation
X-1,Estermere,North East,March 2016,False,sharp instrument,other,True,True
X-2,Estermere,North East,March 2016,True,unknown,public_place,False,False
X-3,Sallowfen,Wales,2019,False,drowning,residential_location,False,True
X-4,Sallowfen,Wales,May 2019,False,misadventure,,False,False
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    place = tmp_path_factory.mktemp("incidents")
    (place / "incidents.csv").write_text(ROWS)
    made = init(place / "study", EXAMPLE)
    made.add(place / "incidents.csv")
    made.suggest("lexicon")
    return made


def test_cells_are_counted_as_the_mapping_says(study: Study) -> None:
    causes = study.table("D2")
    assert {row.id: row.cells[0].count for row in causes.rows if row.cells[0].count} == {
        "sharp_instrument": 1,
        "drowning": 1,
        "missing:unclear": 1,
        "missing:not_stated": 1,
        "total": 4,
    }
    tags = study.table("D4")
    assert (tags.cell("separation", "all").count, tags.cell("stalking", "all").count) == (2, 1)


def test_what_the_mapping_does_not_know_and_what_may_be_one_case_are_listed(study: Study) -> None:
    told = {problem.code: problem.message for problem in study.problems()}
    assert "“misadventure” in cause_of_death" in told["value"]
    assert told["same_case"].startswith("X-1, X-2 have the same csp, region, death_date")
    assert len(study.reviews()) == 4


def test_every_number_rests_on_a_line_of_its_document(study: Study) -> None:
    cell = study.table("D1").cell("wales", "all")
    assert {anchor.quote for anchor in cell.anchors} == {"Region: Wales"}
    assert study.verify().sound


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Study:
    if not REGISTER.exists():
        pytest.skip("needs the shared register of incidents beside the project")
    made = init(tmp_path_factory.mktemp("register") / "study", EXAMPLE)
    made.add(REGISTER)
    made.suggest("lexicon")
    return made


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with REGISTER.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


PERIODS = {"first": range(2011, 2015), "second": range(2015, 2019), "third": range(2019, 2023)}


def year(row: Mapping[str, str]) -> int:
    return int(row["death_date"][-4:])


def counted(table: Table, column: str) -> dict[str, int]:
    """Value → how many, of the rows that hold values and anything at all."""
    place = [each.id for each in table.columns].index(column)
    return {
        row.id: row.cells[place].count or 0 for row in table.rows if row.kind == "value" and row.cells[place].count
    }


def by_cause(rows: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """How many rows have each cause that is known, under the name the mapping gives it."""
    causes = Counter(row["cause_of_death"].replace(",", "").replace(" ", "_") for row in rows)
    return {cause: n for cause, n in causes.items() if cause not in ("", "unknown")}


def by_tag(rows: Sequence[Mapping[str, str]], tags: Iterable[str]) -> dict[str, int]:
    found = {tag: sum(row[tag] == "True" for row in rows) for tag in tags}
    return {tag: n for tag, n in found.items() if n}


def test_the_published_register_is_counted_as_a_spreadsheet_counts_it(
    real: Study, rows: list[dict[str, str]]
) -> None:
    regions = {row.label: row.cells[0].count for row in real.table("D1").rows if row.kind == "value"}
    assert regions == Counter(row["region"] for row in rows)
    causes = real.table("D2")
    assert counted(causes, "all") == by_cause(rows)
    assert causes.cell("missing:unclear", "all").count == sum(row["cause_of_death"] == "unknown" for row in rows)
    assert causes.cell("missing:not_stated", "all").count == sum(not row["cause_of_death"] for row in rows)
    years = counted(real.table("D3"), "all")
    assert years.pop("before") == sum(year(row) < 2011 for row in rows)
    assert years == {f"y{each}": n for each, n in Counter(map(year, rows)).items() if each >= 2011}
    tags = counted(real.table("D4"), "all")
    assert len(tags) == 16
    assert tags == by_tag(rows, tags)


def test_its_crosstabs_are_those_of_a_spreadsheet(real: Study, rows: list[dict[str, str]]) -> None:
    tags = tuple(counted(real.table("D4"), "all"))
    for period, years in PERIODS.items():
        within = [row for row in rows if year(row) in years]
        assert counted(real.table("D5"), period) == by_cause(within)
        assert counted(real.table("D7"), period) == by_tag(within, tags)
    regions = real.table("D6")
    for column in regions.columns:
        assert counted(regions, column.id) == by_tag([row for row in rows if row["region"] == column.label], tags)
    (pairs,) = real.cross(asked("tags", "tags", real.protocol))
    assert len(pairs.rows) > 60
    for row in pairs.rows:
        one, other = row.id.split("+")
        both = sum(each[one] == each[other] == "True" for each in rows)
        assert row.cells[0].count == both, row.id


def test_rows_that_may_be_one_case_are_reported_and_not_merged(real: Study, rows: list[dict[str, str]]) -> None:
    alike = Counter((row["csp"], row["region"], row["death_date"]) for row in rows)
    told = [problem for problem in real.problems() if problem.code == "same_case"]
    assert len(told) == sum(count > 1 for count in alike.values()) == 22
    assert len(real.reviews()) == 647


def test_a_periodic_briefing_of_it_is_written(real: Study, tmp_path: Path) -> None:
    html = real.brief("periodic", "draft").to_html(tmp_path / "b.html").read_text(encoding="utf-8")
    assert "Incidents by year of death" in html
    assert "Periods side by side" in html
