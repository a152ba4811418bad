"""A number and its parts, in lists, brackets and running text."""

from __future__ import annotations

import pytest

from goldthread.audit.findings import Sure
from tests.audit.conftest import audited, slips

LIST = """Findings

Cases involving the death of a child ({whole}):

- 11 sudden deaths of infants
- 10 'suicide'
- 5 fatal assaults
- {last} other
"""


def test_a_list_that_comes_to_its_number_is_silent() -> None:
    assert slips(LIST.format(whole=29, last=3)) == []


def test_a_list_that_does_not_is_found_with_both_places() -> None:
    (found,) = audited(LIST.format(whole=30, last=3)).findings

    assert found.slip.rule == "list and total"
    assert found.slip.sure is Sure.INCONSISTENT
    assert found.slip.why.startswith("11 + 10 + 5 + 3 = 29")
    assert found.at.quote == "30"
    assert found.also is not None
    assert found.also.quote.endswith("- 3 other")


@pytest.mark.parametrize(
    "text",
    [
        LIST.format(whole="30, including", last=3),
        "In all 30 cases:\n\n- 11 deaths\n- the family was known\n- 5 assaults\n",
        "Of this number, 30 in 2019 and 12 in 2020:\n\n- 11 live away\n- 10 live at home\n- 8 live alone\n",
        "A further 300 cases:\n\n- 11 deaths\n- 10 assaults\n",
    ],
)
def test_lists_that_need_not_add_up_are_left_alone(text: str) -> None:
    assert slips(text) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In 10 cases (7 SCRs and 3 SARs), information was shared late.",
        "It rests on 126 reviews: 69 child reviews (in England), 45 adult reviews, 10 DHRs and two joint reviews.",
        "Risks were seen in 23 reviews, 8 of which were SCRs, 9 SARs and 6 DHRs.",
        "Children under 12 months (50 boys, 35 girls) were most often seen.",
        "A total of 126 women took part (60 control/66 intervention, 61 town/65 country).",
        "There were three visits (one in May and two in June).",
    ],
)
def test_parts_that_add_up_or_are_of_something_else_are_silent(sentence: str) -> None:
    assert slips(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "sure"),
    [
        ("In 10 cases (7 SCRs and 4 SARs), information was shared late.", Sure.INCONSISTENT),
        (
            "It rests on 126 reviews: 69 child reviews, 45 adult reviews, 11 homicide reviews and two joint reviews.",
            Sure.INCONSISTENT,
        ),
        ("Risks were seen in 23 reviews, 8 of which were SCRs, 9 SARs and 7 DHRs.", Sure.BY_HAND),
    ],
)
def test_parts_that_do_not_add_up_are_found(sentence: str, sure: Sure) -> None:
    (slip,) = slips(sentence)

    assert slip.rule == "list and total"
    assert slip.sure is sure
