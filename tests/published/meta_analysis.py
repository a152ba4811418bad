"""The cases of the meta-analysis of 126 reviews."""

from __future__ import annotations

from functools import cache

from goldthread.analysis.records import StudyRecord
from goldthread.values import Missing
from tests.analysis.building import study
from tests.published.casebook import Casebook

SCR, SAR, DHR, SCR_DHR, SCR_SAR = ("SCR",), ("SAR",), ("DHR",), ("SCR", "DHR"), ("SCR", "SAR")

EXCLUDED = {  # children's, adults', domestic homicide and joint reviews left out
    "out_of_date": (134, 113, 0, 3),
    "out_of_jurisdiction": (5, 0, 0, 0),
    "post_incident_only": (22, 25, 0, 1),
    "no_police_involvement": (6, 45, 0, 0),
    "too_brief": (9, 28, 0, 0),
    "document_not_available": (2, 0, 0, 0),
    "no_police_learning": (29, 50, 0, 1),
    "date_unclear": (5, 5, 0, 0),
}
CHILD_AGES = [0] * 12 + [1, 2, 3, 4, 5, 6] * 3 + [12, 16, 17] * 8 + [6]  # 55 ages, 7.8 on average
ADULT_AGES = [20, 95, *[38, 52, 66] * 11, 47, 46]  # 37 ages, 52 on average
VICTIM_AGES = [19, 51, 27, 28, 29, 31, 31, 32]  # 8 ages, 31 on average


@cache
def cases() -> StudyRecord:
    """All 609 reviews, 126 of them included."""
    book = Casebook()
    child = (
        book.open("both", 1, SCR_DHR) + book.open("joint", 1, SCR_SAR) + book.open("child", 69, SCR, source="nspcc")
    )
    adult, dhr = book.open("adult", 45, SAR, source="board_sites"), book.open("dhr", 10, DHR, source="third_sector")
    for reason, numbers in EXCLUDED.items():
        for kind, times in zip((SCR, SAR, DHR, SCR_DHR), numbers, strict=True):
            book.open(f"{reason}-{kind}", times, kind, status=reason)
    _people(book, child, adult, dhr)
    _harm(book, child, adult, dhr)
    _vulnerability(book, child, adult, dhr)
    _practice(book, child, adult, dhr)
    return study(book.reviews())


def _people(book: Casebook, child: list[str], adult: list[str], dhr: list[str]) -> None:
    """Sixty-two single children and nine groups of siblings; adults one by one."""
    single, groups = child[:62], child[62:]
    book.mark([*single, *adult, *dhr], "subjects", "1")
    book.mark(groups, "subjects", "3")
    for person in (1, 2, 3):
        book.mark(groups, "sex", "female", subject=person)
        book.mark(groups, "age", "6", subject=person)
    names = ("white_british", "mixed_white_black", "roma", "asian_bangladeshi")
    book.share(groups, "ethnicity", dict.fromkeys(names, 1), subject=1)
    for ids, ages, sexes in (
        (single, CHILD_AGES, {"male": 20, "female": 18}),
        (adult, ADULT_AGES, {"male": 21, "female": 21}),
        (dhr, VICTIM_AGES, {"male": 1, "female": 9}),
    ):
        for review_id, age in zip(ids, ages, strict=False):
            book.log(review_id, "age", str(age), subject=1)
        book.share(ids, "sex", sexes, subject=1)
        book.mark(ids[sum(sexes.values()) :], "sex", Missing.WITHHELD, subject=1)
    children = {"white_british": 6, "black_british": 3, "mixed_white_black": 2, "roma": 2, "black_caribbean": 2}
    children |= {"asian_pakistani": 2, "asian_bangladeshi": 1, "asian_vietnamese": 1, "black_african": 1}
    book.share(single, "ethnicity", {**children, "lithuanian": 1, Missing.NOT_STATED: 41}, subject=1)
    adults = {"white_british": 8, "black_british": 2, "mixed_white_black": 2, "black_african": 2, "kurdish": 1}
    adults |= {"asian_filipino": 1, "asian_central": 1}
    book.share(adult, "ethnicity", {**adults, Missing.NOT_STATED: 28}, subject=1)
    victims = {"white_british": 4, "asian_central": 1, "hungarian": 1}
    book.share(dhr, "ethnicity", {**victims, Missing.NOT_STATED: 4}, subject=1)


def _harm(book: Casebook, child: list[str], adult: list[str], dhr: list[str]) -> None:
    died, harmed = child[:40], child[40:]
    book.mark([*died, *adult[:42], *dhr], "outcome", "death")
    book.mark([*harmed, *adult[42:]], "outcome", "serious_harm")
    deaths = {"suicide": 12, "overt_filicide": 8, "other": 7, "child_homicide": 3, Missing.UNCLEAR: 3}
    deaths |= {"covert_filicide": 2, "fatal_physical_abuse": 3, "fatal_assault": 1, "sudi": 1}
    book.share(died, "death_category_child", deaths)
    harms = {"other": 11, "physical_assault": 10, "neglect": 4}
    harms |= {"csa_intrafamilial": 3, "csa_extrafamilial": 2, "cse": 1}
    book.share(harmed, "harm_category_child", harms)
    adult_deaths = {"ill_health": 15, "homicide": 10, "accidental": 10, "suicide": 5, "overdose": 2}
    book.share(adult, "death_category_adult", adult_deaths)
    book.share(dhr, "death_category_adult", {"homicide": 9, "suicide": 1})  # as the text above Table 6 says
    book.share(adult[42:], "harm_category_adult", {"physical_assault": 1, "neglect": 1, "multiple_abuse": 1})
    contexts = {"intrafamilial": 46, "self_intrafamilial": 8, "extrafamilial_unknown": 6, "self_other": 5}
    contexts |= {"institutional": 2, "self_no_source": 2, "extrafamilial_partner": 1, "self_peer_violence": 1}
    book.share(child, "context_child", contexts)
    sources = {"self_or_no_source": 18, "institutional": 11, "peer": 8, "intrafamilial": 5, "intimate_partner": 3}
    book.share(adult, "context_adult", sources)
    book.mark(dhr, "context_adult", "intimate_partner")


def _vulnerability(book: Casebook, child: list[str], adult: list[str], dhr: list[str]) -> None:
    for value, numbers in {
        "child_sexual_exploitation": (16, 1, 1),
        "child_criminal_exploitation": (1, 0, 0),
        "domestic_abuse": (49, 18, 10),
        "fgm": (0, 1, 1),
        "financial_exploitation": (0, 9, 1),
        "missing": (18, 11, 1),
        "stalking_harassment": (2, 2, 4),
        "trafficking": (1, 0, 0),
    }.items():
        for ids, times in zip((child, adult, dhr), numbers, strict=True):
            book.mark(ids[:times], "vulnerabilities", value)
    seen = [*dhr, *child[:17], *adult[:4]]
    done = [*dhr, *child[:15], *adult[:1]]
    steps = {"examined": [*seen, *child[17:26]], "police_role": seen, "completed": done}
    steps |= {"not_completed": [one for one in seen if one not in done], "graded_too_low": [*dhr[:7], *child[:8]]}
    steps |= {"management_absent": [*dhr[:2], *child[2:5], *adult[:1]]}
    for step, ids in steps.items():
        book.mark(ids, "dash", step)
    talked = [*dhr, *child[:20], *adult[:8]]
    for step, ids in {
        "mentioned": talked,
        "police_interface": talked[5:20],
        "appropriate": talked[5:12],
        "missed": talked[12:20],
    }.items():
        book.mark(ids, "marac", step)
    book.mark(talked[10:23], "mappa", "mentioned")
    book.mark(talked[10:14], "mappa", "police_learning")


def _practice(book: Casebook, child: list[str], adult: list[str], dhr: list[str]) -> None:
    whose = {
        "suspect": [*child[:8], *adult[:9], *dhr[:6]],
        "adult": [*child[8:14], *adult[9:17], *dhr[6:9]],
        "child": [*child[14:26], *adult[17:20], *dhr[9:]],
        "adolescent": child[26:37],
    }
    for person, ids in whose.items():
        book.code(ids, "risk_identification", whose=person)
        book.code(ids[:1], "risk_identification", whose=person)  # a second passage in one review counts once
    book.code(child[40:44], "risk_identification", "mental_health_signs", direction="good", whose="adult")
    book.code([*child[:21], *adult[:16], *dhr[:1]], "collaborative_working", "info_not_shared")
    book.code([*child[18:25], *adult[14:17]], "collaborative_working", "info_poor_quality")
    book.code([*child[24:28], *adult[17:18]], "collaborative_working", "info_delayed")
    book.code(child[28:33], "collaborative_working", "info_police_police")
    book.code([*child[30:40], *adult[20:28]], "collaborative_working", "joint_discussion")
    book.code([*child[30:38], *adult[20:26]], "collaborative_working", "joint_visits")
    book.code(child[36:42], "collaborative_working", "escalation")
    book.code(child[42:56], "risk_assessment_management", "strategy_meetings")
    book.code(child[:13], "victim_engagement", "engagement_children")
    book.code([*child[13:20], *adult[:5], *dhr[:4]], "victim_engagement", "engagement_adults")
    book.code([*child[:9], *adult[:4], *dhr[:2]], "evidence_investigation", "suspect_pursuit")
    book.code(child[9:17], "evidence_investigation", "evidence_gathering")
    book.code(child[17:25], "evidence_investigation", "disruption")
    book.code(child[25:26], "evidence_investigation", "disruption", direction="good")
    book.code([*child[26:30], *adult[:1], *dhr[:1]], "recording_researching", "recording")
    book.code(child[:2], "supporting_vulnerable", "support_referral")
    book.code(adult[:3], "workforce", "training")
    book.code(dhr[:5], "crime_prevention", "communities")
