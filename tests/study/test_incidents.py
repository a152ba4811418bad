"""The documented example: a register of incidents, without a text to read, counted and briefed."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

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


@pytest.mark.skipif(not REGISTER.exists(), reason="needs the shared register of incidents beside the project")
def test_the_published_register_is_counted_as_a_spreadsheet_counts_it(tmp_path: Path) -> None:
    with REGISTER.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with init(tmp_path / "study", EXAMPLE) as real:
        real.add(REGISTER)
        real.suggest("lexicon")
        regions = {row.label: row.cells[0].count for row in real.table("D1").rows if row.kind == "value"}
        assert regions == Counter(row["region"] for row in rows)
        tags = {row.id: row.cells[0].count for row in real.table("D4").rows if row.kind == "value"}
        assert tags == {tag: sum(row[tag] == "True" for row in rows) for tag in tags}
        alike = Counter((row["csp"], row["region"], row["death_date"]) for row in rows)
        told = [problem for problem in real.problems() if problem.code == "same_case"]
        assert len(told) == sum(count > 1 for count in alike.values())
