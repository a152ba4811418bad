"""How specific recommendations are worded, and which are made again."""

from __future__ import annotations

import pytest

from goldthread.anchors import Anchor
from goldthread.coding.model import Recommendation
from goldthread.protocol.model import RecommendationScheme
from goldthread.protocol.record import Value
from goldthread.quality import repetition
from goldthread.quality.asking import recommended
from goldthread.quality.repetition import Asked, repeated
from goldthread.quality.specificity import ADDRESSED, labels, specificity
from goldthread.values import State

HERE = Anchor("D1", "a" * 64, 1, 0, 4, 1, "text", "", "")


def asks(text: str, addressee: str = "police", review: str = "R1", key: str = "N1") -> Recommendation:
    return Recommendation(review, key, text, addressee, "single", State.CONFIRMED, "ada", "", 1.0, HERE)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        (
            "The force should audit twenty welfare checks within six months and report back to the board.",
            "deed time proof",
        ),
        ("Northshire Police should train all call handlers in hidden harm by March 2021.", "deed time"),
        ("The constabulary should consider whether to review its policy on missing adults.", ""),
        ("Officers should be aware of the signs of neglect.", ""),
        ("The partnership must do better.", ""),
        ("The chair should be assured of compliance with the pathway every six months.", "time proof"),
        ("Consideration should be given to training; the board should publish the protocol.", "deed"),
    ],
)
def test_signs_of_a_specific_request_are_found_in_its_words(text: str, signs: str) -> None:
    assert specificity(asks(text, "multi_agency")) == set(signs.split())


def test_a_recommendation_to_several_agencies_together_asks_no_one_agency() -> None:
    assert ADDRESSED in specificity(asks("Do it.", "police"))
    assert ADDRESSED not in specificity(asks("Do it.", "multi_agency"))
    assert ADDRESSED not in specificity(asks("Do it.", ""))


def asked(key: str, review: str, date: str, text: str) -> Asked:
    return Asked(key, review, date, text)


SHARE = "The force should share risk assessments with children's social care on the day they are made."
AGAIN = "The force should share its risk assessments with children's social care on the same day they are made."
OTHER = "Custody staff should search detained people under constant observation for concealed medication."


def test_a_request_made_in_two_reviews_is_found_with_its_years() -> None:
    (found,) = repeated(
        [asked("N1", "R1", "2019-05", AGAIN), asked("N2", "R2", "2014", SHARE), asked("N3", "R3", "", OTHER)]
    )
    assert [one.recommendation_id for one in found.asked] == ["N2", "N1"]
    assert found.years == ("2014", "2019")
    assert found.reviews == ("R2", "R1")


def test_the_same_words_in_many_reviews_are_one_request_and_compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    near = repetition._near
    monkeypatch.setattr(repetition, "_near", lambda rows, alike: compared.append(len(rows)) or near(rows, alike))
    many = [asked(f"N{n:03}", f"R{n}", str(2010 + n % 9), (SHARE, AGAIN)[n % 2]) for n in range(300)]
    (found,) = repeated([*many, asked("N900", "R900", "", OTHER)])
    assert len(found.asked) == len(found.reviews) == 300
    assert [one.date for one in found.asked] == sorted(one.date for one in many)
    assert compared == [3]


def test_a_request_made_twice_in_one_review_is_not_made_again() -> None:
    assert repeated([asked("N1", "R1", "2019", SHARE), asked("N2", "R1", "2019", AGAIN)]) == ()


def test_requests_of_a_few_words_are_not_compared() -> None:
    assert repeated([asked("N1", "R1", "", "Improve training."), asked("N2", "R2", "", "Improve training.")]) == ()


def test_every_request_is_in_one_group_at_most() -> None:
    many = [asked(f"N{n}", f"R{n}", "", SHARE + extra) for n, extra in enumerate(["", " Now.", " Soon.", ""])]
    found = repeated([*many, asked("N9", "R9", "", OTHER)])
    ids = [one.recommendation_id for group in found for one in group.asked]
    assert len(ids) == len(set(ids)) == 4


def test_all_recommendations_are_counted_by_addressee_scope_and_number_of_signs() -> None:
    scheme = RecommendationScheme(
        addressees=(Value(id="police", label="Police"), Value(id="multi_agency", label="Several")),
        scopes=(Value(id="single", label="One"), Value(id="multi", label="Several")),
    )
    items = [asks(SHARE), asks(AGAIN, review="R2", key="N2"), asks(OTHER, "multi_agency", "R2", "N3")]
    found = recommended(items, {"R1": "2014", "R2": "2019"}, scheme)
    assert found.total.recommendations == 3
    assert found.total.reviews == 2
    assert [(one.recommendations, one.reviews) for one in found.addressees] == [(2, 2), (1, 1)]
    assert sum(found.by_signs) == 3
    assert len(found.by_signs) == len(labels()) + 1
    assert found.made_again == 2
