"""A second screener sees nothing of the first decision, and conflicts are settled by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import goldthread as gt
from tests.web.visiting import Answer, Visitor, served

REVIEW = "R00003"


@pytest.fixture
def second(study: gt.Study) -> Iterator[tuple[gt.Study, Visitor]]:
    """Grace at the same study, after Ada screened two reviews."""
    study.desk.decide(REVIEW, "excluded", "out_of_date", "")
    study.desk.decide("R00004", "included", "", "")
    with gt.open(study.folder, who="Grace") as opened, served(opened) as come:
        yield opened, come


def voted(visitor: Visitor, review: str, decision: str, reason: str = "") -> Answer:
    fields = {"form_token": visitor.token(), "decision": decision, "reason": reason, "seen": ""}
    return visitor.post(f"/screening/{review}/vote", fields)


def test_the_first_decision_is_nowhere_on_the_second_screeners_page(second: tuple[gt.Study, Visitor]) -> None:
    _, visitor = second
    answer = visitor.get(f"/screening/second/{REVIEW}")
    assert answer.status == 200
    assert "Ada" not in answer.text
    assert "A new decision takes its place" not in answer.text
    assert answer.page.css_first("form.gt-decide").attributes["action"] == f"/screening/{REVIEW}/vote"


def test_only_what_somebody_else_screened_waits_for_a_second_screener(
    second: tuple[gt.Study, Visitor], study: gt.Study
) -> None:
    grace, _ = second
    assert grace.desk.screened_twice().waiting == (REVIEW, "R00004")
    assert study.desk.screened_twice().waiting == ()


def test_two_who_differ_in_the_reason_alone_are_in_conflict_and_it_is_settled_by_name(
    second: tuple[gt.Study, Visitor],
) -> None:
    grace, visitor = second
    voted(visitor, REVIEW, "excluded", "duplicate")
    voted(visitor, "R00004", "included")
    found = grace.desk.screened_twice()
    assert [one.first.review_id for one in found.conflicts] == [REVIEW]
    assert (found.doubled.reviews, found.doubled.same) == (2, 1)
    page = visitor.get("/screening/conflicts")
    assert "Ada’s stands" in page.text
    fields = {
        "form_token": visitor.token(),
        "seen": page.value("[name=seen]"),
        "decision": "excluded:duplicate",
    }
    assert visitor.post(f"/screening/{REVIEW}/resolve", fields).status == 303
    standing = grace.desk.review(REVIEW).decided
    assert standing is not None
    assert (standing.reason, standing.author) == ("duplicate", "Grace")
    after = grace.desk.screened_twice()
    assert after.conflicts == ()
    assert (after.doubled.reviews, after.doubled.same) == (2, 1), "settling does not make two people agree after all"
    assert grace.entries()[-1].verb == "resolve"
    assert grace.verify().sound


def test_a_review_nobody_screened_cannot_be_screened_a_second_time(second: tuple[gt.Study, Visitor]) -> None:
    _, visitor = second
    assert voted(visitor, "R00005", "included").status == 400


def test_a_sample_tells_when_to_stop(visitor: Visitor, study: gt.Study) -> None:
    assert "not known yet" in visitor.get("/screening/stopping").words("main")
    token = {"form_token": visitor.token()}
    assert visitor.post("/screening/sample", token | {"size": "4"}).status == 303
    assert "4 of 13 unscreened reviews drawn" in visitor.get("/screening/stopping").words("main")
    assert study.stopping().drawn == 4


def test_a_review_is_rated_as_a_source_with_a_note_and_not_overwritten_unseen(
    visitor: Visitor, study: gt.Study
) -> None:
    item = study.protocol.quality[0]
    shown = visitor.get(f"/reviews/{REVIEW}/panel?tab=quality")
    fields = {
        "form_token": shown.value("[name=form_token]"),
        "quality": item.id,
        "value": item.scale[0].id,
        "note": "Two examples.",
        "seen": "",
    }
    assert visitor.post(f"/reviews/{REVIEW}/rate", fields).status == 303
    kept = study.quality.own(REVIEW)[item.id]
    assert (kept.value, kept.note, kept.author) == (item.scale[0].id, "Two examples.", "Ada")
    late = visitor.post(f"/reviews/{REVIEW}/rate", fields | {"value": item.scale[1].id})
    assert late.status == 409
    assert item.scale[0].label in late.words("#overtaken .gt-facts")


def test_a_list_is_saved_under_a_name_and_forgotten(visitor: Visitor) -> None:
    token = {"form_token": visitor.token()}
    saved = token | {"name": "Adults to read", "address": "/reviews?review_type=SAR"}
    assert visitor.post("/reviews/views", saved).headers["location"] == "/reviews?review_type=SAR"
    assert visitor.get("/reviews").page.css_first('.gt-views-kept a[href="/reviews?review_type=SAR"]') is not None
    assert visitor.post("/reviews/views", token | {"name": "x", "address": "https://evil.example"}).status == 400
    visitor.post("/reviews/views", token | {"name": "Adults to read", "address": ""})
    assert "Adults to read" not in visitor.get("/reviews").text
