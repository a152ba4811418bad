from __future__ import annotations

import pytest

from goldthread.documents.read import read


def text_of(body: str) -> str:
    parsed = read(f"<!doctype html><html><body>{body}</body></html>".encode(), "report.html")
    return parsed.pages[0].text


@pytest.mark.parametrize(
    "number", ["<span>7.1</span>", "<b>12.</b>", "<span class=n>(a)</span>", "<strong><em>3.2.1</em></strong>"]
)
def test_a_paragraph_number_in_an_element_of_its_own_stands_apart_from_the_first_word(number: str) -> None:
    plain = number.split(">")[-2 if number.count("<") == 2 else -3].split("<")[0]
    assert f"{plain} No assessment was made." in text_of(f"<p>{number}No assessment was made.</p>")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p><b>T</b>he review began.</p>", "The review began."),
        ("<p><b>2</b>nd edition of the report.</p>", "2nd edition of the report."),
        ("<p>On 3<sup>rd</sup>May it rained.</p>", "On 3rdMay it rained."),
        ("<p><span>1.1</span> The review began.</p>", "1.1 The review began."),
        ("<p>Section <b>7.1</b>A of the Act.</p>", "Section 7.1A of the Act."),
    ],
)
def test_other_elements_within_a_word_leave_it_whole(body: str, said: str) -> None:
    assert said in text_of(body)
