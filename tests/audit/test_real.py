"""False alarms on published reports that nobody here wrote."""

from __future__ import annotations

from pathlib import Path

from goldthread.audit.findings import Sure
from goldthread.audit.reports import check

ARITHMETIC = {"744 of 954", "435 of 730", "137 of 398", "69 of 78"}
"""The errors of these reports, each read in its context: count, whole and percentage stand side by side."""


def test_every_error_in_a_sample_of_real_reports_is_one_that_was_read_and_found_true(shared: Path) -> None:
    files = sorted((shared / "data/pdfs").glob("*.pdf"))
    audits = list(check(files[::9], workers=2))
    said = {
        one.slip.why.partition(" is ")[0]
        for audited in audits
        for one in audited.findings
        if one.slip.sure is Sure.ERROR
    }

    assert sum(audited.pages for audited in audits) > 200
    assert said <= ARITHMETIC
