"""A researcher's whole day in one sitting: from files to a briefing, and a number of it back to the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import goldthread as gt
from goldthread.protocol.model import FieldKind
from goldthread.sample.make import make
from goldthread.values import State
from tests.interchange.conftest import shared
from tests.web.browser import window
from tests.web.visiting import Visitor, served

SCREENED = 10
_SLOW = 120_000


@pytest.fixture(params=["police-reviews", "learning-reports"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reports(kind: str, tmp_path: Path) -> Sequence[Path]:
    """Generated reviews of several formats, or published reports as they are, the shortest first."""
    if kind == "police-reviews":
        sample = make(tmp_path / "reviews", reviews=12)
        return sorted(path for path in Path(sample.reports).rglob("*") if path.is_file())
    published = sorted(shared("data/pdfs").glob("*.pdf"), key=lambda path: (path.stat().st_size, path.name))
    return published[:12]


def add_files(page: Page, desk: Visitor, reports: Sequence[Path]) -> None:
    page.goto(f"{desk.address}/reviews/add")
    page.get_by_label("Reports, or a register that names them").set_input_files([str(path) for path in reports])
    page.get_by_role("button", name="Add files").click()
    expect(page.locator(".gt-batch [role=status]")).to_contain_text("new review", timeout=_SLOW)


def screen(page: Page, desk: Visitor, keys: Sequence[str]) -> list[str]:
    """Screen one review a key, by keyboard alone, and give the reviews in that order."""
    page.goto(f"{desk.address}/screening")
    shown: list[str] = []
    for key in keys:
        expect(page.locator("#screen-title")).to_be_visible()
        shown.append(str(page.locator("#screen").get_attribute("data-review")))
        page.keyboard.press(key)
        moves_on(page, shown[-1])
    return shown


def moves_on(page: Page, review: str) -> None:
    """Wait until the screen is about something else than one review."""
    page.wait_for_function(
        "was => !document.getElementById('screen') || document.getElementById('screen').dataset.review !== was",
        arg=review,
    )


def settle_everything(page: Page, desk: Visitor, review: str) -> None:
    """Go through all that waits in one review, by keyboard alone: values, passages, recommendations."""
    page.goto(f"{desk.address}/reviews/{review}")
    for tab in ("1", "2", "3"):
        page.keyboard.press(tab)
        expect(page.locator(".gt-tabs [aria-current=page]")).to_have_attribute("data-key", tab)
        waiting = page.locator("#panel-body .is-suggested")
        for _ in range(waiting.count()):
            left = waiting.count()
            if not left:
                break
            next_suggestion(page)
            page.keyboard.press("a")
            page.wait_for_function(
                "was => document.querySelectorAll('#panel-body .is-suggested').length < was", arg=left
            )


def next_suggestion(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#panel-body .is-suggested.is-current")).to_have_count(1)


def episodes_of(study: gt.Study, review: str) -> int:
    return len(study.desk.review(review).episodes)


def waiting_in(study: gt.Study, review: str) -> list[str]:
    """What nobody has settled of a review; what is worked out from other values is settled with them."""
    held = study.desk.review(review)
    derived = {one.id for one in study.protocol.fields if one.kind is FieldKind.DERIVED}
    values = [one for one in held.characteristics if one.item.field not in derived]
    return [one.key for one in (*values, *held.episodes, *held.recommendations) if one.item.state is State.SUGGESTED]


def test_from_files_to_a_briefing_and_back_to_the_page(
    browser: Browser, kind: str, reports: Sequence[Path], tmp_path: Path
) -> None:
    with gt.init(tmp_path / "study", kind, who="Ada") as study, served(study) as desk:
        with window(browser, desk, accept_downloads=True) as context:
            page = context.new_page()
            add_files(page, desk, reports)
            registered = len(study.reviews())
            assert registered >= SCREENED

            shown = screen(page, desk, ["i"] * 7 + ["m", "1", "2"])
            assert len(set(shown)) == SCREENED
            counted = study.ledger("confirmed")
            assert (counted.included, counted.excluded, counted.maybe) == (7, 2, 1)

            coded = next(iter(sorted((n, name) for name in shown[:7] if (n := episodes_of(study, name)) > 2)))[1]
            settle_everything(page, desk, coded)
            assert not waiting_in(study, coded)

            second_opinion(browser, study, shown[0])
            page.goto(f"{desk.address}/screening/conflicts")
            page.get_by_role("button", name="Ada’s stands").click()
            expect(page.locator("main")).to_contain_text("No two screeners disagree")

            make_finding(page, desk)
            (made,) = study.board().findings
            assert made

            build_and_follow(page, context, desk, tmp_path)
        assert study.verify().sound


def second_opinion(browser: Browser, study: gt.Study, review: str) -> None:
    """Somebody else screens one review without seeing the first decision, and differs."""
    with gt.open(study.folder, who="Grace") as other, served(other) as desk, window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/screening/second/{review}")
        page.get_by_role("button", name=re.compile("^Maybe")).click()
        moves_on(page, review)
        assert [one.first.review_id for one in other.desk.screened_twice().conflicts] == [review]


def make_finding(page: Page, desk: Visitor) -> None:
    """Choose two confirmed passages by keyboard and say what they say together."""
    page.goto(f"{desk.address}/evidence?state=confirmed")
    for key in ("j", "Space", "j", "Space", "f"):
        page.keyboard.press(key)
    page.get_by_label("What the reviews say together").fill("Practice is described and seldom explained.")
    page.get_by_role("button", name="Make the finding").click()
    expect(page.locator("h1")).to_have_text("Practice is described and seldom explained.")


def build_and_follow(page: Page, context: object, desk: Visitor, out: Path) -> None:
    """Build the briefing as a web page, then follow a number of a table to its words on the page."""
    page.goto(f"{desk.address}/briefing")
    with page.expect_download(timeout=_SLOW) as built:
        page.get_by_role("link", name="web page").first.click()
    path = out / "briefing.html"
    built.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    assert "Practice is described and seldom explained." in text
    page.goto(f"{desk.address}/briefing/claims?list=1")
    page.locator("main .gt-quote a:visible").first.click()
    expect(page.locator(".gt-mark.lit rect, .gt-run.lit").first).to_be_visible()
