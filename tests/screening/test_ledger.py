"""Every registered review in exactly one state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.analysis.records import StudyRecord
from goldthread.errors import UnbalancedLedger
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.screening.ledger import group_of, ledger, status_of, to_text
from goldthread.values import Basis
from tests.analysis.building import decided, random_studies, review

POLICE = load("police-reviews")


@pytest.fixture
def police() -> Protocol:
    return POLICE


def test_a_proposal_is_unscreened_until_a_person_decides(police: Protocol) -> None:
    reviews = [
        review("v1", status="included", basis=Basis.DRAFT),
        review("v2", status="out_of_date", basis=Basis.CONFIRMED),
        review("v3", status="unscreened"),
        review("v4", status="maybe"),
    ]
    draft, confirmed = (ledger(reviews, police, basis) for basis in (Basis.DRAFT, Basis.CONFIRMED))
    assert (draft.included, draft.excluded, draft.unscreened, draft.maybe) == (1, 1, 1, 1)
    assert (confirmed.included, confirmed.excluded, confirmed.unscreened, confirmed.maybe) == (0, 1, 2, 1)
    assert confirmed.reviews("unscreened") == ("v1", "v3")


def test_the_ledger_divides_by_group_source_and_round(police: Protocol) -> None:
    reviews = [
        review("v1", ("SCR", "DHR"), round="q1"),
        review("v2", ("SCR",), source="forces", round="q2"),
        review("v3", (), source="", round=""),
    ]
    book = ledger(reviews, police, Basis.CONFIRMED)
    book.balance()
    included = book.accounts[0]
    assert included.by_group == {"joint": 1, "SCR": 1, "not_stated": 1}
    assert included.by_source == {"nspcc": 1, "forces": 1, "not_stated": 1}
    assert included.by_round == {"q1": 1, "q2": 1, "not_stated": 1}


def test_a_review_counted_twice_is_refused(police: Protocol) -> None:
    with pytest.raises(UnbalancedLedger, match="counted more than once: v1"):
        ledger([review("v1"), review("v1")], police, Basis.CONFIRMED).balance()


def test_a_review_lost_to_a_reason_the_protocol_does_not_have_is_refused(police: Protocol) -> None:
    with pytest.raises(UnbalancedLedger, match="v1 is in the state `too_long`"):
        ledger([review("v1", status="too_long")], police, Basis.CONFIRMED).balance()


def test_a_ledger_that_lost_a_review_is_refused(police: Protocol) -> None:
    book = ledger([review("v1"), review("v2")], police, Basis.CONFIRMED)
    with pytest.raises(UnbalancedLedger, match="2 reviews are registered, 1 entered"):
        replace(book, entries=book.entries[:1]).balance()
    with pytest.raises(UnbalancedLedger, match="3 reviews are registered"):
        replace(book, registered=3).balance()
    tampered = replace(book.accounts[0], by_source={"nspcc": 1})
    with pytest.raises(UnbalancedLedger, match="divide into"):
        replace(book, accounts=(tampered, *book.accounts[1:])).balance()


def test_an_unknown_status_is_a_key_error(police: Protocol) -> None:
    with pytest.raises(KeyError):
        ledger([], police, Basis.DRAFT).count("nowhere")


def test_status_and_group_are_one_word_each() -> None:
    assert status_of(None, Basis.DRAFT) == "unscreened"
    assert status_of(decided("v", "out_of_date", Basis.DRAFT), Basis.DRAFT) == "out_of_date"
    assert status_of(decided("v", "out_of_date", Basis.DRAFT), Basis.CONFIRMED) == "unscreened"
    assert [group_of(types) for types in ((), ("SCR",), ("SCR", "SAR"))] == ["not_stated", "SCR", "joint"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_study=random_studies(POLICE, 12), basis=st.sampled_from(list(Basis)))
def test_the_accounts_partition_the_register(any_study: StudyRecord, basis: Basis) -> None:
    book = ledger(any_study.reviews, POLICE, basis)
    book.balance()
    everybody = [name for account in book.accounts for name in book.reviews(account.status)]
    assert sorted(everybody) == sorted(one.review_id for one in any_study.reviews)
    assert book.included + book.excluded + book.maybe + book.unscreened == len(any_study.reviews)


def test_the_printed_ledger_shows_every_state_the_total_and_the_basis(police: Protocol) -> None:
    reviews = [review("v1"), review("v2", ("SCR", "SAR"), status="out_of_date"), review("v3", ("SAR",))]
    text = to_text(ledger(reviews, police, Basis.DRAFT), police)
    lines = text.splitlines()
    assert lines[0].split() == ["All", "SCR", "SAR", "Joint"]
    assert lines[1].split()[:2] == ["Included", "2"]
    assert any(line.startswith("Excluded: out of date") for line in lines)
    assert lines[-2].split()[:2] == ["Registered", "3"]
    assert lines[-1] == "Draft: machine suggestions, not confirmed"
    by_source = to_text(ledger(reviews, police, Basis.CONFIRMED), police, by="source")
    assert by_source.splitlines()[-1] == "Confirmed decisions only"
