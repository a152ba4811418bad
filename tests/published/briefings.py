"""The cases of two briefings: one quarter of 2019, and the round of 2019 to 2020."""

from __future__ import annotations

import re
from functools import cache

from goldthread.analysis.records import StudyRecord
from goldthread.protocol.gazetteers import force_of
from goldthread.values import Missing
from tests.analysis.building import study
from tests.published.casebook import Casebook
from tests.published.comparing import Match, Wrong
from tests.published.reading import worded

QUARTER, ROUND = "002", "003"
FORCES = (  # of the places the appendix of the quarterly briefing names
    "Lancashire Constabulary",
    "Cumbria Constabulary",
    "Dorset Police",
    "West Midlands Police",
    "West Midlands Police",
    "Gloucestershire Constabulary",
    "Kent Police",
    "Lancashire Constabulary",
    "Cleveland Police",
    "Greater Manchester Police",
    "Cleveland Police",
)


@cache
def quarter() -> StudyRecord:
    """36 reviews of one quarter, eleven of them included."""
    book = Casebook()
    found = book.open("site", 5, source="board_sites", published="2018")
    found += book.open("new", 5, source="board_sites", published="2019")
    found += book.open("joint", 1, ("SCR", "SAR"), source="board_sites", published="2019")
    for reason, (repository, sites) in {
        "post_incident_only": (1, 5),
        "date_unclear": (0, 5),
        "out_of_date": (0, 4),
        "no_police_learning": (1, 5),
        "too_brief": (0, 3),
        "no_police_involvement": (0, 1),
    }.items():
        book.open(f"{reason}-nspcc", repository, source="nspcc", status=reason)
        book.open(f"{reason}-site", sites, source="board_sites", status=reason)
    for review_id, force in zip(found, FORCES, strict=True):
        book.log(review_id, "force", force)
    first = {"missing_report": 4, "domestic_incident": 3, "crime_by_family": 2, "unsupervised_child": 1}
    book.share(found, "first_involvement", {**first, Missing.NOT_STATED: 1})
    book.share(found, "outcome", {"death": 6, "serious_harm": 5})
    deaths = {"covert_filicide": 2, "suicide": 2, "overt_filicide": 1, "child_homicide": 1}
    book.share(found, "death_category_child", deaths)
    book.share(found[6:], "harm_category_child", {"physical_assault": 2, "other": 1, "neglect": 2})
    book.code(found[:4], "collaborative_working", "joint_discussion")
    book.code(found[2:5], "collaborative_working", "info_not_shared")
    book.code(found[5:7], "victim_engagement", "engagement_children")
    return study(book.reviews())


def appendix(document: str, begins: str, ends: str = "") -> dict[str, str]:
    """The cases a briefing lists: title, and what happened to whom. Several lines of siblings share a title."""
    lines = worded(document, begins, ends)
    return {
        re.sub(r"\[|\]\(.*", "", line[0]): line[1]
        for line in lines
        if line[0] and line[0] != "Case review title and link"
    }


def force_at(title: str) -> str | None:
    """The force that polices the place a listed case is named after; None where it is anonymous."""
    place = re.split(r"[:;]", title.replace("-shire", "shire").replace("&amp;", "and"))[0].strip()
    names = (place, place.partition(" and ")[0], re.sub(r" (City|Borough)$", "", place))
    return next(filter(None, map(force_of, names)), None)


def listed_ids() -> list[str]:
    """The ids of the round's included reviews in the order in which its overview lists them."""
    years = {"2016": 1, "2017": 3, "2018": 9, "2019": 19, "2020": 32}
    ids = [f"of-{year}-{n}" for year, times in years.items() for n in range(times)]
    died, harmed = iter(ids[:34]), iter(ids[34:])
    return [next(died if words.startswith("Death") else harmed) for words in appendix(ROUND, "### Overview").values()]


def _people(book: Casebook) -> None:
    """Force, age and sex of each case, as the overview names and words them; some have no age, or months."""
    for review_id, (title, words) in zip(listed_ids(), appendix(ROUND, "### Overview").items(), strict=True):
        book.log(review_id, "force", force_at(title) or Missing.WITHHELD)
        years = re.search(r"(?<![.\d])(\d+)(?:\.\d)?-year", words)
        months = re.search(r"\b(\d+)-(?:month|week)|under one|under 1-year", words)
        sex = re.search(r"\b(?:(boy|male)|(girl|female))\b", words)
        age: str | Missing = Missing.NOT_STATED
        if years and "under" not in words:
            age = years[1]
        elif months:
            age = str(int(months[1] or 0) // 12) if "month" in words else "0"
        book.log(review_id, "age", age, subject=1)
        book.log(review_id, "sex", ("male" if sex[1] else "female") if sex else Missing.NOT_STATED, subject=1)


@cache
def round_of_2020() -> StudyRecord:
    """159 reviews, 64 of them included."""
    book = Casebook()
    found = []
    for year, times in {"2016": 1, "2017": 3, "2018": 9, "2019": 19, "2020": 32}.items():
        found += book.open(f"of-{year}", times, ("LCSPR",), source="board_sites", published=year)
    book.open("repository", 41, source="nspcc", status="out_of_date")
    book.open("left-out", 54, source="board_sites", status="no_police_learning")
    died, harmed = found[:34], found[34:]
    _people(book)
    book.mark(died, "outcome", "death")
    book.mark(harmed, "outcome", "serious_harm")
    deaths = {"sudi": 11, "suicide": 10, "fatal_assault": 5, "fatal_physical_abuse": 2, "overt_filicide": 2}
    book.share(died, "death_category_child", {**deaths, "child_homicide": 2, "other": 1, Missing.UNCLEAR: 1})
    harms = {"physical_assault": 11, "csa_intrafamilial": 4, "csa_extrafamilial": 2, "cse": 2, "multiple_abuse": 6}
    book.share(harmed, "harm_category_child", {**harms, "other": 3, "neglect": 2})
    for value, times in {
        "mental_health": 36,
        "domestic_abuse": 31,
        "missing": 12,
        "child_sexual_abuse": 10,
        "child_sexual_exploitation": 10,
        "child_criminal_exploitation": 7,
        "financial_exploitation": 4,
    }.items():
        book.mark(found[:times], "vulnerabilities", value)
    return study(book.reviews())


MATCHES = (
    Match(
        QUARTER,
        "Table 1",
        "B1",
        {
            "Included": "included",
            "Excluded: Post incident involvement only": "post_incident_only",
            "Excluded: Date unclear": "date_unclear",
            "Excluded: Out of date": "out_of_date",
            "Excluded: No learning relevant to policing practice": "no_police_learning",
            "Too brief to extract any useful learning about police practice": "too_brief",
            "Excluded: No police involvement in the case": "no_police_involvement",
            "": "total",
        },
        ("all", "nspcc", "forces", "board_sites"),
        wrong=(Wrong("Included", 0, "11 (30%)", "11 (31)", "30.6, cut off so that the column comes to 100"),),
    ),
)
