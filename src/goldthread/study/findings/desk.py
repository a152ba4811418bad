"""Findings and plans as somebody at work on them reads and changes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

from goldthread.analysis.catalogue import Listed
from goldthread.analysis.passages import Passage
from goldthread.coding.model import Episode
from goldthread.errors import UsageError
from goldthread.findings.board import Aligned, Board, Weighing, align, bearing
from goldthread.findings.model import Finding, Side
from goldthread.findings.weighing import Ground, Weighed, weigh
from goldthread.protocol.cases import counts
from goldthread.protocol.plan import Plan
from goldthread.screening.ledger import status_of
from goldthread.screening.model import ScreeningState
from goldthread.store import findings as store
from goldthread.store import journal
from goldthread.store.journal import Entry
from goldthread.store.review_file import stamp_of
from goldthread.study.findings import acts as acts
from goldthread.study.findings import boards, planning
from goldthread.study.folder import Held
from goldthread.values import Basis, State

_HISTORY = 60


class FindingDesk:
    """One person's place at a study's findings. Safe to share between threads.

    `catalogue` and `passages` give the reviews and codes of the study as they now stand.
    """

    def __init__(
        self,
        held: Held,
        who: str,
        catalogue: Callable[[], tuple[Listed, ...]],
        passages: Callable[[], tuple[Passage, ...]],
    ) -> None:
        self._held, self._who = held, who
        self._catalogue, self._passages = catalogue, passages
        self._lock = Lock()
        self._board: tuple[str, Board | None] = ("", None)
        self._bearing: tuple[str, Mapping[str, tuple[tuple[str, Side], ...]]] = ("", {})
        self._kept: dict[Basis, tuple[str, Ground, tuple[Weighed, ...]]] = {}

    def board(self) -> Board:
        """All findings and plans, read anew only when something was done."""
        return self._now()[1]

    def _now(self) -> tuple[str, Board]:
        """The state of the study, and its findings in it."""
        with self._lock, self._held.database.read() as connection:
            state = journal.state(connection)
            known, found = self._board
            if found is None or known != state:
                found = boards.board(self._held, connection)
                self._board = (state, found)
            return state, found

    def bearing(self) -> Mapping[str, tuple[tuple[str, Side], ...]]:
        """Episode id → the findings it is evidence of, each with the side it is on."""
        state, board = self._now()
        if self._bearing[0] != state:
            self._bearing = (state, bearing(board))
        return self._bearing[1]

    def ground(self, basis: Basis) -> Ground:
        """What findings are weighed over: the whole study on one basis."""
        return self._weigh(basis)[0]

    def weighed(self, basis: Basis) -> tuple[Weighed, ...]:
        """Every finding that stands, weighed."""
        return self._weigh(basis)[1]

    def _weigh(self, basis: Basis) -> tuple[Ground, tuple[Weighed, ...]]:
        """Weighed once in each state of the study."""
        state, board = self._now()
        known, over, weighed = self._kept.get(basis, ("", None, ()))
        if over is None or known != state:
            over = self._ground(basis)
            weighed = board.weigh(over)
            self._kept[basis] = (state, over, weighed)
        return over, weighed

    def _ground(self, basis: Basis) -> Ground:
        live = {state.value for state in State if counts(state, basis)}
        coded = {one.review_id for one in self._passages() if one.state in live}
        decided = ((each, each.decided if basis is Basis.CONFIRMED else each.decision) for each in self._catalogue())
        types = {
            each.review_id: each.review_types
            for each, made in decided
            if status_of(made, basis) == ScreeningState.INCLUDED
        }
        return Ground(basis, types, frozenset(coded & types.keys()))

    def weighing(self, basis: Basis) -> Weighing:
        """The findings weighed and set beside the plan, as outputs take them."""
        board, over = self.board(), self.ground(basis)
        return Weighing(board.rule, over, self.weighed(basis), self.aligned(basis), self._now()[0])

    def aligned(self, basis: Basis) -> Aligned:
        """The findings beside the plan in use."""
        return align(self.weighed(basis), self.board().plans)

    def one(self, finding_id: str, basis: Basis) -> Weighed:
        """One finding, weighed; it may be one that was withdrawn. Raises UsageError when there is none."""
        found = self.board()
        made = next((each for each in found.findings if each.finding_id == finding_id), None)
        if made is None:
            raise UsageError(f"there is no finding {finding_id!r}", mend="go back to the list of findings")
        return weigh(made, found.passages, self.ground(basis), found.rule)

    def passages_of(self, ids: Sequence[str]) -> tuple[Episode, ...]:
        """Episodes by id, whatever their state, in the order given; an id nobody has is left out."""
        with self._held.database.read() as connection:
            found = {one.episode_id: one for one in store.episodes(connection, set(ids))}
        return tuple(found[one] for one in dict.fromkeys(ids) if one in found)

    def history(self, finding_id: str) -> tuple[Entry, ...]:
        """What was done to a finding, newest first."""
        with self._held.database.read() as connection:
            return journal.latest(connection, _HISTORY, [finding_id])

    def make(
        self,
        statement: str,
        *,
        note: str = "",
        supporting: Sequence[str] = (),
        opposing: Sequence[str] = (),
        actions: Sequence[str] = (),
    ) -> str:
        """Make a finding and return its id."""
        return acts.make(
            self._held,
            statement,
            note=note,
            supporting=supporting,
            opposing=opposing,
            actions=actions,
            who=self._who,
        )

    def restate(self, finding_id: str, statement: str, note: str, seen: str | None = None) -> None:
        """Say a finding anew; `seen` is the stamp under which it was read, None when just now."""
        acts.restate(self._held, finding_id, statement, note, seen=seen, who=self._who)

    def weigh(self, finding_id: str, episodes: Sequence[str], side: Side | None, seen: str | None = None) -> None:
        """Put passages for or against a finding, or with no side take them away."""
        acts.weigh(self._held, finding_id, episodes, side, seen=seen, who=self._who)

    def renew(self, finding_id: str, seen: str | None = None) -> None:
        """Take the evidence as it now stands."""
        acts.renew(self._held, finding_id, seen=seen, who=self._who)

    def align(self, finding_id: str, actions: Sequence[str], seen: str | None = None) -> None:
        """Map a finding to actions of the plan in use."""
        acts.align(self._held, finding_id, actions, seen=seen, who=self._who)

    def withdraw(self, finding_id: str, seen: str | None = None) -> None:
        """Withdraw a finding."""
        acts.withdraw(self._held, finding_id, seen=seen, who=self._who)

    def reinstate(self, finding_id: str, seen: str | None = None) -> None:
        """Let a withdrawn finding stand again."""
        acts.reinstate(self._held, finding_id, seen=seen, who=self._who)

    def undo(self, finding_id: str, seen: str | None = None) -> str:
        """Take the last act on a finding back; returns its verb."""
        return acts.undo(self._held, finding_id, seen=seen, who=self._who)

    def load_plan(self, path: str | Path, called: str = "") -> Plan:
        """Load another plan from a file; faults name it as it is `called`."""
        return planning.load_plan(self._held, Path(path), self._who, called)

    def use_plan(self, plan_id: str, seen: str | None = None) -> Plan:
        """Set findings beside another plan than the one seen in use."""
        return planning.use_plan(self._held, plan_id, self._who, seen)


@lru_cache(maxsize=2048)
def stamp(finding: Finding) -> str:
    """What tells whether a finding is still as it was seen."""
    return stamp_of(finding)
