"""The stand-ins for names in this study: kept beside it, so that a name has the same one the next time."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

from goldthread.assist.llm.names import StandIns
from goldthread.assist.llm.prompting import name_words
from goldthread.protocol.gazetteers import load as load_gazetteer
from goldthread.study.folder import Held, write_whole

FILE = "stand-ins.json"
LISTED = "names.txt"


class Veiler:
    """Stands in for names in one study's texts. `save` before anything is sent."""

    def __init__(self, held: Held) -> None:
        self._path = held.folder / FILE
        listed = held.folder / LISTED
        self._listed = [line.strip() for line in _lines(listed.read_text("utf-8-sig"))] if listed.is_file() else []
        self._gazetteers = sorted({field.gazetteer for field in held.protocol.fields if field.gazetteer})
        read = json.loads(self._path.read_text(encoding="utf-8")) if self._path.is_file() else {}
        titles, ordinary = name_words()
        self._names = StandIns(
            read.get("salt") or secrets.token_hex(16), ordinary, titles, dict(read.get("known", {}))
        )
        self._saved = len(self._names.known)

    def __call__(self, text: str) -> str:
        """The text with names stood in for; names of organisations of several words stay."""
        kept = [
            (hit.start, hit.end)
            for name in self._gazetteers
            for hit in load_gazetteer(name).find(text)
            if len(text[hit.start : hit.end].split()) > 1
        ]
        return self._names.replace(text, kept, self._listed)

    def save(self) -> None:
        """Write the stand-ins down where there are new ones."""
        if len(self._names.known) != self._saved:
            kept = {"salt": self._names.salt, "known": dict(sorted(self._names.known.items()))}
            write_whole(self._path, json.dumps(kept, ensure_ascii=False, indent=1).encode("utf-8"))
            self._path.chmod(0o600)
            self._saved = len(self._names.known)


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
