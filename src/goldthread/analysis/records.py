"""A study as the pure rules see it: one frozen record a review, with everything that may be counted."""

from __future__ import annotations

from dataclasses import dataclass

from goldthread.coding.model import Episode, Link, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.scoring.measured import Measured
from goldthread.screening.model import CriterionAnswer, ScreeningDecision
from goldthread.sources.populations import Population


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What outputs say about a document. `problems` are messages, empty when all is well."""

    document_id: str
    file_name: str
    sha256: str
    format: str
    pages: int
    characters: int
    problems: tuple[str, ...] = ()
    duplicate_of: str = ""
    near_duplicates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """One registered review with all that was suggested or confirmed about it, rejected items left out.

    `citation` is how extracts cite it, e.g. "SCR CG". Dates are ISO text, as precise as known, or "".
    `decision` is None while nobody, machine or person, has proposed one. `ratings` are a person's, as (item, value).
    `links` join episodes and recommendations that are both here.
    """

    review_id: str
    title: str
    citation: str
    review_types: tuple[str, ...]
    source: str
    round: str
    publication_date: str
    url: str
    found_at: str
    documents: tuple[DocumentRecord, ...]
    decision: ScreeningDecision | None
    answers: tuple[CriterionAnswer, ...] = ()
    characteristics: tuple[Characteristic, ...] = ()
    episodes: tuple[Episode, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A search window. Dates are ISO or ""."""

    round: str
    label: str
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """An engine that was really run on this study."""

    name: str
    version: str
    reviews: int
    last_run: str


@dataclass(frozen=True, slots=True)
class StudyRecord:
    """Everything outputs may say about a study, at one moment.

    `state` is the hash of the last journal entry: two outputs with one state rest on the same evidence.
    `versions` names the software that made it (goldthread, pypdfium2, …). `measured` is how often engines were right
    where that was measured, the study's own measurements first. `populations` are the denominators of rates.
    """

    name: str
    created: str
    state: str
    reviews: tuple[ReviewRecord, ...]
    rounds: tuple[RoundRecord, ...]
    engines: tuple[EngineRecord, ...]
    versions: dict[str, str]
    measured: tuple[Measured, ...] = ()
    populations: tuple[Population, ...] = ()
