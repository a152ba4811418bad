"""What the published reports say twice and differently: each line of the page on it is true of the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.published.reading import figures, listed, printed, prose

PAGE = Path(__file__).parents[2] / "docs" / "check.md"
META, QUARTER, ROUND, PERIODIC = "000", "002", "003", "004"
NAMES = {
    META: "meta-analysis",
    QUARTER: "practice briefing, 2019",
    ROUND: "themed briefing, 2021",
    PERIODIC: "periodic",
}


def cell(table: str, row: str, column: int = 0) -> int:
    """A count that a table of the meta-analysis prints."""
    found = next(one for one in printed(META, table).rows if row in one.label)
    number = found.cells[column].number
    assert number is not None
    return int(number)


def test_intimate_partners_are_two_in_the_text_and_one_in_the_table() -> None:
    assert figures(META, r"unknown or unclear; (\d+) cases of .{0,200}? intimate partner violence; and") == (2,)
    assert cell("Table 9", "intimate") == 1


def test_half_is_not_just_over_half() -> None:
    assert "together accounting for just over half" in prose(META)
    assert 2 * (cell("Table 5", "Suicide") + cell("Table 5", "Overt filicide")) == 40


def test_thirty_six_reviews_are_twenty_nine_per_cent() -> None:
    count, share = figures(META, r"evidence and investigation in (\d+) \((\d+)%\) of the reviews")
    assert (share, round(100 * count / 126)) == (28, 29)


def test_three_of_seven_are_not_over_half() -> None:
    assert "over half of the combined reviews were excluded" in prose(META)
    out = next(row for row in printed(META, "Table A4").rows if "date" in row.label.casefold())
    assert out.cells[3].number == 3


def test_the_explanations_of_strategy_meetings_are_more_than_the_meetings() -> None:
    (cases,) = figures(META, r"missed opportunities in (\d+) cases for effective police engagement")
    assert "occurred in 7 of the cases" in prose(META)
    assert all(
        words in prose(META) for words in ("in four cases, policies", "In three cases related to", "In a final two")
    )
    assert cases + 2 == 7 + 4 + 3 + 2


def test_the_reasons_for_not_sharing_are_one_fewer_than_the_reviews() -> None:
    children, adults = figures(META, r"problematic in (\d+) \(30%\) .*?; in (\d+) \(25%\)")
    assert "and in only 1 DHR" in prose(META)
    reasons = (
        figures(META, r"In (\d+) of these cases, it was not possible to understand why information")
        + figures(META, r"In (\d+) cases, an absence of a procedure or process")
        + figures(META, r"make referrals in (\d+) further cases")
    )
    assert (children + adults + 1, sum(reasons)) == (38, 37)


def test_one_domestic_homicide_review_is_about_a_suicide_that_the_table_has_not() -> None:
    assert "In the tenth case, death was by suicide" in prose(META)
    suicides = next(row for row in printed(META, "Table 6").rows if "uicide" in row.label)
    assert not suicides.cells[1].number


def test_groups_of_siblings_are_nine_and_eight() -> None:
    assert figures(META, r"remaining (\d) cases with sibling or other groups") == (9,)
    assert figures(META, r"only referenced in one of the (\d) sibling cases") == (8,)
    assert 71 - figures(META, r"gender of the (\d+) individual children")[0] == 9


def test_victims_of_domestic_homicide_are_not_all_white_british() -> None:
    assert "All of the DHRs where ethnicity was recorded concerned White British victims" in prose(META)
    assert cell("Table 3", "White British", 2) == 4
    whole = printed(META, "Table 3").columns[2].whole
    assert whole is not None and whole.number == 6


def test_evidence_gathering_is_of_eight_cases_and_of_nine() -> None:
    assert figures(META, r"followed by evidence gathering in (\d+) cases") == (8,)
    assert "Eight SCRs and one DHR showed gaps in evidence gathering" in prose(META)


def test_children_who_were_not_engaged_with_are_thirteen_and_twelve() -> None:
    assert figures(META, r"In (\d+) SCRs/CPRs, there were missed opportunities to effectively engage") == (13,)
    assert "Eight cases related to adolescents" in prose(META)
    assert "Four cases related to younger children" in prose(META)


def test_escalation_failed_in_six_cases_and_in_five_of_six() -> None:
    assert "In six further cases, police did not escalate" in prose(META)
    assert "In five out of six cases, police did not escalate" in prose(META)


def test_no_table_is_numbered_thirteen_or_fourteen() -> None:
    text = prose(META)
    assert "Table 12:" in text and "Table 15:" in text
    assert "Table 13" not in text and "Table 14" not in text


def test_the_round_has_thirty_four_deaths_and_lists_thirty_three() -> None:
    (above,) = figures(ROUND, r"(\d+) of the cases related to the death")
    assert above - sum(listed(ROUND, "### Death", "### Significant harm").values()) == 1


def test_boys_and_girls_under_one_are_one_fewer_than_the_infants() -> None:
    infants, boys, girls = figures(
        PERIODIC, r"youngest children: (\d+) \(37%\).*?12 months \((\d+) boys, (\d+) girls"
    )
    assert infants - boys - girls == 1


PLACES = {
    META: (
        "text above Table 9",
        "text on disability",
        "text on ethnicity",
        "text above Table 5",
        "evidence and investigation",
        "evidence gathering",
        "engagement with children",
        "escalation",
        "text below Table A4",
        "strategy meetings",
        "reasons for not sharing",
        "Table 6, domestic homicide reviews",
        "numbering",
    ),
    QUARTER: ("snapshot",),  # forces: with the tables of the briefings
    ROUND: ("snapshot", "deaths"),
    PERIODIC: ("infants",),
}


@pytest.mark.parametrize("document", PLACES)
def test_the_page_lists_what_is_found_by_eye_and_nothing_else(document: str) -> None:
    rows = PAGE.read_text(encoding="utf-8").partition("What only the eye finds")[2].splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in rows if line.startswith("| ")][1:]
    found, here = [], ""
    for name, place, *_ in cells:
        here = name or here
        found += [place] if here.startswith(NAMES[document]) else []
    assert sorted(found) == sorted(PLACES[document])
