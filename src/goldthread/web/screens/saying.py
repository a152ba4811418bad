"""What a person says about a review in the reader: each form is one verb, answered with the panel as it stands."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.coding.choosing import chosen
from goldthread.errors import UsageError
from goldthread.study.coding.editing import Details, Span
from goldthread.values import State
from goldthread.web.screens.reader import panel_link, panel_values
from goldthread.web.wiring import bench, is_number, is_part, page, posted, to

_STATES = {"accept": State.CONFIRMED, "reject": State.REJECTED, "reopen": State.SUGGESTED}
_TAB_OF = {"characteristics": "case", "episodes": "coding", "recommendations": "recommendations"}


def settle(request: Request, form: FormData) -> Response:
    """Accept, reject or open again one or several suggestions."""
    kind, act = str(form.get("kind", "")), str(form.get("act", ""))
    seen = [(key, stamp) for key, _, stamp in (str(item).partition(":") for item in form.getlist("item"))]
    if kind not in _TAB_OF or act not in _STATES or not seen:
        raise UsageError("nothing was chosen", mend="load the page again")
    bench(request).desk.settle(_review(request), kind, seen, _STATES[act])
    return _panel(request, form)


def value(request: Request, form: FormData) -> Response:
    """Log a value, or say in which way it is missing."""
    bench(request).desk.set_value(
        _review(request),
        str(form.get("field", "")),
        _subject(form),
        value=str(form.get("value", "")),
        missing=str(form.get("missing", "")),
        span=_picked(form),
        instead=_instead(form),
    )
    return _panel(request, form)


def code(request: Request, form: FormData) -> Response:
    """Code the words picked, or a passage anew."""
    desk = bench(request).desk
    meant = chosen(str(form.get("code", "")), desk.protocol.codebook)
    codes = {name: str(form.get(name, "")) for name in ("direction", "explanation", "whose")}
    codes |= {"theme": meant.theme if meant else "", "subtheme": meant.subtheme if meant else ""}
    details = None
    if form.get("details"):
        ticked = [tuple(str(one) for one in form.getlist(name)) for name in ("agency", "vulnerability")]
        details = Details(ticked[0], ticked[1], str(form.get("memo", "")))
    desk.code(_review(request), codes, details=details, span=_picked(form), instead=_instead(form))
    return _panel(request, form)


def link(request: Request, form: FormData) -> Response:
    """Say that a recommendation answers a passage."""
    pair = [str(form.get(name, "")).partition(":") for name in ("episode", "recommendation")]
    if not all(key and stamp for key, _, stamp in pair):
        raise UsageError("nothing was chosen to link", mend="choose it from the list")
    (episode, _, seen), (asked, _, seen_too) = pair
    bench(request).desk.link(_review(request), (episode, seen), (asked, seen_too))
    return _panel(request, form)


def unlink(request: Request, form: FormData) -> Response:
    """Take such a link back."""
    keys = [str(form.get(name, "")) for name in ("episode", "recommendation")]
    bench(request).desk.unlink(_review(request), *keys)
    return _panel(request, form)


def recommend(request: Request, form: FormData) -> Response:
    """Note the words picked as a recommendation, or say anew whom one is addressed to."""
    bench(request).desk.recommend(
        _review(request),
        str(form.get("addressee", "")),
        str(form.get("scope", "")),
        span=_picked(form),
        instead=_instead(form),
    )
    return _panel(request, form)


def put_back(request: Request, form: FormData) -> Response:
    """Undo a coding or a recommendation somebody wrote."""
    key, _, stamp = str(form.get("item", "")).partition(":")
    bench(request).desk.put_back(_review(request), str(form.get("kind", "")), (key, stamp))
    return _panel(request, form)


def rate(request: Request, form: FormData) -> Response:
    """Rate the review as a source on one item."""
    bench(request).study.quality.rate(_review(request), **_rating(form))
    return _panel(request, form)


def settle_rating(request: Request, form: FormData) -> Response:
    """Decide between people who rated an item differently."""
    bench(request).study.quality.settle(_review(request), **_rating(form))
    return _panel(request, form)


def _rating(form: FormData) -> dict[str, str]:
    names = {"item": "quality", "value": "value", "note": "note", "seen": "seen"}
    return {name: str(form.get(key, "")) for name, key in names.items()}


def _review(request: Request) -> str:
    return str(request.path_params["review_id"])


def _picked(form: FormData) -> Span | None:
    document, start, end = (str(form.get(name, "")) for name in ("doc", "start", "end"))
    return Span(document, int(start), int(end)) if document and is_number(start) and is_number(end) else None


def _subject(form: FormData) -> int:
    """Which subject a value is about; nought where it is about the review."""
    written = str(form.get("subject_no", "")) or "0"
    if not is_number(written):
        raise UsageError("the form does not say which subject this is about", mend="load the page again")
    return int(written)


def _instead(form: FormData) -> tuple[str, str] | None:
    key, _, stamp = str(form.get("instead", "")).partition(":")
    return (key, stamp) if key and stamp else None


def _panel(request: Request, form: FormData) -> Response:
    """The panel as it now stands, or for a browser without scripts the whole page."""
    tab = str(form.get("tab", "coding"))
    if not is_part(request):
        return to(f"/reviews/{_review(request)}", tab=tab, doc=form.get("at_doc"), page=form.get("at_page"))
    found = bench(request).desk.review(_review(request))
    values = panel_values(request, found, tab)
    answer = page(request, "_panel.html", review=found, here=panel_link(found), **values)
    answer.headers["hx-trigger"] = "marks-changed"
    return answer


routes: list[Route] = [
    posted("/reviews/{review_id}/settle", settle),
    posted("/reviews/{review_id}/value", value),
    posted("/reviews/{review_id}/code", code),
    posted("/reviews/{review_id}/recommend", recommend),
    posted("/reviews/{review_id}/link", link),
    posted("/reviews/{review_id}/unlink", unlink),
    posted("/reviews/{review_id}/put-back", put_back),
    posted("/reviews/{review_id}/rate", rate),
    posted("/reviews/{review_id}/rate/settle", settle_rating),
]
