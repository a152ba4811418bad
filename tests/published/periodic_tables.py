"""Which table of the periodic analysis is which of ours, and which of its cells cannot be right."""

from __future__ import annotations

from tests.published.comparing import Match, Wrong

REPORT = "004"

MATCHES = (
    Match(
        REPORT,
        "Table 1",
        "T1",
        {
            "Fatal physical abuse": "fatal_physical_abuse",
            "Overt filicide": "overt_filicide",
            "Extrafamilial child homicide": "extrafamilial_homicide",
            "Extreme neglect": "extreme_neglect",
            "Covert filicide": "covert_filicide",
            "Not maltreatment related": "not_maltreatment",
            "Extrafamilial physical assault": "extrafamilial_assault",
            "Severe persistent cruelty": "persistent_cruelty",
            "Not clear": "missing:unclear",
            "Death related to maltreatment (see Table 2)": "related",
        },
        ("2014-17", "2017-19"),
    ),
    Match(
        REPORT,
        "Table 2",
        "T2",
        {
            "SUDI (sudden unexpected death in infancy)": "sudi",
            "Suicide": "suicide",
            "Medical (e.g. failure to respond to a child's medical needs)": "medical",
            "Accident": "accident",
            "Risk-taking behaviour*": "risk_taking",
            "Late consequences of abuse": "late_consequences",
            "Poisoning": "poisoning",
            "Other": "related_other",
        },
        ("2014-17", "2017-19"),
        not_printed=("related",),
    ),
    Match(
        REPORT,
        "Table 3",
        "T3",
        {
            "Non-fatal physical abuse": "physical_abuse",
            "Neglect": "neglect",
            "Child sexual abuse – intrafamilial": "csa_intrafamilial",
            "Child sexual abuse – extrafamilial": "csa_extrafamilial",
            "Risk-taking/violent behaviour by young person": "risk_taking",
            "Child sexual abuse – child sexual exploitation": "cse",
            "Other": "other",
        },
        ("2009-11", "2011-14", "2014-17", "2017-19"),
        wrong=(Wrong("Neglect", 3, "22 (23%)", "22 (22)", "22.4, raised so that the column comes to 100"),),
        not_printed=("missing:unclear",),
    ),
    Match(
        REPORT,
        "Table 5",
        "T5",
        {
            "Domestic abuse": "domestic_abuse",
            "Poverty": "poverty",
            "Parental separation": "parental_separation",
            "Social isolation": "social_isolation",
            "Multiple partners": "multiple_partners",
            "Transient lifestyle": "transient",
        },
        ("all",),
        not_printed=("missing:not_sought",),
    ),
    Match(
        REPORT,
        "Table 6",
        "T6",
        {
            "Behaviour problems": "behaviour_problems",
            "Mental health problems": "mental_health",
            "Disability": "disability",
            "Drug misuse": "drug_misuse",
            "Bullying": "bullying",
            "Child sexual exploitation": "child_sexual_exploitation",
            "Alcohol misuse": "alcohol_misuse",
            "Peer-on-peer violence": "peer_violence",
            "Child criminal exploitation": "child_criminal_exploitation",
            "Intimate partner violence": "intimate_partner_violence",
            "Fabricated or induced illness": "fabricated_illness",
        },
        ("11_15", "16_plus", "adolescents"),
        wrong=(Wrong("Child criminal exploitation", 2, "12 (24%)", "12 (22)", "12 of the 54 its heading names"),),
        not_printed=("missing:not_sought",),
    ),
)
