"""The briefing: its outline with words around each part, previewed as it would be published, and built."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.briefing.formats import docx, html, pdf
from goldthread.errors import UsageError
from goldthread.values import Basis
from goldthread.web import choosing
from goldthread.web.outline import lost, sections
from goldthread.web.question import Question
from goldthread.web.wiring import bench, page, shown

VIEWS = (
    ("words", "Outline and words"),
    ("preview", "Preview"),
    ("claims", "Claims"),
    ("check", "Check an earlier one"),
)
MOST_OFFERED = 40
"""So many figures are offered at once."""
_TYPES = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# A built briefing is one file with its own style sheet and no script; it is shown in a frame that may do nothing.
_PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def briefing(request: Request) -> Response:
    """The outline: write around each part, see what is to be read again, choose what is built."""
    query = request.query_params
    known = bench(request).study.press.kinds()
    asked = Question.of(query, known)
    is_preview = query.get("view") == "preview"
    if asked.kind in known.broken:
        return framed(request, "briefing_broken.html", asked, "preview" if is_preview else "words")
    if is_preview:
        return framed(request, "briefing.html", asked, "preview")
    return outlined(request, asked, query.get("edit", ""), done=query.get("done", ""))


def outlined(
    request: Request,
    asked: Question,
    editing: str,
    *,
    typed: str | None = None,
    find: str | None = None,
    done: str = "",
) -> Response:
    """The outline, one slot of it open for writing: with what stands there, or with what was `typed` and not kept."""
    press = bench(request).study.press
    template = press.kinds()[asked.kind]
    return framed(
        request,
        "briefing.html",
        asked,
        "words",
        sections=sections(press, template, asked.basis),
        lost=lost(template, press.words(asked.kind)),
        editing=editing,
        typed=typed,
        find=find,
        offered=press.figures(asked.basis).search(find, MOST_OFFERED) if find is not None else (),
        done=done,
    )


def framed(request: Request, template: str, asked: Question, view: str, **values: Any) -> Response:
    """A page of the briefing's, with what all of them show: the views, the kinds, how it is narrowed."""
    here = bench(request)
    known = here.study.press.kinds()
    listed, query = here.desk.catalogue(), request.query_params
    parts = known.parts(asked.kind)
    return page(
        request,
        template,
        screen="briefing",
        asked=asked,
        kinds={name: known.called(name) for name in known},
        broken=known.broken,
        view=view,
        views=[(name, label, asked.address(_path(name), view=_named(name))) for name, label in VIEWS],
        rounds=sorted({item.round for item in listed if item.round}),
        parts=parts,
        cases=choosing.cases(listed, asked, query.get("case_words", "")) if "cases" in parts else None,
        beside=choosing.publications(listed, asked, query.get("context_words", "")) if "context" in parts else None,
        empty=not listed,
        **values,
    )


def choices(request: Request) -> Response:
    """Reviews to choose from, for words somebody types: those ticked already stay ticked."""
    here, query = bench(request), request.query_params
    asked = Question.of(query, here.study.press.kinds())
    if query.get("of") == "context":
        found = choosing.publications(here.desk.catalogue(), asked, query.get("context_words", ""))
        return page(request, "_choices.html", choices=found, name="context", noun="publication")
    found = choosing.cases(here.desk.catalogue(), asked, query.get("case_words", ""))
    return page(request, "_choices.html", choices=found, name="review", noun="included review")


def _path(view: str) -> str:
    return f"/briefing/{view}" if view in ("claims", "check") else "/briefing"


def _named(view: str) -> str:
    return view if view == "preview" else ""


def built(request: Request) -> Response:
    """The briefing as a file: shown in the page, or taken away."""
    kind, ending = request.path_params["kind"], request.path_params["ending"]
    known = bench(request).study.press.kinds()
    if kind not in known or ending not in _TYPES:
        raise UsageError(f"there is no briefing {kind}.{ending}", mend="choose one from the Briefing page")
    asked = Question.of(request.query_params, known).on(kind=kind)
    made = asked.made(bench(request).study).briefing
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
        name = f"{kind}-{'draft' if asked.basis is Basis.DRAFT else 'confirmed'}.{ending}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=_TYPES[ending], headers=headers)


routes: list[Route] = [
    shown("/briefing", briefing),
    shown("/briefing/choices", choices),
    shown("/briefing/{kind}.{ending}", built),
]
