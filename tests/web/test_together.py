"""Several reviews given the same at once in the browser, and taken back as one act."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, expect

import goldthread as gt
from goldthread.errors import Overtaken, UsageError
from goldthread.screening.model import ScreeningState
from goldthread.store.review_file import stamp_of
from goldthread.store.standings import Standing
from goldthread.study.screening.several import Same
from tests.web.browser import window
from tests.web.visiting import Answer, Visitor

EXCLUDE = Same(ScreeningState.EXCLUDED, "out_of_date")


def stamps(study: gt.Study, *names: str) -> list[tuple[str, str]]:
    listed = {item.review_id: item for item in study.desk.catalogue()}
    found = [listed[name] for name in names]
    return [(one.review_id, stamp_of(Standing(one.decided, one.round, one.review_types))) for one in found]


def stands(study: gt.Study, name: str) -> tuple[str, str, str]:
    item = next(one for one in study.desk.catalogue() if one.review_id == name)
    made = item.decided
    return (made.decision.value if made else "", made.reason if made else "", item.round)


def sent(visitor: Visitor, names: list[str], **more: str) -> Answer:
    shown = visitor.get("/reviews?review_type=SCR")
    ticks = [one.attributes["value"] or "" for one in shown.page.css("[data-tick]")]
    chosen = [tick for tick in ticks if tick.split(":")[0] in names]
    assert len(chosen) == len(names)
    given = {"form_token": shown.value("#together [name=form_token]"), "address": "/reviews?review_type=SCR"} | more
    return visitor.post("/reviews/together", [*given.items(), *(("item", tick) for tick in chosen)])


def ticked(visitor: Visitor) -> list[str]:
    shown = visitor.get("/reviews?review_type=SCR")
    return [(one.attributes["value"] or "").split(":")[0] for one in shown.page.css("[data-tick]")]


def test_reviews_ticked_are_excluded_for_one_reason_and_put_back_as_one(visitor: Visitor, study: gt.Study) -> None:
    first, second = ticked(visitor)[:2]
    study.decide(first, "maybe")
    entries = len(study.entries())
    answer = sent(visitor, [first, second], do="exclude", reason="out_of_date")
    assert answer.headers["location"].startswith("/reviews?review_type=SCR&done=")
    assert len(study.entries()) == entries + 1
    assert [stands(study, name)[:2] for name in (first, second)] == [("excluded", "out_of_date")] * 2
    shown = visitor.get(answer.headers["location"])
    assert "2 reviews: Excluded: out of date" in shown.words(".gt-done")
    form = {one.attributes["name"]: one.attributes["value"] or "" for one in shown.page.css(".gt-done input")}
    back = visitor.post("/reviews/apart", {str(key): value for key, value in form.items()})
    assert "Taken back" in visitor.get(back.headers["location"]).words(".gt-done")
    assert [stands(study, name)[0] for name in (first, second)] == ["maybe", ""]
    assert len(study.entries()) == entries + 2
    assert visitor.post("/reviews/apart", {str(key): value for key, value in form.items()}).status == 400
    assert "did the same to several reviews" in visitor.get("/").text
    assert study.verify().sound


def test_a_round_is_given_to_the_reviews_ticked_and_made_where_it_is_new(visitor: Visitor, study: gt.Study) -> None:
    first, second, *_ = ticked(visitor)
    sent(visitor, [first], do="round", round="2020-Q1")
    assert stands(study, first)[2] == "2020-Q1"
    assert stands(study, second)[2] == "2019-Q3"
    assert {one.round for one in study.record().rounds} == {"2019-Q3", "2020-Q1"}


def test_another_type_proposes_anew_by_the_rule_of_that_type(visitor: Visitor, study: gt.Study) -> None:
    first = ticked(visitor)[0]
    before = study.desk.review(first).proposed
    sent(visitor, [first], do="type", review_type="SAR")
    found = study.desk.review(first)
    assert next(one for one in study.desk.catalogue() if one.review_id == first).review_types == ("SAR",)
    assert before is not None
    assert found.proposed is not None
    answers = {one.item.criterion: one.item.met.value for one in found.answers if one.item.state == "suggested"}
    assert answers["in_period"] == "met"
    study.apart(study.entries()[-1].n)
    again = study.desk.review(first).proposed
    assert again is not None
    assert (again.decision, again.reason) == (before.decision, before.reason)
    assert next(one for one in study.desk.catalogue() if one.review_id == first).review_types == ("SCR",)


def test_nothing_is_done_where_nothing_is_ticked_or_a_reason_is_missing(visitor: Visitor, study: gt.Study) -> None:
    names = ticked(visitor)[:1]
    assert "No review is ticked" in sent(visitor, [], do="maybe").text
    assert "one main reason" in sent(visitor, names, do="exclude", reason="").text
    assert sent(visitor, names, do="round", round=" ").status == 400
    assert sent(visitor, names, do="type", review_type="XYZ").status == 400
    assert sent(visitor, names, do="explode").status == 400
    assert stands(study, names[0])[0] == ""


def test_what_others_changed_meanwhile_is_named_and_nothing_is_done(study: gt.Study) -> None:
    seen = stamps(study, "R00001", "R00002")
    study.decide("R00002", "included")
    with pytest.raises(Overtaken, match="R00002 was changed meanwhile"):
        study.together(seen, EXCLUDE)
    assert stands(study, "R00001")[0] == ""
    with pytest.raises(UsageError, match="no review 'R09999'"):
        study.together([("R09999", "x")], EXCLUDE)


def test_reviews_changed_since_stay_as_they_are_and_are_named(visitor: Visitor, study: gt.Study) -> None:
    n = study.together(stamps(study, "R00001", "R00002"), EXCLUDE)
    study.decide("R00001", "included")
    done = study.apart(n)
    assert (done.restored, done.left) == (1, ("R00001",))
    assert [stands(study, name)[0] for name in ("R00001", "R00002")] == ["included", ""]
    last = study.entries()[-1]
    assert json.loads(last.after)["left"] == ["R00001"]
    assert "1 review changed since stays as it is: R00001" in visitor.get(f"/reviews?done={last.n}").words(".gt-done")


def test_undoing_one_of_them_on_the_screening_page_brings_its_own_earlier_decision_back(study: gt.Study) -> None:
    study.decide("R00001", "maybe")
    study.together(stamps(study, "R00001", "R00002"), EXCLUDE)
    study.desk.undo_decision("R00001")
    study.desk.undo_decision("R00002")
    assert [stands(study, name)[0] for name in ("R00001", "R00002")] == ["maybe", ""]


def test_ticking_counts_and_asks_for_no_new_list(browser: Browser, visitor: Visitor, study: gt.Study) -> None:
    with window(browser, visitor) as context:
        page = context.new_page()
        asked: list[str] = []
        page.goto(f"{visitor.address}/reviews")
        page.on("request", lambda request: asked.append(request.url))
        boxes = page.get_by_role("checkbox", name="Tick ")
        boxes.nth(0).check()
        boxes.nth(1).press("Space")
        expect(page.locator("[data-ticked]")).to_have_text("(2)")
        assert not [url for url in asked if "/reviews" in url]
        page.get_by_role("button", name="Tick all shown").click()
        expect(page.locator("[data-ticked]")).to_have_text("(13)")
        page.get_by_role("button", name="Put down as maybe").click()
        expect(page.get_by_role("status").filter(has_text="Done")).to_contain_text("13 reviews: Maybe")
    assert study.ledger("confirmed").maybe == 13


def test_reviews_are_narrowed_by_how_they_were_rated(visitor: Visitor, study: gt.Study) -> None:
    item = study.protocol.quality[0]
    study.quality.rate("R00002", item.id, item.scale[0].id)
    shown = visitor.get(f"/reviews?rating={item.id}%3D{item.scale[0].id}")
    assert "1 review of 13" in shown.words(".gt-count")
    assert f"Rated as a source: {item.label}: {item.scale[0].label}" in shown.words(".gt-chosen")
    with gt.open(study.folder, who="Bea") as other:
        other.quality.rate("R00002", item.id, item.scale[-1].id)
    assert "1 review of 13" in visitor.get("/reviews?rating=open").words(".gt-count")
