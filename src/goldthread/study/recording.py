"""The study as one frozen record: what tables, ledgers, briefings and exports are made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version

import pypdfium2

from goldthread.analysis.citations import citations
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.coding.voices import joining, once
from goldthread.store import journal, measurements, records, review_file, reviews
from goldthread.store.records import LIVE
from goldthread.store.review_file import ReviewFile
from goldthread.study.folder import Held
from goldthread.values import State


def record(held: Held, states: Sequence[State] = LIVE) -> StudyRecord:
    """Read the whole study at one moment, suggestions of those states only.

    In the states that may be counted a passage is there once, though two engines propose it or a person coded it.
    """
    with held.database.read() as connection:
        cited = citations(reviews.titled(connection), held.protocol)
        read = records.load(connection, versions(), cited, states)
    return replace(read, reviews=tuple(_in_one_voice(each) for each in read.reviews)) if states == LIVE else read


def renewed(held: Held, old: StudyRecord) -> StudyRecord | None:
    """The record as it now stands, made from an earlier one; None when too much has changed for that.

    What people do to single reviews is read again for those alone.
    """
    with held.database.read() as connection:
        touched = journal.touched(connection, old.state)
        if touched is None:
            return None
        files = {one: review_file.load(connection, one, LIVE) for one in touched}
        state, measured = journal.state(connection), measurements.known(connection)
    renewed_reviews = tuple(
        _in_one_voice(_refreshed(each, found)) if (found := files.get(each.review_id)) else each
        for each in old.reviews
    )
    return replace(old, state=state, reviews=renewed_reviews, measured=measured)


def _refreshed(review: ReviewRecord, found: ReviewFile) -> ReviewRecord:
    return replace(
        review,
        decision=found.decided or found.proposed,
        answers=tuple(one.item for one in found.answers),
        characteristics=tuple(one.item for one in found.characteristics),
        episodes=tuple(one.item for one in sorted(found.episodes, key=lambda one: one.key)),
        recommendations=tuple(one.item for one in sorted(found.recommendations, key=lambda one: one.key)),
        ratings=found.ratings,
        links=found.links,
    )


def _in_one_voice(review: ReviewRecord) -> ReviewRecord:
    """A review in which no passage counts twice because two engines found it."""
    episodes, recommendations = once(review.episodes), once(review.recommendations)
    links = joining(review.links, episodes, recommendations)
    return replace(review, episodes=episodes, recommendations=recommendations, links=links)


@cache
def versions() -> dict[str, str]:
    """The software whose version can change what a study says."""
    return {
        "goldthread": version("goldthread"),
        "PDFium": str(pypdfium2.PDFIUM_INFO),
        "SQLite": sqlite3.sqlite_version,
    }
