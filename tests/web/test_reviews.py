"""The list of reviews: narrowed, searched, sorted, and added to."""

from __future__ import annotations

import time
from urllib.parse import urlencode

import pytest

import goldthread as gt
from goldthread.web.adding import Additions
from tests.web.visiting import Visitor


def titles(text: str, visitor: Visitor) -> list[str]:
    return [one.text().strip() for one in visitor.get(text).page.css("tbody th a")]


def test_the_list_narrows_by_type_and_says_how_many_are_left(reader: Visitor) -> None:
    answer = reader.get("/reviews?review_type=SCR")
    rows = answer.page.css("tbody tr")
    assert rows
    assert all(row.css_first("[data-head=Type]").text().strip() == "SCR" for row in rows)
    assert f"{len(rows)} reviews of 13" in answer.words(".gt-count")


def test_two_values_of_one_facet_widen_and_two_facets_narrow(reader: Visitor) -> None:
    one = len(titles("/reviews?review_type=SCR", reader))
    either = len(titles("/reviews?review_type=SCR&review_type=DHR", reader))
    both = len(titles("/reviews?review_type=SCR&screening_state=included", reader))
    assert one < either
    assert both == 0


def test_sorting_by_title_and_back_again_turns_the_list_round(reader: Visitor) -> None:
    rising = titles("/reviews?sort=title", reader)
    falling = titles("/reviews?sort=title&falling=1", reader)
    named = [one for one in rising if not one.startswith("R000")]
    assert rising[: len(named)] == sorted(named, key=str.casefold), "what has no title comes last"
    assert falling[0].casefold() == max(one.casefold() for one in named)


def test_a_search_shows_the_words_and_leads_to_their_place(reader: Visitor) -> None:
    answer = reader.get('/reviews?q="missed+opportunity"')
    assert [one.text() for one in answer.page.css(".gt-snippet mark")][:2] == ["missed", "opportunity"]
    link = answer.page.css_first(".gt-hit li a").attributes["href"] or ""
    opened = reader.get(link)
    assert opened.status == 200
    assert "missed opportunity" in " ".join(one.text() for one in opened.page.css(".lit"))


def test_a_search_for_nothing_that_can_be_found_says_what_to_try(reader: Visitor) -> None:
    assert "Try fewer words" in reader.get("/reviews?q=zyzzyva").words(".gt-empty")


@pytest.mark.parametrize("written", ["*", '"', "(", "++", "🙂", "-", "OR", "'); DROP"])
def test_what_holds_no_word_is_said_beside_the_box_and_the_list_stays(reader: Visitor, written: str) -> None:
    address = f"/reviews?{urlencode({'q': written})}"
    answer = reader.get(address)
    assert answer.status == 200
    assert answer.value("#q") == written
    if any(letter.isalpha() for letter in written) and written != "OR":
        return
    assert "no word in it to search for" in answer.words("#q-fault")
    assert "q-fault" in (answer.page.css_first("#q").attributes["aria-describedby"] or "")
    assert len(answer.page.css("tbody tr")) == 13
    assert "no word in it to search for" in reader.get(address, HX_Request="true").words("#q-fault")


def test_a_page_asks_only_for_the_part_that_changes(reader: Visitor) -> None:
    part = reader.get("/reviews?review_type=SCR", HX_Request="true").text
    assert part.lstrip().startswith('<div id="results"')


def test_files_sent_through_the_browser_become_reviews(visitor: Visitor) -> None:
    report = "Serious Case Review: Child XY\n\nFICTIONAL\n\nPolice officers attended. It was a missed opportunity."
    fields = {"form_token": visitor.token(), "source": "nspcc", "suggest": "yes"}
    head = "--edge\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{key}"\r\n\r\n{value}' for key, value in fields.items()]
    parts.append(f'{head}"files"; filename="../../child-xy.txt"\r\nContent-Type: text/plain\r\n\r\n{report}')
    body = ("\r\n".join(parts) + "\r\n--edge--\r\n").encode()
    given = {"Content-Type": "multipart/form-data; boundary=edge"}
    assert visitor.ask("POST", "/reviews/add", body, given).status == 303
    for _ in range(300):
        batch = visitor.get("/reviews/added/1")
        if "new review" in batch.text:
            break
        time.sleep(0.1)
    assert "1 new review, 1 document" in batch.words("p")
    assert "14 reviews" in visitor.get("/reviews").words(".gt-count")


def test_files_of_one_name_are_all_kept_and_a_strange_name_is_no_fault(study: gt.Study) -> None:
    told = "The review concerns {}. Officers attended the address and did not assess the risk to the child. "
    named = [("report.txt", "Child A"), ("report.txt", "Mrs B"), ("..", "Adult C"), (f"{'ж' * 200}.txt", "Mr D")]
    files = [(name, (told.format(who) * 9).encode()) for name, who in named]
    batch = Additions(study).begin(files, "", suggest=False)
    deadline = time.monotonic() + 60
    while not batch.finished and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not batch.failed
    held = {one.file_name for review in study.reviews() for one in review.documents}
    assert {"report.txt", "report (2).txt", f"{'ж' * 100}.txt"} <= held
