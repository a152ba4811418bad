"""Amending a study's protocol: each change and each withdrawal one transaction and one journal entry.

What is coded and proposed is carried along in the same transaction, so that nothing is ever counted under a code
that is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.errors import Overtaken, ProtocolError, UsageError
from goldthread.protocol.amend.amendments import Amendment, amended
from goldthread.protocol.amend.changes import SCREENS, AddValue, Change, OfCodebook, SplitCode, written
from goldthread.protocol.amend.naming import find
from goldthread.protocol.codebook import Codebook, Place
from goldthread.protocol.model import Protocol
from goldthread.store import amendments, journal
from goldthread.store.amendments import Coded
from goldthread.store.evidence import used
from goldthread.store.records import LIVE
from goldthread.study.amendments import rescreening
from goldthread.study.amendments.effects import Chosen, Effect, Move, counted, effect_of, stamp_of_all
from goldthread.study.amendments.rescreening import Rescreened, Rescreens, rescreened
from goldthread.study.folder import Held

_LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True)
class Withdrawal(Rescreens):
    """What taking an amendment back changes.

    `left` are passages that it had carried along and that were coded anew since: they stay as they are. `stamp` is
    the same as long as all this is.
    """

    amendment: Amendment
    becomes: Protocol
    moves: tuple[Move, ...]
    passages: int
    reviews: int
    left: tuple[str, ...]
    rescreened: tuple[Rescreened, ...]
    stamp: str
    recoded: tuple[tuple[Coded, Place], ...] = ()


def log(held: Held) -> tuple[Amendment, ...]:
    """Every amendment in its order, withdrawn ones too."""
    with held.database.read() as connection:
        return amendments.all_of(connection)


def effect(held: Held, change: Change, chosen: Chosen) -> Effect:
    """What a change would do, with nothing changed yet."""
    with held.database.read() as connection:
        return effect_of(connection, change, held.rules.renew(connection), chosen)


def amend(held: Held, change: Change, reason: str, who: str, chosen: Chosen, seen: str | None) -> Amendment:
    """Make a change, for a reason, and carry along what it concerns.

    Raises UsageError for a change that does not fit or has no reason, Overtaken when its effect is not the one that
    was `seen`; None for somebody who did not look.
    """
    why = " ".join(reason.split())[:_LONGEST_REASON]
    if not why:
        raise UsageError("an amendment needs a reason", mend="say why, for those who read it in a year")
    with held.database.write() as connection:
        before = held.rules.renew(connection)
        found = effect_of(connection, change, before, chosen)
        _as_seen(found, found.says, seen)
        n = amendments.standing(connection)[0] + 1
        made = Amendment(n, journal.now(), who, why, found.says, change)
        amendments.add(connection, made)
        amendments.recode(connection, n, found.recoded)
        told = {"amendment": n, "says": made.says, "why": why, "change": written(change)}
        _carry(connection, found, ("amend", who, change), before.edition, told)
        held.rules.renew(connection)
    return made


def in_short(found: Effect | Withdrawal) -> str:
    """What an effect comes to, in a few words."""
    told = []
    if found.passages:
        reviews = f"{found.reviews:,} {'review' if found.reviews == 1 else 'reviews'}"
        told.append(f"{found.passages:,} {'passage' if found.passages == 1 else 'passages'} in {reviews}")
    if found.flips:
        number = len(found.flips)
        told.append(f"{number:,} {'screening' if number == 1 else 'screenings'} proposed otherwise")
    return " and ".join(told) or "nothing that is coded or screened changes"


def withdrawal(held: Held, n: int) -> Withdrawal:
    """What taking an amendment back would do, with nothing changed yet."""
    with held.database.read() as connection:
        return _withdrawal(connection, held, n)


def withdraw(held: Held, n: int, who: str, seen: str | None) -> Withdrawal:
    """Take an amendment back and put what it carried along where it stood, unless it was coded anew since.

    Raises UsageError when it does not stand, or something else rests on it; Overtaken when the effect is not the one
    that was `seen`.
    """
    with held.database.write() as connection:
        found = _withdrawal(connection, held, n)
        _as_seen(found, found.amendment.says, seen)
        before = held.protocol
        amendments.withdraw(connection, n, who, journal.now())
        amendments.put(connection, {one.episode_id: to for one, to in found.recoded})
        told = {"amendment": n, "says": found.amendment.says, "left": list(found.left)}
        _carry(connection, found, ("unamend", who, found.amendment.change), before.edition, told)
        held.rules.renew(connection)
    return found


def _as_seen(found: Effect | Withdrawal, says: str, seen: str | None) -> None:
    if seen is not None and seen != found.stamp:
        raise Overtaken(
            f"its effect is another one by now: {in_short(found)}",
            where=says,
            mend="look at the effect again",
            now=found.stamp,
        )


def _carry(
    connection: sa.Connection,
    found: Effect | Withdrawal,
    deed: tuple[str, str, Change],
    edition: str,
    told: dict[str, object],
) -> None:
    """Check and write what a deed (verb, who, change) carries along, and its one entry in the journal."""
    verb, who, change = deed
    _whole(connection, found.becomes.codebook)
    if found.rescreened:
        rescreening.apply(connection, found.rescreened, found.becomes)
    journal.append(
        connection,
        who,
        verb,
        _object(change),
        before={"edition": edition, **_noted(found.recoded, found.rescreened, was=True)},
        after={**told, **_noted(found.recoded, found.rescreened, was=False)},
    )


def _withdrawal(connection: sa.Connection, held: Held, n: int) -> Withdrawal:
    before = held.rules.renew(connection)
    every = amendments.all_of(connection)
    target = next((one for one in every if one.n == n), None)
    if target is None or not target.stands:
        raise UsageError(f"there is no amendment {n} that stands", mend="see `goldthread protocol log`")
    rest = [one for one in every if one.n != n]
    try:
        after = amended(held.rules.filed, rest)
    except ProtocolError as fault:
        told = f"a later amendment rests on this one: {fault.what}"
        raise UsageError(told, mend="withdraw that one first") from fault
    _refuse_used(connection, target.change)
    recoded, left = _put_back(connection, target, after.codebook)
    moves, passages, reviews = counted(recoded, before, after)
    judged = rescreened(connection, before, after)[0] if target.change.kind in SCREENS else ()
    flips = [[one.review_id, one.becomes.decision.value, one.becomes.reason] for one in judged]
    seen = [n, before.amendments, [[m.was, m.becomes, m.passages, m.reviews] for m in moves], left, flips]
    return Withdrawal(
        amendment=target,
        becomes=after,
        moves=moves,
        passages=passages,
        reviews=reviews,
        left=left,
        rescreened=judged,
        stamp=stamp_of_all(seen),
        recoded=tuple(recoded),
    )


def _put_back(
    connection: sa.Connection, target: Amendment, after: Codebook
) -> tuple[list[tuple[Coded, Place]], tuple[str, ...]]:
    """Where passages go when an amendment is taken back, and which were coded anew since and stay."""
    back: dict[str, tuple[Coded, Place]] = {}
    left = []
    for row in amendments.recoded_by(connection, target.n):
        if row.now == row.became:
            home = row.was if row.was in after.places else after.home(*row.was)
            back[row.episode_id] = (Coded(row.episode_id, row.review_id, row.now, row.state), home)
        elif row.now != row.was and row.state in LIVE:
            left.append(row.episode_id)
    lost = {place for place in amendments.places(connection) if not _stands(place, after)}
    for one in amendments.coded(connection, {theme for theme, _ in lost}) if lost else ():
        if one.place in lost and one.episode_id not in back:
            back[one.episode_id] = (one, _refuge(one.place, target.change, after))
    return [back[name] for name in sorted(back)], tuple(left)


def _refuge(place: Place, change: Change, after: Codebook) -> Place:
    """Where a passage goes whose code is no more once a change is taken back."""
    home = after.home(*place)
    if isinstance(change, SplitCode) and (place[1] or place[0]) in {part.id for part in change.parts}:
        home = find(change.code, after)
    if not _stands(home, after):
        raise UsageError(
            f"passages are coded with “{place[1] or place[0]}”, which this amendment added",
            mend="merge it into another code, or code them anew, and then withdraw",
        )
    return home


def _refuse_used(connection: sa.Connection, change: Change) -> None:
    if isinstance(change, AddValue) and (number := used(connection, change.field, change.id)):
        raise UsageError(
            f"the value “{change.label}” is in use {number:,} {'time' if number == 1 else 'times'}",
            mend="log or code those anew first",
        )


def _stands(place: Place, book: Codebook) -> bool:
    return place == ("", "") or place in book.places


def _whole(connection: sa.Connection, book: Codebook) -> None:
    """Put what stands nowhere in a codebook where it belongs; nothing stays under a code that is not there."""
    stray = {place for place in amendments.places(connection) if not _stands(place, book)}
    if not stray:
        return
    homes = {}
    for one in amendments.coded(connection, {theme for theme, _ in stray}):
        if one.place in stray:
            home = book.home(*one.place)
            homes[one.episode_id] = home if _stands(home, book) else ("", "")
    amendments.put(connection, homes)


def _object(change: Change) -> str:
    return "codebook" if isinstance(change, OfCodebook) else "protocol"


def _noted(recoded: Sequence[tuple[Coded, Place]], judged: Iterable[Rescreened], *, was: bool) -> dict[str, object]:
    """What the journal keeps of passages and proposals: before or after, code by code and review by review."""
    passages: Mapping[str, list[str]] = defaultdict(list)
    for one, to in recoded:
        place = one.place if was else to
        passages["/".join(filter(None, place)) or "no theme"].append(one.episode_id)
    proposals = {}
    for each in judged:
        made = each.was if was else each.becomes
        if each.flips:
            proposals[each.review_id] = ": ".join(filter(None, (made.decision.value, made.reason)))
    noted: dict[str, object] = {"passages": dict(passages)} if passages else {}
    return noted | ({"proposals": proposals} if proposals else {})
