"""Findings: what the reviews say together, each weighed, with its evidence, its place in the plan and its history."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.findings import words
from goldthread.findings.following import Passages
from goldthread.findings.model import Side
from goldthread.findings.weighing import Weighed
from goldthread.interchange.finding_rows import findings_csv
from goldthread.store.journal import Entry
from goldthread.study.findings.desk import FindingDesk, stamp
from goldthread.web.screens.tables import basis_of
from goldthread.web.wiring import bench, page, posted, query_of, shown, to
from goldthread.web.wording import counted

_SHOWN = 60


def findings(request: Request) -> Response:
    """Every finding, weighed on one basis."""
    desk, basis = _desk(request), basis_of(request)
    board, aligned = desk.board(), desk.aligned(basis)
    weighed = desk.weighed(basis)
    return page(
        request,
        "findings.html",
        screen="findings",
        basis=basis,
        on=lambda other: query_of(request, basis=other),
        rule=board.rule,
        weighed=weighed,
        most=max((len(one.supporting.reviews) + len(one.opposing.reviews) for one in weighed), default=1) or 1,
        aligned=aligned,
        withdrawn=[one for one in board.findings if one.withdrawn],
        stamp=stamp,
        words=words,
    )


def as_csv(request: Request) -> Response:
    """The findings on one basis, with the columns of an export."""
    basis = basis_of(request)
    data = findings_csv(_desk(request).weighing(basis)).encode("utf-8-sig")
    headers = {"content-disposition": f'attachment; filename="findings-{basis.value}.csv"'}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def finding(request: Request) -> Response:
    """One finding with everything it rests on."""
    desk, basis = _desk(request), basis_of(request)
    found = desk.one(_id(request), basis)
    board = desk.board()
    every, cited = request.query_params.get("all") == "yes", _citations(request)
    return page(
        request,
        "finding.html",
        screen="findings",
        basis=basis,
        on=lambda other: query_of(request, basis=other),
        rule=board.rule,
        found=found,
        seen=stamp(found.finding),
        extracts={side: _extracts(request, found.weight(side).episodes, every) for side in Side},
        taken=_taken(found, board.passages),
        set_aside=_extracts(request, found.uncounted, every),
        sides=_sides(found, board.passages),
        gone=[(one.taken, cited.get(one.taken.review_id, "")) for one in found.lost],
        turned={one.now.episode_id: one for one in found.turned if one.now},
        plans=board.plans,
        carried=board.plans.aligned(found.finding),
        proposed=_proposed(request, found),
        history=[(one, _changed(one)) for one in desk.history(_id(request))],
        whole=query_of(request, all="yes", made=None),
        made=request.query_params.get("made") == "yes",
        every=every,
        shown=_SHOWN,
        words=words,
        theme_number={theme.id: n % 12 for n, theme in enumerate(bench(request).desk.protocol.codebook.themes)},
    )


def begin(request: Request) -> Response:
    """A finding to be made, without passages as yet."""
    return _form(request, [], Side.FOR)


def gather(request: Request, form: FormData) -> Response:
    """Passages that were chosen: into a new finding, or into one that is there, for it or against it."""
    ids = [str(one) for one in form.getlist("episode")]
    act = str(form.get("act", "make"))
    if act == "make":
        return _form(request, ids, Side.FOR)
    name, _, seen = str(form.get("item", "")).partition(":")
    if not name:
        raise UsageError("no finding is chosen", mend="choose the finding they belong to, or make a new one")
    _desk(request).weigh(name, ids, _side(act), seen)
    back = str(form.get("back", ""))
    if back.startswith("/evidence"):
        return to(f"{back}{'&' if '?' in back else '?'}added={name}")
    return to(f"/findings/{name}", made="yes")


def _form(request: Request, ids: list[str], side: Side) -> Response:
    desk = _desk(request)
    passages = desk.passages_of(ids)
    plan = desk.board().plans.plan
    return page(
        request,
        "finding_new.html",
        screen="findings",
        extracts=[(one, _citations(request).get(one.review_id, one.review_id)) for one in passages],
        side=side.value,
        plan=plan,
        proposed=_actions_of_themes(request, passages),
        back=request.headers.get("referer") or "/evidence",
    )


def make(request: Request, form: FormData) -> Response:
    """Make the finding."""
    sides = {
        side: [str(one) for one in form.getlist("episode") if form.get(f"side-{one}", "for") == side.value]
        for side in Side
    }
    name = _desk(request).make(
        str(form.get("statement", "")),
        note=str(form.get("note", "")),
        supporting=sides[Side.FOR],
        opposing=sides[Side.AGAINST],
        actions=[str(one) for one in form.getlist("action")],
    )
    return to(f"/findings/{name}", made="yes")


def restate(request: Request, form: FormData) -> Response:
    """Say it anew."""
    _desk(request).restate(_id(request), str(form.get("statement", "")), str(form.get("note", "")), _seen(form))
    return _back(request, form)


def weigh(request: Request, form: FormData) -> Response:
    """Move passages to the other side, or take them away."""
    act = str(form.get("act", ""))
    ids = [str(one) for one in form.getlist("episode")]
    _desk(request).weigh(_id(request), ids, None if act == "away" else _side(act), _seen(form))
    return _back(request, form)


def renew(request: Request, form: FormData) -> Response:
    """Take the evidence as it now stands."""
    _desk(request).renew(_id(request), _seen(form))
    return _back(request, form)


def align(request: Request, form: FormData) -> Response:
    """Map it to actions of the plan in use."""
    _desk(request).align(_id(request), [str(one) for one in form.getlist("action")], _seen(form))
    return _back(request, form)


def withdraw(request: Request, form: FormData) -> Response:
    """Withdraw it, or let it stand again."""
    desk = _desk(request)
    (desk.reinstate if form.get("act") == "back" else desk.withdraw)(_id(request), _seen(form))
    return _back(request, form)


def undo(request: Request, form: FormData) -> Response:
    """Take the last act on it back."""
    _desk(request).undo(_id(request), _seen(form))
    return _back(request, form)


def _desk(request: Request) -> FindingDesk:
    return bench(request).desk.findings


def _side(act: str) -> Side:
    if act not in {side.value for side in Side}:
        raise UsageError("for it or against it was not said", mend="choose one of the two")
    return Side(act)


def _id(request: Request) -> str:
    return str(request.path_params["finding_id"])


def _seen(form: FormData) -> str:
    return str(form.get("seen", ""))


def _back(request: Request, form: FormData) -> Response:
    return to(f"/findings/{_id(request)}", basis=form.get("basis"))


def _citations(request: Request) -> dict[str, str]:
    return {item.review_id: item.citation for item in bench(request).desk.catalogue()}


def _extracts(request: Request, episodes: Iterable[Episode], every: bool) -> list[tuple[Episode, str]]:
    cited = _citations(request)
    found = [(one, cited.get(one.review_id, one.review_id)) for one in episodes]
    return found if every else found[:_SHOWN]


def _taken(found: Weighed, passages: Passages) -> dict[str, list[str]]:
    """Under which ids an episode was taken, by the id of what it is now: acts name evidence as it was taken."""
    ids: dict[str, list[str]] = {}
    for one in (*found.finding.supporting, *found.finding.opposing):
        now = passages[one].now if one in passages else None
        if now:
            ids.setdefault(now.episode_id, []).append(one)
    return ids


def _sides(found: Weighed, passages: Passages) -> dict[str, str]:
    """The side each passage that stands is on, by the id of what it is now."""
    return {
        now.episode_id: side.value
        for side in Side
        for one in found.finding.evidence(side)
        if one in passages and (now := passages[one].now)
    }


def _changed(entry: Entry) -> str:
    """What an act changed, side by side with what was there."""
    before, after = json.loads(entry.before), json.loads(entry.after)
    told = []
    if before.get("statement") != after["statement"]:
        told.append(f"“{after['statement']}”")
    if before and before["note"] != after["note"]:
        told.append("a new note" if after["note"] else "no note")
    for side in Side:
        old, new = set(before.get(side.value, [])), set(after[side.value])
        counts = [(len(new - old), "taken"), (len(old - new), "taken away")]
        told += [f"{counted(number, 'passage')} {side.value} it {what}" for number, what in counts if number]
    if before.get("actions", []) != after["actions"]:
        told.append(f"actions {', '.join(one[1] for one in after['actions']) or 'none'}")
    return "; ".join(told)


def _proposed(request: Request, found: Weighed) -> dict[str, int]:
    return _actions_of_themes(request, (*found.supporting.episodes, *found.uncounted))


def _actions_of_themes(request: Request, episodes: Iterable[Episode]) -> dict[str, int]:
    """Actions the codebook sets beside the themes of some passages, with how many of them: proposals, no more."""
    themes = bench(request).desk.protocol.theme_by_id
    counted: dict[str, int] = {}
    for one in episodes:
        for action in themes[one.theme].actions if one.theme in themes else ():
            counted[action] = counted.get(action, 0) + 1
    return counted


routes: list[Route] = [
    shown("/findings", findings),
    shown("/findings.csv", as_csv),
    shown("/findings/new", begin),
    posted("/findings/gather", gather),
    posted("/findings", make),
    shown("/findings/{finding_id}", finding),
    posted("/findings/{finding_id}/restate", restate),
    posted("/findings/{finding_id}/weigh", weigh),
    posted("/findings/{finding_id}/renew", renew),
    posted("/findings/{finding_id}/align", align),
    posted("/findings/{finding_id}/withdraw", withdraw),
    posted("/findings/{finding_id}/undo", undo),
]
