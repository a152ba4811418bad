"""What every export says of itself: which study, which protocol, which state, what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.analysis.records import StudyRecord
from goldthread.analysis.tabulate import CONFIRMED_NOTE, DRAFT_NOTE
from goldthread.protocol.model import Protocol
from goldthread.values import Basis, State


def about(study: StudyRecord, protocol: Protocol) -> list[tuple[str, str]]:
    """Labelled facts, in the order people read them."""
    decided = sum(1 for one in study.reviews if one.decision and one.decision.basis is Basis.CONFIRMED)
    states = list(_states(study))
    confirmed = sum(1 for state in states if state is State.CONFIRMED)
    open_ = sum(1 for state in states if state is State.SUGGESTED)
    return [
        ("Study", study.name),
        ("Made", study.created),
        ("Protocol", f"{protocol.title} ({protocol.id}, version {protocol.edition})"),
        ("State", study.state),
        ("Basis", DRAFT_NOTE if open_ or decided < len(study.reviews) else CONFIRMED_NOTE),
        ("Reviews", str(len(study.reviews))),
        ("Screening decisions made by a person", str(decided)),
        ("Values and passages confirmed", str(confirmed)),
        ("Values and passages only suggested", str(open_)),
        *((f"Engine {item.name}", f"{item.version}, {item.reviews} reviews") for item in study.engines),
        *((f"Version of {name}", version) for name, version in sorted(study.versions.items())),
    ]


def _states(study: StudyRecord) -> Iterator[State]:
    for review in study.reviews:
        yield from (item.state for item in review.characteristics)
        yield from (item.state for item in review.answers)
        yield from (item.state for item in review.episodes)
        yield from (item.state for item in review.recommendations)
