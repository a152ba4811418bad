"""Settling where two coders differ, in the browser: by name, undone, and never over what was not seen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import goldthread as gt
from goldthread.study.coding.editing import Span
from goldthread.values import State
from tests.web.browser import faults_of, window
from tests.web.visiting import Answer, Visitor, served

TEXT = """Officers visited the home twice in the spring of 2016. They did not speak to the child alone, and nobody
asked the school what it knew. The concern was closed the same day without a record of why."""


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Visitor]:
    """Carol's workbench of a study that Ada and Grace have coded."""
    (tmp_path / "child a.txt").write_text(f"Serious Case Review: Child A\n\n{TEXT}\n", encoding="utf-8")
    with gt.init(tmp_path / "study", who="Ada") as made:
        made.add(tmp_path / "child a.txt", review_types=["SCR"])
    shutil.copytree(tmp_path / "study", tmp_path / "grace")
    for name, sex, theme in (("study", "male", "risk_identification"), ("grace", "female", "collaborative_working")):
        with gt.open(tmp_path / name, who="Grace" if name == "grace" else "Ada") as study:
            span = Span(study.reviews()[0].documents[0].document_id, 60, 110)
            study.desk.set_value("R00001", "sex", 1, value=sex, span=span)
            study.desk.code("R00001", {"theme": theme, "direction": "missed"}, span=span)
    with gt.open(tmp_path / "study", who="Carol") as study:
        with gt.open(tmp_path / "grace") as other:
            study.second_coding(other)
        with served(study) as come:
            come.study = study  # type: ignore[attr-defined]
            yield come


def form(answer: Answer, at: int = 0) -> dict[str, str]:
    found = answer.page.css("section.gt-card form")[at]
    return {str(one.attributes["name"]): one.attributes.get("value") or "" for one in found.css("input[type=hidden]")}


def test_both_are_shown_with_their_names_and_words(coded: Visitor) -> None:
    answer = coded.get("/reconciling")
    assert "2 differences open, 0 settled" in answer.words("main")
    first = answer.words("section.gt-card")
    for part in ("Ada", "Male", "Grace", "Female", "Ada’s stands", "Grace’s stands"):
        assert part in first
    assert "Both stand" not in first


def test_a_difference_is_settled_by_name_and_taken_back(coded: Visitor) -> None:
    answer = coded.post("/reconciling", form(coded.get("/reconciling")) | {"outcome": "second"})
    assert answer.status == 303
    after = coded.get(answer.headers["location"])
    assert "1 difference open, 1 settled" in after.words("main")
    assert "Settled in the name of Carol" in after.words(".gt-inset")
    token = after.value("[name=form_token]")
    coded.post("/reconciling/undo", {"form_token": token, "undo": "R00001"})
    assert "2 differences open, 0 settled" in coded.get("/reconciling").words("main")


def test_what_was_settled_in_another_tab_is_not_settled_again(coded: Visitor) -> None:
    sent = form(coded.get("/reconciling"))
    assert coded.post("/reconciling", sent | {"outcome": "first"}).status == 303
    again = coded.post("/reconciling", sent | {"outcome": "second"})
    assert again.status == 400
    assert "is settled" in again.words("[role=alert]")


def test_a_form_without_its_token_settles_nothing(coded: Visitor) -> None:
    sent = form(coded.get("/reconciling")) | {"form_token": "guessed", "outcome": "first"}
    assert coded.post("/reconciling", sent).status == 403
    assert "2 differences open" in coded.get("/reconciling").words("main")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_where_coders_differ_and_nothing_runs_over_the_edge(
    browser: Browser, coded: Visitor, colours: str
) -> None:
    with window(browser, coded, color_scheme=colours, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(f"{coded.address}/reconciling")
        assert not faults_of(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


def test_it_is_all_done_by_keyboard(browser: Browser, coded: Visitor) -> None:
    with window(browser, coded) as context:
        page = context.new_page()
        page.goto(f"{coded.address}/reconciling")
        page.get_by_label("Another value").select_option("female")
        button = page.get_by_role("button", name="This is right")
        button.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("text=1 settled")
    study: gt.Study = coded.study  # type: ignore[attr-defined]
    (now,) = [one for one in study.reviews()[0].characteristics if one.field == "sex"]
    assert (now.value, now.author, now.state) == ("female", "Carol", State.CONFIRMED)
