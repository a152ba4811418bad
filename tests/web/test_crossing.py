"""Any two fields against one another in the browser: the form, the address, the numbers behind, the files."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from selectolax.lexbor import LexborHTMLParser

import goldthread as gt
from goldthread.analysis.crossing import asked
from goldthread.values import Basis
from tests.web.visiting import Answer, Visitor

ASKED = "/crossing?rows=theme&columns=direction"


def links(answer: Answer) -> list[str]:
    return [one.attributes["href"] or "" for one in answer.page.css(".gt-table td a")]


def test_an_address_shows_the_same_numbers_as_the_study_counts(visitor: Visitor, study: gt.Study) -> None:
    (table,) = study.cross(asked("theme", "direction", study.protocol), Basis.DRAFT)
    shown = [one.text() for one in visitor.get(ASKED).page.css(".gt-table tbody td")]
    assert shown == [cell.text for row in table.rows for cell in row.cells]


def test_each_number_leads_to_just_the_reviews_it_counts_and_back_to_the_question(visitor: Visitor) -> None:
    answer = visitor.get(f"{ASKED}&where=direction%3Dmissed")
    link = answer.page.css_first(".gt-table td a")
    behind = visitor.get(link.attributes["href"] or "")
    assert len(behind.page.css("article")) == int(re.findall(r"\d+", link.text())[0])
    back = behind.page.css_first(".govuk-back-link").attributes["href"] or ""
    assert links(visitor.get(back)) == links(answer)


def test_a_third_field_makes_panels_whose_numbers_lead_to_their_own_evidence(visitor: Visitor) -> None:
    answer = visitor.get(f"{ASKED.replace('direction', 'explanation')}&panels=direction")
    captions = [one.text() for one in answer.page.css(".gt-table caption")]
    assert len(captions) > 1
    assert len(set(captions)) == len(captions)
    for table in answer.page.css(".gt-table"):
        link = table.css_first("td a")
        behind = visitor.get(link.attributes["href"] or "")
        assert len(behind.page.css("article")) == int(re.findall(r"\d+", link.text())[0])


def test_more_is_never_shaded_lighter_than_less(visitor: Visitor) -> None:
    cells = visitor.get(ASKED).page.css(".gt-table tr.gt-value td")
    found = {int(re.findall(r"\d+", one.text())[0]): one.attributes.get("class") or "" for one in cells}
    shades = [found[count] for count in sorted(found)]
    assert shades == sorted(shades)
    assert shades[-1] == "gt-heat-5"
    assert not visitor.get(f"{ASKED}&heat=0").page.css("[class^=gt-heat]")


def test_a_table_in_which_nothing_is_counted_says_why_and_what_to_do(visitor: Visitor, study: gt.Study) -> None:
    for path in ("/tables/T4", ASKED, "/periods?field=outcome"):
        assert not visitor.get(path).page.css(".gt-none")
        also = f"{path}{'&' if '?' in path else '?'}basis=confirmed"
        told = visitor.get(also)
        assert "Nobody has included a review yet, so there is nothing to count." in told.words(".gt-none")
        assert told.page.css_first(".gt-none a").attributes["href"] == "/screening"
        assert not told.page.css(".gt-chart")
    assert not visitor.get("/tables/A1?basis=confirmed").page.css(".gt-none")
    study.desk.decide("R00001", "included", "", "")
    assert "Nothing of this is confirmed" in visitor.get("/tables/T4?basis=confirmed").words(".gt-none")


@pytest.mark.parametrize("of", ["row", "column"])
def test_shares_are_shaded_and_kept_in_the_address_of_cells_and_of_the_next_question(
    visitor: Visitor, of: str
) -> None:
    answer = visitor.get(f"{ASKED}&heat={of}")
    current = [one.text() for one in answer.page.css(".gt-switch [aria-current]")]
    assert f"Share of {of}" in current
    assert answer.value("form [name=heat]") == of
    cell = answer.page.css_first("[class^=gt-heat-5] a")
    assert f"% of its {of}" in (cell.attributes["aria-label"] or "")
    behind = visitor.get(cell.attributes["href"] or "")
    assert f"heat={of}" in (behind.page.css_first(".govuk-back-link").attributes["href"] or "")


def test_a_value_nobody_has_is_said_above_the_form_which_keeps_what_was_chosen(visitor: Visitor) -> None:
    answer = visitor.get(f"{ASKED}&where=force%3DNosuch")
    assert "Nobody in this study has “Nosuch” as police force." in answer.words("[role=alert]")
    assert answer.page.css_first("#cross-rows option[selected]").attributes["value"] == "theme"
    without = answer.page.css_first(".gt-chosen a").attributes["href"] or ""
    assert links(visitor.get(without)) == links(visitor.get(ASKED))


def test_a_crossing_is_taken_away_as_a_workbook_with_numbers_in_its_cells(visitor: Visitor, study: gt.Study) -> None:
    (table,) = study.cross(asked("theme", "direction", study.protocol), Basis.DRAFT)
    sheet = openpyxl.load_workbook(io.BytesIO(raw(visitor, "/crossing.xlsx?rows=theme&columns=direction"))).active
    assert sheet is not None
    heads, *lines = list(sheet.iter_rows(min_row=3, max_row=3 + len(table.rows), values_only=True))
    counted = [n for n, head in enumerate(heads) if n and head and head != "%"]
    assert [heads[n] for n in counted] == [column.heading for column in table.columns]
    for row, line in zip(table.rows, lines, strict=True):
        assert line[0] == row.label
        assert [line[n] for n in counted] == [cell.count for cell in row.cells]


def test_a_chart_is_a_file_that_says_every_number(visitor: Visitor, study: gt.Study) -> None:
    (table,) = study.cross(asked("theme", "direction", study.protocol), Basis.DRAFT)
    answer = visitor.get("/crossing.svg?rows=theme&columns=direction")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    told = LexborHTMLParser(answer.text).css_first("desc").text()
    most = max((cell for row in table.rows for cell in row.cells), key=lambda cell: cell.count or 0)
    assert most.text in told
    assert table.title in answer.text


def test_a_table_of_words_has_no_chart_and_says_so(visitor: Visitor) -> None:
    assert not visitor.get("/tables/A1").page.css(".gt-chart")
    assert "no numbers to draw" in visitor.get("/tables/A1.svg").words("[role=alert]")


def raw(visitor: Visitor, path: str) -> bytes:
    import http.client

    connection = http.client.HTTPConnection(visitor.host, timeout=30)
    connection.request("GET", path, headers={"Cookie": visitor.cookie})
    data = connection.getresponse().read()
    connection.close()
    return data
