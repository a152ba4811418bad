from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html as parser
from selectolax.lexbor import LexborHTMLParser

from goldthread.briefing.blocks import Briefing, Quote, TableBlock
from goldthread.briefing.build import build
from goldthread.briefing.formats import html
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline
from goldthread.values import Basis
from tests.briefing import example


@pytest.fixture(scope="module")
def tree(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(page)


def _ids(page: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', page)


def test_every_id_is_unique_and_every_link_inside_the_page_is_met(page: str) -> None:
    ids = _ids(page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'href="#([^"]+)"', page)
    assert len(links) > 1000
    assert set(links) <= set(ids)


def test_every_figure_opens_its_evidence(draft: Briefing, tree: LexborHTMLParser) -> None:
    keys = {entry.key for entry in draft.evidence}
    figures = tree.css("a.figure-link")
    assert len(figures) > 100
    assert all(str(link.attributes["href"]).removeprefix("#") in keys for link in figures)


def test_every_counted_cell_opens_its_evidence(draft: Briefing, tree: LexborHTMLParser) -> None:
    keys = {entry.key for entry in draft.evidence}
    for block in Outline(draft).blocks:
        if isinstance(block, TableBlock):
            links = tree.css(f'[id="{block.key}"] td a')
            assert len(links) == len(block.evidence)
            assert {str(link.attributes["href"])[1:] for link in links} <= keys


def test_every_entry_leads_back_to_where_it_is_used(draft: Briefing, page: str, tree: LexborHTMLParser) -> None:
    ids = set(_ids(page))
    used = Outline(draft).used
    assert len(used) > 100
    for key in used:
        assert f"use-{key}" in ids
        assert tree.css_first(f'[id="{key}"] a[href="#use-{key}"]') is not None


def test_every_quote_is_its_anchor_word_for_word(draft: Briefing, page: str) -> None:
    root = parser.document_fromstring(page)
    quotes = [block for block in Outline(draft).blocks if isinstance(block, Quote)]
    printed = root.xpath("//blockquote/p")
    assert [p.text_content() for p in printed] == [shown(q.anchor.quote) for q in quotes]
    feet = [" ".join(foot.text_content().split()) for foot in root.xpath("//blockquote/footer")]
    assert feet == [f"[{q.citation}] {q.file_name}, page {q.anchor.page}" for q in quotes]


def test_a_long_file_name_is_short_beside_a_quote_and_whole_on_asking(draft: Briefing) -> None:
    name = "a-review-with-a-name-so-long-that-nobody-reads-it-to-its-end-2019.pdf"
    quote = next(block for block in Outline(draft).blocks if isinstance(block, Quote))
    made = html.render(replace(draft, blocks=(replace(quote, file_name=name),)))
    (foot,) = parser.document_fromstring(made).xpath("//blockquote/footer/span")
    assert (foot.get("title"), foot.text) == (name, "a-review-with-a-name-so-l…s-end-2019.pdf")


def test_who_follows_a_figure_reads_words_where_they_land(draft: Briefing, page: str) -> None:
    root = parser.document_fromstring(page)
    with_words = 0
    for entry in draft.evidence:
        (item,) = root.xpath(f"//li[@id='{entry.key}']")
        quotes = [q.text_content() for q in item.xpath("./p[@class='say']/q")]
        assert len(quotes) <= 2
        assert set(quotes) <= {shown(anchor.quote) for anchor in entry.anchors}
        assert bool(quotes) == any(len(anchor.quote) <= 320 for anchor in entry.anchors)
        with_words += bool(quotes)
    assert with_words > 100


def test_every_review_and_passage_of_an_entry_can_be_reached_from_it(draft: Briefing, page: str) -> None:
    root = parser.document_fromstring(page)
    outline = Outline(draft)
    numbers = {review: f"#review-{n}" for n, review in enumerate(draft.citations, start=1)}
    for entry in draft.evidence:
        key = outline.repeats.get(entry.key, entry.key)
        if key != entry.key:
            assert root.xpath(f"//li[@id='{entry.key}']//a[@href='#{key}']")
        (item,) = root.xpath(f"//li[@id='{key}']")
        links = [a.get("href") for a in item.xpath(".//*[contains(@class,'who')]//a")]
        assert {numbers[review] for review in entry.reviews} <= set(links)
        runs = [a.text for a in item.xpath(".//a[starts-with(@href,'#p')]") if a.text[0].isdigit()]
        reached = [n for run in runs for n in range(int(run.split("–")[0]), int(run.split("–")[-1]) + 1)]
        assert len(reached) == len(set(reached))
        assert set(reached) == {outline.passages[anchor] for anchor in entry.anchors}


def test_an_entry_of_many_reviews_opens_on_asking_and_holds_them_all(large: Briefing) -> None:
    made = parser.document_fromstring(html.render(large))
    entry = next(e for e in large.evidence if len(e.reviews) > 200 and e.anchors)
    key = Outline(large).repeats.get(entry.key, entry.key)
    (folded,) = made.xpath(f"//li[@id='{key}']/details")
    said = folded.xpath("string(./summary)")
    assert said.startswith(f"{len(entry.reviews)} reviews, {len(set(entry.anchors)):,} passages")
    assert len(folded.xpath(".//a[starts-with(@href,'#review-')]")) == len(entry.reviews)


def test_every_passage_relied_on_is_printed_once_word_for_word(draft: Briefing, page: str) -> None:
    root = parser.document_fromstring(page)
    passages = Outline(draft).passages
    printed = {
        item.get("id"): item.xpath("./q")[0].text_content() for item in root.xpath("//li[starts-with(@id,'p')]")
    }
    assert printed == {f"p{number}": shown(anchor.quote) for anchor, number in passages.items()}


def test_nothing_a_report_says_becomes_markup_or_code(page: str) -> None:
    assert "<script" not in page.lower()
    root = parser.document_fromstring(page)
    assert not root.xpath("//img | //iframe | //object | //link | //@onerror | //@onload")
    assert not root.xpath("//@src")
    said = root.text_content()
    for words in ("<script>alert('x')</script>", "{{ 7*7 }}", "=HYPERLINK(", "#let x = 1", "<img src=x"):
        assert words in said
    assert "49" not in root.xpath("string(//blockquote[contains(., '7*7')])")


def test_the_page_asks_for_nothing_from_outside(page: str) -> None:
    assert "url(http" not in page and "@import" not in page
    fetching = re.sub(r'<a class="away" href="https?://[^"]*" rel="noreferrer">', "<a>", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', fetching)


def test_the_page_can_be_read_without_seeing_it(tree: LexborHTMLParser) -> None:
    assert tree.css_first("html").attributes["lang"] == "en-GB"
    assert tree.css_first("a.skip").attributes["href"] == "#main"
    assert len(tree.css("main")) == len(tree.css("h1")) == 1
    assert tree.css_first("nav").attributes["aria-labelledby"] == "contents"
    for table in tree.css("table"):
        assert table.css_first("caption").text()
        assert all(cell.attributes["scope"] == "col" for cell in table.css("thead th"))
        assert all(cell.attributes["scope"] == "row" for cell in table.css("tbody th"))
    for picture in tree.css("figure svg"):
        assert picture.attributes["role"] == "img"
        names = str(picture.attributes["aria-labelledby"]).split()
        assert all(len(tree.css_first(f'[id="{name}"]').text()) > 5 for name in names)


def test_heading_levels_are_never_skipped(tree: LexborHTMLParser) -> None:
    levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_draft_says_so_on_screen_and_on_every_printed_page(page: str, tree: LexborHTMLParser) -> None:
    assert tree.css_first("aside.draft p").text() == "Draft: machine suggestions, not confirmed"
    assert '@top-center { content: "Draft: machine suggestions, not confirmed"' in page


def test_a_confirmed_briefing_does_not_call_itself_a_draft(confirmed: Briefing) -> None:
    made = html.render(confirmed)
    assert 'class="draft"' not in made and "@top-center" not in made


def test_an_empty_study_has_a_whole_page(empty: Briefing) -> None:
    made = html.render(empty)
    assert set(re.findall(r'href="#([^"]+)"', made)) <= set(_ids(made))


def test_the_same_briefing_gives_the_same_page(draft: Briefing, page: str) -> None:
    assert html.render(draft) == page


def test_a_large_study_makes_a_page_of_sane_size() -> None:
    large = build("practice", example.protocol(), example.study(100, 50), Basis.DRAFT, made=example.MADE)
    started = time.process_time()
    made = html.render(large)
    assert time.process_time() - started < 4  # 0.6 s here; loose for a busy machine
    assert len(made) < 15_000_000
