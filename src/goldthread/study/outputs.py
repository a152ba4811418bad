"""What `run` leaves behind: the draft briefing in three formats and every table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from goldthread.analysis import render
from goldthread.screening.ledger import to_text
from goldthread.study.folder import OUTPUTS, write_whole
from goldthread.study.progress import Progress
from goldthread.study.study import Study


@dataclass(frozen=True, slots=True)
class Written:
    """Where outputs were put: the briefings (HTML first) and the folder of tables."""

    briefings: tuple[Path, ...]
    tables: Path


def write_outputs(study: Study, progress: Progress, kind: str = "practice") -> Written:
    """Write the draft briefing, the ledger and every table into the study's `outputs` folder."""
    folder = study.folder / OUTPUTS
    computed = study.tables()
    progress.stage("Writing tables and the draft briefing", len(computed) + 4)
    write_whole(folder / "ledger.txt", to_text(study.ledger(), study.protocol).encode("utf-8"))
    progress.step()
    for table in computed:
        name = "".join(letter if letter.isalnum() else "-" for letter in table.id)
        write_whole(folder / "tables" / f"{name}.csv", render.to_csv(table).encode("utf-8"))
        progress.step()
    publication = study.brief(kind)
    briefings = []
    for ending in ("html", "docx", "pdf"):
        briefings.append(publication.save(folder / f"briefing.{ending}"))
        progress.step()
    return Written(tuple(briefings), folder / "tables")
