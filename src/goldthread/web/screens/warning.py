"""What the pages are about, said once to each browser before it is forgotten for a year."""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.web.wiring import WARNED, posted, to

_YEAR = 365 * 24 * 3600


def warned(_: Request, form: FormData) -> Response:
    """Remember that somebody read the warning, and go back to where they were."""
    back = str(form.get("back", ""))
    answer = to(back if back.startswith("/") and not back.startswith("//") else "/")
    answer.set_cookie(WARNED, "yes", max_age=_YEAR, httponly=True, samesite="strict", path="/")
    return answer


routes: list[Route] = [posted("/warned", warned)]
