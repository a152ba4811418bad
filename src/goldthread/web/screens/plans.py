"""The plan: each action with the findings that bear on it, the gaps both ways, and what another plan would change."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.errors import ProtocolError, UsageError
from goldthread.findings import words
from goldthread.findings.board import align
from goldthread.web.screens.tables import basis_of
from goldthread.web.wiring import bench, page, posted, query_of, shown, to


def plan(request: Request) -> Response:
    """A plan beside the findings: the one in use, or another that is looked at first."""
    desk, basis = bench(request).desk, basis_of(request)
    board = desk.findings.board()
    looked = request.query_params.get("look", "")
    plans = replace(board.plans, using=looked) if looked in board.plans.by_id else board.plans
    uses, reviews = desk.uses()
    passages: dict[str, int] = {}
    for (theme, _), (number, _) in uses.items():
        passages[theme] = passages.get(theme, 0) + number
    themes = desk.protocol.codebook.themes
    return page(
        request,
        "plan.html",
        screen="plan",
        basis=basis,
        on=lambda other: query_of(request, basis=other),
        rule=board.rule,
        plans=plans,
        in_use=board.plans.using,
        aligned=align(desk.findings.weighed(basis), plans),
        proposing={
            action.id: [one for one in themes if action.id in one.actions and passages.get(one.id)]
            for action in (plans.plan.actions if plans.plan else ())
        },
        passages=passages,
        reviews=reviews,
        words=words,
        look=lambda other: query_of(request, look=other if other != board.plans.using else None),
    )


def use(request: Request, form: FormData) -> Response:
    """Set findings beside another plan."""
    bench(request).desk.findings.use_plan(str(form.get("plan", "")), str(form.get("seen", "")))
    return to("/plan")


def load(request: Request, form: FormData) -> Response:
    """Load a plan from a file, and look at it."""
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        raise UsageError("no file was chosen", mend="choose a plan written as TOML")
    with tempfile.TemporaryDirectory(prefix="goldthread-plan-") as scratch:
        path = Path(scratch) / "plan.toml"
        path.write_bytes(given.file.read())
        try:
            made = bench(request).desk.findings.load_plan(path, Path(given.filename).name)
        except ProtocolError as fault:
            raise UsageError(fault.what, where=fault.where, mend="mend the file and load it again") from fault
    return to("/plan", look=made.id)


routes: list[Route] = [
    shown("/plan", plan),
    posted("/plan/use", use),
    posted("/plan/load", load),
]
