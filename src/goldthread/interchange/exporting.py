"""Writing a study in the formats other tools read; ours come in by the same door as anybody's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Literal
from typing import Protocol as Interface

from goldthread.errors import UsageError
from goldthread.study.study import Study

GROUP = "goldthread.exporters"


class Exporter(Interface):
    """One format. `writes` says whether `out` is a file or a folder of files."""

    name: str
    writes: Literal["file", "folder"]

    def write(self, study: Study, out: Path) -> None:
        """Write the whole study; every anchor was verified just before."""
        ...


def installed() -> tuple[str, ...]:
    """Names of the formats that can be written."""
    return tuple(sorted(point.name for point in entry_points(group=GROUP)))


def exporter(name: str) -> Exporter:
    """The exporter of that name. Raises UsageError when none is installed."""
    for point in entry_points(group=GROUP):
        if point.name == name:
            made: Exporter = point.load()()
            return made
    raise UsageError(f"{name!r} is not an export format", mend=f"use one of {', '.join(installed())}")


def export_study(study: Study, format: str, out: Path) -> None:
    """Write the study to `out`, every anchor verified first, those of rejected suggestions too.

    Raises UsageError for an unknown format or a place that cannot be written to, BrokenAnchor when stored text
    and evidence disagree.
    """
    chosen = exporter(format)
    if chosen.writes == "file" and out.is_dir():
        raise UsageError(f"{format} is one file, and this is a folder", where=str(out), mend="name a file in it")
    if chosen.writes == "folder" and out.is_file():
        raise UsageError(f"{format} is a folder of files, and this is a file", where=str(out), mend="name a folder")
    study.ensure_verified(every_state=True)
    chosen.write(study, out)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` to write to; it takes the place of `path` when nothing went wrong."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
