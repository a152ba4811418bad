"""Every screen as people with other eyes and hands meet it: axe, small windows, large letters, the dark page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

import goldthread as gt
from tests.study.test_findings import PLAN
from tests.web.browser import faults_of, window
from tests.web.visiting import Visitor, served

SCREENS = (
    "/",
    "/reviews",
    "/reviews?q=police",
    "/reviews?q=zyzzyva",
    "/reviews?q=*",
    "/reviews/add",
    "/screening",
    "/reviews/R00001?page=3&tab=coding",
    "/reviews/R00001?page=3&tab=case&edit=age-1.",
    "/reviews/R00001?tab=recommendations&view=text",
    "/reviews/R00001?tab=history&find=police",
    "/reviews/R00001?tab=quality",
    "/reviews/R00001?page=5&view=both",
    "/reviews/R00001?page=5&view=both&at=0-99999",
    "/reviews/R00001?page=4&view=text&at=0-99999&find=police",
    "/reviews/R00001?tab=coding&edit=R00001-E001",
    "/reviews/R00001?tab=coding&edit=link-R00001-E001",
    "/reviews/R00001?tab=recommendations&edit=link-R00001-A001",
    "/reviews/R00001?tab=case&more=subject",
    "/screening/second",
    "/screening/conflicts",
    "/screening/stopping",
    "/evidence",
    "/evidence?first=2015&last=2030&by=happened&into=F1",
    "/findings",
    "/findings?basis=confirmed",
    "/findings/F1",
    "/findings/F2",
    "/findings/F3?basis=confirmed",
    "/findings/new",
    "/tables",
    "/tables/T4",
    "/tables/T4?heat=1",
    "/tables/P4?heat=row",
    "/tables/G1",
    "/tables/C2",
    "/rates",
    "/rates/populations",
    "/periods?field=outcome&dated=incident_date",
    "/reconciling",
    "/crossing",
    "/crossing?rows=theme&columns=theme",
    "/crossing?rows=theme&columns=explanation&panels=direction",
    "/crossing?rows=sex&columns=force&heat=0&where=force%3DNowhere",
    "/tables/T4/cell?row=death&column=child&basis=draft",
    "/briefing",
    "/briefing?edit=themes.text",
    "/briefing?view=preview&theme=workforce",
    "/briefing/claims?list=1",
    "/briefing/check",
    "/briefing?kind=spotlight&review=R00001",
    "/agreement",
    "/codebook",
    "/codebook/codes/risk_assessment_management",
    "/codebook/codes/roles",
    "/codebook/split/risk_assessment_management",
    "/amend?kind=merge_codes&code=evidence_investigation&into=victim_engagement",
    "/amend?kind=set_limit&criterion=in_period&rule=1&limit=2018-06-01",
    "/amendments",
    "/plan",
    "/quality",
    "/quality/without?table=T4",
    "/quality/recommendations",
    "/plan?look=vision-1",
    "/protocol",
    "/protocol/amend/add_value?field=outcome",
    "/protocol/amend/filter_table?table=S5",
    "/protocol/amend/place_reason?reason=out_of_date",
    "/nowhere",
)


@pytest.fixture(scope="module")
def looked_at(sampled: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    import shutil

    folder = tmp_path_factory.mktemp("access") / "study"
    shutil.copytree(str(sampled), folder)
    with gt.open(folder, who="Ada") as study:
        worked_into_findings(study, folder.parent)
        with served(study) as come:
            yield come


def worked_into_findings(study: gt.Study, folder: Path) -> None:
    """Findings in every state a screen may show them, and a later plan."""
    desk, missed = study.desk.findings, study.episodes(direction="missed")
    good = [one.episode_id for one in study.episodes(direction="good")]
    ids = [one.episode_id for one in missed]
    desk.make("Risk was not assessed.", supporting=ids[:6], opposing=good[:2], actions=["2.1.1"])
    desk.make("Nobody asked the child.", note="Read these again.", supporting=ids[:2], actions=["2.4.1"])
    desk.make("Services were not known.")
    desk.withdraw("F3")
    study.reject(missed[0].review_id, "episodes", [ids[0]])
    (folder / "plan.toml").write_text(PLAN, encoding="utf-8")
    desk.load_plan(folder / "plan.toml")


def problems(context: BrowserContext, visitor: Visitor) -> dict[str, list[str]]:
    page = context.new_page()
    found = {}
    for path in SCREENS:
        page.goto(visitor.address + path)
        if path == "/screening":
            page.wait_for_selector("#screen-sheet .gt-sheet")
        if faults := faults_of(page):
            found[path] = faults
    return found


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen(browser: Browser, looked_at: Visitor, colours: str) -> None:
    with window(browser, looked_at, color_scheme=colours) as context:
        found = problems(context, looked_at)
        assert not found, "\n".join(f"{path}: {fault}" for path, faults in found.items() for fault in faults)


@pytest.mark.parametrize("width", [360, 640])
def test_nothing_runs_over_the_edge_of_a_small_window(browser: Browser, looked_at: Visitor, width: int) -> None:
    """640 pixels is a window of 1,280 at 200%."""
    with window(browser, looked_at, viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        for path in SCREENS[:-1]:
            page.goto(looked_at.address + path)
            over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 1, f"{path} is {over} pixels too wide at {width}"


@pytest.mark.parametrize("path", ["/codebook", "/plan", "/protocol", "/"])
def test_in_a_small_window_the_row_of_screens_shows_the_one_that_is_open(
    browser: Browser, looked_at: Visitor, path: str
) -> None:
    with window(browser, looked_at, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(looked_at.address + path)
        page.wait_for_function(
            "() => { const one = document.querySelector('.gt-nav [aria-current]').getBoundingClientRect();"
            " return one.left >= -1 && one.right <= innerWidth + 1 }"
        )


def test_every_control_of_a_page_can_be_reached_and_seen_by_tabbing(browser: Browser, looked_at: Visitor) -> None:
    with window(browser, looked_at) as context:
        page = context.new_page()
        page.goto(f"{looked_at.address}/screening")
        page.wait_for_selector("#screen-sheet .gt-sheet")
        reached = set()
        for _ in range(80):
            page.keyboard.press("Tab")
            now = page.evaluate(
                "() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return [e.textContent.trim().slice(0, 30), s.outlineStyle !== 'none' || s.boxShadow !== 'none'] }"
            )
            reached.add(now[0])
            assert now[1] or now[0] == "" or len(now[0]) == 30, f"focus cannot be seen on {now[0]}"
        for name in ("Include i", "Maybe m", "Skip s"):
            assert name in reached


def test_the_search_of_reviews_is_one_key_away_on_a_page_without_a_search(
    browser: Browser, looked_at: Visitor
) -> None:
    with window(browser, looked_at) as context:
        page = context.new_page()
        page.goto(f"{looked_at.address}/plan")
        page.keyboard.press("/")
        page.wait_for_url(f"{looked_at.address}/reviews")
        expect(page.locator("#q")).to_be_focused()
        page.reload()
        expect(page.locator("#q")).not_to_be_focused()


def test_single_letter_keys_can_be_turned_off(browser: Browser, looked_at: Visitor) -> None:
    with window(browser, looked_at) as context:
        page = context.new_page()
        page.goto(f"{looked_at.address}/screening")
        page.keyboard.press("?")
        page.get_by_label("Turn single-letter keys off").check()
        page.keyboard.press("Escape")
        before = page.url
        page.keyboard.press("s")
        page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done)))")
        assert page.url == before


def test_a_word_without_end_stays_within_the_window(browser: Browser, visitor: Visitor, study: gt.Study) -> None:
    made = study.desk.findings.make("W" * 400)
    with window(browser, visitor, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        for path in (f"/findings/{made}", "/findings"):
            page.goto(visitor.address + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


@pytest.mark.parametrize("path", ["/evidence", "/reviews", "/findings/F1"])
def test_axe_finds_nothing_in_a_small_window(browser: Browser, looked_at: Visitor, path: str) -> None:
    with window(browser, looked_at, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto(looked_at.address + path)
        assert not faults_of(page)
