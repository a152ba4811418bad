"""A study as a folder of CSV files and the text each anchor counts in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from goldthread.interchange.rows import COLUMNS, Row, study_rows
from goldthread.study.folder import write_whole
from goldthread.study.study import Study


def write_csv_folder(study: Study, folder: Path) -> None:
    """Write the seven CSV files and `texts/` into a folder, made when missing.

    Quotes are exact, so a cell may begin with any character: open the files as data, not by double-click.
    """
    rows = study_rows(study.record(every_state=True), study.entries())
    for name, columns in COLUMNS.items():
        write_whole(folder / f"{name}.csv", _csv(columns, rows[name]))
    for text in study.texts():
        write_whole(folder / "texts" / f"{text.document_id}.txt", text.text.encode("utf-8"))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
