from __future__ import annotations

import pytest

from goldthread.documents.model import Role
from goldthread.extraction.part import Event, parts
from goldthread.protocol.lexicon import Lexicon, PartCues
from goldthread.protocol.load import load

from .pages import Laid, para, reading


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load("learning-reports").lexicon


@pytest.fixture(scope="module")
def cues(shipped: Lexicon) -> PartCues:
    part = shipped.fields["police_involved"].part
    assert part
    return part


UNDATED = Event()


def part_of(shipped: Lexicon, cues: PartCues, *blocks: Laid | str, event: Event = UNDATED) -> str:
    told = parts([reading(shipped, *blocks)], cues, shipped, event)
    if any(not each.after for each in told):
        return "before"
    return "after" if told else "none"


@pytest.mark.parametrize(
    "text",
    [
        "The week before, police had attended and spoken to her.",
        "His sister rang the police, who said that they would call back.",
        "She was arrested in June and later released.",
        "The deceased had contact with the police in October.",
        "Police were searching for him when he was struck by the train.",
        "He was reported missing to the police that evening.",
        "The car was being pursued by police when it left the road.",
        "Police did not attend the home address.",
    ],
)
def test_what_the_police_did_or_were_asked_before_it_happened_is_a_part_in_it(
    shipped: Lexicon, cues: PartCues, text: str
) -> None:
    assert part_of(shipped, cues, text) == "before"


@pytest.mark.parametrize(
    "text",
    [
        "Police officers attended the scene of the collision and closed the road.",
        "The police collision investigator gave evidence that the sign was hidden.",
        "A forensic collision report noted the state of the road.",
        "The investigating officer told the court that the lights were off.",
        "Police were called following a report of an accident.",
        "The police report notes earlier crashes at the bend.",
    ],
)
def test_coming_to_the_scene_and_giving_evidence_are_afterwards(shipped: Lexicon, cues: PartCues, text: str) -> None:
    assert part_of(shipped, cues, text) == "after"


@pytest.mark.parametrize(
    "text",
    [
        "The family were advised to contact the police if they had any worry.",
        "Staff should have called the police at once.",
        "The ward did not inform the police that he had gone.",
        "There were 40 deaths in the police force area last year.",
        "A nurse found him. An ambulance was called.",
        "If the police had been asked to attend, the door would have been opened.",
    ],
)
def test_advice_to_call_the_police_or_a_call_not_made_is_no_part(shipped: Lexicon, cues: PartCues, text: str) -> None:
    assert part_of(shipped, cues, text) == "none"


def test_what_is_dated_after_the_death_is_afterwards(shipped: Lexicon, cues: PartCues) -> None:
    text = "On 9 May 2019 police visited the flat."
    assert part_of(shipped, cues, text, event=Event("2019-05-03")) == "after"
    assert part_of(shipped, cues, text, event=Event("2019-06-03")) == "before"


def test_who_comes_to_an_accident_comes_after_it_unless_they_were_chasing(shipped: Lexicon, cues: PartCues) -> None:
    late = Event("", late=True)
    assert part_of(shipped, cues, "Attending officers of the police found no seat belt.", event=late) == "after"
    assert part_of(shipped, cues, "A police car had been chasing the van.", event=late) == "before"


def test_an_addressee_has_no_part_by_being_written_to(shipped: Lexicon, cues: PartCues) -> None:
    assert part_of(shipped, cues, "This report is being sent to: the Chief Constable") == "none"
    assert part_of(shipped, cues, para("Police should attend such calls.", Role.RECOMMENDATIONS)) == "none"
