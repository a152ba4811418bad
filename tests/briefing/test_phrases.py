from __future__ import annotations

import pytest

from goldthread.briefing.words.phrases import counted, day, listed, lower_start, part_of, ranges, shortened, spanned


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no reviews"), (1, "1 review"), (2, "2 reviews"), (1204, "1,204 reviews")]
)
def test_numbers_agree_with_their_noun(number: int, said: str) -> None:
    assert counted(number, "review") == said


def test_an_irregular_plural_is_used_as_given() -> None:
    assert counted(2, "kind of reason", "kinds of reason") == "2 kinds of reason"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (12, 40, "12 of 40 reviews (30%)"),
        (1, 8, "1 of 8 reviews (13%)"),
        (1, 1, "1 of 1 review (100%)"),
        (0, 40, "none of 40 reviews"),
        (0, 1, "not in the 1 review"),
        (0, 0, "no reviews"),
    ],
)
def test_a_share_names_its_whole_and_rounds_halves_up(part: int, whole: int, said: str) -> None:
    assert part_of(part, whole, "review") == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_lists_read_as_a_sentence_does(items: list[str], said: str) -> None:
    assert listed(items) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2019-05-03", "3 May 2019"),
        ("2019-05-03T10:00:00+00:00", "3 May 2019"),
        ("2019-05", "May 2019"),
        ("2019", "2019"),
        ("", ""),
        ("spring", "spring"),
        ("2019-13-40", "2019-13-40"),
    ],
)
def test_dates_are_as_precise_as_the_report(iso: str, said: str) -> None:
    assert day(iso) == said


def test_a_long_file_name_keeps_its_beginning_and_its_end() -> None:
    name = "jtai__50162_some-town__joint_area_child_protection_inspection_-_12_july_2024.pdf"
    assert shortened(name, 40) == "jtai__50162_some-town__jo…_july_2024.pdf"
    assert len(shortened(name, 40)) == 40
    assert shortened(name, len(name)) == name
    assert shortened("", 40) == ""


def test_a_long_label_is_cut_at_its_end() -> None:
    assert shortened("SCR A — Serious Case Review", 12, ending=0) == "SCR A — Ser…"
    assert shortened("SCR A — Serious Case Review", 9, ending=0) == "SCR A —…"


@pytest.mark.parametrize(
    ("numbers", "said"), [([], ""), ([7], "7"), ([9, 3, 8, 7, 8], "3, 7–9"), ([1, 2], "1–2"), ([1, 3], "1, 3")]
)
def test_numbers_in_a_row_are_told_by_their_ends(numbers: list[int], said: str) -> None:
    assert ", ".join(spanned(*run) for run in ranges(numbers)) == said


def test_abbreviations_keep_their_capitals_inside_a_sentence() -> None:
    assert lower_start("Identification of risk") == "identification of risk"
    assert lower_start("MARAC referral") == "MARAC referral"
    assert lower_start("") == ""
