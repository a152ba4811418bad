"""Every problem a document can have, in plain words: what is wrong and what a person can do about it."""

from __future__ import annotations

from goldthread.documents.model import ParsedDocument, Problem

_AGAIN = "Fetch the file again from where it was published"


def corrupt(what: str) -> Problem:
    return Problem("corrupt", f"The file is damaged: {what}.", f"{_AGAIN}, or ask the publisher for a whole copy.")


def encrypted() -> Problem:
    return Problem(
        "encrypted",
        "The file is locked with a password.",
        "Ask the publisher for an open copy, or save one without the password and add that.",
    )


def empty() -> Problem:
    return Problem("empty", "The file is empty.", f"{_AGAIN}.")


def unsupported(what: str) -> Problem:
    return Problem(
        "unsupported",
        f"{what} cannot be read.",
        "Save it as PDF, DOCX, HTML or plain text and add that.",
    )


def mistyped(suffix: str, found: str) -> Problem:
    return Problem(
        "mistyped",
        f"The file is named .{suffix} but is {found}.",
        "It was read as what it is. Check that it is the report, not an error page or a cover page.",
    )


def too_large(what: str) -> Problem:
    return Problem(
        "too_large", f"The file is beyond a limit: {what}.", "Split it, or raise the limit and add it again."
    )


def no_text(pages: int) -> Problem:
    return Problem(
        "no_text",
        f"None of its {pages} page{'s' * (pages != 1)} holds text that can be read.",
        "It needs OCR: make a searchable copy with an OCR tool and add that.",
    )


def scanned_page(page: int) -> Problem:
    return Problem(
        "scanned_page",
        f"Page {page} is a picture; its words cannot be read.",
        "Needs OCR: make a searchable copy with an OCR tool and add that, or read the page by eye.",
        page,
    )


def unreadable_page(page: int) -> Problem:
    return Problem("corrupt", f"Page {page} is damaged and was left out.", f"{_AGAIN} and compare that page.", page)


def timeout(seconds: float) -> Problem:
    return Problem(
        "timeout",
        f"Reading took longer than {seconds:.0f} seconds and was stopped.",
        "Open and re-save the file in a PDF or word processor, or raise the time limit, and add it again.",
    )


def memory(megabytes: int) -> Problem:
    return Problem(
        "memory",
        f"Reading needed more than {megabytes} MB of memory and was stopped.",
        "Open and re-save the file in a PDF or word processor, or raise the memory limit, and add it again.",
    )


def crashed(detail: str) -> Problem:
    return Problem(
        "crashed",
        f"The file made its reader stop ({detail}).",
        f"{_AGAIN}; if it happens again, re-save it in a PDF or word processor and add that.",
    )


def unreadable(detail: str) -> Problem:
    return Problem("unreadable", f"The file could not be opened: {detail}.", "Check that it exists and may be read.")


def nothing(problem: Problem, *, format: str = "", reader: str = "", title: str = "") -> ParsedDocument:
    """A document of which nothing could be read, and why."""
    return ParsedDocument(format, reader, title, "", (), (problem,))
