"""What was decided in advance, to read: the codebook with its uses, the plan with its gaps, the whole protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.web.wiring import bench, page, shown


def codebook(request: Request) -> Response:
    """Every code with its meaning, and where it is used."""
    uses, reviews = bench(request).desk.uses()
    return page(request, "codebook.html", screen="codebook", uses=uses, reviews=reviews)


def plan(request: Request) -> Response:
    """Each action of the plan with the evidence that bears on it, and what bears on none."""
    desk = bench(request).desk
    book = desk.protocol.codebook
    uses, reviews = desk.uses()
    episodes: dict[str, int] = {}
    for (theme, _), (number, _) in uses.items():
        episodes[theme] = episodes.get(theme, 0) + number
    actions = desk.protocol.plan.actions if desk.protocol.plan else ()
    bearing = {one.id: [theme for theme in book.themes if one.id in theme.actions] for one in actions}
    aligned = {theme.id for themes in bearing.values() for theme in themes}
    return page(
        request,
        "plan.html",
        screen="plan",
        bearing=bearing,
        episodes=episodes,
        reviews=reviews,
        elsewhere=[theme for theme in book.themes if theme.id not in aligned and episodes.get(theme.id)],
    )


def protocol(request: Request) -> Response:
    """The protocol as a person would read it."""
    return page(request, "protocol.html", screen="protocol")


routes: list[Route] = [
    shown("/codebook", codebook),
    shown("/plan", plan),
    shown("/protocol", protocol),
]
