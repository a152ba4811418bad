"""Claims in sentences: what is read as one, and what is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goldthread.audit.findings import Sure
from goldthread.audit.prose import claims, shapes
from tests.audit.conftest import audited, errors, slips


@pytest.mark.parametrize("like", [shape.like for shape in shapes()])
def test_every_way_of_writing_a_claim_is_read(like: str) -> None:
    (claim,) = claims(like, 0)

    assert like[claim.at.start : claim.at.end] in like
    assert claim.number <= claim.whole


@pytest.mark.parametrize(
    ("sentence", "number", "whole"),
    [
        ("Information was missing in 16 (25%) of the 45 reviews.", 16, 45),
        ("Of the 78 young people in this cohort, 69 (82%) are in training.", 69, 78),
        ("Of 1,522 open cases, 940 (62%) children have no plan.", 940, 1522),
        ("The authority is in touch with 206 (97%) of its 212 care leavers.", 206, 212),
        ("Only 41 of 138 were seen in time (30%).", 41, 138),
        ("One hundred and forty-eight of 204 (73%) centres replied.", 148, 204),
        ("A rate of 87% (190 out of 213) was seen.", 190, 213),
    ],
)
def test_count_and_whole_are_found_wherever_they_stand(sentence: str, number: int, whole: int) -> None:
    (claim,) = claims(sentence, 0)

    assert (claim.number, claim.whole) == (Fraction(number), Fraction(whole))


@pytest.mark.parametrize(
    "sentence",
    [
        "Performance in quarter 1 of 2015 (35%) was low.",
        "Referrals rose by 6% (11 of 176).",
        "There was an increase of 40% (12 of 54 cases).",
        "The rate is 36 per 10,000, of whom 12 (4%) are looked after.",
        "Eyes were treated at 0.5% (12 of 39 eyes, 31%).",
        "In primary schools it is 34% (the national average is 19%).",
        "Of the 12 schools, 45 (10%) were late.",
        "The majority (85%) attend a school rated good.",
    ],
)
def test_years_changes_rates_and_strangers_are_left_alone(sentence: str) -> None:
    assert errors(sentence) == []
    assert [slip for slip in slips(sentence) if slip.rule == "percentage"] == []


def test_a_wrong_percentage_is_an_error_with_its_arithmetic_and_exact_place() -> None:
    text = "It is well known.\n\nProblems were seen in 16 (25%) of the 45 reviews. Nothing else was found.\n"
    (found,) = audited(text).findings

    assert found.slip.sure is Sure.ERROR
    assert (found.slip.printed, found.slip.expected) == ("25%", "36%")
    assert found.slip.why.startswith("16 of 45 is 35.56%, printed 25%.")
    assert found.at.quote == "16 (25%) of the 45"
    assert text[found.at.start : found.at.end] == found.at.quote
    assert (found.at.page, found.line) == (1, 3)


def test_a_percentage_far_from_its_count_is_less_sure() -> None:
    (slip,) = slips("Only 41 of 138 were completed within the time that was expected (40%).")

    assert slip.sure is Sure.INCONSISTENT


def test_a_hedged_percentage_may_be_a_few_points_off_and_is_never_an_error() -> None:
    assert slips("Problems were seen in 16 (about 38%) of the 45 reviews.") == []
    (slip,) = slips("Problems were seen in 16 (about 25%) of the 45 reviews.")
    assert slip.sure is Sure.INCONSISTENT


def test_of_whom_speaks_surely_only_where_one_number_stands_before_it() -> None:
    sure = slips("There were 82 children, of whom 14 (50%) came back.")
    unsure = slips("There were 82 children from 60 families, of whom 14 (50%) came back.")

    assert [slip.sure for slip in sure] == [Sure.ERROR]
    assert [slip.sure for slip in unsure] == [Sure.INCONSISTENT]
