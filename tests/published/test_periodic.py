"""What the periodic analysis gives beside its tables of categories: parents, ages, key data, sub-samples."""

from __future__ import annotations

from goldthread.analysis.table import Table
from tests.published.periodic import PARENTS, WHO
from tests.published.reading import figures, printed, prose
from tests.published.test_tables import ours

REPORT = "004"
PARENT_ROWS = {
    "Mental health problems": "mental_health",
    "Adverse childhood experiences": "adverse_childhood",
    "Alcohol misuse": "alcohol",
    "Drug misuse": "drugs",
    "Criminal record": "criminal_record",
    "Known to children's social care as a child": "known_as_child",
    "Intellectual disability": "intellectual_disability",
}


def share(table: Table, row: str, column: str = "all") -> tuple[int, int]:
    """Count and whole per cent of a cell."""
    cell = table.cell(row, column)
    return cell.count or 0, int(cell.percent or 0)


def test_table_4_gives_each_characteristic_by_parent_and_the_convictions_for_violence_in_brackets() -> None:
    made, theirs = ours(REPORT, "T4"), printed(REPORT, "Table 4")
    compared = 0
    for row in theirs.rows:
        name = PARENT_ROWS[row.label]
        for who, value in zip(WHO, row.cells, strict=False):
            assert made.cell(f"{name}_{who}", "all").count == value.number
            if value.percent is not None:
                assert made.cell(f"violent_record_{who}", "all").count == value.percent.value
                compared += 1
            compared += 1
        total = row.cells[-1]
        assert total.percent is not None
        assert share(made, name) == (total.number, total.percent.value)
        compared += 1
    assert made.population == 166
    assert compared == 39
    assert share(made, "violent_record")[1] == figures(REPORT, r"including for a violent crime \((\d+)% of SCRs\)")[0]
    assert len(PARENTS) == len(theirs.rows) + 1


def test_the_rows_of_table_2_leave_out_three_of_the_seventy_it_is_of() -> None:
    theirs = printed(REPORT, "Table 2")
    rows = sum(row.cells[1].number or 0 for row in theirs.rows)
    whole = theirs.columns[1].whole
    assert whole is not None
    made = ours(REPORT, "T2")
    mine = sum(row.cells[-1].count or 0 for row in made.rows if row.id not in ("related", "total"))
    assert (rows, whole.number) == (mine, made.cell("related", "2017-19").count) == (67, 70)


def test_ages_and_sex_are_as_the_text_tells() -> None:
    """The figure of ages by period is a picture; the text gives three of the five bands of the last period."""
    ages = ours(REPORT, "AG1")
    infants = figures(REPORT, r"(\d+) \((\d+)%\) incidents involved a child under 12 months old")
    small = figures(REPORT, r"and (\d+) \((\d+)%\) involved children between one and five")
    oldest = figures(REPORT, r"\((\d+)%\) SCRs were for a child aged 16 or over")
    assert share(ages, "under_1", "2017-19") == infants
    assert share(ages, "1_5", "2017-19") == small
    assert share(ages, "16_plus", "2017-19")[1] == oldest[0]
    both = ours(REPORT, "AG2")
    told = figures(REPORT, r"\((\d+) boys, (\d+) girls\) and children aged 16 and over \((\d+) boys, (\d+) girls\)")
    cells = [both.cell(band, sex).count for band in ("under_1", "16_plus") for sex in ("male", "female")]
    assert tuple(cells) == told
    boys = both.cell("total", "male").count or 0
    assert round(boys * 100 / ages.population) == figures(REPORT, r"half \((\d+)%\) of all SCRs in the 2017-19")[0]
    assert both.cell("under_1", "missing:not_stated").count == infants[0] - told[0] - told[1] == 1


def test_key_data_on_the_children_are_as_printed() -> None:
    ethnicity = ours(REPORT, "K1")
    told = figures(
        REPORT,
        r"(\d+)% of children were white/white British, (\d+)% black/black British, (\d+)% mixed race, and (\d+)%",
    )
    assert tuple(share(ethnicity, name)[1] for name in ("white", "black", "mixed", "asian")) == told
    unknown, of_all = figures(REPORT, r"In (\d+) \((\d+)%\) of the 235 SCRs, ethnicity was not stated")
    assert ethnicity.cell("missing:not_stated", "all").count == unknown
    assert round(unknown * 100 / ethnicity.population) == of_all
    living = ours(REPORT, "K2")
    told = figures(
        REPORT, r"parental home \((\d+)%\) or with relatives \((\d+)%\), and (\d+)% were living with foster"
    )
    assert tuple(share(living, name)[1] for name in ("parental_home", "relatives", "foster_care")) == told
    watched = sum(living.cell(name, "all").count or 0 for name in ("hospital", "residential", "mother_baby_unit"))
    assert round(watched * 100 / living.population) == figures(REPORT, r"(\d+)% of children were in hospital")[0]
    known = ours(REPORT, "K3")
    assert (
        share(known, "never")[1]
        == figures(REPORT, r"\((\d+)%\) children who were the subject of an SCR had never")[0]
    )
    assert share(known, "open")[1] == figures(REPORT, r"half \((\d+)% of SCRs\) of the children were known")[0]
    assert share(known, "closed")[1] == figures(REPORT, r"one in five \((\d+)%\) were previously known")[0]
    plans = figures(
        REPORT, r"(\d+) of the 235 children \((\d+)%\) had a child protection plan and a further (\d+) \((\d+)%\)"
    )
    made = ours(REPORT, "K4")
    assert share(made, "now") + share(made, "past") == plans


def test_neglect_is_evident_in_the_printed_shares_of_the_reports_that_could_be_read() -> None:
    made = ours(REPORT, "K6")
    count, of = figures(REPORT, r"three-quarters \((\d+) of (\d+)\) of all SCR reports examined")
    fatal, other = figures(REPORT, r"two-thirds \((\d+)%\) of fatal cases and nine in ten \((\d+)%\) non-fatal")
    cells = [made.cell("true", column) for column in ("death", "serious_harm")]
    assert sum(cell.count or 0 for cell in cells) == count
    assert made.population == of
    assert [int(cell.percent or 0) for cell in cells] == [fatal, other]


def test_who_caused_the_deaths_that_were_meant_is_as_printed() -> None:
    made = ours(REPORT, "K7")
    (meant,) = figures(REPORT, r"In the (\d+) cases classified as ‘intentional’ maltreatment deaths")
    told = figures(REPORT, r"mothers \((\d+) cases\), fathers \((\d+) cases\) and both parents \((\d+) cases\)")
    assert made.population == meant
    assert tuple(made.cell(row, "all").count for row in ("mother", "father", "both")) == told
    assert made.cell("others", "all").count == meant - sum(told)


def test_the_younger_children_s_disabilities_are_as_printed_but_for_one_share() -> None:
    made = ours(REPORT, "K8")
    infants = figures(REPORT, r"recorded in: (\d+) of the (\d+) \((\d+)%\) SCRs relating to children under 12 months")
    small = figures(REPORT, r"(\d+) of (\d+) \((\d+)%\) SCRs relating to children aged between one and five")
    (count, of, whole, tenths) = figures(
        REPORT, r"(\d+) of (\d+) \((\d+)\.(\d)%\) SCRs involving children aged six to"
    )
    bases = {column.id: column.base for column in made.columns}
    for band, told in (("under_1", infants), ("1_5", small)):
        number, percent = share(made, "disability", band)
        assert (number, bases[band], percent) == told
    assert (share(made, "disability", "6_10")[0], bases["6_10"]) == (count, of)
    assert (whole, tenths) == (28, 5)  # 28.57: cut off; it is 28.6, or 29 in whole numbers
    assert made.cell("disability", "6_10").percent == "29"
    (trouble, between) = figures(REPORT, r"evident in (\d+) of (\d+) SCRs for children aged between one and ten")
    bands = ("1_5", "6_10")
    assert sum(made.cell("behaviour_problems", band).count or 0 for band in bands) == trouble
    assert sum(bases[band] or 0 for band in bands) == between


def test_the_regional_rates_cannot_be_made_again_since_no_population_is_printed() -> None:
    """Two rates stand in the text; their counts and populations nowhere, the rest in a picture."""
    text = prose(REPORT)
    assert "0.77 SCRs per 100,000 child population" in text
    assert "child population of" not in text
