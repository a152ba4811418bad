"""One review as readings: basis, precedence, subjects, derived fields and what does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Event, Thread

import pytest

from goldthread.extraction.model import Characteristic
from goldthread.protocol.cases import Case, CaseTemplate, register_facts
from goldthread.protocol.conditions import Reading
from goldthread.protocol.load import load
from goldthread.protocol.model import Band, FieldDefinition, FieldKind, Protocol
from goldthread.values import Basis, Missing, State
from tests.analysis.building import characteristic


@pytest.fixture(scope="module")
def police() -> Protocol:
    return load("police-reviews")


def case(
    protocol: Protocol, *logged: Characteristic, basis: Basis = Basis.DRAFT, types: tuple[str, ...] = ("SCR",)
) -> Case:
    return CaseTemplate(protocol, basis).case(logged, register_facts(("SCR",), publication_date="2019-03", pages=12))


def told(found: Reading) -> tuple[str, ...] | Missing | None:
    return tuple(value.value for value in found.stated) or found.missing


def suggested(field: str, value: str | Missing, confidence: float = 0.5, subject: int = 0) -> Characteristic:
    return characteristic("v", field, value, state=State.SUGGESTED, confidence=confidence, subject=subject)


def test_a_suggestion_counts_on_the_draft_basis_alone(police: Protocol) -> None:
    item = suggested("outcome", "death")
    assert told(case(police, item)["outcome"]) == ("death",)
    assert told(case(police, item, basis=Basis.CONFIRMED)["outcome"]) is Missing.NOT_SOUGHT


def test_what_a_person_confirmed_stands_before_any_suggestion(police: Protocol) -> None:
    items = [suggested("outcome", "death", 0.99), characteristic("v", "outcome", "serious_harm", confidence=0.1)]
    assert told(case(police, *items)["outcome"]) == ("serious_harm",)
    confirmed_missing = characteristic("v", "outcome", Missing.UNCLEAR)
    assert told(case(police, suggested("outcome", "death"), confirmed_missing)["outcome"]) is Missing.UNCLEAR


@pytest.mark.parametrize("state", [State.REJECTED, State.SUPERSEDED])
def test_what_was_rejected_or_superseded_is_not_there(police: Protocol, state: State) -> None:
    assert told(case(police, characteristic("v", "outcome", "death", state=state))["outcome"]) is Missing.NOT_SOUGHT


def test_of_rival_suggestions_the_surest_counts(police: Protocol) -> None:
    items = [suggested("outcome", "death", 0.4), suggested("outcome", "serious_harm", 0.7)]
    assert told(case(police, *items)["outcome"]) == ("serious_harm",)


def test_a_field_with_several_values_keeps_them_all_and_all_their_words(police: Protocol) -> None:
    items = [suggested("vulnerabilities", "missing"), suggested("vulnerabilities", "fgm")]
    items.append(characteristic("v", "vulnerabilities", "fgm", state=State.SUGGESTED, subject=1))
    found = case(police, *items)["vulnerabilities"]
    assert told(found) == ("missing", "fgm")
    assert len(found.stated[1].anchors) == 2


def test_two_confirmed_values_of_a_single_field_are_both_kept_so_that_the_table_can_object(police: Protocol) -> None:
    items = [characteristic("v", "outcome", "death"), characteristic("v", "outcome", "serious_harm")]
    assert told(case(police, *items)["outcome"]) == ("death", "serious_harm")


def test_every_review_has_a_subject_but_not_every_review_a_suspect(police: Protocol) -> None:
    empty = case(police)
    assert len(empty.subjects) == 1
    assert empty.suspects == ()
    unsure = case(police, suggested("suspect_sex", Missing.NOT_STATED))
    assert unsure.suspects == ()
    assert len(case(police, suggested("suspect_sex", "male")).suspects) == 1


def test_siblings_are_several_subjects_seen_from_the_review_as_a_set(police: Protocol) -> None:
    items = [characteristic("v", "sex", "male", subject=1), characteristic("v", "sex", "female", subject=2)]
    found = case(police, *items)
    assert [told(person["sex"]) for person in found.subjects] == [("male",), ("female",)]
    assert told(found["sex"]) == ("male", "female")
    assert told(found.subjects[0]["publication_year"]) == ("2019",)


def test_what_is_said_of_the_review_is_true_of_its_only_subject_but_of_none_of_several(police: Protocol) -> None:
    alone = case(police, suggested("sex", "female"))
    assert told(alone.subjects[0]["sex"]) == ("female",)
    items = [suggested("sex", "female"), suggested("age", "3", subject=1), suggested("age", "5", subject=2)]
    assert [told(person["sex"]) for person in case(police, *items).subjects] == [Missing.NOT_SOUGHT] * 2


def test_of_several_subjects_the_kind_of_missing_that_says_most_speaks_for_the_review(police: Protocol) -> None:
    items = [suggested("sex", Missing.NOT_STATED, subject=1), suggested("sex", Missing.WITHHELD, subject=2)]
    assert told(case(police, *items)["sex"]) is Missing.WITHHELD


def test_a_field_that_does_not_apply_is_not_applicable_whatever_was_suggested(police: Protocol) -> None:
    items = [suggested("outcome", "serious_harm"), suggested("death_category_child", "suicide")]
    assert told(case(police, *items)["death_category_child"]) is Missing.NOT_APPLICABLE
    assert told(case(police, suggested("death_category_child", "suicide"))["death_category_child"]) == ("suicide",)


def test_a_derived_field_follows_its_source_with_the_same_words(police: Protocol) -> None:
    derived = next(field for field in police.fields if field.bands and field.derived_from == "age")
    item = suggested("age", "0")
    found = case(police, item).subjects[0][derived.id]
    assert told(found) == (next(band.id for band in derived.bands if band.low in (None, 0)),)
    assert found.stated[0].anchors == item.anchors
    assert told(case(police, suggested("age", Missing.WITHHELD)).subjects[0][derived.id]) is Missing.WITHHELD


def test_a_year_falls_in_its_band(police: Protocol) -> None:
    bands = (Band(id="early", label="To 2016", high=2016), Band(id="late", label="From 2017", low=2017))
    derived = FieldDefinition(
        id="era", label="Era", section="event", kind=FieldKind.DERIVED, derived_from="incident_date", bands=bands
    )
    parts = {name: getattr(police, name) for name in Protocol.model_fields}
    protocol = Protocol(**{**parts, "fields": (*police.fields, derived)})
    told_of = {
        date: told(case(protocol, characteristic("v", "incident_date", date))["era"])
        for date in ("2016-12-31", "2017", "2016/2017")
    }
    assert told_of == {"2016-12-31": ("early",), "2017": ("late",), "2016/2017": Missing.UNCLEAR}


def test_the_register_knows_a_joint_review_and_says_what_it_does_not_know(police: Protocol) -> None:
    facts = register_facts(("SCR", "DHR"), publication_date="2018/2019")
    assert told(facts["review_group"]) == ("joint",)
    assert told(facts["publication_year"]) is Missing.NOT_STATED
    assert told(facts["pages"]) is Missing.NOT_SOUGHT
    assert told(register_facts(())["review_group"]) is Missing.NOT_STATED


def test_a_field_no_protocol_has_is_a_key_error_and_does_not_linger(police: Protocol) -> None:
    found = case(police)
    for _ in range(2):
        with pytest.raises(KeyError):
            found["no_such_field"]
    assert "outcome" in list(found)
    assert len(found) == len(list(found))


class _Slow(Mapping[str, Reading]):
    """Facts of the register that are read while somebody else reads them too."""

    def __init__(self) -> None:
        self.facts = register_facts(("SCR",), publication_date="2019-03", pages=12)
        self.begun, self.go_on = Event(), Event()

    def __getitem__(self, name: str) -> Reading:
        if not self.begun.is_set():
            self.begun.set()
            self.go_on.wait(30)
        return self.facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def test_two_who_read_a_case_at_once_read_the_same(police: Protocol) -> None:
    facts = _Slow()
    shared = CaseTemplate(police, Basis.DRAFT).case((), facts)
    read: list[Reading] = []
    first = Thread(target=lambda: read.append(shared["publication_year"]))
    first.start()
    assert facts.begun.wait(30)
    read.append(shared["publication_year"])
    facts.go_on.set()
    first.join(30)
    assert [told(one) for one in read] == [("2019",), ("2019",)]
