"""Words around the parts of a briefing: written, read again, taken back, and tried before they are kept."""

from __future__ import annotations

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from goldthread.briefing.blocks import Block
from goldthread.briefing.evidence import EvidenceIndex
from goldthread.briefing.words import prose
from goldthread.errors import UsageError
from goldthread.web.question import Question
from goldthread.web.screens.briefing import MOST_OFFERED, outlined
from goldthread.web.wiring import bench, page, posted, shown


def write(request: Request, form: FormData) -> Response:
    """Keep words, or with the same words say that somebody read them again; or put a figure into what is written."""
    asked, slot = _question(request, form), _slot(form)
    if any(name in form for name in ("look", "into", "insert")):
        return _looked_up(request, asked, form)
    press = bench(request).study.press
    press.write(slot, str(form.get("text", "")), seen=str(form.get("seen", "")), basis=asked.basis)
    return on(asked, slot, done=f"{slot[1]}.{slot[2]}")


def undo(request: Request, form: FormData) -> Response:
    """Take the last change of a slot back."""
    asked, slot = _question(request, form), _slot(form)
    bench(request).study.press.undo(slot, seen=str(form.get("seen", "")))
    return on(asked, slot)


def on(asked: Question, slot: tuple[str, str, str], **more: str) -> Response:
    """Back to the outline, at the section that was changed."""
    return RedirectResponse(f"{asked.address('/briefing', **more)}#s-{slot[1]}", 303)


def attempt(request: Request, form: FormData) -> Response:
    """Words as they would be printed, while they are being written."""
    asked = _question(request, form)
    fault = ""
    blocks: tuple[Block, ...] = ()
    try:
        figures = bench(request).study.press.figures(asked.basis)
        blocks = prose.blocks(str(form.get("text", "")), figures, EvidenceIndex())
    except UsageError as error:
        fault = f"{error.what}: {error.mend}" if error.mend else error.what
    return page(request, "_prose.html", blocks=blocks, fault=fault)


def figures(request: Request) -> Response:
    """Figures to choose from, for words somebody types."""
    asked = Question.of(request.query_params, bench(request).study.press.kinds())
    words = request.query_params.get("find", "")
    found = bench(request).study.press.figures(asked.basis).search(words, MOST_OFFERED)
    template = "_figure_options.html" if request.query_params.get("as") == "options" else "_figures.html"
    return page(request, template, offered=found)


def _looked_up(request: Request, asked: Question, form: FormData) -> Response:
    """Without a script: the form again, with figures to choose from, or with the chosen one at its end."""
    _, section, slot = _slot(form)
    typed, figure = str(form.get("text", "")), str(form.get("insert", ""))
    if figure:
        typed = f"{typed.rstrip()} {{{figure}}}".lstrip()
    find = str(form.get("into") or form.get("find") or "")
    return outlined(request, asked, f"{section}.{slot}", typed=typed, find=find)


def _question(request: Request, form: FormData) -> Question:
    given = [(name, str(value)) for name, value in form.multi_items() if isinstance(value, str)]
    return Question.of(QueryParams(given), bench(request).study.press.kinds())


def _slot(form: FormData) -> tuple[str, str, str]:
    return str(form.get("kind", "")), str(form.get("section", "")), str(form.get("slot", ""))


routes: list[Route] = [
    posted("/briefing/words", write),
    posted("/briefing/words/undo", undo),
    posted("/briefing/words/try", attempt),
    shown("/briefing/figures", figures),
]
