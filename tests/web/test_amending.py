"""The codebook and the protocol amended in the browser: the effect first, then the change, and back again."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

import goldthread as gt
from goldthread.protocol.amend.changes import DescribeTable, MergeCodes, RetireCode, SetLimit
from tests.web.browser import window
from tests.web.visiting import Answer, Visitor


def fields_of(answer: Answer, why: str = "") -> list[tuple[str, str]]:
    """What the form of an effect sends on, with a reason."""
    inputs = [
        (one.attributes["name"] or "", one.attributes.get("value") or "")
        for one in answer.page.css("main form input")
    ]
    return [*inputs, *([("why", why)] if why else [])]


def looked(visitor: Visitor, **query: str) -> Answer:
    return visitor.get(f"/amend?{urlencode(query)}")


def themes(study: gt.Study) -> list[str]:
    """The themes passages are coded with, the most used first."""
    found = [one.theme for one in study.episodes() if one.theme]
    return sorted(set(found), key=lambda theme: (-found.count(theme), theme))


def test_each_code_is_shown_with_passages_and_reviews_counted_apart(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    passages = study.episodes(theme=theme)
    reviews = {one.review_id for one in passages}
    listed = visitor.get("/codebook")
    assert f"{len(passages)} passages in {len(reviews)} reviews" in " ".join(listed.page.text(separator=" ").split())
    code = visitor.get(f"/codebook/codes/{theme}")
    assert code.words(".gt-ledger .gt-total") == f"All {len(passages)} 0 {len(reviews)}"
    assert len(code.page.css(".gt-quotes > li")) == 3
    assert "Change this code" in code.words(".gt-changes h2")


def test_an_unknown_code_says_which_is_near(visitor: Visitor) -> None:
    answer = visitor.get("/codebook/codes/workforse")
    assert answer.status == 400
    assert "workforce" in answer.text


def test_a_merge_is_looked_at_then_made_then_undone(visitor: Visitor, study: gt.Study) -> None:
    first, second = themes(study)[:2]
    number = len(study.episodes(theme=second))
    effect = looked(visitor, kind="merge_codes", code=second, into=first)
    assert f"{number} passages" in effect.words("main .gt-card")
    assert len(study.episodes(theme=second)) == number
    made = visitor.post("/amend", fields_of(effect, "the same thing"))
    assert made.headers["location"] == f"/codebook/codes/{first}?done=1"
    assert "Done: Merge" in visitor.get(made.headers["location"]).words(".gt-done")
    assert not study.episodes(theme=second)
    back = visitor.get("/amendments/1/withdraw")
    assert f"{number} passages" in back.words("main .gt-card")
    gone = visitor.post("/amendments/1/withdraw", fields_of(back))
    assert gone.headers["location"] == "/codebook?done=1"
    assert "Taken back" in visitor.get("/codebook?done=1").words(".gt-done")
    assert len(study.episodes(theme=second)) == number
    log = visitor.get("/amendments").words(".gt-amendments")
    assert "the same thing" in log
    assert "taken back by Ada" in log


def test_a_change_without_a_reason_changes_nothing(visitor: Visitor, study: gt.Study) -> None:
    effect = looked(visitor, kind="retire_code", code="workforce")
    answer = visitor.post("/amend", fields_of(effect))
    assert answer.status == 400
    assert "needs a reason" in answer.text
    assert not study.amendments()


def test_a_form_without_its_token_changes_nothing(visitor: Visitor, study: gt.Study) -> None:
    effect = looked(visitor, kind="retire_code", code="workforce")
    fields = [(name, "" if name == "form_token" else value) for name, value in fields_of(effect, "gone")]
    assert visitor.post("/amend", fields).status == 403
    assert not study.amendments()


def test_when_others_worked_on_meanwhile_the_new_effect_is_told_and_may_be_chosen(
    visitor: Visitor, study: gt.Study
) -> None:
    first, second = themes(study)[:2]
    effect = looked(visitor, kind="merge_codes", code=second, into=first)
    some = study.episodes(theme=second)[0]
    study.reject(some.review_id, "episodes", [some.episode_id])
    late = visitor.post("/amend", fields_of(effect, "the same thing"))
    assert late.status == 409
    assert "its effect is another one by now" in late.words("#overtaken").lower()
    assert not study.amendments()
    again = [
        (one.attributes["name"] or "", one.attributes["value"] or "") for one in late.page.css("#overtaken input")
    ]
    assert visitor.post("/amend", again).status == 303
    assert not study.episodes(theme=second)


def test_a_split_sends_each_passage_where_it_was_chosen_to_go(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    shown = visitor.get(f"/codebook/split/{theme}")
    names = [one.attributes["name"] or "" for one in shown.page.css("select.gt-goes")]
    assert len(names) == len(study.episodes(theme=theme))
    form = [
        ("form_token", shown.value("[name=form_token]")),
        ("code", theme),
        ("label1", "One part"),
        ("definition1", "What it means."),
        ("label2", "Other part"),
        ("label3", ""),
        *((name, "1") for name in names[:2]),
        (names[2], "2"),
        *((name, "") for name in names[3:]),
    ]
    effect = visitor.post("/codebook/split", form)
    assert effect.status == 200
    assert "3 passages" in effect.words("main .gt-card")
    assert not study.amendments()
    made = visitor.post("/codebook/split", fields_of(effect, "too wide"))
    assert made.status == 303
    assert {one.episode_id for one in study.episodes(theme="one_part")} == {
        name.removeprefix("to.") for name in names[:2]
    }
    assert len(study.episodes(theme="other_part")) == 1
    assert study.protocol.theme_by_id["one_part"].definition == "What it means."


def test_those_left_go_to_the_rest_and_with_them_those_not_shown(
    visitor: Visitor, study: gt.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldthread.web.screens.codebook.MOST", 3)
    theme, other = themes(study)[:2]
    direction = "missed"
    wanted = {one.episode_id for one in study.episodes(theme=theme, direction=direction)}
    kept = {one.episode_id for one in study.episodes(theme=theme)} - wanted
    before = len(study.episodes(theme=other))
    shown = visitor.get(f"/codebook/split/{theme}?direction={direction}")
    names = [one.attributes["name"] or "" for one in shown.page.css("select.gt-goes")]
    assert len(names) == 3 < len(wanted)
    inputs = shown.page.css("main form[method=post] [type=hidden]")
    hidden = [(one.attributes["name"] or "", one.attributes["value"] or "") for one in inputs]
    form = [*hidden, ("label1", "Odd one out"), ("into", other), (names[0], "1"), *((name, "") for name in names[1:])]
    effect = visitor.post("/codebook/split", [*form, ("rest", "into"), ("all", "yes")])
    assert f"{len(wanted)} passages" in effect.words("main .gt-card")
    assert visitor.post("/codebook/split", fields_of(effect, "too wide")).status == 303
    assert {one.episode_id for one in study.episodes(theme="odd_one_out")} == {names[0].removeprefix("to.")}
    assert len(study.episodes(theme=other)) == before + len(wanted) - 1
    assert {one.episode_id for one in study.episodes(theme=theme)} == kept
    study.withdraw(1)
    assert {one.episode_id for one in study.episodes(theme=theme)} == kept | wanted


def test_passages_may_go_to_a_code_there_is_without_a_new_one(visitor: Visitor, study: gt.Study) -> None:
    theme, other = themes(study)[:2]
    some = study.episodes(theme=theme)[0].episode_id
    form = {"form_token": visitor.token(), "code": theme, "label1": "", "into": other, f"to.{some}": "into"}
    effect = visitor.post("/codebook/split", form)
    assert effect.words("h1").startswith("Code passages of")
    visitor.post("/codebook/split", fields_of(effect, "miscoded"))
    assert some in {one.episode_id for one in study.episodes(theme=other)}
    assert visitor.post("/codebook/split", {**form, f"to.{some}": ""}).status == 400


def test_a_passage_is_not_sent_to_a_code_without_a_name(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    some = study.episodes(theme=theme)[0].episode_id
    form = {"form_token": visitor.token(), "code": theme, "label1": "One", "label2": "", f"to.{some}": "2"}
    assert "without a name" in visitor.post("/codebook/split", form).text
    assert visitor.post("/codebook/split", {**form, "label1": ""}).status == 400
    assert not study.amendments()


def test_passages_to_split_are_narrowed_by_what_else_is_said_of_them(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    direction = study.episodes(theme=theme)[0].direction
    number = len(study.episodes(theme=theme, direction=direction))
    shown = visitor.get(f"/codebook/split/{theme}?direction={direction}")
    assert len(shown.page.css("select.gt-goes")) == number
    assert "Show all" in visitor.get(f"/codebook/split/{theme}?state=confirmed").text


def test_a_retired_code_says_so_and_is_no_longer_offered(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    study.amend(RetireCode(code=theme), "not in the plan")
    assert "retired" in visitor.get(f"/codebook/codes/{theme}").words("h1")
    review = study.episodes(theme=theme)[0].review_id
    label = study.protocol.theme_by_id[theme].label
    offered = [
        one.attributes.get("value")
        for one in visitor.get(f"/reviews/{review}?tab=coding").page.css("datalist option")
    ]
    assert offered
    assert label not in offered


def test_a_passage_of_a_retired_code_is_altered_in_the_reader_with_its_code_left(
    visitor: Visitor, study: gt.Study
) -> None:
    theme = themes(study)[0]
    some = study.episodes(theme=theme)[0]
    study.amend(RetireCode(code=theme), "not in the plan")
    kept = next(one for one in study.desk.review(some.review_id).episodes if one.key == some.episode_id)
    form = {
        "form_token": visitor.token(),
        "code": study.protocol.codebook.label_of((some.theme, some.subtheme)),
        "direction": "good",
        "instead": f"{kept.key}:{kept.stamp}",
    }
    assert visitor.post(f"/reviews/{some.review_id}/code", form).status in (200, 303)
    assert any(one.direction == "good" and one.author == "Ada" for one in study.episodes(theme=theme))


def test_a_limit_shows_which_screenings_would_be_others(visitor: Visitor, study: gt.Study) -> None:
    form = visitor.get("/protocol/amend/set_limit?criterion=in_period&rule=1&alternative=1&condition=1")
    assert form.value("main [name=limit]") == "2016-01-01"
    effect = looked(visitor, kind="set_limit", criterion="in_period", rule="1", limit="2018-01-01")
    assert len(effect.page.css(".gt-moves tbody tr")) > 2
    made = visitor.post("/amend", fields_of(effect, "the period was moved"))
    assert made.headers["location"] == "/protocol?done=1"
    shown = visitor.get(made.headers["location"])
    assert "1 January 2018" in shown.words(".gt-done")
    assert "with 1 amendment" in shown.words(".gt-sub")
    assert study.protocol.amendments == 1


def test_an_effect_names_the_reviews_people_have_decided_otherwise(visitor: Visitor, study: gt.Study) -> None:
    asked = {"kind": "set_limit", "criterion": "in_period", "rule": "1", "limit": "2018-01-01"}
    assert not looked(visitor, **asked).page.css(".gt-decided")
    chosen = study.effect(SetLimit(criterion="in_period", rule=1, limit=date(2018, 1, 1))).flips[0].review_id
    study.desk.decide(chosen, "included", "", "")
    effect = looked(visitor, **asked)
    assert [one.attributes["href"] for one in effect.page.css(".gt-decided li a")] == [f"/screening/{chosen}"]
    assert "Included, by Ada" in effect.words(".gt-decided li")
    cells = [one.text() for one in effect.page.css("[data-head='Decided by people']")]
    assert sorted(set(cells)) == ["Included", "Not yet"]


@pytest.mark.parametrize(
    "path",
    [
        "describe_field?field=age",
        "add_value?field=outcome",
        "add_value?field=whose",
        "describe_value?field=outcome&value=death",
        "describe_value?field=age_group&value=child",
        "describe_value?field=direction&value=missed",
        "describe_criterion?criterion=in_period",
        "describe_reason?reason=out_of_date",
        "place_reason?reason=out_of_date",
        "describe_table?table=T4",
        "filter_table?table=S5",
    ],
)
def test_every_form_shows_how_it_stands_and_leads_to_an_effect(reader: Visitor, path: str) -> None:
    form = reader.get(f"/protocol/amend/{path}")
    assert form.status == 200
    query = [
        (one.attributes["name"] or "", one.attributes.get("value") or "") for one in form.page.css("main form input")
    ]
    for area in form.page.css("main form textarea"):
        query.append((area.attributes["name"] or "", area.text()))
    changed = [(name, f"{value} anew" if name in ("label", "title", "question") else value) for name, value in query]
    changed += [("before", "duplicate")] if path.startswith("place") else []
    changed = [
        pair for pair in changed if not (path.startswith("filter") and pair[0] == "where" and "death" in pair[1])
    ]
    effect = reader.get(f"/amend?{urlencode(changed)}")
    assert effect.status == 200, effect.text
    assert "Nothing is changed yet." in effect.text


def test_what_cannot_be_amended_is_said(reader: Visitor) -> None:
    assert reader.get("/protocol/amend/explode").status == 400
    assert reader.get("/amend?kind=explode").status == 400
    assert reader.get("/amend?kind=merge_codes&code=roles&into=roles").status == 400
    assert reader.get("/amendments/9/withdraw").status == 400
    assert "Nothing was amended" in reader.get("/amendments").text


def test_an_amendment_made_elsewhere_is_on_the_next_page(visitor: Visitor, study: gt.Study) -> None:
    with gt.open(study.folder, who="Bea") as other:
        other.amend(DescribeTable(table="T4", title="What happened to them"), "plainer")
    assert "What happened to them" in visitor.get("/tables").text
    assert "amended the protocol" in visitor.get("/").words(".gt-recent")


def test_an_address_kept_from_before_finds_the_code_that_took_it_up(visitor: Visitor, study: gt.Study) -> None:
    first, second = themes(study)[:2]
    study.amend(MergeCodes(code=second, into=first), "the same thing")
    number = len(study.episodes(theme=first))
    assert visitor.get(f"/evidence?theme={second}").words(".gt-count").startswith(f"{number} passages")


def test_a_code_names_the_findings_that_rest_on_it(visitor: Visitor, study: gt.Study) -> None:
    theme = themes(study)[0]
    some = study.episodes(theme=theme)[0]
    study.desk.findings.make("Assessments were not made", supporting=[some.episode_id])
    assert "Assessments were not made" in visitor.get(f"/codebook/codes/{theme}").text
    other = next(one.id for one in study.protocol.codebook.themes if one.id != theme)
    assert "Assessments were not made" not in visitor.get(f"/codebook/codes/{other}").text


def test_the_codebook_is_taken_away_as_files(visitor: Visitor, study: gt.Study) -> None:
    study.amend(MergeCodes(code="roles", into="escalation"), "the same thing")
    rows = list(csv.DictReader(io.StringIO(visitor.get("/codebook.csv").text)))
    assert next(row for row in rows if row["subtheme"] == "escalation")["formerly"] == "roles"
    assert visitor.get("/codebook.md").text.startswith("# ")
    assert "<CodeBook" in visitor.get("/codebook.qdc").text
    assert "[[themes]]" in visitor.get("/codebook.toml").text
    assert visitor.get("/codebook.exe").status == 400


def test_a_code_is_renamed_with_the_keyboard_alone(browser: Browser, visitor: Visitor, study: gt.Study) -> None:
    with window(browser, visitor) as context:
        page = context.new_page()
        page.goto(f"{visitor.address}/codebook")
        page.get_by_role("link", name="Developing the workforce").focus()
        page.keyboard.press("Enter")
        page.get_by_text("Rename or define anew").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_label("Name", exact=True).first).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("Learning at work")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rename “Developing the workforce”")
        page.get_by_label("Why").focus()
        page.keyboard.type("the words of the new plan")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Learning at work")
        expect(page.get_by_role("status").filter(has_text="Done")).to_be_visible()
    assert study.protocol.theme_by_id["workforce"].label == "Learning at work"
