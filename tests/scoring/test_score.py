from __future__ import annotations

from dataclasses import replace

from goldthread.scoring.baselines import commonest_value, keyword, majority
from goldthread.scoring.cases import Case
from goldthread.scoring.gold import GoldDocument
from goldthread.scoring.proposed import Proposed, ProposedValue
from goldthread.scoring.score import Kind, score, worst
from tests.scoring.labelled import case, labelled, passage, sentence, valued


def test_a_perfect_engine_scores_one_everywhere() -> None:
    gold = replace(
        labelled(
            sentence(0, 10, "judged", direction="missed", theme="workforce", explanation="resourcing"),
            sentence(10, 20, "described"),
            sentence(20, 30, asks="police"),
            age="7",
        ),
        sets={"needs": frozenset({"missing"})},
    )
    made = Proposed(
        {"age": (ProposedValue("7"),), "needs": (ProposedValue("missing"),)},
        (
            passage(0, 10, direction="missed", theme="workforce", explanation="resourcing"),
            passage(10, 20, direction="described"),
        ),
        (passage(20, 30, addressee="police"),),
    )
    found = score([(gold, made)])
    assert list(found) == [
        *("age", "needs", "judged practice", "any police action", "recommendations"),
        *("direction", "theme", "explanation", "addressee"),
    ]
    assert {item.main for item in found.values()} == {1.0}
    assert all(item.misses == () for item in found.values())


def test_an_engine_that_proposes_nothing_is_scored_and_finds_nothing() -> None:
    found = score([(labelled(sentence(0, 10, "judged", theme="other"), age="7"), Proposed())])
    assert found["age"].main == 0.0
    assert found["judged practice"].main == 0.0
    assert found["theme"].main is None


def test_the_main_figure_of_a_field_is_its_accuracy_and_of_passages_their_f1() -> None:
    found = score([(labelled(sentence(0, 9, "judged"), age=None, sex="male"), valued(sex="female"))])
    assert {name: item.kind for name, item in found.items()} == {
        "age": Kind.FIELD,
        "sex": Kind.FIELD,
        "judged practice": Kind.PASSAGE,
        "any police action": Kind.PASSAGE,
        "recommendations": Kind.PASSAGE,
        "direction": Kind.CODE,
        "theme": Kind.CODE,
        "explanation": Kind.CODE,
        "addressee": Kind.CODE,
    }
    assert (found["age"].main, found["sex"].main) == (1.0, 0.0)


def test_only_fields_that_are_asked_for_are_scored() -> None:
    assert list(score([(labelled(age="7", sex="male"), Proposed())], fields={"sex"})) == ["sex"]


def test_micro_f1_weighs_cases_and_macro_f1_weighs_values() -> None:
    pairs = [
        (
            GoldDocument(f"d{n}", "", sets={"needs": frozenset({"common"})}),
            Proposed({"needs": (ProposedValue("common"),)}),
        )
        for n in range(9)
    ]
    pairs.append((GoldDocument("d9", "", sets={"needs": frozenset({"rare"})}), Proposed()))
    found = score(pairs)["needs"]
    assert found.main is not None and round(found.main, 4) == round(18 / 19, 4)
    assert found.macro_f1 == 0.5
    assert [(item.value, item.documents) for item in found.values] == [("common", 9), ("rare", 1)]


def test_the_confusion_counts_every_pair_commonest_first() -> None:
    pairs = [
        (labelled(name=f"d{n}", sex=wanted), valued(sex=given) if given else Proposed())
        for n, (wanted, given) in enumerate([("male", "male"), ("male", "male"), ("female", "male"), (None, None)])
    ]
    assert score(pairs)["sex"].confusion == (("male", "male", 2), (None, None, 1), ("female", "male", 1))


def test_the_worst_misses_are_the_surest_wrong_then_what_was_not_found() -> None:
    cases = [case("a", "b", 0.3, "d1"), case("a", "b", 0.9, "d2"), case("a", None, 0.0, "d3"), case("a", "a", 1.0)]
    assert [c.document for c in worst(cases)] == ["d2", "d1", "d3"]


def test_wrong_and_missed_share_the_room_for_the_worst() -> None:
    wrong = [case("a", "b", 0.5, f"w{n:02}") for n in range(20)]
    lost = [case("a", None, 0.0, f"l{n:02}") for n in range(20)]
    shown = worst([*wrong, *lost], most=12)
    assert len(shown) == 12
    assert sum(c.given is None for c in shown) == 6
    assert len(worst([*wrong, *lost[:2]], most=12)) == 12
    assert sum(c.given is None for c in worst([*wrong, *lost[:2]], most=12)) == 2


def test_the_majority_baseline_answers_always_the_same() -> None:
    found = majority([case("a", "x"), case("a", None), case("b", "b")])
    assert found and (found.does, found.answer) == ("always", "a")
    assert found.rates.accuracy and round(found.rates.accuracy.value, 3) == 0.667


def test_where_most_documents_do_not_say_the_majority_baseline_proposes_nothing() -> None:
    found = majority([case(None, "x"), case(None, "x"), case("b", "b")])
    assert found and (found.does, found.answer) == ("never a value", None)
    assert found.rates.counts.given == 0


def test_the_commonest_value_is_the_baseline_of_a_field_with_several() -> None:
    cases = [case("a", None, item="a"), case("a", None, item="a", document="d2"), case(None, "b", item="b")]
    found = commonest_value(cases)
    assert found and found.answer == "a" and found.rates.counts.right == 2


def test_the_keyword_baseline_takes_every_sentence_with_the_word() -> None:
    cases = [
        Case("d1", "yes", None, text="The police left."),
        Case("d1", None, None, text="POLICE station, High Street"),
        Case("d1", "yes", None, text="They policed nothing."),
    ]
    found = keyword(cases)
    assert found and (found.rates.counts.given, found.rates.counts.right) == (2, 1)


def test_there_is_no_baseline_where_nothing_is_known() -> None:
    assert majority([]) is None
    assert commonest_value([case(None, None, item="a")]) is None
    assert keyword([case("yes", None)]) is None
