"""The slips that are in the field's own published documents are found, and nothing else there is called an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.audit.audit import Audit, audit
from goldthread.audit.findings import Sure
from goldthread.documents.read import read


def audit_of(shared: Path, number: str) -> Audit:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return audit(read(path.read_bytes(), path.name), path.name)


def found(audited: Audit, *sure: Sure) -> set[tuple[str, str, str, str]]:
    """Table, quote, printed and expected of the findings of a certainty."""
    return {
        (one.slip.table, one.at.quote[:24], one.slip.printed, one.slip.expected)
        for one in audited.findings
        if one.slip.sure in sure
    }


def test_the_meta_analysis_has_these_errors_and_no_others(shared: Path) -> None:
    audited = audit_of(shared, "000")

    assert found(audited, Sure.ERROR) == {
        ("Table 5", "3 (5.0)", "5.0%", "7.5%"),
        ("Table 11", "1 (1)", "1%", "10%"),
        ("Table 11", "1 (0)", "0%", "2%"),
        ("Table 11", "1 (0)", "0%", "10%"),
        ("", "16 (25%) of the 45", "25%", "36%"),
    }
    assert sum(one.slip.sure is Sure.ERROR for one in audited.findings) == 7
    assert ("Table 12", "17 cases where unidentif", "17", "16") in found(audited, Sure.INCONSISTENT)


def test_the_periodic_analysis_has_one_error_and_a_column_three_short(shared: Path) -> None:
    audited = audit_of(shared, "004")

    assert found(audited, Sure.ERROR) == {("Table 6", "12 (24%)", "24%", "22%")}
    assert {(table, printed, expected) for table, _, printed, expected in found(audited, Sure.INCONSISTENT)} == {
        ("Table 2", "n=70", "67"),
        ("Table 3", "23%", "22%"),
    }


def test_the_themed_briefing_lists_thirty_three_deaths_as_thirty_four(shared: Path) -> None:
    (one,) = audit_of(shared, "003").findings

    assert (one.slip.rule, one.slip.printed, one.slip.expected) == ("list and total", "34", "33")


@pytest.mark.parametrize(("number", "many"), [("001", 0), ("002", 1)])
def test_the_other_briefings_have_no_error(shared: Path, number: str, many: int) -> None:
    audited = audit_of(shared, number)

    assert found(audited, Sure.ERROR) == set()
    assert len(audited.findings) == many


def test_every_finding_quotes_the_stored_text_letter_for_letter(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        parsed = read(path.read_bytes(), path.name)
        text = "\f".join(page.text for page in parsed.pages)
        for one in audit(parsed, path.name).findings:
            assert text[one.at.start : one.at.end] == one.at.quote
            assert (
                text.split("\f")[one.at.page - 1].count("\n", 0, one.at.start - parsed.pages[one.at.page - 1].start)
                == one.line - 1
            )
