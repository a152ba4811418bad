"""What the engine takes from the openings of statutory reviews, where the outcome competes with all before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldthread.assist.engine import Suggestions
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.extraction.model import Characteristic
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.values import Missing

from .conftest import review_of
from .statutory import OPENINGS, Opening


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews")


def suggested(opening: Opening, protocol: Protocol) -> Suggestions:
    review = replace(review_of(opening.text, review_types=opening.types), title=opening.title)
    return LexiconEngine().suggest(review, protocol)


def of(made: Suggestions, field: str) -> list[Characteristic]:
    return [each for each in made.characteristics if each.field == field]


@pytest.mark.parametrize("name", OPENINGS)
def test_a_reader_and_the_engine_take_the_same_from_an_opening(name: str, protocol: Protocol) -> None:
    opening = OPENINGS[name]
    made = suggested(opening, protocol)
    found = {field: of(made, field)[0].value or "" for field in opening.values}
    assert found == opening.values


def test_a_domestic_homicide_review_is_about_a_death_whatever_else_it_tells(protocol: Protocol) -> None:
    text = "Summary\n\nShe was seriously injured, her arm was fractured, and she was assaulted. Her death followed."
    made = suggested(Opening(("DHR",), "A review", text, {}), protocol)
    assert of(made, "outcome")[0].value == "death"


def test_a_date_left_out_on_purpose_is_withheld_and_says_where(protocol: Protocol) -> None:
    text = "Introduction\n\nChild B died on a date that has been withheld to protect the family."
    (found,) = of(suggested(Opening(("SCR",), "Child B", text, {}), protocol), "incident_date")
    assert found.missing is Missing.WITHHELD
    assert "withheld" in found.anchors[0].quote


def test_ethnicity_recorded_in_different_ways_is_unclear(protocol: Protocol) -> None:
    text = "Introduction\n\nAgencies recorded Child B's ethnicity inconsistently and it could not be established."
    (found,) = of(suggested(Opening(("SCR",), "Child B", text, {}), protocol), "ethnicity")
    assert found.missing is Missing.UNCLEAR


def test_the_silence_of_a_short_document_tells_nothing_about_the_police(protocol: Protocol) -> None:
    text = "Introduction\n\nChild B died on 3 May 2018 in hospital. The family doctor had been told."
    (found,) = of(suggested(Opening(("SCR",), "Child B", text, {}), protocol), "police_involved")
    assert found.missing is Missing.NOT_STATED


def test_the_silence_of_a_long_one_rests_on_the_sentence_that_says_what_it_is_about(protocol: Protocol) -> None:
    told = " ".join(f"The doctor saw the family in week {n} of that year." for n in range(60))
    about = "Child B died on 3 May 2018 in hospital after a fall."
    text = f"A note on how to read this report.\n\nIntroduction\n\n{about} {told}"
    (found,) = of(suggested(Opening(("SCR",), "Child B", text, {}), protocol), "police_involved")
    assert (found.value, found.confidence) == ("none", 0.5)
    assert found.anchors[0].quote == about


def test_a_review_that_says_the_police_came_only_afterwards_is_believed(protocol: Protocol) -> None:
    text = (
        "Introduction\n\nChild B died on 3 May 2018. The police had no contact with the family before the death. "
        "Officers attended the hospital on 3 May 2018 and opened an investigation. Officers did not secure the scene."
    )
    made = suggested(Opening(("SCR",), "Child B", text, {}), protocol)
    (found,) = of(made, "police_involved")
    assert found.value == "only_after"
    assert "before the death" in found.anchors[0].quote
    assert of(made, "police_practice")[0].value == "true"


def test_the_children_of_a_family_are_subjects_of_their_own(protocol: Protocol) -> None:
    text = (
        "Serious Case Review\n\nChild Q and siblings\n\nIntroduction\n\nChild Q, aged 7, suffered neglect.\n\n"
        "The family\n\nName\tRelationship\tAge\nChild Q\tSubject of this review\t7\n"
        "Sibling 1\tSister of Child R\t9\nSibling 2\tHalf-brother\t11\nMother\tMother\t31\n"
    )
    ages = {
        each.subject_no: each.value for each in of(suggested(Opening(("SCR",), "Child Q", text, {}), protocol), "age")
    }
    assert ages.get(1) == "7"
    assert "31" not in ages.values()


@pytest.mark.parametrize(
    ("name", "category", "value"),
    [
        ("INJURED_BABY", "harm_category", "physical_abuse"),
        ("TOOK_HER_OWN_LIFE", "death_category", "suicide"),
        ("NEGLECTED_CHILDREN", "harm_category", "neglect"),
    ],
)
def test_a_periodic_analysis_takes_the_same_from_reviews_of_children(name: str, category: str, value: str) -> None:
    opening = OPENINGS[name]
    made = suggested(opening, load("periodic-review"))
    for field in ("outcome", "incident_date", "age"):
        assert of(made, field)[0].value == opening.values[field]
    assert of(made, category)[0].value == value
