"""Findings in the workbench: gathered from evidence, weighed, altered, taken back, and set beside the plan."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import goldthread as gt
from goldthread.study.findings.desk import stamp
from goldthread.values import Basis
from tests.study.test_findings import PLAN
from tests.web.browser import window
from tests.web.visiting import Answer, Visitor


def ids(study: gt.Study, direction: str, most: int) -> list[str]:
    return [one.episode_id for one in study.episodes(direction=direction)][:most]


@pytest.fixture
def name(study: gt.Study) -> str:
    """A finding with three passages for it and one against."""
    return study.desk.findings.make(
        "Risk was not assessed.",
        supporting=ids(study, "missed", 3),
        opposing=ids(study, "good", 1),
        actions=["2.1.1"],
    )


def seen(study: gt.Study, name: str) -> str:
    return stamp(study.desk.findings.one(name, Basis.DRAFT).finding)


def test_a_finding_is_made_of_passages_chosen_under_evidence(visitor: Visitor, study: gt.Study) -> None:
    one, two = ids(study, "missed", 2)
    token = visitor.token()
    form = visitor.post(
        "/findings/gather", [("form_token", token), ("act", "make"), ("episode", one), ("episode", two)]
    )
    assert form.status == 200
    assert len(form.page.css('[name="episode"]')) == 2
    fields = [("form_token", token), ("statement", "Risk was not assessed."), ("episode", one), ("episode", two)]
    made = visitor.post(
        "/findings", [*fields, (f"side-{one}", "for"), (f"side-{two}", "against"), ("action", "2.1.1")]
    )
    assert made.status == 303
    assert made.headers["location"] == "/findings/F1?made=yes"
    kept = study.desk.findings.one("F1", Basis.DRAFT).finding
    assert (kept.supporting, kept.opposing, kept.actions) == ((one,), (two,), (("nvap-v2", "2.1.1"),))
    shown = visitor.get("/findings/F1")
    assert "Risk was not assessed." in shown.words("h1")
    assert shown.words(".gt-findings__counts") == "For: 1 review (1 episode) Against: 1 review (1 episode)"


def test_passages_are_added_to_a_finding_and_the_evidence_says_so(
    visitor: Visitor, study: gt.Study, name: str
) -> None:
    more = ids(study, "missed", 5)[-1]
    fields = {
        "form_token": visitor.token(),
        "act": "against",
        "item": f"{name}:{seen(study, name)}",
        "episode": more,
        "back": "/evidence?direction=missed",
    }
    answer = visitor.post("/findings/gather", fields)
    assert answer.headers["location"] == f"/evidence?direction=missed&added={name}"
    page = visitor.get(answer.headers["location"])
    assert name in page.words(".gt-done")
    assert page.page.css_first(f'a[href="/findings/{name}"]') is not None
    assert more in study.desk.findings.one(name, Basis.DRAFT).finding.opposing


def test_two_tabs_on_one_finding_never_overwrite_silently(visitor: Visitor, study: gt.Study, name: str) -> None:
    old = seen(study, name)
    study.desk.findings.restate(name, "Somebody else’s words.", "")
    token = visitor.token()
    mine = {"form_token": token, "seen": old, "statement": "My words.", "note": ""}
    answer = visitor.post(f"/findings/{name}/restate", mine)
    assert answer.status == 409
    assert "changed meanwhile by Ada" in answer.words("main")
    shown = answer.words("#overtaken .gt-facts")
    assert "As it stands Somebody else’s words." in shown
    assert "Yours My words." in shown
    again = {
        one.attributes["name"] or "": one.attributes["value"] or ""
        for one in answer.page.css("#overtaken form input")
    }
    assert visitor.post(f"/findings/{name}/restate", again).status == 303
    assert study.desk.findings.one(name, Basis.DRAFT).finding.statement == "My words."


def test_every_form_of_a_finding_does_its_one_act_and_can_be_taken_back(
    visitor: Visitor, study: gt.Study, name: str
) -> None:
    token, one = visitor.token(), ids(study, "missed", 1)[0]
    before = len(study.entries())

    def send(path: str, **fields: str) -> int:
        body = {"form_token": token, "seen": seen(study, name), **fields}
        return visitor.post(f"/findings/{name}/{path}", body).status

    assert send("weigh", act="against", episode=one) == 303
    assert send("weigh", act="away", episode=one) == 303
    assert send("align", action="2.4.1") == 303
    assert send("withdraw", act="withdraw") == 303
    assert "Withdrawn" in visitor.get(f"/findings/{name}").words("main")
    assert send("withdraw", act="back") == 303
    for _ in range(5):
        assert send("undo") == 303
    assert len(study.entries()) == before + 10
    back = study.desk.findings.one(name, Basis.DRAFT).finding
    assert (len(back.supporting), len(back.opposing), back.actions) == (3, 1, (("nvap-v2", "2.1.1"),))
    assert send("weigh", act="sideways", episode=one) == 400


def test_lost_evidence_is_shown_and_settled(visitor: Visitor, study: gt.Study, name: str) -> None:
    gone = study.desk.findings.one(name, Basis.DRAFT).supporting.episodes[0]
    study.reject(gone.review_id, "episodes", [gone.episode_id])
    assert "Look at it again" in visitor.get("/findings").words(".gt-findings")
    assert "Look at 1 finding again" in visitor.get("/").words(".gt-next")
    assert "1 passage no longer stands" in visitor.get(f"/findings/{name}").words(".gt-changed")
    fields = {"form_token": visitor.token(), "seen": seen(study, name)}
    assert visitor.post(f"/findings/{name}/renew", fields).status == 303
    assert visitor.get(f"/findings/{name}").page.css_first(".gt-changed") is None


def test_a_passage_says_of_which_findings_it_is_evidence_when_coded_anew_too(
    visitor: Visitor, study: gt.Study, name: str
) -> None:
    one = study.desk.findings.one(name, Basis.DRAFT).supporting.episodes[0]
    panel = visitor.get(f"/reviews/{one.review_id}?tab=coding")
    assert f"evidence for {name}" in panel.words(f"#item-episode-{one.episode_id}")
    held = next(each for each in study.desk.review(one.review_id).episodes if each.key == one.episode_id)
    codes = {"theme": one.theme, "direction": one.direction, "explanation": "procedure_system"}
    new = study.desk.code(one.review_id, codes, instead=(held.key, held.stamp))
    panel = visitor.get(f"/reviews/{one.review_id}?tab=coding")
    assert f"evidence for {name}" in panel.words(f"#item-episode-{new}")


def test_findings_are_taken_away_as_csv(visitor: Visitor, name: str) -> None:
    answer = visitor.get("/findings.csv?basis=draft")
    assert answer.headers["content-disposition"] == 'attachment; filename="findings-draft.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))
    assert (row["finding_id"], row["episodes_for"], row["episodes_against"]) == (name, "3", "1")


def test_nothing_unconfirmed_counts_on_the_confirmed_basis(visitor: Visitor, name: str) -> None:
    page = visitor.get(f"/findings/{name}?basis=confirmed")
    assert page.words(".gt-findings__counts") == "For: no review Against: no review"
    assert "4 passages not counted here" in " ".join(one.text() for one in page.page.css("summary"))


def test_the_plan_shows_findings_and_both_gaps_and_another_plan_before_it_is_used(
    visitor: Visitor, study: gt.Study, name: str, tmp_path: Path
) -> None:
    study.desk.findings.make("Nobody asked.", supporting=ids(study, "missed", 1))
    page = visitor.get("/plan")
    assert "8 of 9 actions without evidence" in page.words("#bare-title")
    assert "1 finding on no action" in page.words("#outside-title")
    assert name in page.words('[id="action-2.1.1"]')
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    study.desk.findings.load_plan(tmp_path / "plan.toml")
    looked = visitor.get("/plan?look=vision-1")
    assert "You are looking at this plan" in looked.words("main")
    assert name in looked.words('[id="action-A"]')
    assert "Split in two." in looked.words(".gt-walk")
    assert study.desk.findings.board().plans.using == "nvap-v2"
    use = {"form_token": visitor.token(), "plan": "vision-1", "seen": "vision-1"}
    assert "meanwhile" in visitor.post("/plan/use", use).words("#overtaken")
    assert visitor.post("/plan/use", use | {"seen": "nvap-v2"}).status == 303
    assert "carried over" in visitor.get(f"/findings/{name}").words("main")


def test_a_plan_is_brought_in_from_a_file_and_a_fault_in_it_is_told_with_its_line(visitor: Visitor) -> None:
    token = visitor.token()
    refused = send_plan(visitor, token, PLAN.replace('["A"]', '["Q"]'))
    assert refused.status == 400
    assert "mine.toml:17: this plan has no action `Q`" in refused.words("main")
    taken = send_plan(visitor, token, PLAN)
    assert taken.headers["location"] == "/plan?look=vision-1"


def send_plan(visitor: Visitor, token: str, plan: str) -> Answer:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="form_token"\r\n\r\n{token}\r\n',
        '--x\r\nContent-Disposition: form-data; name="file"; filename="mine.toml"\r\n\r\n' + plan + "\r\n--x--\r\n",
    ]
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    return visitor.ask("POST", "/plan/load", "".join(parts).encode(), headers)


def test_years_narrow_the_evidence_by_publication_and_by_event(reader: Visitor, finished: Path) -> None:
    with gt.open(finished) as study:
        every = len(study.episodes())
    count = lambda address: int(re.findall(r"\d+", reader.get(address).words(".gt-count"))[0])  # noqa: E731
    assert count("/evidence?by=published&first=2019&last=2019") == every
    assert count("/evidence?by=published&last=2018") == 0
    assert count("/evidence?by=happened&first=2017&last=2017") == every
    assert count("/evidence?by=happened&first=2018") == 0
    chosen = reader.get("/evidence?by=happened&first=2017").words(".gt-chosen")
    assert "Happened 2017–" in chosen


def test_a_finding_is_made_by_keyboard_from_two_pages_of_evidence(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/evidence?direction=missed")
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press("j")
        page.keyboard.press("Space")
        expect(page.locator("[data-gather-count]")).to_contain_text("2 chosen")
        page.goto(f"{desk.address}/evidence?direction=good")
        expect(page.locator("[data-gather-count]")).to_contain_text("2 chosen, 2 of them not on this page")
        page.keyboard.press("j")
        page.keyboard.press("Space")
        page.keyboard.press("f")
        expect(page.get_by_role("heading", name="3 passages chosen")).to_be_visible()
        page.get_by_label("What the reviews say together").fill("Risk was not assessed.")
        page.get_by_label("against it").last.check()
        page.get_by_role("button", name="Make the finding").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Risk was not assessed.")
        expect(page.get_by_text("Against: 1 review (1 episode)")).to_be_visible()
        page.goto(f"{desk.address}/evidence")
        expect(page.locator("[data-gather-count]")).to_contain_text("Choose passages")


def test_evidence_is_narrowed_by_the_agencies_and_vulnerabilities_of_a_passage(
    visitor: Visitor, study: gt.Study
) -> None:
    book = study.protocol.codebook
    assert book.agencies
    every = study.episodes()
    for agency in {one for each in every for one in each.agencies}:
        mine = [each for each in every if agency in each.agencies]
        shown = [int(one) for one in re.findall(r"\d+", visitor.get(f"/evidence?agency={agency}").words(".gt-count"))]
        assert shown == [len(mine), len({each.review_id for each in mine})]
        assert len(visitor.get(f"/evidence?agency={agency}").page.css(".gt-quotes > li")) == min(40, len(mine))
    assert any(each.agencies for each in every)
    several = [each for each in every if each.vulnerabilities]
    for name in {one for each in several for one in each.vulnerabilities}:
        shown = visitor.get(f"/evidence?episode_vulnerability={name}").words(".gt-count")
        assert shown.startswith(f"{len([each for each in several if name in each.vulnerabilities])} passage")


def test_all_passages_of_a_page_are_chosen_at_once_and_let_go_at_once(browser: Browser, desk: Visitor) -> None:
    with window(browser, desk) as context:
        page = context.new_page()
        page.goto(f"{desk.address}/evidence?direction=missed")
        number = page.locator("[data-gather]").count()
        page.get_by_role("button", name=f"Choose all {number} on this page").click()
        expect(page.locator("[data-gather-count]")).to_contain_text(f"{number} chosen")
        page.reload()
        expect(page.locator("[data-gather]:checked")).to_have_count(number)
        page.get_by_role("button", name="Let all go").click()
        expect(page.locator("[data-gather]:checked")).to_have_count(0)
