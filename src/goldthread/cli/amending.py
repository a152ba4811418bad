"""What the commands that amend share: the effect shown before it is applied, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.output import aligned, count, say, show, show_json
from goldthread.protocol.amend.amendments import Amendment
from goldthread.protocol.amend.changes import Change, written
from goldthread.study.amendments.amending import Withdrawal
from goldthread.study.amendments.effects import Effect, Move
from goldthread.study.amendments.rescreening import Rescreened
from goldthread.study.study import open_study

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Why = Annotated[str, typer.Option("--reason", help="Why, for those who read it in a year. Needed unless --look.")]
Look = Annotated[bool, typer.Option("--look", help="Show what it would change, and change nothing.")]
_SHOWN = 12


def change(
    folder: Path, made: Change, reason: str, *, look: bool, as_json: bool, chosen: Mapping[str, str] | None = None
) -> None:
    """Show what a change does, and make it unless it is only looked at."""
    with open_study(folder) as study:
        found = study.effect(made, chosen or {})
        amendment = None if look else study.amend(made, reason, chosen=chosen or {}, seen=found.stamp)
    if as_json:
        show_json(plain(found) | {"amendment": amendment.n if amendment else None})
        return
    show("\n".join(told(found)))
    if amendment:
        say(f"Amendment {amendment.n}: done. Undo it with: goldthread protocol withdraw {folder} {amendment.n}")
    else:
        say("Nothing was changed yet.")


def take_back(folder: Path, n: int, *, look: bool, as_json: bool) -> None:
    """Show what a withdrawal does, and make it unless it is only looked at."""
    with open_study(folder) as study:
        found = study.withdrawal(n)
        if not look:
            study.withdraw(n, seen=found.stamp)
    if as_json:
        show_json(
            {
                "amendment": n,
                "says": found.amendment.says,
                "withdrawn": not look,
                **_counts(found),
                "left": list(found.left),
            }
        )
        return
    show("\n".join([f"Take back: {found.amendment.says}", *_moves(found.moves), *_flips(found.flips), *left(found)]))
    say("Nothing was changed yet." if look else f"Amendment {n} was taken back.")


def left(found: Withdrawal) -> Iterable[str]:
    """The passages that stay as they are, because they were coded anew since."""
    if found.left:
        named = ", ".join(found.left[:_SHOWN]) + (", …" if len(found.left) > _SHOWN else "")
        yield f"  {count(len(found.left), 'passage')} coded anew since stay as they are: {named}"


def told(found: Effect) -> Iterable[str]:
    """An effect, line by line."""
    yield found.says
    yield from _moves(found.moves)
    if found.staying:
        yield f"  {count(found.staying, 'passage')} stay where they are"
    if found.weighed:
        yield f"  {count(len(found.flips), 'proposed screening')} of {found.weighed:,} would be another"
        yield from _flips(found.flips)
    if found.uses:
        yield f"  in use {count(found.uses, 'time')}"
    if found.tables:
        yield f"  tables that speak of it: {', '.join(table.id for table in found.tables)}"
    yield f"  the protocol is then version {found.becomes.edition}"


def _moves(moves: Iterable[Move]) -> Iterable[str]:
    for one in moves:
        number = f"{count(one.passages, 'passage')} in {count(one.reviews, 'review')} ({one.confirmed:,} confirmed)"
        yield f"  {number}: {one.was} → {one.becomes}"


def _flips(flips: Iterable[Rescreened]) -> Iterable[str]:
    every = tuple(flips)
    for one in every[:_SHOWN]:
        yield f"    {one.review_id}: {_proposed(one.was)} → {_proposed(one.becomes)}"
    if len(every) > _SHOWN:
        yield f"    and {len(every) - _SHOWN:,} more"
    decided = [one for one in every if one.to_be_looked_at]
    if decided:
        verb = "was" if len(decided) == 1 else "were"
        yield f"  {len(decided):,} of them {verb} decided otherwise; that stays, and may be looked at again:"
        for one in decided:
            yield f"    {one.review_id}: {_proposed(one.decided)}"


def _proposed(made: object) -> str:
    decision, reason = getattr(made, "decision", ""), getattr(made, "reason", "")
    return f"{decision}{f' ({reason})' if reason else ''}"


def plain(found: Effect) -> dict[str, object]:
    """An effect as plain data."""
    return {
        "says": found.says,
        "change": written(found.change),
        **_counts(found),
        "staying": found.staying,
        "weighed": found.weighed,
        "uses": found.uses,
        "tables": [table.id for table in found.tables],
        "edition": found.becomes.edition,
    }


def _counts(found: Effect | Withdrawal) -> dict[str, object]:
    return {
        "passages": found.passages,
        "reviews": found.reviews,
        "moves": [
            {
                "from": one.was,
                "to": one.becomes,
                "passages": one.passages,
                "confirmed": one.confirmed,
                "reviews": one.reviews,
            }
            for one in found.moves
        ],
        "screenings": [
            {
                "review_id": one.review_id,
                "from": _proposed(one.was),
                "to": _proposed(one.becomes),
                "decided": _proposed(one.decided) if one.decided else "",
            }
            for one in found.flips
        ],
    }


def show_log(amendments: Iterable[Amendment], as_json: bool) -> None:
    """Print amendments, the newest last."""
    every = tuple(amendments)
    if as_json:
        show_json([as_plain(one) for one in every])
    elif not every:
        say("Nothing was amended.")
    else:
        show(
            aligned(
                [
                    (
                        one.n,
                        one.at[:10],
                        one.who,
                        f"{one.says} — {one.reason}{'' if one.stands else f' (withdrawn by {one.withdrawn_by})'}",
                    )
                    for one in every
                ]
            )
        )


def as_plain(one: Amendment) -> dict[str, object]:
    """An amendment as plain data."""
    return {
        "n": one.n,
        "at": one.at,
        "who": one.who,
        "says": one.says,
        "reason": one.reason,
        "change": written(one.change),
        "stands": one.stands,
        "withdrawn_at": one.withdrawn_at,
        "withdrawn_by": one.withdrawn_by,
    }
