"""Small fictional reviews for tests of the whole: quick to read, and rich enough to be counted."""

from __future__ import annotations

import shutil
from pathlib import Path

TYPES = (
    ("Serious Case Review", "Child", "aged 14", "died"),
    ("Safeguarding Adult Review", "Adult", "aged 67", "died"),
    ("Domestic Homicide Review", "Ms", "aged 34", "was killed"),
)

BODY = """{kind}: {who} {code}

FICTIONAL - no real person, place or event

Published: March 2019

1. Introduction

1.1 {who} {code}, {age}, {verb} on 12 May 2017. This {kind} was commissioned by the fictional Northmoor board.

2. Police involvement

2.1 Officers attended the family home on 3 April 2017 following a report of domestic abuse.
2.2 The police did not complete a risk assessment and this was a missed opportunity to identify the risk.
2.3 Information was not shared by police with children's social care because officers were not aware of the policy.
2.4 It was good practice that the police officer spoke to {code} alone and recorded their views.
2.5 There was no evidence of substance misuse. The family was known to the mental health service.

3. Recommendations

Recommendation 1: The police should ensure that every report of domestic abuse is assessed for risk.
Recommendation 2: The hospital trust should review its discharge procedure.
"""

NO_POLICE = """Safeguarding Adult Review: Adult ZZ

FICTIONAL - no real person, place or event

Published: May 2018

1. Adult ZZ, aged 81, died of natural causes in hospital on 2 February 2017.
2. The community nursing team did not follow the pressure care policy.
3. The trust should review its pressure care policy.
"""


def write_reviews(folder: Path, number: int = 9) -> Path:
    """Write `number` fictional text reviews, one without police, one copy, one broken PDF and one HTML page."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        kind, who, age, verb = TYPES[n % len(TYPES)]
        code = chr(65 + n % 26) + chr(65 + (n * 7) % 26)
        own = " ".join(f"Record {n}-{k} was read on day {k * (n + 3)} by reader {n * k}." for k in range(20))
        text = (
            BODY.format(kind=kind, who=who, code=code, age=age, verb=verb) + f"\nAppendix: what was read\n\n{own}\n"
        )
        (folder / f"review-{n:04d}.txt").write_text(text, encoding="utf-8")
    (folder / "no-police.txt").write_text(NO_POLICE, encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is where it ends")
    paragraphs = BODY.format(kind=TYPES[0][0], who="Child", code="QQ", age="aged 9", verb="died").split("\n\n")
    html = "<p>A page of its own, with words no other has.</p>" * 12 + "".join(
        f"<p>{text}</p>" for text in paragraphs
    )
    (folder / "page.html").write_text(
        f"<!doctype html><html lang='en'><title>Child QQ</title><body>{html}</body></html>", encoding="utf-8"
    )
    shutil.copyfile(folder / "review-0000.txt", folder / "review-0000-copy.txt")
    return folder
