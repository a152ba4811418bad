"""The briefing in the workbench: words around its parts, figures by name, claims with their evidence."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Route, expect

import goldthread as gt
from goldthread.values import Basis
from tests.web.browser import faults_of, window
from tests.web.visiting import Answer, Visitor

SLOT = {"kind": "practice", "basis": "draft", "section": "themes", "slot": "text"}
WORDS = "Of {registered.total|noun}, {included.total} are included."


def _write(visitor: Visitor, text: str, seen: str = "", **more: str) -> Answer:
    return visitor.post(
        "/briefing/words", {**SLOT, "form_token": visitor.token(), "seen": seen, "text": text, **more}
    )


def _seen(visitor: Visitor) -> str:
    return visitor.get("/briefing?edit=themes.text").value("#slot-themes-text form.gt-writing [name=seen]")


def test_every_section_is_listed_with_places_for_words(visitor: Visitor, study: gt.Study) -> None:
    page = visitor.get("/briefing").page
    listed = [link.text(strip=True) for link in page.css(".gt-contents li a")]
    assert listed == [section.heading for section in study.press.kinds()["practice"].sections]
    assert len(page.css(".gt-slot")) == 2 * len(listed)


def test_words_are_kept_shown_with_their_figures_and_printed(visitor: Visitor, study: gt.Study) -> None:
    entries = len(study.entries())
    answer = _write(visitor, WORDS)
    assert answer.status == 303
    assert answer.headers["location"].endswith("#s-themes")
    assert [entry.verb for entry in study.entries()[entries:]] == ["word"]
    total = len(study.reviews())
    here = visitor.get(answer.headers["location"].split("#")[0])
    assert here.words("#slot-themes-text .gt-said").startswith(f"Of {total} reviews , ")
    assert "by Ada" in here.words("#slot-themes-text .gt-slot__acts")
    assert f">{total} reviews</a>" in visitor.get("/briefing/practice.html").text
    undone = visitor.post("/briefing/words/undo", {**SLOT, "form_token": visitor.token(), "seen": _seen(visitor)})
    assert undone.status == 303
    assert study.press.words("practice") == ()


def test_a_sentence_whose_figure_moved_is_flagged_until_it_is_kept(visitor: Visitor, study: gt.Study) -> None:
    _write(visitor, WORDS)
    included = next(one for one in study.desk.catalogue() if one.decision and one.decision.decision == "included")
    study.desk.decide(included.review_id, "maybe", "", "")
    here = visitor.get("/briefing")
    assert re.search(r"included\.total was \d+ , now \d+|included\.total was \d+, now \d+", here.words(".gt-stale"))
    assert here.words(".gt-contents .gt-badge") == "1 to read again"
    assert _write(visitor, WORDS, here.value(".gt-stale [name=seen]")).status == 303
    assert visitor.get("/briefing").page.css_first(".gt-stale") is None


def test_two_who_write_at_once_do_not_overwrite_one_another(visitor: Visitor, study: gt.Study) -> None:
    seen = _seen(visitor)
    _write(visitor, "Mine.", seen)
    answer = _write(visitor, "Theirs.", seen)
    assert answer.status == 409
    assert "written anew by Ada" in answer.text
    assert answer.words("#overtaken .gt-facts") == "As it stands Mine. Yours Theirs."
    assert [one.text for one in study.press.words("practice")] == ["Mine."]
    again = {
        str(f.attributes["name"]): str(f.attributes.get("value") or "") for f in answer.page.css("#overtaken [name]")
    }
    assert visitor.post("/briefing/words", again).status == 303
    assert [one.text for one in study.press.words("practice")] == ["Theirs."]


def test_what_cannot_be_printed_is_refused_with_the_nearest_names(visitor: Visitor, study: gt.Study) -> None:
    answer = _write(visitor, "{included.totl}")
    assert answer.status == 400
    assert "included.total" in answer.text
    assert study.press.words("practice") == ()
    tried = visitor.post(
        "/briefing/words/try", {**SLOT, "form_token": visitor.token(), "text": "{included.totl} *x*"}
    )
    assert "included.total" in tried.words(".gt-warn")
    tried = visitor.post("/briefing/words/try", {**SLOT, "form_token": visitor.token(), "text": "- {included.total}"})
    assert tried.words("ul.gt-said li b").isdigit()


def test_without_a_script_a_figure_is_found_and_put_into_the_words(visitor: Visitor) -> None:
    found = _write(visitor, "All of", look="1", find="included")
    assert found.page.css_first("#slot-themes-text button[name=insert][value='included.total']") is not None
    put = _write(visitor, "All of", insert="included.total", find="included")
    assert "All of {included.total}" in put.words("#slot-themes-text textarea")
    cells = _write(visitor, "All of", into="T4:")
    assert cells.page.css_first("#slot-themes-text button[name=insert][value^='T4:']") is not None


def test_every_claim_is_listed_and_opens_at_its_page(visitor: Visitor, study: gt.Study) -> None:
    shell = visitor.get("/briefing/claims")
    assert 'hx-trigger="load"' in shell.text
    made = study.brief("practice").briefing
    first = visitor.get("/briefing/claims/list?kind=practice&basis=draft")
    assert first.words(".gt-count").startswith(f"{len(made.evidence):,} claims")
    keys = [node.text(strip=True) for node in first.page.css(".gt-claim__key")]
    assert keys == [entry.key for entry in made.evidence[:40]]
    entry = next(entry for entry in made.evidence if entry.anchors)
    anchor = entry.anchors[0]
    link = first.page.css_first(f"#{entry.key} blockquote a")
    assert link is not None
    address = str(link.attributes["href"])
    assert f"page={anchor.page}&at={anchor.start}-{anchor.end}" in address
    assert visitor.get(address).status == 200
    narrowed = visitor.get(f"/briefing/claims?list=1&find={quote(made.evidence[-1].claim)}")
    assert 0 < len(narrowed.page.css(".gt-claim")) < 40
    assert "No claim has these words" in visitor.get("/briefing/claims?list=1&find=zyzzyva").text


def test_a_briefing_is_narrowed_by_theme_and_filter(visitor: Visitor, study: gt.Study) -> None:
    theme = study.episodes()[0].theme
    page = visitor.get(f"/briefing/practice.html?basis=draft&theme={theme}").page
    themes = {str(node.attributes["id"]) for node in page.css("h3[id^='theme-']")}
    assert themes == {f"theme-{theme}"}
    assert "It is narrowed to" in visitor.get("/briefing/practice.html?where=review_type%3DSCR").text
    assert visitor.get("/briefing/practice.html?where=nonsense%3D1").status == 400


def test_a_briefing_to_be_published_hides_small_numbers(visitor: Visitor) -> None:
    page = visitor.get("/briefing/practice.html?fewest=5")
    assert "Numbers from 1 to 4 are not shown" in page.text
    assert visitor.get("/briefing?fewest=5").page.css_first("#fewest option[value='5'][selected]") is not None


def test_cases_are_chosen_on_the_page_and_kept_in_its_address(visitor: Visitor, study: gt.Study) -> None:
    included = [one for one in study.desk.catalogue() if one.decision and one.decision.decision == "included"]
    page = visitor.get("/briefing?kind=spotlight")
    boxes = page.page.css("input[name=review]")
    assert {node.attributes["value"] for node in boxes} == {one.review_id for one in included}
    assert not page.page.css("input[name=review][checked]")
    chosen = included[-1]
    page = visitor.get(f"/briefing?kind=spotlight&review={chosen.review_id}&case_words=zyzzyva")
    (ticked,) = page.page.css("input[name=review]")
    assert ticked.attributes["value"] == chosen.review_id and "checked" in ticked.attributes
    assert "No other included review has these words" in page.words("#choices-review")
    assert f"review={chosen.review_id}" in (page.page.css_first(".gt-build a").attributes["href"] or "")
    told = visitor.get(f"/briefing/spotlight.html?kind=spotlight&review={chosen.review_id}")
    assert "1 case, named by those who asked" in " ".join(told.page.css_first("main").text().split())
    assert [node.text() for node in told.page.css("h3[id^='case-']")][:1] == [chosen.citation]
    assert visitor.get("/briefing").page.css_first("input[name=review]") is None


def test_publications_to_quote_beside_the_reviews_are_those_not_counted(visitor: Visitor, study: gt.Study) -> None:
    one = next(one for one in study.desk.catalogue() if one.decision and one.decision.decision == "included")
    assert visitor.get("/briefing").page.css_first(f"input[name=context][value={one.review_id}]") is None
    study.desk.decide(one.review_id, "maybe", "", "")
    assert visitor.get("/briefing").page.css_first(f"input[name=context][value={one.review_id}]") is not None
    asked = f"kind=practice&basis=draft&context={one.review_id}"
    assert visitor.get(f"/briefing?{asked}").page.css_first(f"[name=context][value={one.review_id}][checked]")
    assert visitor.get(f"/briefing/practice.html?{asked}").page.css_first(f"#context-{one.review_id.lower()}")
    lost = visitor.get("/briefing?kind=practice&context=R99999")
    assert "R99999 cannot be chosen here" in lost.words("#choices-context")


def test_a_case_is_found_by_typing_and_stays_ticked(browser: Browser, visitor: Visitor, study: gt.Study) -> None:
    included = [one for one in study.desk.catalogue() if one.decision and one.decision.decision == "included"]
    first = included[0]
    with window(browser, visitor) as context:
        page = context.new_page()
        page.goto(f"{visitor.address}/briefing?kind=spotlight")
        page.locator(".gt-narrow-by summary").click()
        page.locator(f"input[name=review][value={first.review_id}]").check()
        page.get_by_label("Find a case").fill("zyzzyva")
        expect(page.locator("#choices-review")).to_contain_text("has these words")
        expect(page.locator("input[name=review]")).to_have_count(1)
        expect(page.locator(f"input[name=review][value={first.review_id}]")).to_be_checked()
        page.get_by_role("button", name="Narrow", exact=True).click()
        page.wait_for_url(f"**review={first.review_id}**")
        expect(page.locator("details.gt-narrow-by[open]")).to_have_count(1)


def test_a_kind_whose_file_is_broken_says_where_and_the_others_work(visitor: Visitor, study: gt.Study) -> None:
    own = study.folder / "protocol" / "briefings"
    own.mkdir()
    (own / "practice.toml").write_text('title = "Ours"\n[[sections]]\nid = "a"\nshow = "figurs"\n', "utf-8")
    page = visitor.get("/briefing")
    assert page.status == 200
    assert "practice.toml:4:" in page.words(".govuk-error-summary")
    assert "figures" in page.words(".govuk-error-summary")
    assert "cannot be read" in page.words(".gt-switch a[aria-current]")
    assert visitor.get("/briefing/claims?kind=practice").status == 200
    assert visitor.get("/briefing?kind=quality").page.css_first(".gt-section") is not None
    assert visitor.get("/briefing/quality.html?kind=quality").status == 200
    refused = visitor.get("/briefing/practice.html?kind=practice")
    assert refused.status >= 400 and "practice.toml:4:" in refused.text


def _handed_in(visitor: Visitor, name: str, data: bytes) -> Answer:
    mark = "x-part-mark"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{visitor.token()}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode(),
        data,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    return visitor.ask(
        "POST", "/briefing/check", b"".join(parts), {"Content-Type": f"multipart/form-data; boundary={mark}"}
    )


def test_an_earlier_briefing_is_handed_in_and_its_stale_claims_are_shown(
    visitor: Visitor, study: gt.Study, tmp_path: Path
) -> None:
    file = study.brief("practice").save(tmp_path / "b.html").read_bytes()
    assert "every claim still holds" in _handed_in(visitor, "b.html", file).words("#checked")
    included = next(one for one in study.desk.catalogue() if one.decision and one.decision.decision == "included")
    study.desk.decide(included.review_id, "maybe", "", "")
    answer = _handed_in(visitor, "b.html", file)
    assert "no longer hold" in answer.words("#checked")
    assert len(answer.page.css(".gt-reviews tbody tr")) > 1
    number = answer.page.css_first("#changed-number")
    assert number is not None and number.text() == "Another number today"
    listed = answer.words(".gt-sorted")
    assert re.search(r"Another number today: \d+ No longer made: .* Still holds: \d+", listed)
    refused = _handed_in(visitor, "b.html", b"<p>Nothing</p>")
    assert refused.status == 200 and "holds no claims" in refused.words(".govuk-error-summary")


def test_a_figure_is_completed_by_keyboard_alone(browser: Browser, visitor: Visitor, study: gt.Study) -> None:
    with window(browser, visitor) as context:
        page = context.new_page()
        page.goto(f"{visitor.address}/briefing?edit=themes.text#slot-themes-text")
        area = page.locator("textarea[data-figures]")
        area.focus()
        page.keyboard.type("We found {included.to")
        page.wait_for_selector(".gt-menu [role=option][aria-selected=true]")
        assert area.get_attribute("aria-activedescendant")
        assert not faults_of(page)
        page.keyboard.press("Enter")
        expect(area).to_have_value("We found {included.total}")
        page.keyboard.type(", of whom {T4")
        page.wait_for_selector(".gt-menu[aria-busy=false] [data-name='T4:']")
        while page.locator(".gt-menu [aria-selected=true]").get_attribute("data-name") != "T4:":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.wait_for_selector(".gt-menu [data-name^='T4:'][data-name$=':child'], .gt-menu [data-name^='T4:death']")
        page.keyboard.press("Enter")
        expect(area).to_have_value(re.compile(r"^We found \{included\.total\}, of whom \{T4:[^{}]+[^:]\}$"))
        page.wait_for_selector(".gt-try .gt-live")
        page.keyboard.type(" {")
        page.wait_for_selector(".gt-menu:not([hidden])")
        page.keyboard.press("Escape")
        assert page.locator(".gt-menu").is_hidden()
        page.keyboard.press("Backspace")
        page.get_by_role("button", name="Save").click()
        page.wait_for_selector(".gt-done")
    (kept,) = study.press.words("practice")
    assert kept.text.startswith("We found {included.total}, of whom {T4:")
    assert kept.basis == Basis.DRAFT


def test_a_figure_taken_before_its_list_came_is_the_one_typed(browser: Browser, visitor: Visitor) -> None:
    with window(browser, visitor) as context:
        page = context.new_page()
        page.goto(f"{visitor.address}/briefing?edit=themes.text#slot-themes-text")
        area = page.locator("textarea[data-figures]")
        area.focus()
        page.keyboard.type("We found {")
        page.wait_for_selector(".gt-menu[aria-busy=false] [role=option]")
        held: list[Route] = []
        page.route("**/briefing/figures?*find=included.total&*", lambda route: held.append(route))
        with page.expect_request("**/briefing/figures?*find=included.total&*"):
            page.keyboard.type("included.total")
        page.keyboard.press("Enter")
        expect(area).to_have_value("We found {included.total")
        held.pop().continue_()
        expect(area).to_have_value("We found {included.total}")


def test_words_that_could_not_be_saved_are_there_again_on_going_back_and_gone_once_saved(
    browser: Browser, visitor: Visitor
) -> None:
    at = f"{visitor.address}/briefing?edit=themes.text"
    with window(browser, visitor) as context:
        page = context.new_page()
        page.goto(at)
        area = page.locator("#text-themes-text")
        for words in ("Long considered {nonsense.thing}.", "Long considered, {included.total} of them."):
            area.fill(words)
            page.locator("#slot-themes-text form.gt-writing").get_by_role("button", name="Save", exact=True).click()
            if "nonsense" in words:
                page.get_by_role("link", name="Go back").click()
                expect(area).to_have_value(words)
        page.wait_for_url("**done=themes.text*")
        assert page.evaluate("Object.keys(sessionStorage).filter(key => key.includes('draft'))") == []
