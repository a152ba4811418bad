"""A study as a folder of Parquet files: the export tables with types, and the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Literal

from goldthread.analysis.frames import library
from goldthread.interchange.exporting import whole_file
from goldthread.interchange.files import FILES, rows_of
from goldthread.interchange.rows import FRACTIONS, WHOLE_NUMBERS, Row
from goldthread.study.study import Study

_ROWS_AT_ONCE = 50_000


class ParquetExporter:
    """One file a table; what is an empty text in CSV is null here."""

    name = "parquet"
    writes: Literal["folder"] = "folder"

    def write(self, study: Study, out: Path) -> None:
        """Write the files into a folder, made when missing. Raises UsageError without the extra `frames`."""
        polars = library("polars")
        rows = rows_of(study, study.record(every_state=True))
        for name, columns in FILES.items():
            _write(polars, out / f"{name}.parquet", columns, rows[name])
        texts = ((text.document_id, text.text) for text in study.texts())
        _write(polars, out / "texts.parquet", ("document_id", "text"), texts)


def _write(polars: ModuleType, path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    schema = {column: _type(polars, column) for column in columns}
    parts = [polars.DataFrame(schema=schema)]
    batch: list[Row] = []
    for row in rows:
        batch.append(tuple(None if value == "" else value for value in row))
        if len(batch) == _ROWS_AT_ONCE:
            parts.append(polars.DataFrame(batch, schema=schema, orient="row"))
            batch = []
    parts.append(polars.DataFrame(batch, schema=schema, orient="row"))
    with whole_file(path) as temporary:
        polars.concat(parts).write_parquet(temporary)


def _type(polars: ModuleType, column: str) -> object:
    if column in WHOLE_NUMBERS:
        return polars.Int64
    return polars.Float64 if column in FRACTIONS else polars.String
