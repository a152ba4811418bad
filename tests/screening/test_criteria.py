"""Criteria answered from values, and the decision that follows."""

from __future__ import annotations

import pytest

from goldthread.errors import GoldthreadError
from goldthread.protocol.conditions import Reading, Stated, Values, reading
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.screening.criteria import answer_criteria, propose
from goldthread.screening.model import Answer, CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.values import Basis, Missing, State
from tests.analysis.building import words

AT = "2020-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def police() -> Protocol:
    return load("police-reviews")


def values(types: tuple[str, ...] = ("SCR",), **found: str | Missing) -> dict[str, Reading]:
    """Readings, each with its own words and a confidence of 0.8, of a review of 20 pages."""
    record = {"review_type": reading(*types), "pages": reading("20")}
    for name, value in found.items():
        said = (words("v1", f"{name} is {value}."),)
        record[name] = (
            Reading(missing=value, anchors=said, confidence=0.6)
            if isinstance(value, Missing)
            else reading(value, anchors=said, confidence=0.8)
        )
    return record


GOOD = {"incident_date": "2017-05", "police_involved": "before", "police_practice": "true"}


def answers(record: Values, protocol: Protocol) -> dict[str, CriterionAnswer]:
    found = answer_criteria("v1", record, protocol, author="lexicon", engine="lexicon 1")
    return {answer.criterion: answer for answer in found}


def decide(record: Values, protocol: Protocol, **facts: bool) -> ScreeningDecision:
    found = tuple(answers(record, protocol).values())
    return propose("v1", found, record, protocol, author="lexicon", at=AT, **facts)


def test_a_review_that_meets_every_criterion_is_proposed_for_inclusion(police: Protocol) -> None:
    decision = decide(values(**GOOD), police)
    assert (decision.decision, decision.reason, decision.basis) == (ScreeningState.INCLUDED, "", Basis.DRAFT)


def test_every_criterion_is_answered_as_a_suggestion_with_the_words_it_rests_on(police: Protocol) -> None:
    found = answers(values(**GOOD), police)
    assert set(found) == {criterion.id for criterion in police.criteria}
    for answer in found.values():
        assert (answer.met, answer.state, answer.engine) == (Answer.MET, State.SUGGESTED, "lexicon 1")
        assert answer.anchors
    assert [anchor.quote for anchor in found["in_period"].anchors] == ["incident_date is 2017-05."]


@pytest.mark.parametrize(
    ("incident", "met"),
    [
        ("2016", Answer.MET),
        ("2015", Answer.UNMET),
        ("2015/2016", Answer.UNCLEAR),
        (Missing.NOT_STATED, Answer.UNCLEAR),
    ],
)
def test_the_date_criterion_follows_what_the_date_can_mean(
    police: Protocol, incident: str | Missing, met: Answer
) -> None:
    assert answers(values(incident_date=incident), police)["in_period"].met is met


def test_the_rule_follows_the_type_of_review(police: Protocol) -> None:
    adult = values(("SAR",), incident_date="2010", publication_date="2015-04-01")
    assert answers(adult, police)["in_period"].met is Answer.MET
    assert (
        answers(values(("SCR",), incident_date="2010", publication_date="2019"), police)["in_period"].met
        is Answer.UNMET
    )


def test_a_joint_review_is_asked_by_the_first_rule_for_any_of_its_types(police: Protocol) -> None:
    joint = values(("SAR", "DHR"), incident_date="2010", publication_date="2019")
    assert answers(joint, police)["in_period"].met is Answer.UNMET


def test_a_review_whose_type_no_rule_knows_is_unclear(police: Protocol) -> None:
    found = answers(values((), **GOOD), police)["in_period"]
    assert (found.met, found.confidence, found.anchors) == (Answer.UNCLEAR, 0.0, ())


def test_involvement_after_the_incident_counts_only_with_learning(police: Protocol) -> None:
    late = values(incident_date="2017", police_involved="only_after", police_practice="true")
    found = answers(late, police)["police_involved"]
    assert found.met is Answer.MET
    assert {anchor.quote for anchor in found.anchors} == {
        "police_involved is only_after.",
        "police_practice is true.",
    }
    assert decide(late, police).decision is ScreeningState.INCLUDED


def test_an_answer_is_as_sure_as_the_least_sure_value_it_rests_on(police: Protocol) -> None:
    record = values(police_involved="only_after", police_practice="true")
    record["police_practice"] = Reading((Stated("true", confidence=0.3),))
    assert answers(record, police)["police_involved"].confidence == 0.3


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({**GOOD, "incident_date": "2015-06"}, "out_of_date"),
        ({**GOOD, "nation": "scotland"}, "out_of_jurisdiction"),
        ({**GOOD, "police_involved": "none"}, "no_police_involvement"),
        ({**GOOD, "police_involved": "only_after", "police_practice": "false"}, "post_incident_only"),
        ({**GOOD, "police_practice": "false"}, "no_police_learning"),
        ({**GOOD, "incident_date": Missing.UNCLEAR}, "date_unclear"),
    ],
)
def test_each_reason_is_given_when_it_applies(police: Protocol, found: dict[str, str | Missing], reason: str) -> None:
    decision = decide(values(**found), police)
    assert (decision.decision, decision.reason) == (ScreeningState.EXCLUDED, reason)


def test_of_several_reasons_the_first_in_the_protocols_order_is_the_main_one(police: Protocol) -> None:
    everything = values(incident_date="2010", police_involved="none", police_practice="false", nation="scotland")
    order = [reason.id for reason in police.reasons]
    assert order.index("out_of_jurisdiction") < order.index("out_of_date")
    assert decide(everything, police).reason == "out_of_jurisdiction"


def test_what_the_system_knows_of_the_documents_brings_its_reason(police: Protocol) -> None:
    assert decide(values(**GOOD), police, duplicate=True).reason == "duplicate"
    assert decide(values(**GOOD), police, unreadable=True).reason == "document_not_available"
    brief = values(incident_date="2017", police_involved=Missing.NOT_STATED, police_practice=Missing.NOT_STATED)
    assert decide(brief, police).decision is ScreeningState.MAYBE
    assert decide({**brief, "pages": reading("2")}, police).reason == "too_brief"


def test_unclear_criteria_without_a_reason_leave_a_maybe(police: Protocol) -> None:
    decision = decide(values(incident_date="2015/2016", police_involved="before", police_practice="true"), police)
    assert (decision.decision, decision.reason) == (ScreeningState.MAYBE, "")


def test_nothing_is_left_out_because_nobody_has_looked_yet(police: Protocol) -> None:
    eager = police.model_copy(
        update={
            "reasons": tuple(
                reason.model_copy(update={"triggers": (reason.triggers[0].model_copy(update={"conditions": ()}),)})
                if reason.id == "date_unclear"
                else reason
                for reason in police.reasons
            )
        }
    )
    assert decide(values(), eager).decision is ScreeningState.MAYBE
    asked = values(police_involved="before", police_practice="true", incident_date=Missing.UNCLEAR)
    assert decide(asked, eager).reason == "date_unclear"


def test_a_decision_without_its_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="exactly one main reason"):
        ScreeningDecision("v1", ScreeningState.EXCLUDED, "", Basis.DRAFT, "x", AT)
    assert not issubclass(ValueError, GoldthreadError)
