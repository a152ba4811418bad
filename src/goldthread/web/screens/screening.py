"""Screening: one review at a time, each criterion with what the engine answers and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import Listed, awaiting
from goldthread.anchors import Anchor
from goldthread.protocol.model import Criterion
from goldthread.screening.model import CriterionAnswer
from goldthread.store.review_file import ReviewFile
from goldthread.values import State
from goldthread.web.wiring import bench, is_part, page, posted, shown, to
from goldthread.web.wording import said

_LIVE = (State.SUGGESTED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion of the protocol and how it is answered for one review, if it is."""

    criterion: Criterion
    answer: CriterionAnswer | None


def queue(request: Request) -> Response:
    """The next review nobody has screened, or word that there is none."""
    waiting = awaiting(bench(request).desk.catalogue())
    if not waiting:
        return page(request, "screened.html", screen="screening", total=len(bench(request).desk.catalogue()))
    return _show(request, waiting[0].review_id, waiting)


def one(request: Request) -> Response:
    """One review, screened already or not."""
    return _show(request, request.path_params["review_id"], awaiting(bench(request).desk.catalogue()))


def decide(request: Request, form: FormData) -> Response:
    """Keep a decision and bring the next review up at once."""
    desk, review_id = bench(request).desk, request.path_params["review_id"]
    decision, reason = str(form.get("decision", "")), str(form.get("reason", ""))
    desk.decide(review_id, decision, reason, str(form.get("seen", "")))
    return _next(request, review_id, f"{review_id}: {said(desk.protocol, desk.review(review_id).decided)}.")


def undo(request: Request, _: FormData) -> Response:
    """Take the last decision on a review back and show it again."""
    review_id = request.path_params["review_id"]
    bench(request).desk.undo_decision(review_id)
    return to(f"/screening/{review_id}")


def _next(request: Request, after: str, told: str) -> Response:
    waiting = awaiting(bench(request).desk.catalogue())
    later = [item for item in waiting if item.review_id > after] or list(waiting)
    target = f"/screening/{later[0].review_id}" if later else "/screening"
    if not is_part(request) or not later:
        return to(target, last=after)
    answer = _show(request, later[0].review_id, waiting, last=after, told=told)
    answer.headers["hx-push-url"] = f"{target}?last={after}"
    return answer


def _show(
    request: Request, review_id: str, waiting: tuple[Listed, ...], *, last: str = "", told: str = ""
) -> Response:
    desk = bench(request).desk
    found = desk.review(review_id)
    listed = {item.review_id: item for item in desk.catalogue()}
    last = last or request.query_params.get("last", "")
    later = [item.review_id for item in waiting if item.review_id > review_id] or [
        item.review_id for item in waiting if item.review_id != review_id
    ]
    asked = _asked(desk.protocol.criteria, found)
    return page(
        request,
        "_screen.html" if is_part(request) else "screening.html",
        screen="screening",
        review=found,
        listed=listed[review_id],
        asked=asked,
        evidence=_first_evidence(asked) or _beginning(found),
        left=len(waiting),
        total=len(listed),
        skip=later[0] if later else "",
        last=listed.get(last),
        told=told,
    )


def _asked(criteria: tuple[Criterion, ...], found: ReviewFile) -> list[Asked]:
    answers = {one.item.criterion: one.item for one in found.answers if one.item.state in _LIVE}
    return [Asked(criterion, answers.get(criterion.id)) for criterion in criteria]


def _first_evidence(asked: list[Asked]) -> tuple[str, int, int, int] | None:
    """Document, page, start and end of the words that speak most: those against inclusion before those for it."""
    anchors: list[Anchor] = []
    for item in sorted(asked, key=lambda item: item.answer is None or item.answer.met == "met"):
        anchors += item.answer.anchors if item.answer else ()
    return (anchors[0].document_id, anchors[0].page, anchors[0].start, anchors[0].end) if anchors else None


def _beginning(found: ReviewFile) -> tuple[str, int, int, int] | None:
    readable = [item for item in found.documents if item.pages]
    return (readable[0].document_id, 1, 0, 0) if readable else None


routes: list[Route] = [
    shown("/screening", queue),
    shown("/screening/{review_id}", one, name="screen"),
    posted("/screening/{review_id}/decide", decide),
    posted("/screening/{review_id}/undo", undo),
]
