"""The workbench as one application, wired in one place."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from goldthread.errors import GoldthreadError, UsageError
from goldthread.study.study import Study
from goldthread.web.adding import Additions
from goldthread.web.entry import Doorkeeper, Guard, open_with_link
from goldthread.web.learning import Learning
from goldthread.web.paper import Paper
from goldthread.web.screens import (
    amending,
    briefing,
    briefing_claims,
    briefing_words,
    codebook,
    crossing,
    denominators,
    evidence,
    findings,
    home,
    periods,
    plans,
    protocol,
    quality,
    rates,
    reader,
    reconciling,
    reviews,
    saying,
    screening,
    tables,
    warning,
)
from goldthread.web.wiring import MOST_FILES, Workbench, back, is_part, page, templates

SCREENS: tuple[list[Route], ...] = (
    home.routes,
    reviews.routes,
    screening.routes,
    reader.routes,
    saying.routes,
    evidence.routes,
    findings.routes,
    plans.routes,
    tables.routes,
    crossing.routes,
    denominators.routes,
    rates.routes,
    periods.routes,
    reconciling.routes,
    briefing.routes,
    briefing_claims.routes,
    briefing_words.routes,
    quality.routes,
    codebook.routes,
    protocol.routes,
    amending.routes,
    warning.routes,
)


def build(study: Study, address: str, told: Callable[[str], None]) -> tuple[ASGIApp, Workbench]:
    """The application for a study served at an address ("http://127.0.0.1:8765"), and what it is made of.

    `told` hears each link that opens it.
    """
    here = Workbench(
        study=study,
        keeper=Doorkeeper(address, told),
        paper=Paper(study.desk.originals, study.folder),
        additions=Additions(study),
        learning=Learning(study),
        templates=templates(),
    )
    routes: list[BaseRoute] = [
        Mount("/static", StaticFiles(directory=str(files("goldthread.web") / "static"))),
        Route("/open", open_with_link(here.keeper, lambda _: refused(here)), methods=["GET"]),
        *(route for screen in SCREENS for route in screen),
    ]
    application = Starlette(
        routes=routes, exception_handlers={400: _unreadable, 404: _not_found, 405: _not_found, 500: _broken}
    )
    application.state.bench = here
    port = address.rsplit(":", 1)[-1]
    hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
    return Guard(application, here.keeper, hosts, lambda _: refused(here)), here


def refused(here: Workbench) -> Response:
    """What a stranger sees: how to come in."""
    text = here.templates.get_template("refused.html").render(
        title="This page needs its link",
        what="The workbench opens with the link that was printed where it was started, and each link works once. "
        "Go to that window and open the newest link shown there.",
    )
    return HTMLResponse(text, 403)


def _broken(request: Request, fault: Exception) -> Response:
    """A fault of ours, said so; what was decided before it is on disk. The server's log has the rest."""
    told = GoldthreadError(
        f"the workbench itself failed here ({type(fault).__name__})",
        mend="what was decided before is kept; go back, and report what you did with the message in the terminal",
    )
    return page(request, "fault.html", status=500, fault=told, back="/")


def _not_found(request: Request, _: Exception) -> Response:
    fault = UsageError(f"there is no page at {request.url.path}", mend="choose a screen above")
    return page(request, "fault.html", status=404, fault=fault, back="/")


def _unreadable(request: Request, fault: Exception) -> Response:
    """What was sent cannot be taken in: more files at once than are read, words without end, a broken form."""
    told = UsageError(
        f"what was sent could not be taken in ({getattr(fault, 'detail', 'it is no form')})".replace(".)", ")"),
        mend=f"send at most {MOST_FILES:,} files at once, or add the folder with `goldthread add`",
    )
    return page(
        request, "_fault.html" if is_part(request) else "fault.html", status=400, fault=told, back=back(request)
    )
