"""The rules of an opened study: its protocol as it was filed, with what was amended since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from goldthread.briefing.words.template_files import OWN
from goldthread.protocol.amend.amendments import Amendment, amended, mark
from goldthread.protocol.model import Protocol
from goldthread.store import amendments


class Rules:
    """The protocol a study goes by now. Amended here or in another process, `renew` brings it up to date.

    Safe to share between threads.
    """

    def __init__(self, filed: Protocol, folder: Path) -> None:
        self.filed, self.folder = filed, folder
        self.protocol = filed
        self.standing: tuple[Amendment, ...] = ()
        self._files = fingerprint_of(folder)
        self._known = (0, 0)
        self._lock = Lock()

    def fingerprint(self, *, words: bool) -> str:
        """The hash of the protocol's files, and of what was amended as far as engines read for it.

        With `words`, as engines read that are told the labels and definitions.
        """
        marked = mark(self.standing, words=words)
        return hashlib.sha256(f"{self._files}\n{marked}".encode()).hexdigest() if marked else self._files

    def renew(self, connection: sa.Connection) -> Protocol:
        """The protocol as it stands at this moment of the database."""
        with self._lock:
            known = amendments.standing(connection)
            if known != self._known:
                every = amendments.all_of(connection)
                self.protocol = amended(self.filed, every)
                self.standing = tuple(one for one in every if one.stands)
                self._known = known
            return self.protocol


def fingerprint_of(folder: Path) -> str:
    """The hash of the files that suggestions rest on; how briefings are laid out changes none of them."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.parent != folder / OWN:
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()
