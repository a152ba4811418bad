"""What every screen uses: the study, the templates, and how shown pages and posted forms become answers."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from goldthread.errors import GoldthreadError, Overtaken, UsageError
from goldthread.study.desk import Desk
from goldthread.study.study import Study
from goldthread.web.adding import Additions
from goldthread.web.entry import Doorkeeper
from goldthread.web.learning import Learning
from goldthread.web.paper import Paper
from goldthread.web.wording import FILTERS, GLOBALS

SCREENS = (
    ("study", "/", "Study"),
    ("reviews", "/reviews", "Reviews"),
    ("screening", "/screening", "Screening"),
    ("evidence", "/evidence", "Evidence"),
    ("findings", "/findings", "Findings"),
    ("tables", "/tables", "Tables"),
    ("briefing", "/briefing", "Briefing"),
    ("quality", "/quality", "Quality"),
    ("codebook", "/codebook", "Codebook"),
    ("plan", "/plan", "Plan"),
    ("protocol", "/protocol", "Protocol"),
)
WARNED = "goldthread_warned"
"""The cookie of a browser in which somebody has read what the pages are about."""
Shown = Callable[[Request], Response]
Posted = Callable[[Request, FormData], Response]


@dataclass(frozen=True, slots=True)
class Workbench:
    """Everything the screens share, wired once when the server starts."""

    study: Study
    keeper: Doorkeeper
    paper: Paper
    additions: Additions
    learning: Learning
    templates: Environment

    @property
    def desk(self) -> Desk:
        """The person's place at the study."""
        return self.study.desk


def bench(request: Request) -> Workbench:
    """The workbench a request came to."""
    held: Workbench = request.app.state.bench
    return held


def templates() -> Environment:
    """Jinja with everything escaped and every unknown name an error."""
    made = Environment(
        loader=PackageLoader("goldthread.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(GLOBALS)
    made.globals["screens"] = SCREENS
    return made


def page(request: Request, template: str, *, status: int = 200, screen: str = "", **values: object) -> HTMLResponse:
    """A whole page, or with a template whose name begins with `_` a part of one."""
    here = bench(request)
    session = request.cookies.get(here.keeper.cookie, "")
    found = here.templates.get_template(template)
    text = found.render(
        request=request,
        study_name=here.desk.name,
        protocol=here.desk.protocol,
        who=here.desk.who,
        screen=screen,
        form_token=here.keeper.form_token(session),
        warned=bool(request.cookies.get(WARNED)),
        language_model=_language_model(here),
        partly=is_part(request),
        **values,
    )
    return HTMLResponse(text, status)


def _language_model(here: Workbench) -> str:
    """Which language model is on, and where; "" while none is."""
    try:
        found = here.study.language_model.settings
    except GoldthreadError:
        return "its settings cannot be read"
    if found is None:
        return ""
    return f"{found.model} on {'this machine' if found.is_local else f'{found.host}, which is not this machine'}"


def is_part(request: Request) -> bool:
    """Whether the page itself asks for a part to put in place, rather than a person for a page."""
    headers = request.headers
    return headers.get("hx-request") == "true" and "hx-history-restore-request" not in headers


def to(path: str, **query: object) -> RedirectResponse:
    """On to another page, once something was done."""
    kept = {key: str(value) for key, value in query.items() if value not in (None, "")}
    return RedirectResponse(f"{path}?{urlencode(kept)}" if kept else path, 303)


def shown(path: str, handler: Shown, name: str = "") -> Route:
    """A page that is only looked at."""
    return Route(path, _spoken(handler), methods=["GET"], name=name or handler.__name__)


def posted(path: str, handler: Posted) -> Route:
    """A form that is acted on: its token is checked, then one verb is called away from the event loop."""

    async def acted(request: Request) -> Response:
        here = bench(request)
        session = request.cookies.get(here.keeper.cookie, "")
        async with request.form(max_files=MOST_FILES, max_part_size=_LONGEST_FIELD) as form:
            if not here.keeper.may_post(session, str(form.get("form_token", ""))):
                return page(request, "refused.html", status=403, title="Load the page again", what=STALE_FORM)
            return await run_in_threadpool(_speaking, handler, request, form)

    return Route(path, acted, methods=["POST"], name=handler.__name__)


MOST_FILES = 2000
"""How many files one form may bring."""
_LONGEST_FIELD = 4 * 1024 * 1024
STALE_FORM = "This form is from an earlier start of the workbench, so nothing was changed. Go back and load the page."


def _spoken(handler: Shown) -> Callable[[Request], Awaitable[Response]]:
    if inspect.iscoroutinefunction(handler):
        return handler

    async def answered(request: Request) -> Response:
        return await run_in_threadpool(_speaking, handler, request)

    return answered


def _speaking(handler: Callable[..., Response], request: Request, *rest: object) -> Response:
    """Answer by the rules as they stand; an error becomes words a person can act on, here and nowhere else."""
    try:
        bench(request).study.renew()
        return handler(request, *rest)
    except Overtaken as fault:
        form = rest[0] if rest and isinstance(rest[0], FormData) else FormData()
        return page(
            request,
            "_overtaken.html" if is_part(request) else "overtaken.html",
            status=409,
            fault=fault,
            back=back(request),
            again=list(_sent_again(form, fault.now)) if fault.now else [],
            mine=[str(form[name]) for name in _OWN_WORDS if form.get(name)],
        )
    except UsageError as fault:
        template = "_fault.html" if is_part(request) else "fault.html"
        return page(request, template, status=400, fault=fault, back=back(request))
    except GoldthreadError as fault:
        return page(request, "fault.html", status=500, fault=fault, back="/")


_OWN_WORDS = ("statement", "text", "note", "memo")
"""The fields in which a person writes; shown beside how a thing stands now, when somebody was first."""


def back(request: Request) -> str:
    """The page a person was on."""
    return request.headers.get("hx-current-url") or request.headers.get("referer") or "/"


def _sent_again(form: FormData, now: str) -> Iterator[tuple[str, str]]:
    """A form's fields as they would be sent by somebody who has seen how things stand now."""
    for name, value in form.multi_items():
        written = str(value)
        if name == "seen":
            written = now
        elif name in ("item", "instead") and ":" in written:
            written = f"{written.split(':', 1)[0]}:{now}"
        yield name, written


def query_of(request: Request, **changed: object) -> str:
    """This page's address with some of its query changed; None takes a key away."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in changed]
    kept += [(key, str(value)) for key, value in changed.items() if value not in (None, "")]
    return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path


def number_of(values: Mapping[str, str], name: str, default: int = 1, least: int = 1) -> int:
    """A whole number from a query, never below `least`; the default where there is none."""
    written = values.get(name, "")
    return max(least, int(written)) if is_number(written) else default


def is_number(written: str) -> bool:
    """Whether words are a whole number from 0 to 99,999,999, in figures that can be counted with ("²" cannot)."""
    return written.isdecimal() and len(written) < 9
