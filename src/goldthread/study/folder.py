"""A study on disk: one folder with its database, its originals and its own copy of the protocol."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from goldthread.briefing.words.template_files import OWN
from goldthread.errors import StudyFault, UsageError
from goldthread.protocol.load import DATA, folder_of, load, shipped
from goldthread.protocol.model import Protocol
from goldthread.store import journal, studies
from goldthread.store.database import Database
from goldthread.store.originals import Originals
from goldthread.study.rules import Rules

DATABASE = "study.db"
PROTOCOL = "protocol"
ORIGINALS = "originals"
OUTPUTS = "outputs"
SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Held:
    """An opened study folder. What it goes by, amendments included, is its `rules`."""

    folder: Path
    database: Database
    originals: Originals
    rules: Rules

    @property
    def protocol(self) -> Protocol:
        """The protocol as the study goes by it now."""
        return self.rules.protocol

    def fingerprint(self, *, words: bool) -> str:
        """Changes whenever engines have to read for something else, or with `words` are told it in other words."""
        return self.rules.fingerprint(words=words)


def is_study(folder: Path) -> bool:
    """Whether a study was completely made here."""
    if not (folder / DATABASE).is_file():
        return False
    database = Database(folder / DATABASE)
    try:
        if not database.revision():
            return False
        with database.read() as connection:
            return studies.is_made(connection)
    finally:
        database.close()


def create(folder: Path, protocol: str | Path, who: str) -> None:
    """Make a new study. Interrupted at any moment and called again, it ends in the same study.

    Raises UsageError when the folder holds a study or anything else already.
    """
    if is_study(folder):
        raise UsageError("there is a study here already", where=str(folder), mend="open it, or name a new folder")
    _refuse_foreign(folder)
    chosen = load(protocol)
    folder.mkdir(parents=True, exist_ok=True)
    _place_protocol(folder, protocol)
    database = Database(folder / DATABASE)
    try:
        database.migrate()
        with database.write() as connection:
            studies.make(connection, folder.resolve().name, journal.now(), chosen.id, chosen.version)
            journal.append(connection, who, "init", "study", after={"protocol": chosen.id, "version": chosen.version})
    finally:
        database.close()


def open_folder(folder: Path) -> Held:
    """Open a study, upgrading its database after a backup where that is needed.

    Raises StudyFault when there is no study, or it is damaged or newer than this version.
    """
    if not is_study(folder):
        raise StudyFault(
            "there is no study here", where=str(folder), mend=f"make one with `goldthread init {folder}`"
        )
    database = Database(folder / DATABASE)
    database.migrate()
    rules = Rules(load(folder / PROTOCOL), folder / PROTOCOL)
    with database.read() as connection:
        rules.renew(connection)
    return Held(folder, database, Originals(folder / ORIGINALS), rules)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is either the old one or the whole new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir():
        ours = {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", PROTOCOL}
        foreign = sorted(item.name for item in folder.iterdir() if item.name not in ours and item.name[0] != ".")
        if foreign:
            raise UsageError(
                f"the folder is not empty: it holds {foreign[0]}", where=str(folder), mend="name a new folder"
            )
    elif folder.exists():
        raise UsageError("this is a file, not a folder", where=str(folder), mend="name a new folder")


def _place_protocol(folder: Path, protocol: str | Path) -> None:
    """Copy the protocol in one step, so that a study never has half of one."""
    incoming = Path(tempfile.mkdtemp(dir=folder, prefix=".protocol-"))
    origin = folder_of(str(protocol)) if str(protocol) in shipped() else Path(protocol)
    shared = origin / SHARED if (origin / SHARED).is_dir() else DATA / SHARED
    for source, copy in ((origin, incoming), (shared, incoming / SHARED), (origin / OWN, incoming / OWN)):
        if source.is_dir():
            copy.mkdir(exist_ok=True)
        for path in sorted(source.glob("*.toml")):
            shutil.copyfile(path, copy / path.name)
    target = folder / PROTOCOL
    if target.exists():
        shutil.rmtree(target)
    incoming.chmod(0o755)
    incoming.replace(target)
