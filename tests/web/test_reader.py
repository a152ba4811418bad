"""Reading a review and saying things about it, every word by its exact place."""

from __future__ import annotations

import re

import goldthread as gt
from goldthread.anchors import DocumentText
from goldthread.values import State
from tests.web.visiting import Answer, Visitor

REVIEW = "R00003"


def text_of(study: gt.Study, document_id: str) -> DocumentText:
    return next(one for one in study.texts() if one.document_id == document_id)


def shown_text(answer: Answer) -> dict[int, str]:
    """Offset on the page → the run of text the page shows there."""
    return {int(one.attributes["data-o"] or 0): one.text() for one in answer.page.css("[data-o]")}


def test_every_run_of_text_on_the_page_stands_at_its_stored_offset(reader: Visitor, finished: object) -> None:
    with gt.open(str(finished)) as study:
        held = study.desk.review(REVIEW).documents[0]
        text = text_of(study, held.document_id).text
    answer = reader.get(f"/reviews/{REVIEW}/sheet?doc={held.document_id}&page=1")
    runs = shown_text(answer)
    assert len(runs) > 20
    assert all(text[at : at + len(words)] == words for at, words in runs.items())


def test_a_passage_is_coded_from_the_words_picked(visitor: Visitor, study: gt.Study) -> None:
    held = study.desk.review(REVIEW).documents[0]
    text = text_of(study, held.document_id).text
    start = text.index("Information was not shared")
    fields = {
        "form_token": visitor.token(),
        "doc": held.document_id,
        "start": str(start),
        "end": str(start + 60),
        "code": "collab",
        "direction": "missed",
        "explanation": "knowledge_attitude",
    }
    assert visitor.post(f"/reviews/{REVIEW}/code", fields).status == 303
    (mine,) = [one.item for one in study.desk.review(REVIEW).episodes if one.item.author == "Ada"]
    assert mine.anchor.quote == text[start : start + 60].strip()
    assert (mine.theme, mine.direction, mine.state) == ("collaborative_working", "missed", State.CONFIRMED)
    assert study.verify().sound


def test_letters_that_may_mean_several_codes_are_asked_about(visitor: Visitor, study: gt.Study) -> None:
    fields = {
        "form_token": visitor.token(),
        "doc": "D00003",
        "start": "0",
        "end": "20",
        "code": "r",
        "direction": "good",
    }
    answer = visitor.post(f"/reviews/{REVIEW}/code", fields)
    assert answer.status == 400
    assert "may mean several codes" in answer.words("main")


def test_words_of_another_review_are_not_taken(visitor: Visitor) -> None:
    fields = {"form_token": visitor.token(), "doc": "D00001", "start": "0", "end": "20", "direction": "good"}
    assert visitor.post(f"/reviews/{REVIEW}/code", fields).status == 400


def test_accepting_and_rejecting_suggestions_leaves_the_others_alone(visitor: Visitor, study: gt.Study) -> None:
    first, second, *rest = [one for one in study.desk.review(REVIEW).episodes if one.item.state is State.SUGGESTED]
    token = visitor.token()
    for one, act in ((first, "accept"), (second, "reject")):
        fields = {"form_token": token, "kind": "episodes", "act": act, "item": f"{one.key}:{one.stamp}"}
        assert visitor.post(f"/reviews/{REVIEW}/settle", fields).status == 303
    states = {one.key: one.item.state for one in study.desk.review(REVIEW).episodes}
    assert (states[first.key], states[second.key]) == (State.CONFIRMED, State.REJECTED)
    assert all(states[one.key] is State.SUGGESTED for one in rest)


def test_a_value_changed_by_one_tab_is_not_overwritten_by_another(visitor: Visitor, study: gt.Study) -> None:
    age = next(one for one in study.desk.review(REVIEW).characteristics if one.item.field == "age")
    fields = {
        "form_token": visitor.token(),
        "field": "age",
        "subject_no": str(age.item.subject_no),
        "instead": f"{age.key}:{age.stamp}",
    }
    assert visitor.post(f"/reviews/{REVIEW}/value", fields | {"value": "33"}).status == 303
    late = visitor.post(f"/reviews/{REVIEW}/value", fields | {"value": "44"}, HX_Request="true")
    assert late.status == 409
    assert "replaced by another" in late.words("#overtaken")
    live = [one.item for one in study.desk.review(REVIEW).characteristics if one.item.field == "age"]
    assert [one.value for one in live] == ["33"]


def test_a_value_needs_words_and_a_kind_of_missing_does_not(visitor: Visitor, study: gt.Study) -> None:
    fields = {"form_token": visitor.token(), "field": "lead_reviewer", "subject_no": "0"}
    refused = visitor.post(f"/reviews/{REVIEW}/value", fields | {"value": "probation"}, HX_Request="true")
    assert refused.status == 400
    assert "select the words" in refused.text.lower()
    assert visitor.post(f"/reviews/{REVIEW}/value", fields | {"missing": "withheld"}).status == 303
    kept = [one.item for one in study.desk.review(REVIEW).characteristics if one.item.field == "lead_reviewer"]
    assert [(one.value, one.missing) for one in kept] == [(None, "withheld")]


def test_each_act_is_one_journal_entry_by_the_one_who_did_it(visitor: Visitor, study: gt.Study) -> None:
    before = len(study.entries())
    one = study.desk.review(REVIEW).recommendations[0]
    fields = {
        "form_token": visitor.token(),
        "kind": "recommendations",
        "act": "accept",
        "item": f"{one.key}:{one.stamp}",
    }
    visitor.post(f"/reviews/{REVIEW}/settle", fields)
    entries = study.entries()
    assert len(entries) == before + 1
    assert (entries[-1].verb, entries[-1].who, entries[-1].object) == ("confirm", "Ada", REVIEW)


def test_finding_words_lists_every_place_whatever_the_line_breaks(reader: Visitor) -> None:
    answer = reader.get(f"/reviews/{REVIEW}?find=POLICE")
    places = answer.page.css(".gt-places li")
    assert len(places) >= 3
    assert all("police" in one.text().lower() for one in places)


def test_a_review_without_a_readable_document_says_why(reader: Visitor) -> None:
    broken = next(
        re.search(r"R\d+", one.attributes["href"] or "").group()  # type: ignore[union-attr]
        for one in reader.get("/reviews?sort=pages").page.css("tbody th a")
    )
    answer = reader.get(f"/reviews/{broken}")
    assert answer.status == 200
    assert "Nothing to read" in answer.words("#pages")


def test_the_case_shows_every_field_and_what_is_not_yet_looked_for(reader: Visitor) -> None:
    answer = reader.get(f"/reviews/{REVIEW}/panel?tab=case")
    assert "Not yet looked for" in answer.text or "Not stated" in answer.text
    assert len(answer.page.css(".gt-line")) > 30


def test_a_passage_is_coded_with_its_agencies_vulnerabilities_and_memo(visitor: Visitor, study: gt.Study) -> None:
    held = study.desk.review(REVIEW).documents[0]
    fields = [
        ("form_token", visitor.token()),
        ("doc", held.document_id),
        ("start", "0"),
        ("end", "40"),
        ("code", "workforce"),
        ("direction", "missed"),
        ("details", "yes"),
        ("agency", "health"),
        ("agency", "police"),
        ("vulnerability", "neglect"),
        ("memo", "Read again."),
    ]
    assert visitor.post(f"/reviews/{REVIEW}/code", fields).status == 303
    (mine,) = [one.item for one in study.desk.review(REVIEW).episodes if one.item.author == "Ada"]
    assert (mine.agencies, mine.vulnerabilities, mine.memo) == (("police", "health"), ("neglect",), "Read again.")
    shown = visitor.get(f"/reviews/{REVIEW}/panel?tab=coding")
    assert "Read again." in shown.words(".gt-memo")


def test_a_recommendation_is_linked_and_its_passage_leaves_the_list_of_orphans(
    visitor: Visitor, study: gt.Study
) -> None:
    before = visitor.get(f"/reviews/{REVIEW}/panel?tab=recommendations")
    orphans = before.page.css(".gt-orphan")
    assert orphans
    key = str(orphans[0].attributes["id"]).removeprefix("gap-")
    form = visitor.get(f"/reviews/{REVIEW}/panel?tab=recommendations&edit=gap-{key}")
    fields = {
        "form_token": visitor.token(),
        "tab": "recommendations",
        "episode": form.value(".gt-orphan [name=episode]"),
        "recommendation": form.value(".gt-orphan [name=recommendation] option"),
    }
    after = visitor.post(f"/reviews/{REVIEW}/link", fields, HX_Request="true")
    assert len(after.page.css(".gt-orphan")) == len(orphans) - 1
    assert len(after.page.css(".gt-joined li")) == 1
    (link,) = study.desk.review(REVIEW).links
    gone = {"form_token": visitor.token(), "episode": key, "recommendation": link.recommendation_id}
    back = visitor.post(f"/reviews/{REVIEW}/unlink", gone | {"tab": "coding"}, HX_Request="true")
    assert back.page.css(".gt-joined li") == []


def test_a_link_to_what_has_changed_meanwhile_is_not_made(visitor: Visitor, study: gt.Study) -> None:
    found = study.desk.review(REVIEW)
    episode, asked = found.episodes[0], found.recommendations[0]
    study.desk.settle(REVIEW, "episodes", [(episode.key, episode.stamp)], State.CONFIRMED)
    fields = {
        "form_token": visitor.token(),
        "episode": f"{episode.key}:{episode.stamp}",
        "recommendation": f"{asked.key}:{asked.stamp}",
    }
    answer = visitor.post(f"/reviews/{REVIEW}/link", fields, HX_Request="true")
    assert answer.status == 409
    assert "Save mine" not in answer.text
    assert study.desk.review(REVIEW).links == ()


def test_a_further_subject_is_begun_and_kept_once_something_is_said(visitor: Visitor, study: gt.Study) -> None:
    path = f"/reviews/{REVIEW}/panel?tab=case"
    assert not visitor.get(path).page.css("#field-age-2")
    assert visitor.get(f"{path}&more=subject").page.css("#field-age-2")
    assert visitor.get(f"{path}&edit=age-2.").page.css("#field-age-2 form")
    assert not visitor.get(f"{path}&edit=age-9.").page.css("#field-age-9")
    fields = {"form_token": visitor.token(), "field": "age", "subject_no": "2", "missing": "withheld", "tab": "case"}
    visitor.post(f"/reviews/{REVIEW}/value", fields)
    assert visitor.get(path).page.css("#field-age-2")
    (kept,) = [one.item for one in study.desk.review(REVIEW).characteristics if one.item.subject_no == 2]
    assert (kept.field, kept.missing) == ("age", "withheld")


def test_the_contents_of_a_document_come_when_asked_for(desk: Visitor, sample: gt.Study) -> None:
    held = sample.desk.review("R00001").documents[0]
    answer = desk.get(f"/reviews/R00001/outline?doc={held.document_id}")
    links = [str(one.attributes["href"]) for one in answer.page.css("a")]
    assert len(links) > held.pages
    assert all(f"doc={held.document_id}" in link for link in links)


def test_the_warning_is_gone_for_a_browser_that_read_it(visitor: Visitor) -> None:
    assert "Before you read" in visitor.get("/").text
    answer = visitor.post("/warned", {"form_token": visitor.token(), "back": "/reviews?q=police"})
    assert (answer.status, answer.headers["location"]) == (303, "/reviews?q=police")
    visitor.cookie += "; " + answer.headers["set-cookie"].split(";")[0]
    assert "Before you read" not in visitor.get("/").text


def test_the_warning_leads_back_to_the_workbench_alone(visitor: Visitor) -> None:
    for back in ("https://elsewhere.example/", "//elsewhere.example/", ""):
        answer = visitor.post("/warned", {"form_token": visitor.token(), "back": back})
        assert answer.headers["location"] == "/"


def test_a_coding_is_undone_from_its_card(visitor: Visitor, study: gt.Study) -> None:
    first = study.desk.review(REVIEW).episodes[0]
    codes = {"theme": "workforce", "direction": "missed"}
    key = study.desk.code(REVIEW, codes, instead=(first.key, first.stamp))
    card = f"#item-episode-{key}"
    shown = visitor.get(f"/reviews/{REVIEW}/panel?tab=coding")
    fields = {
        "form_token": visitor.token(),
        "tab": "coding",
        "kind": "episodes",
        "item": shown.value(f"{card} .gt-acts [name=item]"),
    }
    assert "Undo" in shown.words(f"{card} .gt-acts")
    after = visitor.post(f"/reviews/{REVIEW}/put-back", fields, HX_Request="true")
    assert not after.page.css(card)
    assert after.page.css(f"#item-episode-{first.key}")
