"""Findings and plans as they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from goldthread.coding.model import Episode
from goldthread.findings.model import Finding, Side
from goldthread.protocol.plan import Plan
from goldthread.store.rows import episode_of
from goldthread.store.schema import edition, episode, finding, finding_action, finding_evidence, plan, review

_BATCH = 500


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """A plan that was loaded into the study, by whom and when, and whether findings are set beside it."""

    plan: Plan
    in_use: bool
    author: str
    at: str


def load(connection: sa.Connection, only: str = "") -> tuple[Finding, ...]:
    """Every finding, or the one named, in the order in which they were made; those withdrawn too."""

    def of(table: sa.Table) -> list[sa.ColumnElement[bool]]:
        return [table.c.finding_id == only] if only else []

    evidence: dict[tuple[str, str], list[str]] = defaultdict(list)
    rows = connection.execute(
        sa.select(finding_evidence)
        .join(episode, episode.c.episode_id == finding_evidence.c.episode_id)
        .join(review, review.c.review_id == episode.c.review_id)
        .where(*of(finding_evidence))
        .order_by(review.c.position, episode.c.document_id, episode.c.start, episode.c.episode_id)
    )
    for row in rows:
        evidence[row.finding_id, row.side].append(row.episode_id)
    actions: dict[str, list[tuple[str, str]]] = defaultdict(list)
    mapped = finding_action.c
    for row in connection.execute(
        sa.select(finding_action).where(*of(finding_action)).order_by(mapped.plan_id, mapped.action_id)
    ):
        actions[row.finding_id].append((row.plan_id, row.action_id))
    return tuple(
        Finding(
            finding_id=row.finding_id,
            statement=row.statement,
            note=row.note,
            supporting=tuple(evidence[row.finding_id, Side.FOR.value]),
            opposing=tuple(evidence[row.finding_id, Side.AGAINST.value]),
            actions=tuple(actions[row.finding_id]),
            author=row.author,
            at=row.at,
            withdrawn=row.withdrawn,
        )
        for row in connection.execute(sa.select(finding).where(*of(finding)).order_by(finding.c.position))
    )


def next_id(connection: sa.Connection) -> tuple[str, int]:
    """The id and position the next finding gets."""
    last = int(connection.execute(sa.select(sa.func.max(finding.c.position))).scalar() or 0)
    return f"F{last + 1}", last + 1


def keep(connection: sa.Connection, made: Finding, position: int | None = None) -> None:
    """Keep a finding as it now is, in place of what it was; a new one is given its position."""
    values = {
        "statement": made.statement,
        "note": made.note,
        "withdrawn": made.withdrawn,
        "author": made.author,
        "at": made.at,
    }
    if position is not None:
        connection.execute(finding.insert().values(finding_id=made.finding_id, position=position, **values))
    else:
        connection.execute(finding.update().where(finding.c.finding_id == made.finding_id).values(**values))
    for table in (finding_evidence, finding_action):
        connection.execute(table.delete().where(table.c.finding_id == made.finding_id))
    evidence = [
        {"finding_id": made.finding_id, "episode_id": one, "side": side.value}
        for side in Side
        for one in made.evidence(side)
    ]
    if evidence:
        connection.execute(finding_evidence.insert(), evidence)
    actions = [{"finding_id": made.finding_id, "plan_id": p, "action_id": action} for p, action in made.actions]
    if actions:
        connection.execute(finding_action.insert(), actions)


def episodes(connection: sa.Connection, ids: Collection[str]) -> tuple[Episode, ...]:
    """Episodes by id, whatever their state; an id nobody has is left out."""
    found: list[Episode] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), _BATCH):
        found += _episodes(connection, episode.c.episode_id.in_(wanted[start : start + _BATCH]))
    return tuple(found)


def of_the_same_words(connection: sa.Connection, taken: Sequence[Episode]) -> tuple[Episode, ...]:
    """Every coding, whatever its state, that begins where one of these passages does."""
    found: list[Episode] = []
    places = sorted({(one.anchor.document_id, one.anchor.start) for one in taken})
    for start in range(0, len(places), _BATCH):
        found += _episodes(
            connection,
            sa.tuple_(episode.c.document_id, episode.c.start).in_(places[start : start + _BATCH]),
        )
    return tuple(found)


def _episodes(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Episode]:
    rows = connection.execute(
        sa.select(episode, edition.c.sha256)
        .join(
            edition,
            sa.and_(edition.c.document_id == episode.c.document_id, edition.c.version == episode.c.version),
        )
        .where(where)
        .order_by(episode.c.episode_id)
    )
    return [episode_of(row, {(row.document_id, row.version): row.sha256}) for row in rows]


def references(connection: sa.Connection) -> tuple[tuple[str, str, str], ...]:
    """Every piece of evidence as it is kept: finding id, episode id, side."""
    one = finding_evidence.c
    rows = connection.execute(sa.select(finding_evidence).order_by(one.finding_id, one.episode_id))
    return tuple((row.finding_id, row.episode_id, row.side) for row in rows)


def plans(connection: sa.Connection) -> tuple[HeldPlan, ...]:
    """The plans loaded into the study, in the order in which they came."""
    rows = connection.execute(sa.select(plan).order_by(plan.c.position))
    return tuple(HeldPlan(Plan.model_validate(row.content), row.in_use, row.author, row.at) for row in rows)


def keep_plan(connection: sa.Connection, made: Plan, author: str, at: str) -> None:
    """Keep a plan, in place of the one of that id where there is one."""
    values = {"content": made.model_dump(mode="json", by_alias=True), "author": author, "at": at}
    changed = connection.execute(plan.update().where(plan.c.plan_id == made.id).values(**values))
    if not changed.rowcount:
        last = int(connection.execute(sa.select(sa.func.max(plan.c.position))).scalar() or 0)
        connection.execute(plan.insert().values(plan_id=made.id, position=last + 1, in_use=False, **values))


def use_plan(connection: sa.Connection, plan_id: str) -> None:
    """Set findings beside the plan of that id, or beside the protocol's own where none has it."""
    connection.execute(plan.update().values(in_use=plan.c.plan_id == plan_id))
