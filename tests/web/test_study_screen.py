"""The study's first page, and what every page says: agreement between people, and a language model that is on."""

from __future__ import annotations

import time

import goldthread as gt
from goldthread.assist.llm.settings import Settings
from goldthread.values import State
from tests.web.visiting import Visitor

LOCAL = Settings(address="http://127.0.0.1:8080/v1", model="small-model")


def both_code(study: gt.Study) -> str:
    """Have Ada confirm a review's passages, and Bea code one of them as well; the review."""
    review = study.episodes()[0].review_id
    found = study.desk.review(review).episodes
    study.desk.settle(review, "episodes", [(one.key, one.stamp) for one in found[:2]], State.CONFIRMED)
    with gt.open(study.folder, who="Bea") as other:
        third = other.desk.review(review).episodes[-1]
        other.desk.settle(review, "episodes", [(third.key, third.stamp)], State.CONFIRMED)
    return review


def test_a_language_model_that_is_on_is_said_on_every_screen(visitor: Visitor, study: gt.Study) -> None:
    paths = ("/", "/reviews", "/screening", "/reviews/R00002", "/evidence", "/codebook", "/protocol", "/nowhere")
    assert not any("A language model is on" in visitor.get(path).text for path in paths)
    study.language_model.set(LOCAL)
    for path in paths:
        assert "small-model on this machine" in visitor.get(path).words(".gt-model"), path
    study.language_model.turn_off()
    assert visitor.get("/").page.css_first(".gt-model") is None


def test_a_model_elsewhere_is_said_to_be_elsewhere_and_spoilt_settings_break_no_page(
    visitor: Visitor, study: gt.Study
) -> None:
    study.language_model.set(Settings(address="https://llm.example.org/v1", model="big"))
    assert "llm.example.org, which is not this machine" in visitor.get("/").words(".gt-model")
    (study.folder / "llm.toml").write_text("address = ", encoding="utf-8")
    assert "cannot be read" in visitor.get("/").words(".gt-model")


def test_agreement_is_shown_once_two_have_screened_and_coded(visitor: Visitor, study: gt.Study) -> None:
    before = visitor.get("/").words("section[aria-labelledby=agree-title]")
    assert "No review was screened by two" in before
    assert "No review was coded by two" in before
    assert "No two people coded" in visitor.get("/agreement").text
    study.decide("R00001", "included")
    with gt.open(study.folder, who="Bea") as other:
        other.desk.vote("R00001", "included", "")
    both_code(study)
    shown = visitor.get("/").words("section[aria-labelledby=agree-title]")
    assert "1 review screened by two, 1 the same" in shown
    assert "Ada and Bea coded the same 1 review" in shown
    part = visitor.get("/agreement", HX_Request="true")
    assert part.page.css_first("html > head > title") is None
    assert "%" in part.words("table")
    whole = visitor.get("/agreement?level=sentence&coded=1")
    assert (
        "Only what somebody coded" in whole.words("[aria-current=true] ~ a, .gt-switch [aria-current=true]") or whole
    )
    rows = {row.css_first("th").text(strip=True): row for row in whole.page.css("tbody tr")}
    found = study.agreement(coders=("Ada", "Bea"), level="sentence", coded_only=True)
    below = {label for one in found.codes for label, _ in one.shares}
    assert set(rows) == {one.label for one in found.codes} | below
    assert found.codes[0].percent == 0.0
    assert "0.0%" in whole.words("tbody tr")


def test_a_batch_lists_its_own_problems_and_what_to_do_about_them(visitor: Visitor) -> None:
    boundary = "----batch"
    parts = [
        ("form_token", None, visitor.token().encode()),
        ("files", "broken.pdf", b"%PDF-1.7 spoilt on the way"),
        ("files", "fine.txt", b"Serious Case Review: Child QQ\n\nThe police attended on 1 May 2018. " * 20),
    ]
    body = b""
    for name, file, data in parts:
        named = f'; filename="{file}"' if file else ""
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
        body += head.encode() + data + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    visitor.ask("POST", "/reviews/add", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
    for _ in range(200):
        told = visitor.get("/reviews/added/1")
        if "new review" in told.text:
            break
        time.sleep(0.1)
    assert "1 problem" in told.words("h4")
    assert "broken.pdf" in told.words(".gt-problems li")


def test_the_review_said_to_be_next_is_the_one_that_screening_brings_up(desk: Visitor, sample: gt.Study) -> None:
    names = {one.review_id: one.citation for one in sample.desk.catalogue()}
    for _ in range(3):
        (first,) = sample.queue("screening", limit=1).items
        (said,) = [one.text(deep=True) for one in desk.get("/").page.css("li") if "next:" in one.text(deep=True)]
        brought = desk.get("/screening").page.css_first("#screen")
        assert brought is not None
        assert brought.attributes["data-review"] == first.review_id
        assert names[first.review_id] in said
        sample.decide(first.review_id, "included")
