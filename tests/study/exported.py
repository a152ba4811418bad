"""Exports as a person edits them: read, changed in places, written again as a spreadsheet would."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import goldthread as gt
from goldthread.interchange.exporting import export_study

Row = dict[str, str]


def exported(study: gt.Study, folder: Path, name: str) -> list[Row]:
    """The rows of one file of a fresh CSV export."""
    export_study(study, "csv", folder)
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def written(path: Path, rows: list[Row], *, separator: str = ",", mark: bool = False) -> Path:
    """The rows as a CSV file; with `mark`, as Excel writes it."""
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def edited(
    study: gt.Study,
    folder: Path,
    name: str,
    change: Mapping[str, str] | Callable[[Row], None],
    chosen: Callable[[Row], bool],
) -> Path:
    """A fresh export of one file in which the first chosen row was changed."""
    rows = exported(study, folder, name)
    row = next(item for item in rows if chosen(item))
    if callable(change):
        change(row)
    else:
        row.update(change)
    return written(folder / f"edited-{name}.csv", rows)
