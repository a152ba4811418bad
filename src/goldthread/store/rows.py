"""A row of the tables as the value it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from goldthread.anchors import Anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.screening.model import Answer, CriterionAnswer
from goldthread.values import Missing, State

Row = sa.Row[tuple[Any, ...]]
Hashes = Mapping[tuple[str, int], str]
"""The SHA-256 of the file of each version of each document."""
STATES = {state.value: state for state in State}
MISSING = {kind.value: kind for kind in Missing}


def anchor_of(row: Row, hashes: Hashes) -> Anchor:
    """An anchor from its columns."""
    return Anchor(
        document_id=row.document_id,
        sha256=hashes[row.document_id, row.version],
        version=row.version,
        start=row.start,
        end=row.end,
        page=row.page,
        quote=row.quote,
        before=row.before,
        after=row.after,
    )


def characteristic_of(row: Row, anchors: Sequence[Anchor]) -> Characteristic:
    """A value, or a kind of missing, with the words it rests on."""
    return Characteristic(
        review_id=row.review_id,
        subject_no=row.subject_no,
        field=row.field,
        value=row.value,
        missing=MISSING[row.missing] if row.missing else None,
        state=STATES[row.state],
        author=row.author,
        engine=row.engine,
        confidence=row.confidence,
        anchors=tuple(anchors),
    )


def answer_of(row: Row, anchors: Sequence[Anchor]) -> CriterionAnswer:
    """The answer to a criterion with the words it rests on."""
    return CriterionAnswer(
        review_id=row.review_id,
        criterion=row.criterion,
        met=Answer(row.met),
        state=STATES[row.state],
        author=row.author,
        engine=row.engine,
        confidence=row.confidence,
        anchors=tuple(anchors),
    )


def episode_of(row: Row, hashes: Hashes) -> Episode:
    """A coded passage."""
    return Episode(
        review_id=row.review_id,
        episode_id=row.episode_id,
        theme=row.theme,
        subtheme=row.subtheme,
        direction=row.direction,
        explanation=row.explanation,
        whose=row.whose,
        state=STATES[row.state],
        author=row.author,
        engine=row.engine,
        confidence=row.confidence,
        anchor=anchor_of(row, hashes),
        agencies=tuple(row.agencies),
        vulnerabilities=tuple(row.vulnerabilities),
        memo=row.memo,
    )


def recommendation_of(row: Row, hashes: Hashes) -> Recommendation:
    """A recommendation."""
    return Recommendation(
        review_id=row.review_id,
        recommendation_id=row.recommendation_id,
        text=row.text,
        addressee=row.addressee,
        scope=row.scope,
        state=STATES[row.state],
        author=row.author,
        engine=row.engine,
        confidence=row.confidence,
        anchor=anchor_of(row, hashes),
    )
