"""Making a sample: realistic statutory reviews, every one of them invented, with the truth about each recorded.

A sample feeds demonstrations, tests of how the parts join, and load tests. It is **never** a measure of accuracy:
the sentences come from a small bank, and an engine that finds them all has shown nothing about real reviews.
Every page says that it is fictional.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

from goldthread.errors import UsageError
from goldthread.sample.case import Case, case_of, in_words
from goldthread.sample.faults import locked, scanned, truncated
from goldthread.sample.notes import Notes
from goldthread.sample.pdf import pdf
from goldthread.sample.quick import Written
from goldthread.sample.quick import light as light_review
from goldthread.sample.quick import long as long_review
from goldthread.sample.report import Paragraph, Report
from goldthread.sample.truth import KnownFile, KnownReview, Truth, as_line
from goldthread.sample.verdict import screening, settled
from goldthread.sample.web import html
from goldthread.sample.word import docx
from goldthread.sample.writing import Writer

FORMATS = ("pdf", "docx", "html")
_COLUMNS = ("file", "review", "title", "type", "source", "publication_date", "url", "round")
_WRITERS: dict[str, Callable[[Report], bytes]] = {"pdf": pdf, "docx": docx, "html": html}
_SOURCES = {"DHR": "csp_sites", "CPR": "wales_repository", "APR": "wales_repository"}
_BATCH = 64

Files = list[tuple[KnownFile, bytes]]


def make(
    folder: Path,
    reviews: int = 24,
    seed: int = 1,
    formats: Sequence[str] = FORMATS,
    *,
    light: bool = False,
    pages: int | None = None,
    jobs: int = 1,
) -> Truth:
    """Write a sample under `folder`: `reports/` with its `register.csv`, and beside it `truth.json`.

    The same arguments give the same bytes. Twenty-four reviews hold every part of the cast once; more go round
    again with other facts. `light` writes short plain text and HTML in place of reports, for load; `pages` writes
    plain PDFs of that many pages each. Reviews are written one at a time, so memory does not grow with their number;
    `jobs` processes share the work.

    Raises UsageError for an unknown format, a number below one, or a folder that already holds a sample.
    """
    _check(folder, reviews, formats, pages, jobs)
    truth = Truth(folder=folder, reviews=reviews, files=0)
    truth.reports.mkdir(parents=True, exist_ok=True)
    files, unfinished = 0, truth.path.with_suffix(".part")
    with (
        truth.register.open("w", encoding="utf-8", newline="") as register,
        unfinished.open("w", encoding="utf-8", newline="\n") as answers,
    ):
        rows = csv.writer(register)
        rows.writerow(_COLUMNS)
        answers.write(f'{{"fictional": true, "seed": {seed}, "reviews": [\n')
        tasks = ((truth.reports, seed, index, tuple(formats), light, pages) for index in range(reviews))
        for number, known in enumerate(_carried_out(tasks, jobs)):
            answers.write((",\n" if number else "") + as_line(known))
            rows.writerows(_rows(known))
            files += len(known.files)
        answers.write("\n]}\n")
    unfinished.replace(truth.path)  # only now is there a sample: a run that was killed can be made again
    return replace(truth, files=files)


Task = tuple[Path, int, int, tuple[str, ...], bool, int | None]


def write_review(task: Task) -> KnownReview:
    """Write the files of one review and return what is true of it; needs nothing from any other review."""
    reports, seed, index, formats, light, pages = task
    if light:
        case, report, writer, files = light_review(seed, index)
    elif pages:
        case, report, writer, files = long_review(seed, index, pages)
    else:
        case, report, writer, files = _full(case_of(seed, index), formats)
    known = _known(case, report, writer.notes, [file for file, _ in files])
    for file, data in files:
        (reports / file.name).write_bytes(data)
    return replace(known, source=_SOURCES.get(case.role.types[-1], "board_sites"))


def _carried_out(tasks: Iterator[Task], jobs: int) -> Iterator[KnownReview]:
    if jobs == 1:
        yield from map(write_review, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        while batch := list(islice(tasks, _BATCH)):
            yield from pool.map(write_review, batch, chunksize=4)


def _full(case: Case, formats: tuple[str, ...]) -> Written:
    """The review as its role asks for it, in a format the caller wants."""
    part = case.role.part
    writer = Writer(case_of(case.seed, case.role.of) if case.role.of is not None else case)
    report = writer.summary() if part in ("too_brief", "encrypted") else writer.write()
    if part == "near_duplicate":
        report = _reissued(report, case)
    return case, report, writer, _files(case, report, writer.notes, formats)


def _known(case: Case, report: Report, notes: Notes, files: list[KnownFile]) -> KnownReview:
    state, reason = screening(case)
    return KnownReview(
        review=case.review,
        cite=case.cite,
        title=f"{report.kind}: {case.title}",
        part=case.role.part,
        types=case.role.types,
        source="",
        publication_date=case.published.isoformat(),
        url=f"https://reviews.example/{case.review.lower()}",
        round=case.round,
        state=state,
        reason=reason,
        files=tuple(files),
        characteristics=settled(case, notes.values, notes.practice),
        practice=tuple(notes.practice),
        recommendations=tuple(notes.recommendations),
        of="" if case.role.of is None else case_of(case.seed, case.role.of).review,
    )


def _files(case: Case, report: Report, notes: Notes, formats: tuple[str, ...]) -> Files:
    part, format_ = case.role.part, case.role.format
    if format_ not in formats and part not in ("corrupt", "scanned", "encrypted", "mistyped"):
        format_ = formats[case.index % len(formats)]
    match part:
        case "corrupt":
            return [(KnownFile(f"{case.stem}.pdf", "pdf", "report", "corrupt"), truncated(pdf(report)))]
        case "scanned":
            return [(KnownFile(f"{case.stem}.pdf", "pdf", "report", "scanned"), scanned(pdf(report)))]
        case "encrypted":
            return [(KnownFile(f"{case.stem}.pdf", "pdf", "report", "encrypted"), locked(report))]
        case "mistyped":
            return [(KnownFile(f"{case.stem}.pdf", "html", "report", "mistyped"), html(report))]
        case "duplicate":
            whole = case_of(case.seed, case.role.of or 0)
            return [(KnownFile(f"{case.stem}-copy.{format_}", format_, "duplicate"), _first_file(whole, formats))]
        case "near_duplicate":
            return [(KnownFile(f"{case.stem}-reissued.{format_}", format_, "reissue"), _WRITERS[format_](report))]
    files = [(KnownFile(f"{case.stem}.{format_}", format_, "report"), _WRITERS[format_](report))]
    if case.role.executive_summary:
        summary = Writer(case).executive(notes)
        name = f"{case.stem}-executive-summary.{format_}"
        files.append((KnownFile(name, format_, "summary"), _WRITERS[format_](summary)))
    return files


def _first_file(case: Case, formats: tuple[str, ...]) -> bytes:
    return _full(case, formats)[3][0][1]


def _reissued(report: Report, case: Case) -> Report:
    """The same report published again: a new date, and a note of what was corrected."""
    note = Paragraph("This report was re-issued after publication to correct a job title and the date of a meeting.")
    return replace(report, published=in_words(case.published), parts=(note, *report.parts))


def _rows(known: KnownReview) -> Iterator[tuple[str, ...]]:
    for file in known.files:
        yield (
            file.name,
            known.review,
            known.title,
            "/".join(known.types),
            known.source,
            known.publication_date,
            known.url,
            known.round,
        )


def _check(folder: Path, reviews: int, formats: Sequence[str], pages: int | None, jobs: int) -> None:
    if unknown := set(formats) - set(FORMATS) or not formats:
        raise UsageError(f"cannot write {unknown or 'no format'}", mend=f"choose from {', '.join(FORMATS)}")
    if min(reviews, jobs, 1 if pages is None else pages) < 1:
        raise UsageError("reviews, pages and jobs must be at least 1")
    if (folder / "truth.json").exists():
        raise UsageError("there is a sample here already", where=str(folder), mend="choose an empty folder")
