"""A researcher's day in a real browser: the keyboard alone screens and codes, and a number leads back to the page."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

import goldthread as gt
from goldthread.study.coding.editing import Span
from goldthread.values import State
from tests.web.browser import window
from tests.web.visiting import Visitor


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_screening_by_keyboard_brings_the_next_review_up_at_once(
    browser: Browser, desk: Visitor, sample: gt.Study
) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/screening")
        expect(page.locator("#screen-sheet .gt-sheet")).to_be_visible()
        shown = [page.locator("#screen").get_attribute("data-review")]
        for key in ("i", "m", "4", "i"):
            press(page, key)
            page.wait_for_function("was => document.getElementById('screen').dataset.review !== was", arg=shown[-1])
            shown.append(page.locator("#screen").get_attribute("data-review"))
        made = [sample.desk.review(str(name)).decided for name in shown[:4]]
        assert [(one.decision.value, one.reason) for one in made if one] == [
            ("included", ""),
            ("maybe", ""),
            ("excluded", sample.protocol.reasons[3].id),
            ("included", ""),
        ]
        press(page, "u")
        page.wait_for_url(f"**/screening/{shown[3]}")
        assert sample.desk.review(str(shown[3])).decided is None
        page.reload()
        expect(page.locator("#screen")).to_have_attribute("data-review", str(shown[3]))


def test_one_review_is_coded_with_the_keyboard_alone(browser: Browser, desk: Visitor, sample: gt.Study) -> None:
    review = "R00001"
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/{review}?page=5")
        expect(page.locator("#page-5")).to_be_visible()
        page.locator("#pages").focus()
        press(page, "j", "j", "Shift+J")
        expect(page.locator(".gt-picks rect").first).to_be_attached()
        press(page, "c")
        expect(page.locator("#code-new")).to_be_focused()
        page.keyboard.type("evidence")
        press(page, "Tab")
        page.keyboard.type("Good")
        press(page, "Tab", "Tab", "Tab", "Tab", "Enter")
        expect(page.locator(".gt-item.is-confirmed")).to_have_count(1)
        (mine,) = [one.item for one in sample.desk.review(review).episodes if one.item.state is State.CONFIRMED]
        assert (mine.theme, mine.direction, mine.author) == ("evidence_investigation", "good", "Ada")
        assert mine.anchor.page == 5

        press(page, "Escape", "n")
        waiting = page.locator(".gt-item.is-current")
        first = waiting.get_attribute("id")
        press(page, "a")
        expect(page.locator(f"#{first}.is-confirmed")).to_be_visible()
        press(page, "n", "r")
        expect(page.locator(".gt-item.is-rejected")).to_have_count(1)

        press(page, "1")
        expect(page.locator(".gt-line").first).to_be_visible()
        press(page, "n", "a")
        expect(page.locator(".gt-line .is-confirmed")).to_have_count(1)
    settled = sample.desk.review(review)
    assert sum(one.item.state is State.CONFIRMED for one in settled.characteristics) == 1
    assert sum(one.item.state is State.REJECTED for one in settled.episodes) == 1
    assert sample.verify().sound


def test_keys_pressed_while_a_save_is_on_its_way_are_not_lost(
    browser: Browser, desk: Visitor, sample: gt.Study
) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?tab=coding")
        held: list[Route] = []
        page.route("**/settle", lambda route: held.append(route))
        names = page.locator(".gt-item--episode.is-suggested").evaluate_all("all => all.map(one => one.id)")
        page.locator("#pages").focus()
        with page.expect_request("**/settle"):
            press(page, "n", "a", "a", "n")
        expect(page.locator(f"#{names[1]}")).to_have_class(re.compile("is-current"))
        held.pop().continue_()
        expect(page.locator(f"#{names[0]}.is-confirmed")).to_be_visible()
        expect(page.locator(f"#{names[1]}")).to_have_class(re.compile("is-current"))
        expect(page.locator(f"#{names[1]}")).to_be_focused()
        assert not held
        expect(page.locator("#overtaken")).to_have_count(0)
    assert _state(sample, names[0].removeprefix("item-episode-")) is State.CONFIRMED


def test_words_selected_on_the_page_are_exactly_the_stored_words(
    browser: Browser, desk: Visitor, sample: gt.Study
) -> None:
    held = sample.desk.review("R00001").documents[0]
    pages = next(text for text in sample.texts() if text.document_id == held.document_id).pages
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?page=3")
        words = page.locator("#page-3 .gt-words text")
        first, last = words.nth(40), words.nth(60)
        first.scroll_into_view_if_needed()
        a, b = first.bounding_box(), last.bounding_box()
        assert a is not None
        assert b is not None
        page.mouse.move(a["x"] + 1, a["y"] + a["height"] / 2)
        page.mouse.down()
        page.mouse.move(b["x"] + b["width"] - 4, b["y"] + b["height"] / 2, steps=8)
        page.mouse.up()
        page.wait_for_function("() => goldthreadPick.get() !== null")
        picked = page.evaluate("() => goldthreadPick.get()")
        start = int(page.locator("#page-3").get_attribute("data-offset") or 0)
        stored = pages[2][picked["start"] - start : picked["end"] - start]
        assert " ".join(stored.split()) == picked["words"]
        assert stored.split()[0] == (first.text_content() or "").strip()
        assert stored.split()[-1].startswith((last.text_content() or "").strip()[:3])


def test_two_tabs_editing_one_passage_never_overwrite_silently(
    browser: Browser, desk: Visitor, sample: gt.Study
) -> None:
    with window(browser, desk) as context:
        one, other = context.new_page(), context.new_page()
        for page in (one, other):
            page.goto(f"{desk.address}/reviews/R00001")
        item = one.locator(".gt-item--episode.is-suggested").first.get_attribute("id")
        one.locator(f"#{item} [data-act=accept]").click()
        expect(one.locator(f"#{item}.is-confirmed")).to_be_visible()
        other.locator(f"#{item} [data-act=reject]").click()
        expect(other.locator("#overtaken")).to_contain_text("confirmed by Ada")
        key = str(item).removeprefix("item-episode-")
        assert _state(sample, key) is State.CONFIRMED
        other.get_by_role("button", name="Save mine instead").click()
        other.wait_for_load_state()
        assert _state(sample, key) is State.REJECTED


def _state(study: gt.Study, key: str) -> State:
    return next(one.item.state for one in study.desk.review("R00001").episodes if one.key == key)


def test_a_number_is_followed_back_to_the_page(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/tables/T4")
        page.locator(".gt-table td a").first.click()
        page.locator(".gt-quote a").first.click()
        expect(page.locator(".gt-mark.lit rect, .gt-run.lit").first).to_be_visible()


def test_half_written_words_come_back_after_a_reload(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?tab=coding")
        page.locator("#new-code > summary").click()
        page.locator("#code-new").fill("collaborative")
        page.reload()
        expect(page.locator("#code-new")).to_have_value("collaborative")


def test_a_memo_its_ticks_and_the_words_picked_come_back_after_a_reload(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?page=5&tab=coding")
        page.locator("#pages").focus()
        press(page, "j", "c")
        page.locator("#new-code .gt-further summary").click()
        page.locator("#new-code").get_by_label("Health", exact=True).check()
        page.locator("#memo-new").fill("Ask the panel about this.")
        words = page.locator("#new-code .gt-picked").text_content()
        page.reload()
        expect(page.locator("#memo-new")).to_have_value("Ask the panel about this.")
        expect(page.locator("#new-code").get_by_label("Health", exact=True)).to_be_checked()
        expect(page.locator("#new-code").get_by_label("Police", exact=True)).not_to_be_checked()
        expect(page.locator("#new-code .gt-picked")).to_have_text(words or "")
        expect(page.locator(".gt-picks rect").first).to_be_attached()


def test_a_coding_that_cannot_be_saved_leaves_what_was_written_and_can_be_mended_at_once(
    browser: Browser, desk: Visitor
) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?tab=coding&page=3")
        press(page, "j", "c")
        page.locator("#new-code").get_by_text("Agencies, vulnerabilities, memo").click()
        memo = page.locator("#new-code textarea[name=memo]")
        memo.fill("Ask the panel about this.")
        page.locator("#code-new").fill("zzzz")
        for _ in range(2):
            page.locator("#code-new").press("Enter")
            expect(page.locator("#panel-body [role=alert]")).to_contain_text("No code begins like")
            expect(page.locator("#code-new")).to_be_focused()
        page.reload()
        expect(memo).to_have_value("Ask the panel about this.")
        page.locator("#code-new").fill("collab")
        page.locator("#code-new").press("Enter")
        expect(page.locator("#panel-body [role=alert]")).to_contain_text("say whether practice was good")
        page.locator("#dir-new").select_option("missed")
        page.locator("#code-new").press("Enter")
        expect(page.locator("#panel-body [role=alert]")).to_have_count(0)
        expect(page.locator("#panel-body")).to_contain_text("Ask the panel about this.")


def test_marks_on_the_same_words_are_gone_through_by_clicking_again(
    browser: Browser, desk: Visitor, sample: gt.Study
) -> None:
    one = next(each for each in sample.desk.review("R00001").episodes if each.item.anchor.page > 4)
    place = one.item.anchor
    codes = {"theme": "workforce", "direction": "missed"}
    mine = sample.desk.code("R00001", codes, span=Span(place.document_id, place.start, place.end))
    with window(browser, desk) as context:
        page = context.new_page()
        for view in ("page", "text"):
            page.goto(f"{desk.address}/reviews/R00001?page={place.page}&view={view}")
            spot = page.locator(f"g[data-key='{mine}'] rect, span[data-key='{mine}']").first
            page.wait_for_load_state("networkidle")
            spot.scroll_into_view_if_needed()
            x, y = spot.evaluate("e => (r => [r.x + r.width / 2, r.y + r.height / 2])(e.getClientRects()[0])")
            there, before = page.locator(".gt-item.is-current"), ""
            seen = set()
            for _ in range(4):
                page.mouse.click(x, y)
                expect(there).not_to_have_attribute("id", before)
                seen.add(before := str(there.get_attribute("id")))
            assert {f"item-episode-{mine}", f"item-episode-{one.key}"} <= seen, view


def test_the_text_beside_the_page_is_the_same_words_to_pick(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?page=5&view=both")
        expect(page.locator("#page-5 .gt-words text").first).to_be_attached()
        page.locator("#pages").focus()
        press(page, "j")
        expect(page.locator("#page-5 .gt-picks rect").first).to_be_attached()
        said = " ".join(page.locator("#page-5 .gt-prose .is-picked").all_text_contents())
        picked = page.evaluate("() => goldthreadPick.get().words")
        assert " ".join(said.split()) == picked


def test_what_the_pages_hold_is_said_once_and_extracts_can_be_hidden_there(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/reviews/R00001?page=3")
        page.get_by_role("button", name="Continue with extracts hidden").click()
        expect(page.locator("html[data-veil]")).to_be_attached()
        expect(page.locator(".gt-warned")).to_have_count(0)
        assert "page=3" in page.url
        page.goto(f"{desk.address}/evidence")
        expect(page.locator(".gt-warned")).to_have_count(0)
        blurred = page.locator("blockquote").first.evaluate("one => getComputedStyle(one).filter")
        assert "blur" in blurred


def test_a_review_can_be_screened_and_read_without_scripts(browser: Browser, desk: Visitor, sample: gt.Study) -> None:
    with window(browser, desk, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/screening/R00001")
        page.get_by_role("button", name="Include").click()
        page.wait_for_url("**last=R00001")
        assert sample.desk.review("R00001").decided is not None
        page.goto(f"{desk.address}/reviews/R00001?page=2")
        page.get_by_role("link", name="Page 3 ›").click()
        expect(page.locator("#page-3")).to_be_visible()
        page.goto(f"{desk.address}/reviews/R00001?tab=coding")
        page.get_by_role("button", name="Accept").first.click()
        states = [one.item.state for one in sample.desk.review("R00001").episodes]
        assert states.count(State.CONFIRMED) == 1


def test_a_server_killed_at_once_after_a_decision_has_lost_nothing(sampled: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "killed"
    shutil.copytree(sampled, folder)
    for review in ("R00001", "R00002"):
        process, visitor = _started(folder)
        shown = visitor.get(f"/screening/{review}")
        fields = {"form_token": shown.value("[name=form_token]"), "seen": "", "decision": "included"}
        assert visitor.post(f"/screening/{review}/decide", fields).status == 303
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    with gt.open(folder) as study:
        assert study.ledger("confirmed").reviews("included") == ("R00001", "R00002")
        assert study.verify().sound


def _started(folder: Path) -> tuple[subprocess.Popen[str], Visitor]:
    command = [sys.executable, "-m", "goldthread", "serve", str(folder), "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    link = ""
    while "token=" not in link:
        link = process.stderr.readline()
    link = link.removeprefix("Open: ").strip()
    visitor = Visitor(link.split("/open?")[0], [link])
    for _ in range(100):
        try:
            visitor.enter()
            break
        except ConnectionError:
            time.sleep(0.1)
    return process, visitor
