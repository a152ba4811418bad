"""What a briefing claims, each claim with its evidence; and which claims of an earlier one no longer hold."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.briefing import claims as ledgers
from goldthread.errors import UnreadableInput, UsageError
from goldthread.web.question import Question
from goldthread.web.screens.briefing import framed
from goldthread.web.wiring import bench, number_of, page, posted, shown

A_PAGE = 40
CHANGES = {
    ledgers.Change.NUMBER: "Another number today",
    ledgers.Change.GONE: "No longer made",
    ledgers.Change.EVIDENCE: "The same number, resting on other reviews or passages",
}
LARGEST = 200 * 1024 * 1024


def claims(request: Request) -> Response:
    """The page of claims; the list itself comes once the briefing is made."""
    known = bench(request).study.press.kinds()
    asked = Question.of(request.query_params, known)
    if asked.kind in known.broken:
        return framed(request, "briefing_broken.html", asked, "claims")
    values: dict[str, Any] = _listed(request, asked) if request.query_params.get("list") == "1" else {"entries": None}
    values["find"] = request.query_params.get("find", "")
    return framed(request, "briefing_claims.html", asked, "claims", **values)


def listed(request: Request) -> Response:
    """One page of claims, each with the reviews it counts and the words it rests on."""
    asked = Question.of(request.query_params, bench(request).study.press.kinds())
    return page(request, "_claims.html", asked=asked, **_listed(request, asked))


def _listed(request: Request, asked: Question) -> dict[str, Any]:
    made = asked.made(bench(request).study).briefing
    words = request.query_params.get("find", "").lower().split()
    found = [entry for entry in made.evidence if all(word in f"{entry.key} {entry.claim}".lower() for word in words)]
    last = max(1, -(-len(found) // A_PAGE))
    at = min(number_of(request.query_params, "page"), last)
    return {
        "entries": found[(at - 1) * A_PAGE : at * A_PAGE],
        "total": len(found),
        "at": at,
        "last": last,
        "find": request.query_params.get("find", ""),
        "whose": made.documents,
        "citations": made.citations,
    }


def check(request: Request) -> Response:
    """Where an earlier briefing is handed in."""
    asked = Question.of(request.query_params, bench(request).study.press.kinds())
    return framed(request, "briefing_check.html", asked, "check", then=None, stale=(), fault=None)


def checked(request: Request, form: FormData) -> Response:
    """The claims of a briefing handed in that no longer hold."""
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise UsageError("no file was chosen", mend="choose a briefing written earlier")
    data = file.file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UsageError("the file is larger than any briefing", where=file.filename, mend="choose the briefing")
    press = bench(request).study.press
    asked = Question.of(request.query_params, press.kinds())
    try:
        then = ledgers.read(data, file.filename)
        found = press.stale(then)
    except (UnreadableInput, UsageError) as fault:
        return framed(request, "briefing_check.html", asked, "check", then=None, stale=(), fault=fault)
    return framed(
        request,
        "briefing_check.html",
        asked,
        "check",
        then=then,
        stale=found,
        changes=CHANGES,
        fault=None,
        name=file.filename,
    )


routes: list[Route] = [
    shown("/briefing/claims", claims),
    shown("/briefing/claims/list", listed),
    shown("/briefing/check", check),
    posted("/briefing/check", checked),
]
