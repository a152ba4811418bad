"""The same quantity given differently in two places."""

from __future__ import annotations

from goldthread.audit.findings import Sure
from tests.audit.conftest import audited, slips, tabbed

FILLER = "The team met often and talked about what it had read in the papers before it. " * 25
SAID = "Missed opportunities to identify risk were evidenced in {n} reviews across all of the types that were read."


def test_the_same_words_around_another_number_far_away_are_found_with_both_places() -> None:
    text = f"{SAID.format(n=67)}\n\n{FILLER}\n\n{SAID.format(n=76)}\n"
    (found,) = audited(text).findings

    assert found.slip.rule == "same quantity"
    assert found.slip.sure is Sure.INCONSISTENT
    assert (found.slip.printed, found.slip.expected) == ("76", "67")
    assert found.also is not None
    assert "67 reviews" in found.also.quote


def test_the_same_number_again_and_another_number_close_by_are_fine() -> None:
    assert slips(f"{SAID.format(n=67)}\n\n{FILLER}\n\n{SAID.format(n=67)}\n") == []
    assert slips(f"{SAID.format(n=67)} {SAID.format(n=76)}") == []


def test_years_sections_and_measures_are_not_quantities() -> None:
    for words in (
        "It was decided in section {n} of the act on the care",
        "The file was kept for {n} years after the end of care",
    ):
        assert slips(f"{words.format(n=17)} of children.\n\n{FILLER}\n\n{words.format(n=47)} of children.\n") == []


def test_a_table_printed_twice_with_another_number_is_found() -> None:
    rows = [["", "Cases"], ["Neglect", "10"], ["Abuse", "12"], ["Other", "8"]]
    changed = [row.copy() for row in rows]
    changed[2][1] = "21"
    text = tabbed("Table 1: Kinds of harm", rows) + FILLER + "\n\n" + tabbed("Table 9: Kinds of harm", changed)
    (slip,) = slips(text)

    assert (slip.rule, slip.printed, slip.expected, slip.table) == ("same quantity", "21", "12", "Table 9")


ROWS = [
    ["Whose unidentified risks", "Number of cases"],
    ["Suspects", "23"],
    ["Adults (18+)", "17"],
    ["Children (under 13)", "16"],
    ["Adolescents", "11"],
]


def test_a_sentence_that_contradicts_the_row_it_speaks_of_is_found() -> None:
    text = tabbed("Table 12: Whose risks were missed", ROWS)
    (slip,) = slips(
        text + "\nThis was seen in 13 of the 17 cases where unidentified risks to children under 13 were present.\n"
    )

    assert (slip.rule, slip.printed, slip.expected, slip.table) == ("text and table", "17", "16", "Table 12")
    assert slip.sure is Sure.INCONSISTENT


def test_words_with_a_third_number_are_a_form_of_words() -> None:
    said = f"{SAID.format(n=67)}\n\n{FILLER}\n\n{SAID.format(n=76)}\n\n{FILLER}\n\n"
    assert len(slips(said)) == 1
    assert slips(f"{said}{SAID.format(n=12)}\n") == []


def test_a_sentence_of_which_two_numbers_differ_is_told_of_two_subjects() -> None:
    said = "In this sector practice was found to have fallen short in {n} passages and was good in {m} passages here."
    apart = f"{said.format(n=72, m=4)}\n\n{FILLER}\n\n"
    assert slips(f"{apart}{said.format(n=7, m=1)}\n") == []
    assert slips(f"{apart}{said.format(n=7, m='no')}\n") == []
    assert len(slips(f"{apart}{said.format(n=7, m=4)}\n")) == 1


def test_what_is_said_of_a_part_is_not_said_of_its_whole() -> None:
    table = tabbed("Table 12: Whose risks were missed", ROWS)
    said = "\nIn all, {n} cases had unidentified risks to children under 13 in them.\n"
    assert [slip.printed for slip in slips(table + said.format(n="17"))] == ["17"]
    assert slips(table + said.format(n="16 of 17")) == []


def test_a_row_for_what_is_left_over_is_spoken_of_as_such() -> None:
    rest = [[label.replace("Children", "Other children"), number] for label, number in ROWS]
    table = tabbed("Table 12: Whose risks were missed", rest)
    said = "\nIn all, 17 cases had unidentified risks to {whom} under 13 in them.\n"
    assert slips(table + said.format(whom="children")) == []
    assert len(slips(table + said.format(whom="other children"))) == 1


def test_a_sentence_that_agrees_or_speaks_of_something_else_is_silent() -> None:
    text = tabbed("Table 12: Whose risks were missed", ROWS)

    assert slips(text + "\nThere were 16 cases where unidentified risks to children under 13 were present.\n") == []
    assert slips(text + "\nOfficers spoke with 9 children under the age of 13 in the 40 cases they attended.\n") == []
