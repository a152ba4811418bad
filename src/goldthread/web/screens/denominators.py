"""Populations, the denominators of rates: loaded from a file, listed, taken out, and each of these taken back."""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.errors import Overtaken, UnreadableInput, UsageError
from goldthread.sources.populations import COLUMNS, Level
from goldthread.study.populations import Act, Loaded, stamp
from goldthread.web.wiring import bench, number_of, page, posted, shown, to

_HOME = "/rates/populations"
_HELD = 50


def denominators(request: Request) -> Response:
    """Which populations are known, from whom, and what was done to them."""
    return _shown(request)


def load(request: Request, form: FormData) -> Response:
    """Take the populations of a file. What is wrong with it, or with rows of it, is said on the page."""
    given = form.get("file")
    if not isinstance(given, UploadFile) or not given.filename:
        return _shown(request, fault=UsageError("no file was chosen", mend="choose a CSV file"), status=400)
    name = Path(given.filename.replace("\\", "/")).name or "populations.csv"
    with tempfile.TemporaryDirectory(prefix="goldthread-populations-") as scratch:
        path = Path(scratch) / name
        path.write_bytes(given.file.read())
        try:
            done = bench(request).study.load_populations(path, seen=str(form.get("seen", "")))
        except Overtaken:
            raise
        except (UsageError, UnreadableInput) as fault:
            return _shown(request, fault=fault, status=400)
    return to(_HOME, done=done.n) if done.n else _shown(request, nothing=done, name=name)


def forget(request: Request, form: FormData) -> Response:
    """Take out every population of a unit."""
    study = bench(request).study
    study.forget_populations(str(form.get("unit", "")), seen=str(form.get("seen", "")))
    return to(_HOME, done=study.population_acts()[0].n)


def put_back(request: Request, form: FormData) -> Response:
    """Take an act on populations back."""
    act = bench(request).study.put_back_populations(number_of({"n": str(form.get("n", ""))}, "n", 0, 0))
    return to(_HOME, done=act.n)


def _shown(
    request: Request,
    *,
    fault: UsageError | UnreadableInput | None = None,
    nothing: Loaded | None = None,
    name: str = "",
    status: int = 200,
) -> Response:
    study = bench(request).study
    known, acts = study.populations(), study.population_acts()
    done = next((one for one in acts if str(one.n) == request.query_params.get("done")), None)
    groups = [(key, tuple(found)) for key, found in groupby(known, lambda one: (one.unit, one.period, one.level))]
    return page(
        request,
        "populations.html",
        status=status,
        screen="tables",
        known=known,
        groups=groups,
        units={unit: sum(one.unit == unit for one in known) for unit in dict.fromkeys(one.unit for one in known)},
        seen=stamp(known),
        acts=acts,
        done=done,
        replaced=_replaced(done),
        fault=fault,
        nothing=nothing,
        name=name,
        columns=COLUMNS,
        levels=[level.value for level in Level],
        held=_HELD,
    )


def _replaced(done: Act | None) -> list[tuple[str, int, int]]:
    """Area with unit and period, the number that was, and the one that took its place."""
    if done is None:
        return []
    was = {one.key: one for one in done.gone}
    return [
        (f"{one.area}, {one.unit}, {one.period}", was[one.key].people, one.people)
        for one in done.put
        if one.key in was
    ]


routes: list[Route] = [
    shown(_HOME, denominators),
    posted(_HOME, load),
    posted(f"{_HOME}/forget", forget),
    posted(f"{_HOME}/back", put_back),
]
