"""Openings of made-up statutory reviews, worded as such reviews are, and what a reader takes from them."""

from __future__ import annotations

from typing import NamedTuple


class Opening(NamedTuple):
    """A review's types, title and text, and the values a reader finds; "" where there is none to find."""

    types: tuple[str, ...]
    title: str
    text: str
    values: dict[str, str]


KILLED_BY_HUSBAND = Opening(
    ("DHR",),
    "Domestic Homicide Review: Anna",
    """Domestic Homicide Review

Overview report into the death of Anna

1. Introduction

1.1 This report of a domestic homicide review examines agency responses and support given to Anna, a resident of \
Northumberland, prior to the point of her death in March 2018. Anna was 42 years old and of Polish heritage. She \
was stabbed by her husband at the home they shared.
1.2 The husband pleaded guilty to manslaughter in November 2018 and was sentenced to nine years.
1.3 The review considers contact between January 2014 and March 2018. Anna had been assaulted in 2016 and suffered \
a broken wrist injury. The key purpose of a DHR is to enable lessons to be learned where a person is killed.

2. Chronology

2.1 On 5 June 2016 Northumbria Police attended a report of an assault. Anna had sustained injuries to her wrist \
and was taken to hospital. Officers completed a DASH and graded it as medium risk. The officers did not speak to \
Anna alone, which was a missed opportunity.
2.2 On 9 August 2016 Anna attended hospital with a fracture. She was assaulted again on 14 February 2017.
2.3 Anna told her GP that she was depressed. She had been injured at work on 2 July 2017.
""",
    {
        "outcome": "death",
        "death_category_adult": "homicide",
        "context_adult": "intimate_partner",
        "incident_date": "2018-03",
        "age": "42",
        "sex": "female",
        "ethnicity": "white_other",
        "force": "Northumbria Police",
        "nation": "england",
        "police_involved": "before",
        "police_practice": "true",
    },
)

DIED_IN_A_FIRE = Opening(
    ("SAR",),
    "Safeguarding Adults Review Adult A",
    """Safeguarding Adults Review

Adult A

Summary

Adult A was a 58-year-old white British man who died in a fire at his home on 17 January 2019. He was a heavy \
smoker who hoarded possessions and used a wheelchair. The coroner recorded an accidental death. The Care Act says \
that a review must be held where an adult with care and support needs has died or been seriously harmed.

Events

In May 2017 Adult A was seriously injured in a fall and was admitted to hospital. In July 2018 police officers \
were called to a report that he was being harassed by youths and they recorded the incident. His mother died in \
2015 and he was assaulted in 2016.
""",
    {
        "outcome": "death",
        "death_category_adult": "accidental",
        "incident_date": "2019-01-17",
        "age": "58",
        "sex": "male",
        "ethnicity": "white_british",
        "disability": "physical",
    },
)

INJURED_BABY = Opening(
    ("SCR",),
    "Serious Case Review: Baby T",
    """Serious Case Review

Baby T

1 Reason for this review

1.1 Baby T was admitted to hospital in May 2017, aged ten weeks, with multiple fractures and a bleed on the brain. \
Medical opinion was that the injuries were non-accidental. Baby T survived but has been left with life-changing \
disabilities. The father was later convicted of causing grievous bodily harm.
1.2 Working Together requires a review where a child has died or been seriously harmed and abuse or neglect is \
known or suspected. Mother's own mother had died in 2012 and she grieved the death of her grandmother.

2 Narrative

2.1 In March 2017 police were called to the family home by a neighbour who heard shouting. Two officers attended \
and made a referral to children's social care the same day. Baby T had never been on a child protection plan.
2.2 On 3 April 2017 the health visitor saw Baby T at home. On 12 April 2017 Baby T was weighed.
""",
    {
        "outcome": "serious_harm",
        "harm_category_child": "physical_assault",
        "context_child": "intrafamilial",
        "incident_date": "2017-05",
        "age": "0",
        "sex": "",
        "child_protection_plan": "never",
        "first_involvement": "domestic_incident",
    },
)

TOOK_HER_OWN_LIFE = Opening(
    ("LCSPR",),
    "Child K",
    """Local Child Safeguarding Practice Review

Child K

Introduction

Child K was a 16 year old girl of Black African heritage who took her own life in July 2020. At the time she was a \
looked after child, placed in a residential children's home. She had a diagnosis of autism and a history of \
self-harm. The review was led by an independent reviewer with a background in nursing.

What happened

Child K first came to the attention of Essex Police when she was reported missing in January 2018. In 2019 she was \
taken to hospital after an overdose. On 4 June 2020 she was assaulted by another resident.
""",
    {
        "outcome": "death",
        "death_category_child": "suicide",
        "incident_date": "2020-07",
        "age": "16",
        "sex": "female",
        "ethnicity": "black_african",
        "living_place": "residential",
        "disability": "autism_or_adhd",
        "looked_after": "now",
        "lead_reviewer": "health",
        "first_involvement": "missing_report",
    },
)

NEGLECTED_CHILDREN = Opening(
    ("SCR",),
    "Child Q and siblings",
    """Serious Case Review

Child Q

Executive summary

The subject of this review is Child Q, aged 7, and two younger siblings, who suffered severe neglect over several \
years. The children were removed from their parents' care in September 2018 following a visit by the police, who \
found the house in a filthy condition. The grandfather's death in 2016 affected the mother.
""",
    {
        "outcome": "serious_harm",
        "harm_category_child": "neglect",
        "context_child": "intrafamilial",
        "incident_date": "2018-09",
        "age": "7",
        "police_involved": "before",
    },
)

DIED_OF_SEPSIS = Opening(
    ("SAR",),
    "Safeguarding Adults Review: Mrs B",
    """Safeguarding Adults Review in respect of Mrs B

Introduction

Mrs B, who was 84 and lived with dementia in a nursing home, died in hospital on 2 February 2018 of sepsis. She \
had developed a pressure ulcer. Prior to moving to the home Mrs B lived alone in her own bungalow. Her husband \
died in 2011. The police had no contact with Mrs B before or after her death.
""",
    {
        "outcome": "death",
        "death_category_adult": "ill_health",
        "context_adult": "institutional",
        "incident_date": "2018-02-02",
        "age": "84",
        "sex": "female",
        "living_place": "residential",
        "police_involved": "none",
    },
)

WITHOUT_NAMES = Opening(
    ("DHR",),
    "DHR",
    """Domestic Homicide Review

Introduction

This review is about the deaths of two people. In the early hours of 21 October 2019, police were called to an \
address in Swindon where they found the victim with fatal stab wounds. She was 35. Her ex-partner was arrested at \
the scene and in May 2020 was found guilty of murder and sentenced to life imprisonment.

Police

In April 2019 the victim called Wiltshire Police to say that he had followed her home from work. The officer \
failed to identify stalking.
""",
    {
        "outcome": "death",
        "death_category_adult": "homicide",
        "context_adult": "intimate_partner",
        "incident_date": "2019-10-21",
        "age": "35",
        "sex": "female",
        "force": "Wiltshire Police",
        "police_practice": "true",
    },
)

OPENINGS = {name: value for name, value in globals().copy().items() if isinstance(value, Opening)}
