"""Whether a study may ask a language model, and which: set and turned off, with a journal entry each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from goldthread.assist.llm.settings import Settings, checked, from_toml, to_toml
from goldthread.store import journal
from goldthread.study.folder import Held, write_whole

FILE = "llm.toml"


def settings_of(folder: Path) -> Settings | None:
    """The language model of the study in a folder; None when it is off."""
    path = folder / FILE
    return from_toml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else None


class LanguageModel:
    """The language model of one opened study. Nothing is ever sent from here."""

    def __init__(self, held: Held, who: str) -> None:
        self._held, self._who = held, who
        self._path = held.folder / FILE

    @property
    def settings(self) -> Settings | None:
        """Server, model and limits; None when it is off."""
        return settings_of(self._held.folder)

    def set(self, settings: Settings) -> None:
        """Name the server and model this study may ask. Raises UsageError for settings that do not hold together."""
        checked(settings)
        before = self.settings
        write_whole(self._path, to_toml(settings).encode("utf-8"))
        self._note("llm-set", asdict(before) if before else None, asdict(settings))

    def turn_off(self) -> bool:
        """Forget the model, whatever state its file is in; False when none was set. What it suggested stays."""
        if not self._path.is_file():
            return False
        self._path.unlink()
        self._note("llm-off", None, None)
        return True

    def _note(self, verb: str, before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> None:
        with self._held.database.write() as connection:
            journal.append(connection, self._who, verb, "study", before=before, after=after)
