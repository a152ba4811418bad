"""Writing a study in the formats other tools read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from goldthread.errors import UsageError
from goldthread.interchange.csv_files import write_csv_folder
from goldthread.study.study import Study

FORMATS: dict[str, Callable[[Study, Path], None]] = {"csv": write_csv_folder}


def export_study(study: Study, format: str, out: Path) -> None:
    """Write the study to `out`, every anchor verified first.

    Raises UsageError for an unknown format, BrokenAnchor when stored text and evidence disagree.
    """
    writer = FORMATS.get(format)
    if writer is None:
        raise UsageError(f"{format!r} is not an export format", mend=f"use one of {', '.join(FORMATS)}")
    study.ensure_verified()
    writer(study, out)
