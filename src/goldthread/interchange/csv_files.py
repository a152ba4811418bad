"""A study as a folder of CSV files and the text each anchor counts in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from goldthread.interchange.files import FILES, rows_of
from goldthread.interchange.rows import Row
from goldthread.study.folder import write_whole
from goldthread.study.study import Study


class CsvExporter:
    """A CSV file for each table and `texts/`.

    Quotes are exact, so a cell may begin with any character: open the files as data, not by double-click.
    """

    name = "csv"
    writes: Literal["folder"] = "folder"

    def write(self, study: Study, out: Path) -> None:
        """Write the files into a folder, made when missing."""
        rows = rows_of(study, study.record(every_state=True))
        for name, columns in FILES.items():
            write_whole(out / f"{name}.csv", _csv(columns, rows[name]))
        for text in study.texts():
            write_whole(out / "texts" / f"{text.document_id}.txt", text.text.encode("utf-8"))


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")
