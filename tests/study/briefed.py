"""Three short reports of adults, suggested on and included: what tests of briefings begin with."""

from __future__ import annotations

from pathlib import Path

from goldthread.study.study import Study, init

REPORT = """Safeguarding Adult Review

Adult {letter}

1. Adult {letter} was a woman aged 4{n} who died in March 201{n}.
2. Officers did not record the call and failed to share information with partners.
3. Northumbria Police should review how officers record calls.
"""


def briefed(folder: Path) -> Study:
    """The study in a folder, opened."""
    reports = folder / "reports"
    reports.mkdir()
    for n, letter in enumerate("ABC", start=6):
        (reports / f"sar-{letter}.txt").write_text(REPORT.format(letter=letter, n=n))
    made = init(folder / "study", who="ada")
    made.add(reports, review_types=["SAR"])
    made.suggest("lexicon")
    for review in made.reviews():
        made.decide(review.review_id, "included")
    return made
