"""Asking a scripted model about a study, and what came of it."""

from __future__ import annotations

from dataclasses import replace

import goldthread as gt
from goldthread.assist.llm.settings import Settings
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.study.engines.asking import Consent
from goldthread.study.engines.suggesting import Suggested, Told
from goldthread.values import State
from tests.transport.server import ModelServer

PLENTY = Consent(budget="9M tokens")


def ask(study: gt.Study, server: ModelServer, consent: Consent = PLENTY, **changed: float) -> Suggested:
    settings = Settings(server.address, "scripted", context=24_000, timeout=5.0)
    if changed:
        settings = replace(settings, **changed)  # type: ignore[arg-type]
    if study.language_model.settings != settings:
        study.language_model.set(settings)
    return study.suggest("llm", consent=consent)


def told(done: Suggested) -> Told:
    assert done.told
    return done.told


def of_model(study: gt.Study) -> list[Characteristic | Episode | Recommendation]:
    """Values, passages and recommendations of the model that may be counted, those without a value left out."""
    return [
        item
        for review in study.record(every_state=True).reviews
        for item in (
            *(each for each in review.characteristics if each.value is not None),
            *review.episodes,
            *review.recommendations,
        )
        if item.engine == "llm" and item.state is State.SUGGESTED
    ]


def counted(study: gt.Study) -> list[list[object]]:
    return [
        [cell.count for row in study.table(table).rows for cell in row.cells] for table in ("P4", "P5", "T4", "T11")
    ]
