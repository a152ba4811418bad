"""The briefing: previewed as it would be published, and built in three formats."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.briefing import docx, html, pdf
from goldthread.errors import UsageError
from goldthread.values import Basis
from goldthread.web.screens.tables import basis_of
from goldthread.web.wiring import bench, page, query_of, shown

_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# A built briefing is one file with its own style sheet and no script; it is shown in a frame that may do nothing.
_PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def briefing(request: Request) -> Response:
    """Choose what is built, and see it."""
    kind = request.query_params.get("kind", "practice")
    kinds = {name: template.called for name, template in bench(request).study.press.kinds().items()}
    return page(
        request,
        "briefing.html",
        screen="briefing",
        kinds=kinds,
        kind=kind if kind in kinds else "practice",
        basis=basis_of(request),
        on=lambda **changed: query_of(request, **changed),
        empty=not bench(request).desk.catalogue(),
    )


def built(request: Request) -> Response:
    """The briefing as a file: shown in the page, or taken away."""
    kind, ending = request.path_params["kind"], request.path_params["ending"]
    if kind not in bench(request).study.press.kinds() or ending not in _TYPES:
        raise UsageError(f"there is no briefing {kind}.{ending}", mend="choose one from the Briefing page")
    basis = basis_of(request)
    made = bench(request).study.brief(kind, basis).briefing
    match ending:
        case "html":
            data = html.render(made).encode("utf-8")
        case "docx":
            data = docx.render(made)
        case _:
            data = pdf.render(made)
    if request.query_params.get("show") == "1":
        headers = {"content-security-policy": _PREVIEW_POLICY}
    else:
        name = f"{kind}-{'draft' if basis is Basis.DRAFT else 'confirmed'}.{ending}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=_TYPES[ending], headers=headers)


routes: list[Route] = [shown("/briefing", briefing), shown("/briefing/{kind}.{ending}", built)]
