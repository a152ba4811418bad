"""Files for load: made in a hundredth of the time of a typeset report, and saying less.

Nothing is spoilt or doubled here; what varies is what the reviews say.
"""

from __future__ import annotations

from dataclasses import replace

from goldthread.sample.case import Case, Role, case_of, role_of
from goldthread.sample.faults import pages_of
from goldthread.sample.rawpdf import set_lines, text_pdf
from goldthread.sample.report import Report, plain_lines
from goldthread.sample.truth import KnownFile
from goldthread.sample.web import html
from goldthread.sample.writing import Writer

Written = tuple[Case, Report, Writer, list[tuple[KnownFile, bytes]]]
_SPOILT = ("corrupt", "scanned", "encrypted", "mistyped", "duplicate", "near_duplicate", "too_brief")


def light(seed: int, index: int) -> Written:
    """One review as a page or two of plain text or HTML, turn about."""
    case = case_of(seed, index, _sound(role_of(index), pages=6))
    writer = Writer(case)
    report = writer.brief()
    if index % 2:
        file = KnownFile(f"{case.stem}.html", "html", "report"), html(report)
    else:
        file = KnownFile(f"{case.stem}.txt", "txt", "report"), "\n\n".join(plain_lines(report)).encode()
    return case, report, writer, [file]


def long(seed: int, index: int, pages: int) -> Written:
    """One review as a plain PDF of exactly `pages` pages, the later ones filled with everyday contacts.

    A review that says more than fits is made longer than asked for: nothing that its truth names is cut off.
    """
    case = case_of(seed, index, _sound(role_of(index), pages=max(3, pages // 2)))
    writer = Writer(case)
    report = writer.brief() if pages < 6 else writer.write()
    lines = set_lines(plain_lines(report))
    while len(pages_of(lines)) < pages:
        lines += set_lines(writer.entries(40))
    needed = len(pages_of(set_lines(plain_lines(report))))
    file = KnownFile(f"{case.stem}.pdf", "pdf", "report"), text_pdf(pages_of(lines)[: max(pages, needed)])
    return case, report, writer, [file]


def _sound(role: Role, pages: int) -> Role:
    part = "ordinary" if role.part in _SPOILT else role.part
    return replace(role, part=part, pages=pages, of=None, executive_summary=False)
