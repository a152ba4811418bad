"""Forces, authorities and boards: the facts hold together, and names are found however they stand in a text."""

from __future__ import annotations

import csv
import shutil
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.gazetteers import DATA, Gazetteer, Hit, force_of, load
from goldthread.protocol.names import folded

FORCES = load("forces")
AUTHORITIES = load("local_authorities")
BOARDS = load("boards")
REAL_AUTHORITIES = [place for place in AUTHORITIES.places if not place.kind.startswith("fictional")]

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


AUTHORITIES_OF_THE_COUNTRY = [
    place for place in AUTHORITIES.places if FORCES.by_name[place.force].kind == "territorial"
]
"""All but the invented ones of the sample."""


def named(gazetteer: Gazetteer, text: str) -> list[str]:
    return [hit.place.name for hit in gazetteer.find(text)]


def words(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in gazetteer.find(text)]


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
    kinds = Counter(place.kind for place in AUTHORITIES_OF_THE_COUNTRY)
    expected = {"county": 21, "unitary": 63, "metropolitan": 36, "london_borough": 33, "district": 164, "welsh": 22}
    assert {kind: kinds[kind] for kind in expected} == expected


def test_every_authority_lies_in_a_territorial_force_and_in_its_region() -> None:
    for place in REAL_AUTHORITIES:
        force = FORCES.by_name[place.force]
        assert force.kind in ("territorial", "fictional"), place
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


# Finding


@pytest.mark.parametrize(
    ("text", "force"),
    [
        ("Officers of the Metropolitan Police attended.", "Metropolitan Police Service"),
        ("the Met did not record it", "Metropolitan Police Service"),
        ("Met Police body-worn video", "Metropolitan Police Service"),
        ("the Commissioner of Police of the Metropolis", "Metropolitan Police Service"),
        ("GMP graded the call", "Greater Manchester Police"),
        ("Devon & Cornwall Constabulary", "Devon and Cornwall Police"),
        ("DYFED-POWYS POLICE", "Dyfed-Powys Police"),
        ("Dyfed Powys Police", "Dyfed-Powys Police"),
        ("Dyfed‑Powys Police", "Dyfed-Powys Police"),
        ("Hampshire and Isle of Wight Constabulary", "Hampshire Constabulary"),
        ("Hampshire Police", "Hampshire Constabulary"),
        ("Avon and Somerset Police", "Avon and Somerset Constabulary"),
        ("Wiltshire Constabulary", "Wiltshire Police"),
        ("Police Scotland", "Police Service of Scotland"),
        ("the PSNI", "Police Service of Northern Ireland"),
        ("Greater Manchester police said", "Greater Manchester Police"),
        ("Recommendation to Bedfordshire PoliceThe force should", "Bedfordshire Police"),
        ("the City of London Police", "City of London Police"),
        ("Heddlu Gwent", "Gwent Police"),
    ],
)
def test_a_force_is_known_by_the_names_it_goes_by(text: str, force: str) -> None:
    assert named(FORCES, text) == [force]


@pytest.mark.parametrize(
    "text",
    [
        "Greater Manchester \nPolice",
        "Greater  Manchester\r\n Police",
        "Greater\u00a0Manchester Police",
        "Greater Man\u00ad\r\nchester Police",
        "GREATER MANCHESTER POLICE",
        "Greater\fManchester Police",
    ],
)
def test_line_breaks_blanks_and_soft_hyphens_do_not_hide_a_name(text: str) -> None:
    (hit,) = FORCES.find(f"by {text}, who")
    assert (hit.start, hit.end, hit.place.name, hit.weak) == (3, 3 + len(text), "Greater Manchester Police", False)


def test_a_blank_line_parts_a_heading_from_the_sentence_below_it() -> None:
    assert named(FORCES, "Kent\n\nPolice attended the house.") == []
    assert named(FORCES, "She moved to Kent. Police attended.") == []
    assert named(FORCES, "In Kent, Police attended.") == []


@pytest.mark.parametrize(
    "text",
    [
        "East Sussex County Council",
        "Mr Kent said",
        "Surrey and Borders Partnership NHS Foundation Trust",
        "the West Midlands Ambulance Service",
        "North Wales and South Wales",
        "Mercia Police Cadets League",
        "the Met Office warned of snow",
        "She met officers at the station",
        "he was met by police",
        "the Medical Protection Society (MPS)",
        "Cleveland, Ohio",
        "an Essexpolice address",
        "Norfolk and Norwich University Hospital",
        "the Kentish Police Gazette",
    ],
)
def test_a_county_or_a_likeness_is_no_force(text: str) -> None:
    assert named(FORCES, text) == []


@pytest.mark.parametrize(
    ("text", "force", "quoted"),
    [
        ("The Chief Constable of Kent replied.", "Kent Police", "Kent"),
        ("Sussex officers attended.", "Sussex Police", "Sussex"),
        ("officers from Durham", "Durham Constabulary", "Durham"),
        ("Norfolk’s control room", "Norfolk Constabulary", "Norfolk"),
        ("MPS officers searched the flat", "Metropolitan Police Service", "MPS"),
        ("Chief Constable, West Mercia", "West Mercia Police", "West Mercia"),
    ],
)
def test_a_bare_name_counts_beside_a_word_that_vouches_for_it(text: str, force: str, quoted: str) -> None:
    (hit,) = FORCES.find(text)
    assert (hit.place.name, text[hit.start : hit.end], hit.weak) == (force, quoted, True)


def test_forces_that_share_one_noun_are_all_named() -> None:
    assert named(FORCES, "Surrey and Sussex Police") == ["Surrey Police", "Sussex Police"]
    assert words(FORCES, "Bedfordshire, Cambridgeshire and Hertfordshire Police") == [
        "Bedfordshire",
        "Cambridgeshire",
        "Hertfordshire Police",
    ]
    assert named(FORCES, "He lived in Kent, Essex Police said") == ["Essex Police"]


def test_an_abbreviation_the_text_explains_counts_everywhere_in_it() -> None:
    text = "West Midlands Police (WMP) took the call. Later WMP closed it."
    assert words(FORCES, text) == ["West Midlands Police", "WMP", "WMP"]
    assert words(FORCES, "The trust phoned. Later WMP closed it.") == []


def test_a_longer_name_wins_over_a_shorter_one() -> None:
    assert named(FORCES, "North Wales Police told South Wales Police") == ["North Wales Police", "South Wales Police"]
    assert named(FORCES, "West Yorkshire Police and North Yorkshire Police") == [
        "West Yorkshire Police",
        "North Yorkshire Police",
    ]
    assert named(AUTHORITIES, "East Sussex County Council") == ["East Sussex"]
    assert named(AUTHORITIES, "West Northamptonshire Council") == ["West Northamptonshire"]


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("the London Borough of Camden", "Camden"),
        ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("Hull City Council", "Kingston upon Hull"),
        ("King’s Lynn and West Norfolk Borough Council", "King's Lynn and West Norfolk"),
        ("St. Helens Council", "St Helens"),
        ("Bournemouth, Christchurch and Poole Council", "Bournemouth, Christchurch and Poole"),
        ("BCP Council", "Bournemouth, Christchurch and Poole"),
        ("Stoke-on-\nTrent City Council", "Stoke-on-Trent"),
        ("Newcastle-under-Lyme Borough Council", "Newcastle-under-Lyme"),
        ("Bath & North East Somerset Council", "Bath and North East Somerset"),
        ("Rhondda Cynon Taff County Borough Council", "Rhondda Cynon Taf"),
        ("Haringey Children’s Services", "Haringey"),
        ("London Borough of Barking\r\nand Dagenham", "Barking and Dagenham"),
    ],
)
def test_an_authority_is_known_by_its_councils_names(text: str, authority: str) -> None:
    assert named(AUTHORITIES, text) == [authority]


@pytest.mark.parametrize(
    "text", ["a flat in Camden", "Reading the file", "a bath", "Rugby training", "Mr Lincoln", "in Hart"]
)
def test_a_town_or_a_common_word_is_no_authority(text: str) -> None:
    assert named(AUTHORITIES, text) == []


@pytest.mark.parametrize(
    ("text", "board", "force"),
    [
        ("Norfolk Safeguarding Children Board", "Norfolk Safeguarding Children Board", "Norfolk Constabulary"),
        ("Kent and Medway Safeguarding Adults Board", "Kent and Medway Safeguarding Adults Board", "Kent Police"),
        ("Bexley S.H.I.E.L.D.", "Bexley S.H.I.E.L.D.", "Metropolitan Police Service"),
        ("CYSUR", "CYSUR", "Dyfed-Powys Police"),
        ("Cwm Taf Safeguarding Board", "Cwm Taf Safeguarding Board", "South Wales Police"),
        ("Gwent Safeguarding", "Gwent Safeguarding Board", "Gwent Police"),
        ("North Wales Safeguarding Board", "North Wales Safeguarding Board", "North Wales Police"),
        (
            "Pan-Dorset Safeguarding Children Partnership",
            "Pan-Dorset Safeguarding Children Partnership",
            "Dorset Police",
        ),
        (
            "Pan Dorset Safeguarding Children’s Partnership",
            "Pan-Dorset Safeguarding Children Partnership",
            "Dorset Police",
        ),
        ("Brent LSCB", "Brent Safeguarding Children Board", "Metropolitan Police Service"),
        ("Safer Leeds", "Leeds Community Safety Partnership", "West Yorkshire Police"),
        ("Teeswide Safeguarding Adults Board", "Teeswide Safeguarding Adults Board", "Cleveland Police"),
        (
            "North Devon and Torridge CSP",
            "North Devon and Torridge Community Safety Partnership",
            "Devon and Cornwall Police",
        ),
    ],
)
def test_a_board_is_known_and_lies_in_a_force(text: str, board: str, force: str) -> None:
    (hit,) = BOARDS.find(text)
    assert (hit.place.name, hit.place.force) == (board, force)


# Looking up


@pytest.mark.parametrize(
    ("name", "force"),
    [
        ("Kent", "Kent Police"),
        ("Kent County Council", "Kent Police"),
        ("london borough of brent", "Metropolitan Police Service"),
        ("Brighton & Hove", "Sussex Police"),
        ("Isles of Scilly", "Devon and Cornwall Police"),
        ("Ynys Môn", "North Wales Police"),
        ("Aylesbury Vale District Council", "Thames Valley Police"),
        ("Surrey Safeguarding Adults Board", "Surrey Police"),
        ("The Royal Borough of Windsor and Maidenhead", "Thames Valley Police"),
        ("City and Hackney Safeguarding Adults Board", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_the_force_of_an_authority_or_board(name: str, force: str | None) -> None:
    assert force_of(name) == force


def test_a_whole_cell_is_resolved_in_any_case() -> None:
    assert FORCES.resolve("metropolitan police") == FORCES.by_name["Metropolitan Police Service"]
    assert FORCES.resolve("Met Office") is None
    assert FORCES.resolve("Kent Police and Essex Police") is None


def test_an_unknown_gazetteer_is_a_usage_error_that_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="forces, local_authorities, boards"):
        load("force")


def test_a_gazetteer_is_read_once() -> None:
    assert load("forces") is FORCES


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


# Properties

PIECES = st.one_of(
    st.sampled_from(
        [place.name for place in FORCES.places]
        + [
            "Kent",
            "the Met",
            "MPS",
            "Chief Constable of ",
            "(",
            ")",
            " and ",
            ", ",
            "\r\n",
            "\u00ad\n",
            "Police",
            " officers",
        ]
    ),
    st.text(max_size=8),
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_hits_never_overlap_and_their_offsets_are_exact(text: str) -> None:
    hits = FORCES.find(text)
    for before, after in pairwise(hits):
        assert before.end <= after.start
    for hit in hits:
        assert 0 <= hit.start < hit.end <= len(text)
        quoted = text[hit.start : hit.end]
        assert quoted == quoted.strip()
        assert FORCES.resolve(quoted.replace("\u00ad\n", "")) == hit.place or "\u00ad" in quoted


@given(
    st.sampled_from([place for place in FORCES.places if place.kind != "decoy"]),
    st.sampled_from([" ", "\n", "\r\n", "  ", " \n "]),
)
def test_any_force_is_found_whatever_stands_between_its_words(place: object, gap: str) -> None:
    name = getattr(place, "name")  # noqa: B009
    text = f"… {gap.join(name.split(' '))}."
    assert [hit.place for hit in FORCES.find(text)] == [place]


@pytest.mark.parametrize("gazetteer", [FORCES, AUTHORITIES, BOARDS], ids=lambda each: each.name)
def test_five_million_characters_a_second_are_searched(gazetteer: Gazetteer) -> None:
    page = (
        "On 3 March the mother told North Wales Police that Mr Kent had left. Denbighshire Social Services and the "
        "Safeguarding Board met; The Chief Constable of Cheshire was told. Nothing was recorded about her. "
    )
    text = page * 10_000
    assert gazetteer.find(page * 10) is not None

    def seconds() -> float:
        start = time.process_time()
        gazetteer.find(text)
        return time.process_time() - start

    assert len(text) / min(seconds() for _ in range(3)) > 5e6


def test_a_hit_says_where_what_and_how_sure() -> None:
    assert FORCES.find("Kent Police") == (Hit(0, 11, FORCES.by_name["Kent Police"], False),)
