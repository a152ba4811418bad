"""Every table of an export, in its order: what was logged and coded, then findings and ratings."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.analysis.records import StudyRecord
from goldthread.interchange.finding_rows import FINDING_COLUMNS, finding_rows
from goldthread.interchange.rating_rows import RATING_COLUMNS, rating_rows
from goldthread.interchange.rows import COLUMNS, Row, study_rows
from goldthread.study.study import Study
from goldthread.values import Basis

FILES: dict[str, tuple[str, ...]] = {**COLUMNS, **FINDING_COLUMNS, **RATING_COLUMNS}
"""File name without ending → its columns, in order."""


def rows_of(study: Study, kept: StudyRecord) -> dict[str, Iterator[Row]]:
    """The rows of every file; `kept` is the study with everything in any state."""
    names = {item.document_id: item.file_name for one in kept.reviews for item in one.documents}
    weighings = [study.weighing(basis) for basis in Basis]
    findings = finding_rows(weighings, study.board().passages, names)
    return study_rows(kept, study.entries()) | findings | rating_rows(study.quality.book())
