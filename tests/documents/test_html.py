from __future__ import annotations

import pytest

from goldthread.documents.html import HtmlReader
from goldthread.documents.model import ParsedDocument, Role
from goldthread.documents.read import read


def page(body: str, head: str = "") -> ParsedDocument:
    document = read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    assert not document.problems
    return document


def blocks(document: ParsedDocument) -> list[tuple[str, str]]:
    text = document.pages[0].text
    return [(b.kind.value, text[b.start : b.end]) for b in document.pages[0].blocks]


def test_blocks_are_never_glued_together() -> None:
    found = blocks(page("<div>One</div><div>two<p>three</p>four</div>five<br>six<ul><li>a<li>b</ul>"))
    assert found == [
        ("paragraph", "One"),
        ("paragraph", "two"),
        ("paragraph", "three"),
        ("paragraph", "four"),
        ("paragraph", "five\nsix"),
        ("list_item", "a"),
        ("list_item", "b"),
    ]


def test_inline_elements_are_part_of_their_paragraph() -> None:
    assert blocks(page("<p>The <b>police</b>\n  <a href=x>came</a>.</p>")) == [("paragraph", "The police came.")]


def test_scripts_styles_menus_and_hidden_parts_are_left_out() -> None:
    body = (
        "<nav>Menu</nav><script>x</script><style>y</style><p hidden>no</p><p style='display: none'>no</p><p>Yes.</p>"
    )
    assert blocks(page(body)) == [("paragraph", "Yes.")]


def test_headings_open_sections_and_the_title_is_found() -> None:
    document = page("<h1>Report</h1><h2>Recommendations</h2><p>Act.</p>", "<title>Review of Family Q - Board</title>")
    last = document.pages[0].blocks[-1]
    assert (last.section, last.role) == ("Recommendations", Role.RECOMMENDATIONS)
    assert [b.level for b in document.pages[0].blocks] == [1, 2, 0]
    assert document.title == "Report"


def test_a_table_of_data_is_rows_and_one_for_layout_is_text() -> None:
    data = "<table><caption>Ages</caption><tr><th>Age<th>n<tr><td>0–4<td>7</table>"
    assert blocks(page(data)) == [("caption", "Ages"), ("table", "Age\tn\n0–4\t7")]
    layout = "<table><tr><td><h2>Findings</h2><p>Nobody asked.</p></td></tr></table>"
    assert blocks(page(layout)) == [("heading", "Findings"), ("paragraph", "Nobody asked.")]


@pytest.mark.parametrize(
    ("declared", "encoded"),
    [
        ("", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("nonsense", "cp1252"),
    ],
)
def test_the_character_set_is_found(declared: str, encoded: str) -> None:
    text = f'<html><head><meta charset="{declared}"></head><body><p>“café” – £5</p></body></html>'
    found = read(text.encode(encoded), "a.html")
    assert found.pages[0].text == "“café” – £5"


def test_what_is_html_is_told_from_the_bytes() -> None:
    accepts = HtmlReader().accepts
    assert accepts(b"\n <!-- saved -->\n<HTML lang=en>")
    assert accepts(b'<?xml version="1.0"?><!DOCTYPE html><html>')
    assert not accepts(b"The <html> element") and not accepts(b"<note>xml</note>")
    assert not accepts(b"<!--" * 2000)


def test_an_element_that_is_never_closed_loses_no_words() -> None:
    words = " ".join(text for _, text in blocks(page("<p>a<b>b<i>c<div>d<table><tr><td>e")))
    assert words.split() == ["a", "b", "c", "d", "e"] or words.replace(" ", "") == "abcde"
