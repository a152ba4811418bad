"""Names get stand-ins of their own length, the same one everywhere, and nothing else is touched."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from goldthread.assist.llm.names import StandIns
from goldthread.assist.llm.prompting import name_words

TITLES, ORDINARY = name_words()


def stand_ins(salt: str = "salt") -> StandIns:
    return StandIns(salt, ORDINARY, TITLES)


def veiled(text: str, **given: list[str]) -> str:
    return stand_ins().replace(text, [], given.get("listed", []))


def test_names_after_a_title_in_mid_sentence_and_beside_a_name_are_replaced() -> None:
    text = (
        "On Monday Mr Ashdown rang. His neighbour Perdita Quillfeather spoke to PC Thorne about Hope Ashdown. "
        "The hope was that Thorne’s report of ASHDOWN would be read."
    )
    made = veiled(text)
    for name in ("Ashdown", "Perdita", "Quillfeather", "Thorne", "Hope", "ASHDOWN"):
        assert name not in made
    for kept in ("On Monday Mr ", " rang. His neighbour ", "spoke to PC", "The hope was that", "’s report of"):
        assert kept in made


def test_a_name_has_one_stand_in_in_every_case_and_text() -> None:
    names = stand_ins()
    first = names.replace("Mr Ashdown came.", [])
    second = names.replace("They saw Ashdown and ASHDOWN.", [])
    stand_in = first.split()[1]
    assert second == f"They saw {stand_in} and {stand_in.upper()}."
    assert stand_ins("another").replace("Mr Ashdown came.", []) != first


def test_different_names_have_different_stand_ins() -> None:
    names = [f"{a}{b}" for a in ("Bel", "Cor", "Dun", "Fal", "Gor") for b in ("ab", "ec", "id", "of", "ug")]
    known = stand_ins()
    known.replace(" ".join(f"Mr {name} came." for name in names), [])
    assert len(set(known.known.values())) == len(names)
    assert not set(known.known.values()) & set(known.known)


def test_a_name_broken_at_a_line_end_is_replaced_and_stays_broken() -> None:
    made = veiled("Mr Quill\u00ad\nfeather came. Mr Quillfeather left.")
    assert "Quill" not in made
    assert "feather" not in made
    broken = re.search(r"(\w+)\u00ad\n(\w+) came", made)
    assert broken
    assert f"Mr {broken[1]}{broken[2]} left" in made


def test_what_stands_in_a_kept_stretch_stays_and_elsewhere_is_replaced() -> None:
    text = "Northmoor Police told Mr Northmoor."
    made = stand_ins().replace(text, [(0, 16)])
    assert made.startswith("Northmoor Police told Mr ")
    assert "Mr Northmoor" not in made


def test_a_listed_name_is_replaced_in_any_case_and_place() -> None:
    made = veiled("may came home; Hope is what May had.", listed=["May"])
    assert "may" not in made.lower()


def test_abbreviations_places_of_the_calendar_and_plain_words_stay() -> None:
    text = "In March the MARAC met in England. Officers of the NHS and CPS were told on Friday. Officers came."
    assert veiled(text + " The officers left.") == text + " The officers left."


@given(st.text("Mr Abé’\u00ad\n .-xİß", max_size=60))
def test_lengths_and_everything_that_is_no_letter_stay(text: str) -> None:
    made = veiled(text)
    assert len(made) == len(text)
    for old, new in zip(text, made, strict=True):
        assert old == new or (old.isalpha() and new.isalpha())
