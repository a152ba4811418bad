"""Audits as text, as one JSON value and as rows of CSV."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from goldthread.anchors import Anchor
from goldthread.audit.audit import Audit, Finding
from goldthread.audit.findings import Sure

COLUMNS = ["file", "page", "line", "start", "end", "table", "rule", "sure", "printed", "expected", "why", "quote"]
_LONGEST_QUOTE = 160


def counted(number: int, one: str) -> str:
    """A number with its noun: "1 error", "1,200 pages"."""
    return f"{number:,} {one}{'s' * (number != 1)}"


def tally(findings: Sequence[Finding]) -> str:
    """How many findings of each certainty: "2 errors, 1 inconsistent, 1 to check by hand"."""
    number = Counter(one.slip.sure for one in findings)
    parts = [
        counted(number[Sure.ERROR], "error"),
        f"{number[Sure.INCONSISTENT]} inconsistent",
        f"{number[Sure.BY_HAND]} to check by hand",
    ]
    return ", ".join(part for part, sure in zip(parts, Sure, strict=True) if number[sure]) or "nothing found"


def summary(audits: Sequence[Audit]) -> str:
    """One line on everything: files, pages, tables, claims, findings, problems."""
    findings = [one for audited in audits for one in audited.findings]
    looked = [
        counted(len(audits), "file"),
        counted(sum(one.pages for one in audits), "page"),
        counted(sum(one.tables for one in audits), "table"),
        counted(sum(one.claims for one in audits), "claim") + " with count, whole and percentage",
    ]
    problems = sum(len(one.problems) for one in audits)
    return f"{', '.join(looked)}: {tally(findings)}" + (f"; {counted(problems, 'problem')}." if problems else ".")


def to_text(audited: Audit) -> str:
    """One file's findings and problems for a person at a terminal."""
    lines = [f"{audited.file_name}: {tally(audited.findings) if audited.pages else 'could not be read'}"]
    for problem in audited.problems:
        place = f"page {problem.page}: " if problem.page else ""
        lines.append(f"  {place}{problem.message} {problem.mend}")
    for one in audited.findings:
        lines += ["", f"  {place_of(one)} · {one.slip.sure}", f"    “{short(one.at.quote)}”", f"    {one.slip.why}"]
        other = "the other figure is" if one.slip.either else "it should be"
        lines.append(f"    printed {one.slip.printed}; {other} {one.slip.expected}")
        if one.also:
            lines.append(f"    compare page {one.also.page}: “{short(one.also.quote)}”")
    return "\n".join(lines) + "\n"


def place_of(one: Finding) -> str:
    """Where a finding is, in words: "page 18, line 12, Table 5"."""
    return f"page {one.at.page}, line {one.line}" + (f", {one.slip.table}" if one.slip.table else "")


def short(quote: str) -> str:
    """A quote on one line, its middle left out where it is long."""
    words = " ".join(quote.split())
    half = _LONGEST_QUOTE // 2
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def to_json(audits: Sequence[Audit]) -> dict[str, Any]:
    """Everything as plain values; offsets count code points of the text of all pages, one form feed between them."""
    return {
        "files": [
            {
                "file": one.file_name,
                "pages": one.pages,
                "tables": one.tables,
                "claims": one.claims,
                "findings": [_finding(found) for found in one.findings],
                "problems": [problem._asdict() for problem in one.problems],
            }
            for one in audits
        ],
        "totals": {
            "files": len(audits),
            "pages": sum(one.pages for one in audits),
            "problems": sum(len(one.problems) for one in audits),
            **{sure.value: sum(f.slip.sure is sure for one in audits for f in one.findings) for sure in Sure},
        },
    }


def _finding(found: Finding) -> dict[str, Any]:
    slip = found.slip
    return {
        "rule": slip.rule,
        "sure": slip.sure.value,
        "table": slip.table,
        "printed": slip.printed,
        "expected": slip.expected,
        "why": slip.why,
        "line": found.line,
        **_place(found.at),
        "also": _place(found.also) if found.also else None,
    }


def _place(at: Anchor) -> dict[str, Any]:
    return {"page": at.page, "start": at.start, "end": at.end, "quote": at.quote, "sha256": at.sha256}


def to_csv(audits: Sequence[Audit]) -> str:
    """A row a finding, under a heading row; a file without findings has no row."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for audited in audits:
        for one in audited.findings:
            slip, at = one.slip, one.at
            place = (audited.file_name, at.page, one.line, at.start, at.end, slip.table)
            rows.writerow((*place, slip.rule, slip.sure.value, slip.printed, slip.expected, slip.why, at.quote))
    return written.getvalue()
