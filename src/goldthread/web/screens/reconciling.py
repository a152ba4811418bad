"""Where two coders differ, side by side; a person named decides each, and may take the last decision back."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.coding.differing import CODES, Difference
from goldthread.protocol.model import FieldKind
from goldthread.protocol.vocabulary import permitted
from goldthread.study.coding.reconciling import stamp
from goldthread.web.wiring import bench, number_of, page, posted, query_of, shown, to

_A_PAGE = 20


def differences(request: Request) -> Response:
    """Every open difference, review by review, or those of one review."""
    study, query = bench(request).study, request.query_params
    found = study.differences()
    chosen = [one for one in found.open if query.get("review", one.review_id) == one.review_id]
    at = min(number_of(query, "page"), max(1, -(-len(chosen) // _A_PAGE)))
    listed = {item.review_id: item for item in bench(request).desk.catalogue()}
    return page(
        request,
        "reconciling.html",
        screen="screening",
        found=found,
        total=len(chosen),
        shown_now=chosen[(at - 1) * _A_PAGE : at * _A_PAGE],
        at=at,
        size=_A_PAGE,
        listed=listed,
        codes=CODES,
        stamp=stamp,
        choices=lambda one: _choices(request, one),
        may_both=lambda one: _may_both(request, one),
        may_other=lambda one: any(said.item.anchors for said in (*one.first, *one.second)),
        settled=query.get("settled", ""),
        review=query.get("review", ""),
        address=lambda number: query_of(request, page=number),
    )


def settle(request: Request, form: FormData) -> Response:
    """Settle one difference in the name of whoever is at work."""
    difference = str(form.get("difference", ""))
    outcome, value = str(form.get("outcome", "")), str(form.get("value", ""))
    bench(request).study.reconcile(difference, outcome, value=value, seen=str(form.get("seen", "")))
    review_id = difference.partition(":")[0]
    return to("/reconciling", settled=review_id, review=str(form.get("review", "")))


def undo(request: Request, form: FormData) -> Response:
    """Open what was settled last in a review again."""
    review_id = str(form.get("undo", ""))
    bench(request).study.unreconcile(review_id)
    return to("/reconciling", review=str(form.get("review", "")))


def _choices(request: Request, one: Difference) -> list[str] | None:
    """The values a field may have, where it lists them."""
    return list(permitted(one.field, bench(request).study.protocol) or ()) or None


def _may_both(request: Request, one: Difference) -> bool:
    """Whether what both said can stand: two passages always, two values where a field may have several."""
    definition = bench(request).study.protocol.field_by_id.get(one.field)
    several = definition is None or (definition.multiple and definition.kind is not FieldKind.DERIVED)
    return bool(one.first and one.second) and several


routes: list[Route] = [
    shown("/reconciling", differences),
    posted("/reconciling", settle),
    posted("/reconciling/undo", undo),
]
