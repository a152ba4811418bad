"""The reviews as sources: how they were rated, where raters differ, and what tables say without the weakest."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.errors import UsageError
from goldthread.web.screens.tables import basis_of
from goldthread.web.wiring import bench, number_of, page, shown

_SHARES = (10, 25, 50)


def quality(request: Request) -> Response:
    """Every item over all rated reviews, agreement of the two who rated most, differences, and the scores."""
    here = bench(request)
    found = here.study.quality.overview()
    return page(
        request,
        "quality.html",
        screen="quality",
        items=found.items,
        two=found.two,
        agreed=found.agreed,
        scores=sorted(found.scores, key=lambda one: (one.score is None, one.score, one.review_id)),
        listed={item.review_id: item for item in here.desk.catalogue()},
    )


def without(request: Request) -> Response:
    """A table with all reviews beside the same without the weakest."""
    query, here = request.query_params, bench(request)
    known = here.desk.protocol.tables
    chosen, share = query.get("table", ""), number_of(query, "weakest", 25)
    if share not in _SHARES:
        raise UsageError(f"{share} per cent cannot be left out here", mend="choose one of the list")
    basis = basis_of(request)
    scored = any(one.score is not None for one in here.study.quality.scores())
    found = here.study.quality.sensitivity([chosen], share / 100, basis) if chosen and scored else ()
    return page(
        request,
        "without.html",
        screen="quality",
        known=known,
        scored=scored,
        chosen=chosen,
        share=share,
        shares=_SHARES,
        basis=basis,
        found=found[0] if found else None,
        listed={item.review_id: item for item in here.desk.catalogue()},
    )


def recommendations(request: Request) -> Response:
    """What the included reviews recommend: of whom, how specifically, and what is asked for again."""
    here, basis = bench(request), basis_of(request)
    return page(
        request,
        "recommendations.html",
        screen="quality",
        found=here.study.quality.recommended(basis),
        lost=here.study.quality.orphaned(basis),
        actor=here.study.protocol.codebook.actor,
        basis=basis,
        listed={item.review_id: item for item in here.desk.catalogue()},
    )


routes: list[Route] = [
    shown("/quality", quality),
    shown("/quality/without", without),
    shown("/quality/recommendations", recommendations),
]
