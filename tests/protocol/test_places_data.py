"""The facts of the gazetteers hold together, and a damaged file is named."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

from goldthread.errors import ProtocolError
from goldthread.protocol.gazetteers import DATA, Gazetteer, load
from goldthread.protocol.names import folded

FORCES = load("forces")
AUTHORITIES = load("local_authorities")
BOARDS = load("boards")

REGIONS = {
    "North East": 3,
    "North West": 5,
    "Yorkshire and the Humber": 4,
    "East Midlands": 5,
    "West Midlands": 4,
    "East of England": 6,
    "London": 2,
    "South East": 5,
    "South West": 5,
    "Wales": 4,
}


REAL_AUTHORITIES = [place for place in AUTHORITIES.places if not place.kind.startswith("fictional")]
"""All but the invented ones of the sample."""


# The facts


def test_there_are_43_territorial_forces_in_ten_police_regions() -> None:
    territorial = [place for place in FORCES.places if place.kind == "territorial"]
    assert len(territorial) == 43
    assert Counter(place.region for place in territorial) == REGIONS
    assert {place.nation for place in territorial if place.region == "Wales"} == {"Wales"}
    assert all(place.force == place.name for place in territorial)


@pytest.mark.parametrize(
    "name",
    ["British Transport Police", "Ministry of Defence Police", "Civil Nuclear Constabulary", "National Crime Agency"],
)
def test_national_forces_belong_to_no_region(name: str) -> None:
    place = FORCES.by_name[name]
    assert (place.kind, place.region, place.force) == ("national", "", "")


def test_current_authorities_are_those_of_april_2023() -> None:
    kinds = Counter(place.kind for place in REAL_AUTHORITIES)
    expected = {"county": 21, "unitary": 63, "metropolitan": 36, "london_borough": 33, "district": 164, "welsh": 22}
    assert {kind: kinds[kind] for kind in expected} == expected


def test_every_authority_lies_in_a_territorial_force_and_in_its_region() -> None:
    for place in REAL_AUTHORITIES:
        force = FORCES.by_name[place.force]
        assert force.kind == "territorial", place
        assert (place.region, place.nation) == (force.region, force.nation), place


def test_every_territorial_force_has_an_authority() -> None:
    assert {place.force for place in REAL_AUTHORITIES} == {
        place.name for place in FORCES.places if place.kind == "territorial"
    }


def test_every_district_lies_in_a_county_of_the_same_force() -> None:
    with (DATA / "local_authorities.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    forces = {row["name"]: row["force"] for row in rows}
    for row in rows:
        if row["kind"] == "district":
            assert forces[row["county"]] == row["force"], row["name"]


def test_every_board_names_a_known_force_or_none() -> None:
    assert {place.force for place in BOARDS.places} <= {"", *FORCES.by_name}
    assert [place.name for place in BOARDS.places if not place.force] == [
        "City and Hackney Safeguarding Adults Board",
        "City and Hackney Safeguarding Children Partnership",
        "City and Hackney Safeguarding Children Board",
    ]


@pytest.mark.parametrize("gazetteer", [FORCES, AUTHORITIES, BOARDS], ids=lambda each: each.name)
def test_no_safe_name_means_two_places(gazetteer: Gazetteer) -> None:
    owners: dict[tuple[str, ...], str] = {}
    for place in gazetteer.places:
        for alias in (place.name, *place.aliases):
            assert owners.setdefault(folded(alias), place.id) == place.id, alias


@pytest.mark.parametrize("gazetteer", [FORCES, AUTHORITIES, BOARDS], ids=lambda each: each.name)
def test_every_safe_name_is_found_where_it_stands_alone(gazetteer: Gazetteer) -> None:
    for place in gazetteer.places:
        for alias in place.aliases:
            text = f"({alias})"
            hits = gazetteer.find(text)
            expected = () if place.kind == "decoy" else (place.id,)
            assert tuple(hit.place.id for hit in hits) == expected, alias


def test_an_invented_place_of_the_sample_is_marked_as_such_wherever_it_is_listed() -> None:
    invented = [place for place in FORCES.places if place.kind == "fictional"]
    assert all(place.region.startswith("Fictional") for place in invented)
    real = {place.name for place in FORCES.places if place.kind == "territorial"}
    assert not real & {place.force for place in AUTHORITIES.places if place.region.startswith("Fictional")}


# A study's own files


def test_a_folder_of_ones_own_is_read_in_place_of_ours(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "own")
    table = tmp_path / "own" / "forces.csv"
    table.write_text(
        "id,name,area,kind,region,nation,aliases,weak_aliases\n"
        "tas,Tasmania Police,Tasmania,territorial,South,AU,TasPol,\n",
        encoding="utf-8",
    )
    own = load("forces", tmp_path / "own")
    assert [hit.place.id for hit in own.find("TasPol and the Tasmania Police Service")] == ["tas", "tas"]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("id,name\na,b\n", "columns"),
        ("id,name,area,kind,region,nation,aliases,weak_aliases\na,b\n", "cells"),
        ("id,name,area,kind,region,nation,aliases,weak_aliases\na,B,,n,,,,\na,C,,n,,,,\n", "used twice"),
    ],
)
def test_a_damaged_file_is_named_in_the_error(tmp_path: Path, damage: str, says: str) -> None:
    shutil.copytree(DATA, tmp_path / "own")
    (tmp_path / "own" / "forces.csv").write_text(damage, encoding="utf-8")
    with pytest.raises(ProtocolError, match=says) as raised:
        load("forces", tmp_path / "own")
    assert "forces.csv" in raised.value.where


def test_a_missing_file_and_an_unknown_force_are_named_in_the_error(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "own")
    with (tmp_path / "own" / "boards.csv").open("a", encoding="utf-8") as table:
        table.write("Nowhere,,adults,Nowhere Police,\n")
    with pytest.raises(ProtocolError, match="Nowhere Police"):
        load("boards", tmp_path / "own")
    (tmp_path / "own" / "words.csv").unlink()
    with pytest.raises(ProtocolError, match="missing"):
        load("local_authorities", tmp_path / "own")
