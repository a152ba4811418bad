from __future__ import annotations

from goldthread.scoring.cases import (
    addressee_cases,
    code_cases,
    field_cases,
    practice_cases,
    recommendation_cases,
    set_cases,
)
from goldthread.scoring.gold import GoldDocument
from goldthread.scoring.proposed import Proposed, ProposedValue
from tests.scoring.labelled import case, labelled, passage, sentence, valued


def test_a_field_is_one_case_a_document_and_the_first_value_counts() -> None:
    made = Proposed({"age": (ProposedValue("7", 0.9, "aged 7"), ProposedValue("9"))})
    (found,) = field_cases("age", [(labelled(age="7"), made)])
    assert (found.wanted, found.given, found.confidence, found.text) == ("7", "7", 0.9, "aged 7")


def test_a_field_nothing_was_proposed_for_is_a_case_too() -> None:
    assert field_cases("age", [(labelled(age="7"), Proposed())]) == [case("7", None, 0.0)]
    assert field_cases("age", [(labelled(age=None), valued(age="3"))])[0].wanted is None


def test_disputed_fields_and_documents_without_the_field_are_not_scored() -> None:
    disputed = GoldDocument("d2", "d2.txt", values={"age": None}, disputed=frozenset({"age"}))
    assert field_cases("age", [(disputed, valued(age="3")), (labelled(sex="male"), valued(age="3"))]) == []


def test_a_field_with_several_values_is_a_case_for_every_value_anybody_named() -> None:
    pairs = [
        (GoldDocument("d1", "", sets={"needs": frozenset({"a", "b"})}), Proposed({"needs": (ProposedValue("a"),)})),
        (GoldDocument("d2", "", sets={"needs": frozenset()}), Proposed({"needs": (ProposedValue("c"),)})),
    ]
    found = {(c.document, c.item): (c.wanted, c.given) for c in set_cases("needs", pairs)}
    assert found == {
        ("d1", "a"): ("a", "a"),
        ("d1", "b"): ("b", None),
        ("d1", "c"): (None, None),
        ("d2", "a"): (None, None),
        ("d2", "b"): (None, None),
        ("d2", "c"): (None, "c"),
    }


def test_disputed_values_of_a_set_are_not_scored() -> None:
    gold = GoldDocument("d1", "", sets={"needs": frozenset({"a"})}, disputed_values={"needs": frozenset({"b"})})
    found = set_cases("needs", [(gold, Proposed({"needs": (ProposedValue("b"),)}))])
    assert [c.item for c in found] == ["a"]


def test_a_described_passage_finds_police_action_but_no_judgement() -> None:
    gold = labelled(sentence(0, 10, "judged"), sentence(10, 20, "described"), sentence(20, 30, "disputed"))
    made = Proposed(practice=(passage(0, 10, direction="described"), passage(10, 20), passage(20, 30)))
    judged = practice_cases([(gold, made)], judged_only=True)
    action = practice_cases([(gold, made)], judged_only=False)
    assert [(c.wanted, c.given) for c in judged] == [("yes", None), (None, "yes")]
    assert [(c.wanted, c.given) for c in action] == [("yes", "yes"), ("yes", "yes")]


def test_a_sentence_takes_the_highest_confidence_of_the_passages_on_it() -> None:
    gold = labelled(sentence(0, 10, "judged"))
    made = Proposed(practice=(passage(0, 9, 0.3), passage(5, 10, 0.8)))
    assert practice_cases([(gold, made)], judged_only=True)[0].confidence == 0.8


def test_recommendations_with_a_disputed_addressee_still_ask() -> None:
    gold = labelled(
        sentence(0, 10, asks="addressee_disputed"), sentence(10, 20, asks="disputed"), sentence(20, 30, asks="police")
    )
    made = Proposed(recommendations=(passage(0, 30, addressee="other_agency"),))
    found = recommendation_cases([(gold, made)])
    assert [(c.wanted, c.given) for c in found] == [("yes", "yes"), ("yes", "yes")]
    assert [(c.wanted, c.given) for c in addressee_cases([(gold, made)])] == [("police", "other_agency")]


def test_codes_are_scored_on_the_best_judging_passage_of_found_sentences_alone() -> None:
    gold = labelled(
        sentence(0, 10, "judged", theme="workforce"),
        sentence(10, 20, "judged", theme="disputed"),
        sentence(20, 30, "judged", theme="custody_care"),
        sentence(30, 40, "described"),
    )
    made = Proposed(
        practice=(
            passage(0, 3, direction="missed", theme="other"),
            passage(3, 10, direction="good", theme="workforce"),
            passage(10, 20, direction="missed", theme="workforce"),
            passage(20, 30, direction="described", theme="custody_care"),
        )
    )
    assert [(c.wanted, c.given) for c in code_cases("theme", [(gold, made)])] == [("workforce", "workforce")]


def test_a_found_sentence_that_was_given_no_theme_is_wrong() -> None:
    gold = labelled(sentence(0, 10, "judged", theme="workforce"))
    (found,) = code_cases("theme", [(gold, Proposed(practice=(passage(0, 10, direction="missed", theme=""),)))])
    assert found.given is None and not found.right
