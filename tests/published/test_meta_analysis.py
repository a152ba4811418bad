"""What the meta-analysis of 126 reviews gives beside its tables of counts: ages, prose, criteria, plan, diagram."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from goldthread.analysis.table import Table
from tests.published.reading import figures, printed, prose, worded
from tests.published.test_tables import ours

REPORT = "000"


def counts(table: Table, *rows: str) -> list[int]:
    """How many cases fall in those rows, all columns together."""
    found = {row.id: row.cells for row in table.rows}
    return [sum(cell.count or 0 for cell in found[row]) for row in rows]


def test_table_1_gives_the_range_and_the_average_of_the_ages_that_are_stated() -> None:
    lines = [line for line in worded(REPORT, "**Table 1:", "#### Gender") if "n=" in line[0]]
    made = ours(REPORT, "T1")
    assert len(lines) == 3
    for (label, spread), row in zip(lines, ("child", "adult", "dhr"), strict=True):
        stated = re.search(r"n=(\d+)", label)
        told = re.search(r"(Under 1|\d+) (?:to|and) (\d+) \(([\d.]+)\)", spread)
        mine = re.fullmatch(r"(Under 1|\d+) to (\d+) \(([\d.]+)\)", made.cell(row, "range_mean").text)
        assert stated and told and mine
        assert made.cell(row, "stated").count == int(stated[1])
        assert told.groups()[:2] == mine.groups()[:2]
        assert round(Decimal(mine[3]), len(told[3].partition(".")[2])) == Decimal(told[3])


def test_the_diagram_of_review_types_holds_the_reviews_of_table_a4_that_are_included() -> None:
    """The diagram is a picture; the numbers it shows stand in the table and in a list."""
    included = [cell.number for cell in printed(REPORT, "Table A4").rows[0].cells]
    made = ours(REPORT, "D1")
    assert counts(made, "SCR", "SAR", "DHR", "joint") == included
    assert (
        sum(counts(made, "SCR", "SAR", "DHR", "joint"))
        == made.population
        == figures(REPORT, r"total of (\d+) cases which fit")[0]
    )


def test_the_assessment_of_domestic_abuse_narrows_as_the_text_tells() -> None:
    told = (
        figures(REPORT, r"part of the wider context in (\d+) cases")
        + figures(REPORT, r"application of the DASH in (\d+) cases")
        + figures(REPORT, r"role in DASH assessments was available in (\d+) cases")
        + figures(REPORT, r"when it should have been, in (\d+) of these (\d+) cases")[:1]
        + figures(REPORT, r"grading of risk on the DASH in (\d+) cases")
    )
    made = ours(REPORT, "T13")
    assert tuple(counts(made, "context", "examined", "police_role", "completed", "graded_too_low")) == told
    assert counts(made, "not_completed") == [told[2] - told[3]]
    children = figures(REPORT, r"(\d+) of which were SCRs/CPRs, (\d+) joint reviews and the remainder DHRs")
    assert made.cell("graded_too_low", "child").count == sum(children)
    absent = figures(REPORT, r"\((\d+) of which were SCRs, (\d+) SAR and (\d+) DHRs\), reviewers noted an absence")
    cells = tuple(made.cell("management_absent", column).count for column in ("child", "adult", "dhr"))
    assert cells == absent
    assert round(4 * sum(absent) / told[3]) == 1  # "a quarter of the 26 cases"


def test_the_arrangements_of_many_agencies_are_counted_as_the_text_tells() -> None:
    told = (
        figures(REPORT, r"MARAC process was considered in (\d+) cases")
        + figures(REPORT, r"looked at (\d+) cases where the interface between police and MARAC")
        + figures(REPORT, r"In (\d+) of these cases, police appropriately communicated with MARAC")
        + figures(REPORT, r"In (\d+) cases, referrals to MARAC were either not considered")
        + figures(REPORT, r"MAPPA was mentioned in (\d+) reviews, only (\d+) of these")
    )
    rows = (
        "marac_mentioned",
        "marac_police",
        "marac_appropriate",
        "marac_missed",
        "mappa_mentioned",
        "mappa_learning",
    )
    assert tuple(counts(ours(REPORT, "T14"), *rows)) == told


def test_risk_missed_and_information_not_shared_are_counted_once_a_review() -> None:
    made = ours(REPORT, "P3")
    missed, share = figures(REPORT, r"identification of risk were evidenced in (\d+), or (\d+)%, of reviews")
    assert made.cell("risk_identification", "missed").count == missed
    assert ours(REPORT, "T12").cell("suspect", "all").percent is not None
    assert share == round(missed * 100 / 126)
    problems = ours(REPORT, "T15")
    told = figures(REPORT, r"sharing by the police were evident in (\d+) reviews")[0]
    sharing = {review for row in problems.rows if row.kind == "value" for review in row.cells[0].reviews}
    assert len(sharing) == told < sum(counts(problems, *(row.id for row in problems.rows if row.kind == "value")))


def test_evidence_and_work_with_others_are_counted_as_the_text_tells() -> None:
    told = figures(
        REPORT, r"evident in (\d+) cases, followed by evidence gathering in (\d+) cases, disruption in (\d+)"
    )
    assert tuple(counts(ours(REPORT, "P1"), "suspect_pursuit", "evidence_gathering", "disruption")) == told
    both = figures(
        REPORT, r"when they should have been \(in (\d+) cases\) or joint visits or decision making \(in (\d+)"
    )
    meetings = figures(REPORT, r"missed opportunities in (\d+) cases for effective police engagement in multi-agency")
    assert (
        tuple(counts(ours(REPORT, "P2"), "joint_discussion", "joint_visits", "strategy_meetings")) == both + meetings
    )
    assert "In six further cases, police did not escalate" in prose(REPORT)
    assert counts(ours(REPORT, "P2"), "escalation") == [6]
    adults, children = (
        figures(REPORT, r"care for, adults were evident in (\d+) reviews"),
        figures(REPORT, r"In (\d+) SCRs/CPRs, there were missed opportunities to effectively engage"),
    )
    made = ours(REPORT, "P6")
    assert made.cell("engagement_adults", "missed").count == adults[0]
    assert made.cell("engagement_children", "missed").count == children[0]


def test_table_a3_asks_of_each_type_what_is_printed() -> None:
    asked = {row.id: row.cells[0].text for row in ours(REPORT, "A3").rows}
    told = {line[0]: line[1] for line in worded(REPORT, "**Table A3:", "Table A4 displays")}
    for printed_type, kind in (("SCRs/CPRs", "SCR"), ("DHRs", "DHR")):
        assert "occurred on or after January 1 st , 2016" in told[printed_type]
        assert asked[kind] == "Date of the incident is on or after 2016-01-01"
    assert "published since April 2015" in told["SARs/APRs"]
    assert asked["SAR"] == "Publication date is on or after 2015-04-01"


THEMES = {
    "2.1.1": ("managing risk", "Identification of risk"),
    "2.1.2": ("managing risk", "Identification of risk"),
    "2.1.3": ("Supporting vulnerable individuals", "Supporting vulnerable individuals"),
    "2.2.1": ("Collaborative working", "Collaborative working"),
    "2.4.1": ("Victim engagement and care", "Victim engagement and care"),
    "2.4.3": ("Evidence and investigation", "Evidence and investigation"),
    "2.6.2": ("Developing the workforce", "Developing the workforce"),
    "2.7.1": ("Crime prevention and long-term problem solving", "Crime prevention and long-term problem solving"),
}


@pytest.mark.parametrize(
    ("begins", "ends", "table"), [("**Table ES1:", "**Table ES2:", "ES1"), ("**Table 16:", "**Table 17:", "T16")]
)
def test_every_action_of_the_plan_that_is_printed_has_findings_under_the_printed_theme(
    begins: str, ends: str, table: str
) -> None:
    text = prose(REPORT)
    part = text[text.rindex(begins.strip("*")) : text.rindex(ends.strip("*"))]
    told = dict(re.findall(r"NVAP Action (\d\.\d\.\d) '([A-Z][\w -]+)'", part))
    made = ours(REPORT, table)
    backed = {row.id: row.label for row in made.rows if row.cells[1].count}
    assert len(told) == 8
    assert {name: f"{name} {label}".casefold() for name, label in told.items()}.items() <= {
        name: label.casefold() for name, label in backed.items()
    }.items()
    for name, (heading, theme) in THEMES.items():
        assert re.search(rf"{heading} #* ?NVAP Action {re.escape(name)}", part), name
        assert theme in made.cell(name, "themes").text
    assert set(backed) - set(told) == {"2.4.2"}  # the text above names it; no key finding is printed beside it


@pytest.mark.parametrize("table", ["ES2", "T17"])
def test_recording_is_what_bears_on_no_action(table: str) -> None:
    """The printed list has a second item, the quality of reviews: that is rated, not coded."""
    assert "Researching and recording" in prose(REPORT)
    backed = [row.label for row in ours(REPORT, table).rows if row.cells[0].count]
    assert backed == ["Recording and researching"]


def test_table_a1_names_the_same_law_and_overseers() -> None:
    made = {row.id: " ".join(cell.text for cell in row.cells) for row in ours(REPORT, "A1").rows}
    part = prose(REPORT).partition("A1: Terms of reference")[2].partition("How we identified reviews")[0].casefold()
    for kind, words in {
        "SCR": (
            "Working Together",
            "Department for Education",
            "Local Safeguarding Children Boards",
            "seriously harmed",
        ),
        "SAR": ("Care Act 2014, section 44", "Department of Health and Social Care", "abuse or neglect"),
        "DHR": ("Domestic Violence, Crime and Victims Act 2004", "Section 9(3)", "Home Office", "Community Safety"),
    }.items():
        for word in words:
            assert word.casefold() in part, word
            assert word.casefold() in made[kind].casefold(), (kind, word)
