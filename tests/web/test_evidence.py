"""Following numbers and passages: evidence, tables, briefing, and what was decided in advance."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import goldthread as gt
from goldthread.values import State
from goldthread.web.learning import Learning
from tests.web.browser import faults_of, window
from tests.web.visiting import Visitor


def numbers(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", text)]


def test_passages_and_reviews_are_counted_apart(reader: Visitor, finished: Path) -> None:
    with gt.open(finished) as study:
        mine = study.episodes(direction="missed")
    answer = reader.get("/evidence?direction=missed")
    assert numbers(answer.words(".gt-count")) == [len(mine), len({one.review_id for one in mine})]
    assert len(answer.page.css(".gt-quotes > li")) == min(40, len(mine))


def test_codes_and_characteristics_narrow_the_evidence_together(reader: Visitor, finished: Path) -> None:
    with gt.open(finished) as study:
        adult = {item.review_id for item in study.desk.catalogue() if "DHR" in item.review_types}
        mine = [one for one in study.episodes(direction="good") if one.review_id in adult]
    assert mine
    answer = reader.get("/evidence?direction=good&review_type=DHR")
    assert numbers(answer.words(".gt-count"))[0] == len(mine)


def _shown(visitor: Visitor, address: str) -> int:
    return numbers(visitor.get(address).words(".gt-count"))[0]


def test_a_passage_whose_review_is_not_included_says_so_and_why(visitor: Visitor, study: gt.Study) -> None:
    chosen = next(item.review_id for item in study.desk.catalogue() if item.episodes and item.decision)
    passages = study.episodes(review_id=chosen)
    study.desk.decide(chosen, "excluded", "duplicate", "")
    answer = visitor.get("/evidence")
    marked = [one for one in answer.page.css(".gt-quotes > li") if one.css_first(".gt-outside")]
    mine = [one for one in marked if f"/reviews/{chosen}?" in (one.css_first("p a").attributes["href"] or "")]
    assert 0 < len(mine) == len(passages)
    assert "Not counted The review is put down as excluded: duplicate." in " ".join(
        mine[0].css_first(".gt-outside").text(separator=" ").split()
    )
    study.desk.decide(chosen, "included", "", study.desk.review(chosen).stamp)
    again = visitor.get("/evidence").page.css(".gt-quotes > li:has(.gt-outside) p a")
    assert not [one for one in again if f"/reviews/{chosen}?" in (one.attributes["href"] or "")]


def test_evidence_says_what_tables_count_of_it_on_either_basis(visitor: Visitor, study: gt.Study) -> None:
    inside = {one.review_id for one in study.reviews() if one.decision and one.decision.decision == "included"}
    chosen = sorted(inside)[0]
    mine = study.episodes(review_id=chosen, direction="missed")
    study.desk.decide(chosen, "included", "", "")
    found = study.desk.review(chosen).episodes
    one = next(each for each in found if each.item.episode_id == mine[0].episode_id)
    study.desk.settle(chosen, "episodes", [(one.key, one.stamp)], State.CONFIRMED)
    draft = [each for each in study.episodes(direction="missed") if each.review_id in inside]
    told = visitor.get("/evidence?direction=missed").words(".gt-basis")
    assert numbers(told) == [len(draft), len({each.review_id for each in draft}), 1, 1]
    assert _shown(visitor, "/evidence?direction=missed&basis=draft") == len(draft)
    assert _shown(visitor, "/evidence?direction=missed&basis=confirmed") == 1
    assert _shown(visitor, "/evidence?direction=missed&basis=confirmed&state=suggested") == 0
    assert "“" in visitor.get("/evidence.txt?direction=missed&basis=confirmed").text


def test_on_each_basis_the_numbers_beside_the_filters_are_those_they_leave(visitor: Visitor, study: gt.Study) -> None:
    study.desk.decide("R00001", "excluded", "duplicate", "")
    answer = visitor.get("/evidence?basis=draft")
    for box in answer.page.css("input[name=theme]")[:4]:
        count = numbers(box.parent.css_first(".gt-facet__count").text())[0]
        narrowed = visitor.get(f"/evidence?basis=draft&theme={box.attributes['value']}")
        assert numbers(narrowed.words(".gt-count"))[1] == count
        assert narrowed.value("[name=basis]") == "draft"


def test_an_extract_is_copied_with_its_citation(reader: Visitor) -> None:
    answer = reader.get("/evidence?direction=missed")
    copied = answer.page.css_first("[data-copy]").attributes["data-copy"] or ""
    assert re.fullmatch(r"“.+” \[.+, p\. \d+\]", copied)
    assert copied in reader.get("/evidence.txt?direction=missed").text


def test_a_number_in_a_table_leads_to_the_reviews_and_words_behind_it(reader: Visitor) -> None:
    table = reader.get("/tables/T4")
    link = table.page.css_first(".gt-table td a")
    count = numbers(link.text())[0]
    behind = reader.get(link.attributes["href"] or "")
    assert behind.status == 200
    assert len(behind.page.css("article")) == count
    quote = behind.page.css_first(".gt-quote a").attributes["href"] or ""
    assert reader.get(quote).page.css_first(".lit") is not None


def test_a_table_counts_only_what_people_confirmed_when_asked_to(visitor: Visitor, study: gt.Study) -> None:
    flow = next(one.id for one in study.protocol.tables if one.population == "registered")
    study.desk.decide("R00003", "included", "", "")
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"/tables/{flow}.csv?basis=confirmed").text.lstrip("\ufeff"))))
    assert {row["basis"] for row in rows} == {"confirmed"}
    included = [row for row in rows if row["row"] == "included" and row["column"] in ("all", "total", "all_types")]
    assert not included or included[0]["count"] == "1"
    assert "Counts only what a person confirmed" in visitor.get(f"/tables/{flow}?basis=confirmed").text


def test_every_table_of_the_protocol_opens_on_both_bases(reader: Visitor, finished: Path) -> None:
    with gt.open(finished) as study:
        ids = [one.id for one in study.protocol.tables]
    for name in ids:
        for basis in ("draft", "confirmed"):
            assert reader.get(f"/tables/{name}?basis={basis}").status == 200, name


def test_an_unknown_table_or_cell_says_what_to_do(reader: Visitor) -> None:
    assert reader.get("/tables/T999").status == 400
    assert "no such cell" in reader.get("/tables/T4/cell?row=x&column=y").words("main")


def test_the_briefing_is_shown_in_a_frame_that_may_do_nothing_and_taken_away_as_word(reader: Visitor) -> None:
    frame = reader.get("/briefing").page.css_first("iframe").attributes
    shown = reader.get((frame["src"] or "").replace("&amp;", "&"))
    assert "sandbox" in shown.headers["content-security-policy"]
    assert "script" not in shown.headers["content-security-policy"]
    word = reader.get("/briefing/practice.docx")
    assert 'filename="practice-draft.docx"' in word.headers["content-disposition"]


def test_the_codebook_says_where_each_code_is_used(reader: Visitor, finished: Path) -> None:
    with gt.open(finished) as study:
        book = study.protocol.codebook
        coded = {theme.id: study.episodes(theme=theme.id) for theme in book.themes}
    answer = reader.get("/codebook")
    for theme, passages in coded.items():
        link = answer.page.css_first(f'a[href="/evidence?theme={theme}"]')
        assert (link is not None) == bool(passages)
        assert link is None or numbers(link.text()) == [len(passages)]
    assert any(coded.values())


def test_the_plan_shows_actions_with_evidence_and_those_without(reader: Visitor) -> None:
    text = reader.get("/plan").words("main")
    assert "9 of 9 actions without evidence" in text
    assert "No finding bears on this action" in text
    assert re.search(r"\d+ passages? in \d+ reviews?", text)


def test_the_protocol_reads_as_sentences(reader: Visitor) -> None:
    text = reader.get("/protocol").words("main")
    assert "Is the review recent enough?" in text
    assert "Reasons to leave one out" in text


def test_passages_that_say_something_alike_are_found_from_any_passage(reader: Visitor) -> None:
    link = (
        reader.get("/evidence?direction=missed").page.css_first('a[href^="/evidence/like"]').attributes["href"] or ""
    )
    answer = reader.get(link)
    assert answer.status == 200
    begun = time.monotonic()
    while answer.page.css_first("#learning") and time.monotonic() < begun + 120:
        answer = reader.get(link, HX_Request="true")
    assert len(answer.page.css(".gt-quotes > li")) > 2


def test_a_page_that_must_learn_first_says_so_and_shows_what_it_found_once_it_has(study: gt.Study) -> None:
    learning = Learning(study)
    learning.patience = 0
    assert not learning.ready()
    learning.patience = 120
    assert learning.ready()
    assert learning.done == learning.total == 1
    learning.patience = 0
    assert learning.ready(), "nothing was done since"
    study.desk.decide("R00001", "included", "", "")
    learning.patience = 120
    assert learning.ready()


def test_the_page_of_what_is_alike_comes_by_itself(
    browser: Browser, visitor: Visitor, study: gt.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Learning, "patience", 0.0)
    one = study.episodes(direction="missed")[0].anchor
    with window(browser, visitor) as context:
        page = context.new_page()
        first = page.goto(f"{visitor.address}/evidence/like?at={one.document_id}:{one.start}-{one.end}")
        assert first
        assert "is learned first" in first.text()
        page.wait_for_selector("#alike .gt-quotes > li", timeout=120_000)
        assert not faults_of(page)
