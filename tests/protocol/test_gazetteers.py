"""Forces, authorities and boards are found in a text however their names stand in it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.errors import UsageError
from goldthread.protocol.gazetteers import Gazetteer, Hit, force_of, load

FORCES = load("forces")
AUTHORITIES = load("local_authorities")
BOARDS = load("boards")


def named(gazetteer: Gazetteer, text: str) -> list[str]:
    return [hit.place.name for hit in gazetteer.find(text)]


def words(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in gazetteer.find(text)]


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
def test_a_text_is_searched_within_four_times_the_time_of_counting_its_words(gazetteer: Gazetteer) -> None:
    """A ratio in one run, so that a busy machine does not matter; alone it is some 20 million characters a second."""
    page = (
        "On 3 March the mother told North Wales Police that Mr Kent had left. Denbighshire Social Services and the "
        "Safeguarding Board met; The Chief Constable of Cheshire was told. Nothing was recorded about her. "
    )
    text = (page + "and there was nothing else to say of it but that she was seen by nobody again. " * 6) * 2_000
    assert gazetteer.find(page) is not None

    def seconds(work: Callable[[str], object]) -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    counting = min(seconds(re.compile(r"[^\W_]+").findall) for _ in range(3))
    searching = min(seconds(gazetteer.find) for _ in range(3))
    assert searching < 4 * counting


def test_a_hit_says_where_what_and_how_sure() -> None:
    assert FORCES.find("Kent Police") == (Hit(0, 11, FORCES.by_name["Kent Police"], False),)
