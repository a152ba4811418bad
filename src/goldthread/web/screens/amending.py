"""Amendments: the effect of each shown before it is applied, applied for a reason, listed, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.errors import UsageError
from goldthread.protocol.amend.amendments import Amendment
from goldthread.protocol.amend.changes import SILENT, WORDS, Change, NewCode, OfCodebook, SplitCode, read
from goldthread.protocol.amend.naming import find, key, new_id
from goldthread.protocol.amend.reading import change_of
from goldthread.protocol.model import Protocol
from goldthread.store.evidence import Asked
from goldthread.study.amendments.effects import Effect
from goldthread.study.desk import Desk
from goldthread.study.desk_answers import Found
from goldthread.web.wiring import bench, page, posted, shown, to

INTO = "into"
"""What stands for the code there is, among the parts that passages go to."""
NARROWED_BY = ("direction", "explanation", "whose", "state")
_EVERY = 100_000
_NOT_OF_THE_CHANGE = ("form_token", "seen", "why", "kind", "passage")


def done_of(request: Request) -> Amendment | None:
    """The amendment that was just made or taken back, to be told about; None where nothing was done."""
    wanted = request.query_params.get("done", "")
    return next((one for one in bench(request).study.amendments() if str(one.n) == wanted), None)


def looking(request: Request) -> Response:
    """What a change would do."""
    given = _given(request.query_params.multi_items())
    made = change_of(request.query_params.get("kind", ""), given, bench(request).desk.protocol)
    return _effect(request, bench(request).study.effect(made), request.query_params.multi_items(), "/amend")


def applied(request: Request, form: FormData) -> Response:
    """Make the change that was looked at."""
    fields = [(name, str(value)) for name, value in form.multi_items()]
    made = change_of(str(form.get("kind", "")), _given(fields), bench(request).desk.protocol)
    amendment = bench(request).study.amend(made, str(form.get("why", "")), seen=str(form.get("seen", "")))
    return _on(request, amendment)


def split_looked_at(request: Request, form: FormData) -> Response:
    """What a split would do, as the passages were chosen."""
    made, chosen = split_of(form, bench(request).desk)
    found = bench(request).study.effect(made, chosen)
    return _effect(request, found, _sent_on(form), "/codebook/split")


def split(request: Request, form: FormData) -> Response:
    """Split a code as it was looked at; without a stamp it is looked at first."""
    if not form.get("seen"):
        return split_looked_at(request, form)
    made, chosen = split_of(form, bench(request).desk)
    why = str(form.get("why", ""))
    return _on(request, bench(request).study.amend(made, why, chosen=chosen, seen=str(form["seen"])))


def split_of(form: FormData, desk: Desk) -> tuple[SplitCode, Mapping[str, str]]:
    """The split a form means: its parts by number, a code there is, and which passage goes to which.

    Passages that are shown and left where they are go to the `rest`, if named; with `all` also those not shown.
    """
    book, parts = desk.protocol.codebook, dict[str, NewCode]()
    for number in map(str, count(1)):
        if f"label{number}" not in form:
            break
        label = str(form[f"label{number}"]).strip()
        if label:
            used = {one.id for one in parts.values()}
            told = {"id": new_id(label, book, used), "label": label}
            definition = str(form.get(f"definition{number}", "")).strip()
            parts[number] = NewCode.model_validate({**told, "definition": definition})
    into, rest = str(form.get("into", "")), str(form.get("rest", ""))
    if not parts and not into:
        raise UsageError("no new code has a name", mend="go back and name at least one, or choose a code there is")
    ids = {number: one.id for number, one in parts.items()} | ({INTO: into} if into else {})
    code = str(form.get("code", ""))
    sent = {name.removeprefix("to."): str(to) for name, to in form.multi_items() if name.startswith("to.")}
    if rest and form.get("all"):
        sent = {one.episode_id: "" for one in passages_of(desk, code, _narrowed(form), _EVERY).episodes} | sent
    chosen = {name: to or rest for name, to in sent.items() if to or rest}
    if not set(chosen.values()) <= set(ids):
        raise UsageError("passages are sent to a code without a name", mend="go back and name it")
    plain = {"kind": "split_code", "code": code, "into": into}
    made = read({**plain, "parts": [one.model_dump() for one in parts.values()]})
    if not isinstance(made, SplitCode):
        raise UsageError("this is no split", mend="go back and choose again")
    return made, {name: ids[to] for name, to in chosen.items()}


def passages_of(desk: Desk, code: str, narrowed: Mapping[str, str], most: int) -> Found:
    """The passages of a code, narrowed by what else is said of them."""
    theme, subtheme = find(code, desk.protocol.codebook)
    wanted = {"theme": theme, "subtheme": subtheme, **narrowed}
    return desk.evidence(Asked({name: frozenset({value}) for name, value in wanted.items() if value}), 0, most)


def _narrowed(form: FormData) -> dict[str, str]:
    return {name: str(form.get(f"only.{name}", "")) for name in NARROWED_BY}


def _sent_on(form: FormData) -> list[tuple[str, str]]:
    """A form's fields without those of passages that stay, unless they all go to the rest."""
    rest = bool(form.get("rest"))
    return [(name, str(value)) for name, value in form.multi_items() if value or rest or not name.startswith("to.")]


def _given(fields: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for name, value in fields:
        if name not in _NOT_OF_THE_CHANGE:
            given.setdefault(name, []).append(value)
    return given


def _effect(request: Request, found: Effect, fields: Sequence[tuple[str, str]], path: str) -> Response:
    desk = bench(request).desk
    return page(
        request,
        "effect.html",
        screen=_screen(found.change),
        effect=found,
        path=path,
        fields=[(name, value) for name, value in fields if name not in ("form_token", "seen", "why")],
        back=_home(found.change, desk.protocol),
        rereads=found.change.kind not in (*SILENT, *WORDS),
        rewords=found.change.kind in WORDS,
        titles={item.review_id: item.citation for item in desk.catalogue()} if found.flips else {},
    )


def withdrawal(request: Request) -> Response:
    """What taking an amendment back would do."""
    found = bench(request).study.withdrawal(request.path_params["n"])
    desk = bench(request).desk
    return page(
        request,
        "withdrawal.html",
        screen=_screen(found.amendment.change),
        found=found,
        back="/amendments",
        titles={item.review_id: item.citation for item in desk.catalogue()} if found.flips else {},
    )


def withdraw(request: Request, form: FormData) -> Response:
    """Take an amendment back as it was looked at."""
    n = request.path_params["n"]
    found = bench(request).study.withdraw(n, seen=str(form.get("seen", "")))
    return to(f"/{_screen(found.amendment.change)}", done=n)


def amendments(request: Request) -> Response:
    """Every amendment, the newest first."""
    every = bench(request).study.amendments()
    return page(request, "amendments.html", screen="protocol", amendments=tuple(reversed(every)))


def _on(request: Request, made: Amendment) -> Response:
    """Back to where the change was asked for, to see it done."""
    if not isinstance(made.change, OfCodebook):
        return to("/protocol", done=made.n)
    book = bench(request).desk.protocol.codebook
    for code in _codes(made.change):
        try:
            return to(f"/codebook/codes/{key(find(code, book), book)}", done=made.n)
        except UsageError:
            continue  # it became part of another code
    return to("/codebook", done=made.n)


def _codes(change: OfCodebook) -> Iterator[str]:
    """The codes a change is about, first the one that is left of it."""
    for name in ("into", "instead", "code"):
        value = getattr(change, name, "")
        if isinstance(value, NewCode):
            yield value.id
        elif value:
            yield value


def _screen(change: Change) -> str:
    return "codebook" if isinstance(change, OfCodebook) else "protocol"


def _home(change: Change, protocol: Protocol) -> str:
    if not isinstance(change, OfCodebook):
        return "/protocol"
    code = getattr(change, "code", "")
    named = getattr(change, "below", "") if isinstance(code, NewCode) else code
    return f"/codebook/codes/{key(find(named, protocol.codebook), protocol.codebook)}" if named else "/codebook"


routes: list[Route] = [
    shown("/amend", looking),
    posted("/amend", applied),
    posted("/codebook/split", split),
    shown("/amendments", amendments),
    shown("/amendments/{n:int}/withdraw", withdrawal),
    posted("/amendments/{n:int}/withdraw", withdraw),
]
