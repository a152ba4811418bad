"""What was decided in advance, to read: the codebook with its uses, the whole protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.web.wiring import bench, page, shown


def codebook(request: Request) -> Response:
    """Every code with its meaning, and where it is used."""
    uses, reviews = bench(request).desk.uses()
    return page(request, "codebook.html", screen="codebook", uses=uses, reviews=reviews)


def protocol(request: Request) -> Response:
    """The protocol as a person would read it."""
    return page(request, "protocol.html", screen="protocol")


routes: list[Route] = [
    shown("/codebook", codebook),
    shown("/protocol", protocol),
]
