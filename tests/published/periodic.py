"""The cases of the periodic analysis of 2017–19 and of the three periods before it."""

from __future__ import annotations

from functools import cache

from goldthread.analysis.records import StudyRecord
from goldthread.values import Missing
from tests.analysis.building import study
from tests.published.casebook import Casebook

PERIODS = ("2009-11", "2011-14", "2014-17", "2017-19")
LATEST = (PERIODS[-1],)
PARENTS = {  # mother, father, father figure, both
    "mental_health": (58, 11, 1, 22),
    "adverse_childhood": (27, 8, 0, 22),
    "alcohol": (24, 10, 1, 22),
    "drugs": (19, 13, 0, 25),
    "criminal_record": (7, 34, 6, 6),
    "known_as_child": (19, 7, 1, 11),
    "intellectual_disability": (9, 5, 0, 11),
    "violent_record": (4, 19, 6, 2),
}
WHO = ("mother", "father", "father_figure", "both")
OLDER = {  # aged 11 to 15, and 16 and over
    "behaviour_problems": (19, 22),
    "mental_health": (18, 19),
    "disability": (12, 11),
    "drug_misuse": (11, 12),
    "bullying": (10, 10),
    "child_sexual_exploitation": (9, 11),
    "alcohol_misuse": (8, 8),
    "peer_violence": (7, 7),
    "child_criminal_exploitation": (5, 7),
    "intimate_partner_violence": (3, 2),
    "fabricated_illness": (1, 1),
}


@cache
def cases() -> StudyRecord:
    """235 reviews of 2017–19, 166 of them with a report to read, and the deaths and harm of the periods before."""
    book = Casebook()
    _before(book)
    died = book.open("death", 105, round="2017-19", pages=60), book.open("death-brief", 26, round="2017-19", pages=0)
    harmed = book.open("harm", 61, round="2017-19", pages=60), book.open("harm-brief", 43, round="2017-19", pages=0)
    deaths = {"fatal_physical_abuse": 18, "overt_filicide": 15, "extrafamilial_homicide": 8, "extreme_neglect": 6}
    deaths |= {"covert_filicide": 3, "not_maltreatment": 3, "extrafamilial_assault": 2, Missing.UNCLEAR: 6}
    deaths |= {"sudi": 21, "suicide": 21, "medical": 8, "accident": 7, "risk_taking": 3, "late_consequences": 1}
    deaths |= {"poisoning": 1, "related_other": 5, "related": 3}  # three of the 70 stand in no sub-category
    harms = {"physical_abuse": 44, "neglect": 22, "csa_intrafamilial": 13, "csa_extrafamilial": 7}
    harms |= {"risk_taking": 7, "cse": 2, "other": 3, Missing.UNCLEAR: 6}
    _outcomes(book, [*died[0], *died[1]], [*harmed[0], *harmed[1]], deaths, harms)
    intentional = [*died[0][18:33], *died[0][41:50]]
    book.mark([*intentional[:11], *intentional[18:21]], "source_of_harm", "mother")
    book.mark(intentional[11:21], "source_of_harm", "father")
    book.mark(intentional[21:], "source_of_harm", "other_relative")
    for ids, with_neglect in ((died[0], 69), (harmed[0], 55)):
        book.share(ids, "neglect_present", {"true": with_neglect, "false": len(ids) - with_neglect})
    read = [*harmed[0], *died[0]]
    _children(book, read, [*died[1], *harmed[1]])
    _families(book, read)
    return study(book.reviews(), PERIODS)


def _before(book: Casebook) -> None:
    harms = (
        {
            "physical_abuse": 31,
            "neglect": 6,
            "csa_intrafamilial": 6,
            "csa_extrafamilial": 6,
            "risk_taking": 8,
            "other": 3,
        },
        {"physical_abuse": 50, "neglect": 14, "csa_intrafamilial": 13, "csa_extrafamilial": 5, "risk_taking": 8}
        | {"cse": 5, "other": 1},
        {"physical_abuse": 83, "neglect": 30, "csa_intrafamilial": 16, "csa_extrafamilial": 7, "risk_taking": 11}
        | {"cse": 11, "other": 4},
    )
    for period, counts in zip(PERIODS, harms, strict=False):
        _outcomes(book, [], book.open(f"harm-{period}", sum(counts.values()), round=period), {}, counts)
    deaths = {"fatal_physical_abuse": 46, "overt_filicide": 17, "extrafamilial_homicide": 7, "extreme_neglect": 1}
    deaths |= {"covert_filicide": 6, "not_maltreatment": 1, "extrafamilial_assault": 3, "persistent_cruelty": 9}
    deaths |= {Missing.UNCLEAR: 11, "sudi": 37, "suicide": 30, "medical": 13, "accident": 15, "risk_taking": 3}
    deaths |= {"poisoning": 3, "related_other": 4}
    _outcomes(book, book.open("death-2014-17", 206, round="2014-17"), [], deaths, {})


def _outcomes(
    book: Casebook,
    died: list[str],
    harmed: list[str],
    deaths: dict[str | Missing, int],
    harms: dict[str | Missing, int],
) -> None:
    book.mark(died, "outcome", "death")
    book.mark(harmed, "outcome", "serious_harm")
    book.share(died, "death_category", deaths)
    book.share(harmed, "harm_category", harms)


def _children(book: Casebook, read: list[str], brief: list[str]) -> None:
    """Age, sex and what else is known of each child: of 166 read closely, then of 69 of whom only notes were seen."""
    bands: list[list[str]] = [[], [], [], [], []]
    for ids, sizes in ((read, (62, 36, 14, 28, 26)), (brief, (24, 10, 6, 10, 19))):
        start = 0
        for band, size, age in zip(bands, sizes, ("0", "3", "8", "13", "16"), strict=True):
            book.mark(ids[start : start + size], "age", age, subject=1)
            band += ids[start : start + size]
            start += size
    infants, middle, oldest = bands[0], [*bands[1], *bands[2], *bands[3]], bands[4]
    for ids, boys, girls in ((infants, 50, 35), (middle, 53, 51), (oldest, 31, 14)):
        book.share(
            ids, "sex", {"male": boys, "female": girls, Missing.NOT_STATED: len(ids) - boys - girls}, subject=1
        )
    everyone = [*read, *brief]
    ethnicity = {"white": 158, "black": 22, "mixed": 20, "asian": 13, "other": 4, Missing.NOT_STATED: 18}
    living = {"parental_home": 190, "relatives": 7, "foster_care": 12, "hospital": 4, "residential": 3}
    book.share(everyone, "ethnicity", ethnicity, subject=1)
    book.share(everyone, "living_place", {**living, "mother_baby_unit": 2, "other": 17}, subject=1)
    book.share(everyone, "social_care", {"open": 134, "never": 54, "closed": 45, Missing.UNCLEAR: 2}, subject=1)
    book.share(everyone, "child_protection_plan", {"now": 40, "past": 30, "never": 165}, subject=1)
    closely = [[one for one in band if one in set(read)] for band in bands]
    for value, numbers in OLDER.items():
        for ids, times in zip(closely[3:], numbers, strict=True):
            book.mark(ids[:times], "child_characteristics", value, subject=1)
    for ids, times in zip(closely, (5, 9, 4), strict=False):
        book.mark(ids[:times], "child_characteristics", "disability", subject=1)
    book.mark([*closely[1][:4], *closely[2][:2]], "child_characteristics", "behaviour_problems", subject=1)


def _families(book: Casebook, read: list[str]) -> None:
    for name, numbers in PARENTS.items():
        book.share(read, f"parent_{name}", dict(zip(WHO, numbers, strict=True)))
    for value, times in {
        "domestic_abuse": 92,
        "poverty": 82,
        "parental_separation": 52,
        "acrimonious_separation": 28,
        "social_isolation": 47,
        "multiple_partners": 46,
        "transient": 46,
    }.items():
        first = 52 if value == "acrimonious_separation" else 0
        book.mark(read[first : first + times], "family_characteristics", value)
