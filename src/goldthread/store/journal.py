"""The journal: what was done to a study, by whom, each entry sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from goldthread.errors import StudyFault
from goldthread.store.schema import journal

GENESIS = "0" * 64
OF_ONE_REVIEW = (
    "link",
    "unlink",
    "put_back",
    "decide",
    "undo",
    "confirm",
    "reject",
    "reopen",
    "set",
    "code",
    "recommend",
    "vote",
    "resolve",
    "rate",
    "reconcile",
    "unreconcile",
)
"""Verbs whose entries change the review they name and nothing else."""
OF_NO_REVIEW = (
    *("evaluate", "view", "sample", "second_coding", "word", "unword"),
    *("find", "restate", "weigh", "align", "withdraw", "reinstate", "revert", "plan", "adopt"),
)
"""Verbs whose entries change nothing that is said of any review."""
OF_MANY = ("amend", "unamend", "together", "apart")
"""Verbs whose entries name the reviews, or the passages of reviews, that they changed."""
READINGS = ("read", "reissue")
"""Verbs whose entries seal the hash of a text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed. `before` and `after` are JSON; `hash` covers every other column."""

    n: int
    at: str
    who: str
    verb: str
    object: str
    before: str
    after: str
    previous_hash: str
    hash: str


def now() -> str:
    """This moment in UTC, to the second, as ISO text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """This day in UTC as an ISO date."""
    return now()[:10]


def seal(n: int, at: str, who: str, verb: str, obj: str, before: str, after: str, previous: str) -> str:
    """The hash of an entry: SHA-256 over its columns as a JSON array, the previous hash included."""
    body = json.dumps([n, at, who, verb, obj, before, after, previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def append(
    connection: sa.Connection,
    who: str,
    verb: str,
    obj: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> str:
    """Add one entry in the caller's transaction and return its hash."""
    last = connection.execute(sa.select(journal.c.n, journal.c.hash).order_by(journal.c.n.desc()).limit(1)).first()
    n, previous = (last.n + 1, last.hash) if last else (1, GENESIS)
    at = now()
    texts = [json.dumps(value or {}, ensure_ascii=False, sort_keys=True) for value in (before, after)]
    sealed = seal(n, at, who, verb, obj, texts[0], texts[1], previous)
    connection.execute(
        journal.insert().values(
            n=n,
            at=at,
            who=who,
            verb=verb,
            object=obj,
            before=texts[0],
            after=texts[1],
            previous_hash=previous,
            hash=sealed,
        )
    )
    return sealed


def state(connection: sa.Connection) -> str:
    """The hash of the last entry: two outputs with one state rest on the same evidence."""
    found = connection.execute(sa.select(journal.c.hash).order_by(journal.c.n.desc()).limit(1)).scalar()
    return str(found or GENESIS)


def entries(connection: sa.Connection) -> Iterator[Entry]:
    """Every entry, oldest first."""
    for row in connection.execute(sa.select(journal).order_by(journal.c.n)):
        yield Entry(**row._mapping)


def latest(connection: sa.Connection, limit: int, objects: Sequence[str] | None = None) -> tuple[Entry, ...]:
    """The newest entries first, of some objects only when they are named."""
    chosen = sa.select(journal).order_by(journal.c.n.desc()).limit(limit)
    if objects is not None:
        chosen = chosen.where(journal.c.object.in_(list(objects)))
    return tuple(Entry(**row._mapping) for row in connection.execute(chosen))


def of_review(connection: sa.Connection, review_id: str, objects: Sequence[str], limit: int) -> tuple[Entry, ...]:
    """The newest entries first on a review, on what is named besides, and of acts on many that changed it too."""
    named = f'"{review_id}'
    chosen = (
        sa.select(journal)
        .where(
            sa.or_(
                journal.c.object.in_([review_id, *objects]),
                sa.and_(
                    journal.c.verb.in_(OF_MANY),
                    sa.or_(*(journal.c.after.contains(f"{named}{end}", autoescape=True) for end in ('"', "-E"))),
                ),
            )
        )
        .order_by(journal.c.n.desc())
        .limit(limit)
    )
    return tuple(Entry(**row._mapping) for row in connection.execute(chosen))


def touched(connection: sa.Connection, state: str) -> frozenset[str] | None:
    """The reviews changed since the study stood at `state`; None when more than single reviews may have changed."""
    since = connection.execute(sa.select(journal.c.n).where(journal.c.hash == state)).scalar()
    if since is None:
        return None
    rows = connection.execute(sa.select(journal.c.verb, journal.c.object).where(journal.c.n > since)).all()
    if any(row.verb not in OF_ONE_REVIEW + OF_NO_REVIEW for row in rows):
        return None
    return frozenset(row.object for row in rows if row.verb in OF_ONE_REVIEW)


def of_verb(connection: sa.Connection, verb: str) -> Iterator[Entry]:
    """Every entry of one verb, oldest first."""
    for row in connection.execute(sa.select(journal).where(journal.c.verb == verb).order_by(journal.c.n)):
        yield Entry(**row._mapping)


def of_object(connection: sa.Connection, obj: str, verbs: Sequence[str]) -> Iterator[Entry]:
    """Every entry of some verbs on one object, oldest first."""
    where = (journal.c.object == obj, journal.c.verb.in_(verbs))
    for row in connection.execute(sa.select(journal).where(*where).order_by(journal.c.n)):
        yield Entry(**row._mapping)


def before(connection: sa.Connection, obj: str, verb: str, after: Mapping[str, object]) -> dict[str, object]:
    """What stood before the newest entry of a verb on an object after which these things were so."""
    rows = connection.execute(
        sa.select(journal.c.before, journal.c.after)
        .where(journal.c.object == obj, journal.c.verb == verb)
        .order_by(journal.c.n.desc())
    )
    for row in rows:
        left: dict[str, object] = json.loads(row.after)
        if after.items() <= left.items():
            stood: dict[str, object] = json.loads(row.before)
            return stood
    return {}


def undone(connection: sa.Connection, obj: str, verb: str, undo: str) -> dict[str, object] | None:
    """What stood before the newest deed on an object that was not taken back; None where there is none.

    `undo` is the verb under which deeds of `verb` are taken back, one at a time, the newest first.
    """
    rows = connection.execute(
        sa.select(journal.c.verb, journal.c.before)
        .where(journal.c.object == obj, journal.c.verb.in_((verb, undo)))
        .order_by(journal.c.n)
    )
    standing: list[str] = []
    for row in rows:
        if row.verb == verb:
            standing.append(row.before)
        elif standing:
            standing.pop()
    return dict(json.loads(standing[-1])) if standing else None


def readings(connection: sa.Connection) -> dict[tuple[str, int], str]:
    """(Document id, version) → the hash of its text, as sealed when it was read."""
    rows = connection.execute(
        sa.select(journal.c.object, journal.c.after).where(journal.c.verb.in_(READINGS)).order_by(journal.c.n)
    )
    sealed = ((row.object, json.loads(row.after)) for row in rows)
    return {(name, int(after.get("version", 1))): str(after.get("text_sha256", "")) for name, after in sealed}


def deeds(connection: sa.Connection, verb: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What was done under one verb, oldest first: the object of each entry and what it noted."""
    rows = connection.execute(
        sa.select(journal.c.object, journal.c.after).where(journal.c.verb == verb).order_by(journal.c.n)
    )
    for row in rows:
        yield row.object, json.loads(row.after)


def check(connection: sa.Connection) -> int:
    """Recompute the whole chain and return its length.

    Raises StudyFault at the first entry that was altered, removed or inserted.
    """
    previous, count = GENESIS, 0
    for entry in entries(connection):
        count += 1
        sealed = seal(
            entry.n, entry.at, entry.who, entry.verb, entry.object, entry.before, entry.after, entry.previous_hash
        )
        if (entry.n, entry.previous_hash, entry.hash) != (count, previous, sealed):
            raise StudyFault(
                "the journal was altered: this entry does not follow from the one before",
                where=f"journal entry {entry.n}",
                mend="restore the study from a backup made before the change",
            )
        previous = entry.hash
    return count
