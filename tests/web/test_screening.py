"""Screening one review after another in the browser."""

from __future__ import annotations

import goldthread as gt
from tests.web.visiting import Answer, Visitor


def decided(visitor: Visitor, review: str, decision: str, reason: str = "", seen: str | None = None) -> Answer:
    shown = visitor.get(f"/screening/{review}")
    fields = {
        "form_token": shown.value("[name=form_token]"),
        "seen": shown.value("[name=seen]") if seen is None else seen,
        "decision": decision,
        "reason": reason,
    }
    return visitor.post(f"/screening/{review}/decide", fields)


def test_each_criterion_is_shown_with_its_answer_and_the_words_it_rests_on(reader: Visitor) -> None:
    answer = reader.get("/screening/R00003")
    assert len(answer.page.css(".gt-criteria > li")) == len(answer.page.css(".gt-criteria h2")) == 3
    assert "suggested" in answer.words(".gt-answer")
    assert answer.page.css_first(".gt-quote a") is not None


def test_a_decision_is_kept_and_the_next_review_comes_up(visitor: Visitor, study: gt.Study) -> None:
    answer = decided(visitor, "R00001", "included")
    assert answer.status == 303
    first = study.queue("screening", limit=1).items[0].review_id
    assert first != "R00001"
    assert answer.headers["location"].startswith(f"/screening/{first}?")
    kept = study.desk.review("R00001").decided
    assert kept is not None
    assert (kept.decision, kept.author) == ("included", "Ada")


def test_excluding_needs_one_main_reason(visitor: Visitor, study: gt.Study) -> None:
    assert decided(visitor, "R00001", "excluded").status == 400
    assert study.desk.review("R00001").decided is None
    decided(visitor, "R00001", "excluded", "out_of_date")
    assert study.ledger("confirmed").count("out_of_date") == 1


def test_undo_puts_a_review_back_step_by_step(visitor: Visitor, study: gt.Study) -> None:
    decided(visitor, "R00001", "included")
    decided(visitor, "R00001", "maybe")
    token = {"form_token": visitor.token()}
    visitor.post("/screening/R00001/undo", token)
    now = study.desk.review("R00001").decided
    assert now is not None
    assert now.decision == "included"
    visitor.post("/screening/R00001/undo", token)
    assert study.desk.review("R00001").decided is None
    assert visitor.post("/screening/R00001/undo", token).status == 400


def test_a_second_tab_does_not_overwrite_what_it_did_not_see(visitor: Visitor, study: gt.Study) -> None:
    decided(visitor, "R00001", "included")
    late = decided(visitor, "R00001", "excluded", "out_of_date", seen="")
    assert late.status == 409
    assert "included by Ada" in late.words("#overtaken")
    kept = study.desk.review("R00001").decided
    assert kept is not None
    assert kept.decision == "included"


def test_the_second_tab_may_choose_its_own_once_it_has_seen_the_other(visitor: Visitor, study: gt.Study) -> None:
    decided(visitor, "R00001", "included")
    late = decided(visitor, "R00001", "excluded", "out_of_date", seen="")
    again = {one.attributes["name"]: one.attributes["value"] or "" for one in late.page.css("#overtaken input")}
    assert visitor.post("/screening/R00001/decide", again).status == 303
    kept = study.desk.review("R00001").decided
    assert kept is not None
    assert (kept.decision, kept.reason) == ("excluded", "out_of_date")


def test_when_all_are_screened_the_page_says_where_to_go_on(visitor: Visitor, study: gt.Study) -> None:
    for item in study.desk.catalogue():
        study.desk.decide(item.review_id, "included", "", "")
    assert "have been screened" in visitor.get("/screening").words("main")
    study.ledger("confirmed").balance()
