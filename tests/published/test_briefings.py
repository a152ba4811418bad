"""Snapshots, appendices and methods of the quarterly and the themed briefing."""

from __future__ import annotations

import re

from goldthread.analysis.table import Table
from tests.published.briefings import FORCES, QUARTER, ROUND, appendix, force_at, listed_ids
from tests.published.reading import figures, listed, prose, worded
from tests.published.test_tables import ours

OVERVIEW = "### Overview of cases"


def counts(table: Table) -> dict[str, int]:
    """How many cases fall in each row of a table of one column, rows with none left out."""
    return {row.id: row.cells[0].count for row in table.rows if row.kind != "total" and row.cells[0].count}


def test_the_quarter_tells_how_police_first_became_involved() -> None:
    told = listed(QUARTER, "Police involvement", "Categories")
    assert list(told.values()) == [4, 3, 2, 1, 1]
    assert counts(ours(QUARTER, "S3")) == {
        "missing_report": told["reports of a missing child"],
        "domestic_incident": told["incidents at family home (domestic violence)"],
        "crime_by_family": told["crimes committed by a parent(s)"],
        "unsupervised_child": told["child left unsupervised outdoors"],
        "missing:not_stated": told["unknown reason for initial involvement"],
    }


def test_the_quarter_has_six_deaths_and_five_cases_of_harm() -> None:
    told = figures(QUARTER, r"relate to: (\d+) deaths \((\d+)%\) and (\d+) \((\d+)%\) cases of significant harm")
    made = ours(QUARTER, "S4")
    mine = [made.cell(row, "all") for row in ("death", "serious_harm")]
    assert told == tuple(int(part or 0) for cell in mine for part in (cell.count, cell.percent))
    deaths, harms = listed(QUARTER, "The 6 deaths", "Significant harm"), listed(QUARTER, "The 5 cases", "SPECIAL")
    assert [sum(deaths.values()), sum(harms.values())] == [6, 5]
    assert counts(ours(QUARTER, "S5")) == {
        "covert_filicide": deaths["cases of 'covert filicide"],
        "suicide": deaths["cases of suicide"],
        "overt_filicide": deaths["case of 'overt filicide"],
        "child_homicide": deaths["case of child homicide"],
    }
    assert sorted(counts(ours(QUARTER, "S6")).items()) == [("neglect", 2), ("other", 1), ("physical_assault", 2)]
    assert [n for words, n in harms.items() if "neglect" in words] == [2]


def test_the_quarter_s_places_are_of_eight_forces_though_it_prints_seven() -> None:
    """The appendix names the place of each of the eleven reviews: eight forces police them, in five regions."""
    cases = appendix(QUARTER, "Case review title and link", "APPENDIX B")
    assert len(cases) == 11
    assert sorted(force_at(title) or "" for title in cases) == sorted(FORCES)
    made = ours(QUARTER, "S1")
    assert "Five police regions, and 7 police forces" in prose(QUARTER)
    assert len(counts(made)) == 8
    assert len(counts(ours(QUARTER, "S2"))) == 5


def test_the_round_s_named_places_are_of_more_forces_than_it_prints() -> None:
    """Seven of its cases are anonymous; the places of the others are of 23 forces, in eight regions."""
    forces, regions = figures(ROUND, r"full sample involved (\d+) forces over (\d+) police regions")
    made = counts(ours(ROUND, "S1"))
    assert made.pop("missing:withheld") == 7
    assert (forces, len(made)) == (22, 23)
    places = counts(ours(ROUND, "S2"))
    assert len([name for name in places if not name.startswith("missing:")]) == regions


def test_the_quarter_s_matrix_has_a_row_for_each_review_and_a_column_for_each_printed_theme() -> None:
    """Its marks are coloured cells, which no text holds: rows, columns and what happened can be held against ours."""
    (head,) = (line for line in worded(QUARTER, "Case review title and link", "Blackpool") if "Review focus" in line)
    made = ours(QUARTER, "M2")
    mine = [column.label.casefold() for column in made.columns]
    assert [theme.casefold().replace("and/or their families", "and families") for theme in head[2:]] == mine
    assert len([row for row in made.rows if row.kind == "value"]) == 11
    happened = [words for words in appendix(QUARTER, "Case review title and link", "APPENDIX B").values() if words]
    assert sum(words.startswith("Death") for words in happened) == ours(QUARTER, "S4").cell("death", "all").count


def test_the_reviews_of_both_briefings_were_published_in_the_printed_years() -> None:
    early, late = figures(QUARTER, r"published in 2018 \(n=(\d)\) and 2019 \(n=(\d)\)")
    assert counts(ours(QUARTER, "Y1")) == {"2018": early, "2019": late}
    told = figures(
        ROUND,
        r"(\d+) review was published in 2016, (\d+) were published in 2017, (\d+) were published in 2018, "
        r"(\d+) in 2019 and the remaining (\d+) in 2020",
    )
    assert tuple(counts(ours(ROUND, "Y1")).values()) == told


def test_the_round_s_64_of_159_reviews_are_found_where_it_says() -> None:
    registered, included = figures(ROUND, r"total of (\d+) CSPRs/CPRs/SCRs were reviewed, (\d+) of which fit")
    made = ours(ROUND, "A4")
    assert (made.population, made.cell("included", "child").count) == (registered, included)
    repository = figures(ROUND, r"previous briefing\)\. (\d+) reviews were identified by this method")
    sites = figures(ROUND, r"not yet on the repository\. (\d+) reviews were identified by this method")
    found = ours(ROUND, "A2")
    assert (found.cell("nspcc", "all").count, found.cell("board_sites", "all").count) == repository + sites


def test_the_round_s_deaths_come_to_one_more_than_its_list() -> None:
    """34 deaths are printed above a list of 33; the overview of cases has 34, so one is without a category."""
    told = listed(ROUND, "### Death", "### Significant harm")
    (above,) = figures(ROUND, r"(\d+) of the cases related to the death")
    made = ours(ROUND, "S5")
    assert sum(told.values()) == 33
    assert above == made.population == sum("Death" in words for words in appendix(ROUND, OVERVIEW).values()) == 34
    assert counts(made) == {
        "sudi": told["Sudden Unexpected Death in Infants (SUDI)"],
        "suicide": told["suicide"],
        "fatal_assault": told["fatal assaults"],
        "fatal_physical_abuse": told["fatal physical abuse"],
        "overt_filicide": told["overt filicide"],
        "child_homicide": told["child homicide"],
        "other": told["other (untreated terminal illness)"],
        "missing:unclear": above - sum(told.values()),
    }


def test_the_round_s_harm_and_what_surrounds_it_come_out_as_printed() -> None:
    told = listed(ROUND, "### Significant harm", "The 64 cases")
    made = counts(ours(ROUND, "S6"))
    (above,) = figures(ROUND, r"and (\d+) related to incidents of significant harm")
    assert above == sum(told.values()) == sum(made.values())
    sexual = made.pop("csa_intrafamilial") + made.pop("csa_extrafamilial") + made.pop("cse")
    assert sexual == told["child sexual abuse/exploitation"]
    assert made == {
        "physical_assault": told["Physical assault"],
        "multiple_abuse": told["multiple abuse (neglect; physical; sexual)"],
        "other": told["other (2 attempt suicide; 1 abduction)"],
        "neglect": told["neglect"],
    }
    around = figures(
        ROUND,
        r"mental health needs \((\d+) cases\); domestic abuse \((\d+) cases\); the child or young person going "
        r"'missing' \((\d+) cases\); child sexual \((\d+) cases\); child sexual exploitation \((\d+) cases\); "
        r"child criminal exploitation \((\d+) cases\) and financial exploitation \((\d+) cases\)",
    )
    values = counts(ours(ROUND, "S8"))
    assert (
        tuple(
            values[name]
            for name in (
                "mental_health",
                "domestic_abuse",
                "missing",
                "child_sexual_abuse",
                "child_sexual_exploitation",
                "child_criminal_exploitation",
                "financial_exploitation",
            )
        )
        == around
    )


def test_every_case_of_the_round_s_overview_is_listed_with_its_outcome_age_and_sex() -> None:
    """64 cases stand in 68 lines, since siblings have a line each; our listing gives a case one row."""
    told = appendix(ROUND, OVERVIEW)
    made = {row.id: [cell.text for cell in row.cells[:3]] for row in ours(ROUND, "L1").rows}
    assert len(told) == len(made) == 64
    ages = sexes = 0
    for words, (outcome, age, sex) in zip(told.values(), (made[one] for one in listed_ids()), strict=True):
        assert words.split()[0] == outcome.split()[0]
        if (years := re.search(r"(?<![.\d])(\d+)(?:\.\d)?-year", words)) and "under" not in words:
            assert age == years[1]
            ages += 1
        if found := re.search(r"\b(boy|male|girl|female)\b", words):
            assert sex == ("Male" if found[1] in ("boy", "male") else "Female")
            sexes += 1
    assert ages > 20 < sexes
