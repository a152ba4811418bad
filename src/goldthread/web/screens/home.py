"""Where the work stands: the flow with its counts, what needs somebody next, what changed, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.agreement import Level
from goldthread.analysis.catalogue import Listed
from goldthread.store.evidence import Asked
from goldthread.study.desk import Desk
from goldthread.values import Basis
from goldthread.web.screens.screening import to_screen
from goldthread.web.wiring import bench, is_part, page, query_of, shown
from goldthread.web.wording import counted, deeds

_RECENT = 10
_READ = 300


@dataclass(frozen=True, slots=True)
class Next:
    """Something that waits for a person: where to do it, what it is and why."""

    path: str
    what: str
    why: str


def home(request: Request) -> Response:
    """The study's first page."""
    here = bench(request)
    desk = here.desk
    listed = desk.catalogue()
    decided, draft = desk.ledger(Basis.CONFIRMED), desk.ledger(Basis.DRAFT)
    confirmed = desk.evidence(Asked({"state": frozenset({"confirmed"})}), 0, 0)
    proposed = desk.evidence(Asked({"state": frozenset({"suggested"})}), 0, 0)
    problems = here.study.problems()
    return page(
        request,
        "study.html",
        screen="study",
        ledger=decided,
        draft=draft,
        accounts=[
            (one, other)
            for one, other in zip(decided.accounts, draft.accounts, strict=True)
            if one.count or other.count
        ],
        documents=sum(item.documents for item in listed),
        pages=sum(item.pages for item in listed),
        confirmed=confirmed.total,
        confirmed_reviews=confirmed.reviews,
        proposed=proposed.total,
        tables=len(desk.protocol.tables),
        next=[*_next(listed, to_screen(request)), *_findings(desk)],
        recent=deeds(desk.recent(_READ))[:_RECENT],
        titles={item.review_id: item.citation for item in listed},
        problems=problems,
        engines=[(one, desk.scores(one.name)) for one in desk.engines()],
        agreement=desk.agreement(),
        twice=desk.screened_twice().doubled,
        coders=_coders(desk),
    )


def _coders(desk: Desk) -> tuple[tuple[str, ...], int]:
    """Two or more people who coded the same reviews, and how many reviews that is."""
    by_coder = desk.coders()
    shared = {
        review
        for coder, reviews in by_coder.items()
        for review in reviews
        if any(review in others for other, others in by_coder.items() if other != coder)
    }
    return tuple(coder for coder, reviews in by_coder.items() if reviews & shared), len(shared)


def agreement(request: Request) -> Response:
    """How far those who coded the same reviews agree, at each sentence, on each page or in each review."""
    here, query = bench(request), request.query_params
    level = Level(query["level"]) if query.get("level") in set(Level) else Level.PAGE
    coders, _ = _coders(here.desk)
    found = here.study.agreement(coders=coders, level=level, coded_only=query.get("coded") == "1") if coders else None
    return page(
        request,
        "_agreement.html" if is_part(request) else "agreement.html",
        screen="study",
        found=found,
        level=level.value,
        levels=[one.value for one in Level],
        on=lambda **changed: query_of(request, **changed),
        coded_only=query.get("coded") == "1",
    )


def _next(listed: tuple[Listed, ...], waiting: tuple[str, ...]) -> Iterator[Next]:
    if waiting:
        (first,) = (item for item in listed if item.review_id == waiting[0])
        yield Next("/screening", f"Screen {counted(len(waiting), 'review')}", f"next: {first.citation}")
    maybe = [item for item in listed if item.state == "maybe"]
    if maybe:
        yield Next(
            "/reviews?screening_state=maybe", f"Settle {counted(len(maybe), 'maybe')}", "put down as not yet decided"
        )
    again = [item for item in listed if item.to_be_looked_at]
    if again:
        why = f"something else has come to be proposed since; first: {again[0].citation}"
        yield Next("/reviews?work=again", f"Look at {counted(len(again), 'decided review')} again", why)
    coding = [item for item in listed if item.state == "included" and item.open]
    if coding:
        total = sum(item.open for item in coding)
        yield Next(
            f"/reviews/{coding[0].review_id}?tab=coding",
            f"Read {counted(len(coding), 'included review')}",
            f"{counted(total, 'suggestion')} waiting in them; first: {coding[0].citation}",
        )
    unread = [item for item in listed if not item.pages]
    if unread:
        yield Next(
            "#problems-title", f"Find {counted(len(unread), 'report')} that could not be read", "see the problems"
        )


def _findings(desk: Desk) -> Iterator[Next]:
    """Findings whose evidence has gone or changed since it was taken."""
    changed = [one for one in desk.findings.weighed(Basis.DRAFT) if one.to_be_looked_at]
    if changed:
        first = changed[0].finding
        why = f"evidence has changed; first: {first.finding_id} {first.statement}"
        yield Next(f"/findings/{first.finding_id}", f"Look at {counted(len(changed), 'finding')} again", why)


routes: list[Route] = [shown("/", home), shown("/agreement", agreement)]
