"""Screening: one review at a time, each criterion with what the engine answers and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import awaiting
from goldthread.anchors import Anchor
from goldthread.errors import UsageError
from goldthread.protocol.model import Criterion
from goldthread.screening.model import CriterionAnswer
from goldthread.store.review_file import ReviewFile, stamp_of
from goldthread.values import State
from goldthread.web.wiring import bench, is_number, is_part, page, posted, shown, to
from goldthread.web.wording import said

_LIVE = (State.SUGGESTED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion of the protocol and how it is answered for one review, if it is."""

    criterion: Criterion
    answer: CriterionAnswer | None


def queue(request: Request) -> Response:
    """The next review nobody has screened, or word that there is none."""
    waiting = to_screen(request)
    if not waiting:
        desk = bench(request).desk
        return page(
            request, "screened.html", screen="screening", total=len(desk.catalogue()), twice=desk.screened_twice()
        )
    return _show(request, waiting[0], waiting)


def one(request: Request) -> Response:
    """One review, screened already or not."""
    return _show(request, request.path_params["review_id"], to_screen(request))


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


def second(request: Request) -> Response:
    """The next review somebody else screened, to be screened again without seeing what they said."""
    twice = bench(request).desk.screened_twice()
    if not twice.waiting:
        return page(request, "doubled.html", screen="screening", twice=twice)
    return _show(request, twice.waiting[0], blind=True)


def second_one(request: Request) -> Response:
    """One review, to be screened a second time."""
    return _show(request, request.path_params["review_id"], blind=True)


def vote(request: Request, form: FormData) -> Response:
    """Keep a second screener's word and go on."""
    desk, review_id = bench(request).desk, request.path_params["review_id"]
    desk.vote(review_id, str(form.get("decision", "")), str(form.get("reason", "")))
    if not is_part(request):
        return to("/screening/second")
    waiting = desk.screened_twice().waiting
    if not waiting:
        return Response(headers={"hx-redirect": "/screening/second"})
    answer = _show(request, waiting[0], blind=True)
    answer.headers["hx-push-url"] = f"/screening/second/{waiting[0]}"
    return answer


def disagreements(request: Request) -> Response:
    """Reviews two people screened differently, each side by name."""
    desk = bench(request).desk
    return page(
        request,
        "conflicts.html",
        screen="screening",
        twice=desk.screened_twice(),
        listed={item.review_id: item for item in desk.catalogue()},
        stamp=stamp_of,
    )


def resolve(request: Request, form: FormData) -> Response:
    """Settle a conflict for one of the two decisions."""
    decision, _, reason = str(form.get("decision", "")).partition(":")
    bench(request).desk.resolve(request.path_params["review_id"], decision, reason, str(form.get("seen", "")))
    return to("/screening/conflicts")


def stopping(request: Request) -> Response:
    """How much of what is relevant has been found, and whether to go on."""
    return page(request, "stopping.html", screen="screening", report=bench(request).study.stopping())


def draw(request: Request, form: FormData) -> Response:
    """Draw a random sample of the reviews nobody has screened; it comes up in the queue."""
    size = str(form.get("size", ""))
    if not is_number(size) or not int(size):
        raise UsageError("say how many reviews to draw", mend="write a whole number")
    bench(request).study.sample(int(size))
    return to("/screening/stopping")


def _next(request: Request, after: str, told: str) -> Response:
    waiting = to_screen(request)
    target = f"/screening/{waiting[0]}" if waiting else "/screening"
    if not is_part(request):
        return to(target, last=after)
    if not waiting:
        return Response(headers={"hx-redirect": "/screening"})
    answer = _show(request, waiting[0], waiting, last=after, told=told)
    answer.headers["hx-push-url"] = f"{target}?last={after}"
    return answer


def _show(
    request: Request,
    review_id: str,
    waiting: tuple[str, ...] = (),
    *,
    last: str = "",
    told: str = "",
    blind: bool = False,
) -> Response:
    desk = bench(request).desk
    twice = desk.screened_twice()
    waiting = twice.waiting if blind else waiting
    found = desk.review(review_id)
    listed = {item.review_id: item for item in desk.catalogue()}
    last = "" if blind else last or request.query_params.get("last", "")
    at = waiting.index(review_id) if review_id in waiting else -1
    later = [*waiting[at + 1 :], *waiting[:at]] if at >= 0 else list(waiting)
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
        blind=blind,
        twice=twice,
        last=listed.get(last),
        told=told,
    )


def to_screen(request: Request) -> tuple[str, ...]:
    """The reviews nobody has screened, first what most deserves it."""
    here = bench(request)
    still = {item.review_id for item in awaiting(here.desk.catalogue())}
    ranked = [item.review_id for item in here.study.queue("screening", limit=0).items]
    return (*(one for one in ranked if one in still), *sorted(still.difference(ranked)))


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
    shown("/screening/second", second),
    shown("/screening/conflicts", disagreements),
    shown("/screening/stopping", stopping),
    posted("/screening/sample", draw),
    shown("/screening/second/{review_id}", second_one, name="screen-again"),
    shown("/screening/{review_id}", one, name="screen"),
    posted("/screening/{review_id}/vote", vote),
    posted("/screening/{review_id}/resolve", resolve),
    posted("/screening/{review_id}/decide", decide),
    posted("/screening/{review_id}/undo", undo),
]
