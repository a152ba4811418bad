"""The press: the kinds of briefing a study has, their outlines, figures and words, and the briefings made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from goldthread.analysis.records import StudyRecord
from goldthread.briefing import claims
from goldthread.briefing.build import build, scope_of, template_of
from goldthread.briefing.claims import ClaimLedger, Stale
from goldthread.briefing.options import USUAL, Options
from goldthread.briefing.words.live import LiveFigures
from goldthread.briefing.words.own_words import OwnWords
from goldthread.briefing.words.template import Template
from goldthread.briefing.words.template_files import Kinds
from goldthread.errors import UnreadableInput, UsageError
from goldthread.findings.board import Board
from goldthread.protocol.model import Condition
from goldthread.store import journal
from goldthread.study import verifying
from goldthread.study.findings import boards
from goldthread.study.folder import Held
from goldthread.study.publishing import briefings, wording
from goldthread.study.publishing.publication import Publication
from goldthread.values import Basis

Slot = wording.Slot
_KEPT = 3
"""So many briefings last made are kept while nothing changes."""


@dataclass(frozen=True)
class _Asked:
    """What a briefing was made of: asked the same again, it is the same briefing."""

    state: str
    template: Template
    basis: Basis
    where: tuple[Condition, ...]
    rounds: tuple[str, ...]
    options: Options


class Press:
    """Briefings of an opened study. Safe to share between threads; what was counted is kept while nothing changes."""

    def __init__(self, held: Held, record: Callable[[], StudyRecord], who: str) -> None:
        self._held, self._record, self._who = held, record, who
        self._lock = Lock()
        self._made: list[tuple[_Asked, Publication]] = []
        self._figures: dict[Basis, tuple[str, LiveFigures]] = {}

    def brief(
        self,
        kind: str,
        basis: Basis,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        options: Options = USUAL,
    ) -> Publication:
        """A briefing built from the study as it stands, every anchor verified first."""
        known, kept = self.kinds(), self._record()
        asked = _Asked(kept.state, template_of(kind, known), basis, tuple(where), tuple(rounds), options)
        with self._lock:
            found = next((made for was, made in self._made if was == asked), None)
        if found is not None:
            return found
        verifying.ensure_verified(self._held, kept)
        board = self._board()
        verifying.ensure_exact(self._held, boards.anchors(board))
        with self._held.database.read() as connection:
            moment = next((entry.at for entry in journal.latest(connection, 1)), "")
        own = {(one.section, one.slot): one.text for one in self.words(kind)}
        briefing = build(
            kind,
            self._held.protocol,
            kept,
            basis,
            where,
            rounds,
            moment,
            templates=known,
            prose=own,
            options=options,
            board=board,
        )
        made = Publication(briefing)
        with self._lock:
            self._made = [(asked, made), *self._made][:_KEPT]
        return made

    def kinds(self) -> Kinds:
        """The kinds of briefing by name: those shipped, and the study's own."""
        return briefings.kinds(self._held)

    def write_template(self, kind: str, out: str | Path | None = None) -> Path:
        """Write the outline of a kind of briefing into the study, or to a file, to be edited."""
        return briefings.write_template(self._held, kind, Path(out) if out is not None else None)

    def figures(self, basis: Basis, where: Sequence[Condition] = (), rounds: Sequence[str] = ()) -> LiveFigures:
        """The figures that prose may name; those of the whole study are counted once while nothing changes."""
        kept = self._record()
        if where or rounds:
            return LiveFigures(scope_of(self._held.protocol, kept, basis, where, rounds, board=self._board()))
        with self._lock:
            state, found = self._figures.get(basis, ("", None))
            if found is None or state != kept.state:
                found = LiveFigures(scope_of(self._held.protocol, kept, basis, board=self._board()))
                self._figures[basis] = (kept.state, found)
            return found

    def _board(self) -> Board:
        with self._held.database.read() as connection:
            return boards.board(self._held, connection)

    def words(self, kind: str) -> tuple[OwnWords, ...]:
        """The study's own words for one kind of briefing."""
        return wording.of_kind(self._held, kind)

    def write(self, slot: Slot, text: str, *, seen: str = "", basis: Basis = Basis.DRAFT) -> OwnWords | None:
        """Put words into a slot (kind, section, `text` or `after`) of a briefing, as it was seen ("" saw none)."""
        return wording.write(self._held, self.kinds(), slot, text, basis, self.figures(basis), seen, self._who)

    def undo(self, slot: Slot, *, seen: str = "") -> OwnWords | None:
        """Put a slot of a briefing back to the words before the last change."""
        return wording.undo(self._held, slot, seen, self._who)

    def stale(self, then: ClaimLedger) -> tuple[Stale, ...]:
        """The claims of a briefing that no longer hold. Raises UsageError for a briefing of another study."""
        kept = self._record()
        if then.study != kept.name:
            mend = "name the study it was made from"
            raise UsageError(f"the briefing is of the study “{then.study}”, this is “{kept.name}”", mend=mend)
        now = self.brief(then.kind, Basis(then.basis), then.where, then.rounds, then.options).briefing
        return claims.stale(then, claims.ledger_of(now))


def claims_in(file: Path) -> ClaimLedger:
    """The claims inside a briefing's file. Raises UnreadableInput where there are none."""
    try:
        data = file.read_bytes()
    except OSError as fault:
        raise UnreadableInput(f"cannot be read: {fault.strerror}", where=str(file), mend="check the path") from fault
    return claims.read(data, str(file))
