"""What may be asked of a study. Nothing here changes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from goldthread.analysis.agreement import Comparison, Level
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.anchors import Anchor, DocumentText
from goldthread.briefing.claims import Stale
from goldthread.briefing.options import USUAL, Options
from goldthread.coding.model import Episode, Recommendation
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.findings.board import Board, Weighing, weighing
from goldthread.findings.weighing import Weighed
from goldthread.protocol.filters import describe
from goldthread.protocol.model import Condition, Protocol
from goldthread.ranking.model import Purpose, Queue
from goldthread.ranking.stopping import TARGET, Stopping
from goldthread.statistics.interval import LEVEL
from goldthread.store import documents, journal, reviews, search
from goldthread.store.journal import Entry
from goldthread.store.query import parse
from goldthread.store.reviews import NewProblem
from goldthread.store.search import Hit
from goldthread.study import verifying
from goldthread.study.coding import agreeing
from goldthread.study.counting import Counting
from goldthread.study.findings import boards
from goldthread.study.folder import Held
from goldthread.study.kept import Kept
from goldthread.study.likeness import similar
from goldthread.study.likeness.remembered import Remembered
from goldthread.study.progress import Progress, Silent
from goldthread.study.publishing import press
from goldthread.study.publishing.press import Press
from goldthread.study.publishing.publication import Publication
from goldthread.study.recording import record, renewed
from goldthread.study.screening import sampling
from goldthread.study.verifying import Verification
from goldthread.values import Basis, State

if TYPE_CHECKING:
    from goldthread.study.screening.ranking import Ranking

T = TypeVar("T")
DEFAULT_PROTOCOL = "police-reviews"


class StudyReader(Counting):
    """An opened study folder, to be read: its records, tables, briefings, searches and checks.

    Safe to share between threads; open it anew in another process.
    """

    def __init__(self, held: Held, who: str, limits: Limits = DEFAULT) -> None:
        self._held = held
        self._limits = limits
        self.who = who
        self._record: StudyRecord | None = None
        self._reading = Lock()
        self._kept = Kept()
        self._meanings = Remembered()
        self._ranking: Ranking | None = None

    @property
    def folder(self) -> Path:
        """The folder everything of this study is in."""
        return self._held.folder

    @property
    def protocol(self) -> Protocol:
        """The study's own copy of its protocol."""
        return self._held.protocol

    def queue(
        self, purpose: Purpose | str = Purpose.SCREENING, *, limit: int = 20, progress: Progress | None = None
    ) -> Queue:
        """What waits for a decision, first what most deserves it: reviews to screen, or passages to code.

        Ranked by what people decided so far, beside the machine's proposals; a `limit` of 0 gives all.
        """
        from goldthread.study.screening.ranking import Ranking  # noqa: PLC0415 - brings numpy, which other verbs do without

        self._ranking = self._ranking or Ranking(self._held)
        return self._ranking.queue(Purpose(purpose), limit, progress or Silent())

    def stopping(self, target: float = TARGET, level: float = LEVEL) -> Stopping:
        """How much of what is relevant has been found, with its interval, and what to do next."""
        return sampling.report(self._held, target, level)

    def record(self, *, every_state: bool = False) -> StudyRecord:
        """Everything that may be counted, as it stands now; with `every_state`, what was rejected too."""
        if every_state:
            return record(self._held, tuple(State))
        with self._reading:
            with self._held.database.read() as connection:
                state = journal.state(connection)
            if self._record is None or self._record.state != state:
                self._record = (renewed(self._held, self._record) if self._record else None) or record(self._held)
            return self._record

    def kept(self) -> Kept:
        """What was read and counted last, kept while the study stays as it is."""
        return self._kept

    def board(self) -> Board:
        """The findings people made with what has become of their evidence, and the plans."""
        with self._held.database.read() as connection:
            return boards.board(self._held, connection)

    def findings(
        self, basis: Basis | str = Basis.DRAFT, *, where: Sequence[Condition] = (), rounds: Sequence[str] = ()
    ) -> tuple[Weighed, ...]:
        """The findings that stand, weighed over the reviews of some rounds that meet every condition."""
        return self.weighing(basis, where=where, rounds=rounds).weighed

    def weighing(
        self, basis: Basis | str = Basis.DRAFT, *, where: Sequence[Condition] = (), rounds: Sequence[str] = ()
    ) -> Weighing:
        """The findings weighed likewise, and set beside the plan in use."""
        chosen = self.select(basis, where=where, rounds=rounds) if where or rounds else self.record().reviews
        told = "; ".join(describe(condition, self.protocol) for condition in where)
        return weighing(self.board(), chosen, Basis(basis), self.record().state, told)

    def reviews(self) -> tuple[ReviewRecord, ...]:
        """Every registered review, in the order of registration."""
        return self.record().reviews

    def episodes(self, **wanted: str) -> tuple[Episode, ...]:
        """Coded passages; name columns to narrow them: `episodes(theme="information_sharing")`."""
        return tuple(_matching((item for one in self.reviews() for item in one.episodes), wanted))

    def recommendations(self, **wanted: str) -> tuple[Recommendation, ...]:
        """Recommendations; name columns to narrow them: `recommendations(addressee="police")`."""
        return tuple(_matching((item for one in self.reviews() for item in one.recommendations), wanted))

    def brief(
        self,
        kind: str = "practice",
        basis: Basis | str = Basis.DRAFT,
        *,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        options: Options = USUAL,
    ) -> Publication:
        """A briefing built from the study as it stands, every anchor verified first."""
        return self.press.brief(kind, Basis(basis), where, rounds, options)

    @cached_property
    def press(self) -> Press:
        """Everything about briefings: their kinds, outlines, figures and words."""
        return Press(self._held, self.record, self.who)

    def stale(self, path: str | Path) -> tuple[Stale, ...]:
        """The claims of a briefing written earlier (.html, .docx, .pdf) that no longer hold in this study.

        Raises UnreadableInput for a file that holds no claims, UsageError for a briefing of another study.
        """
        return self.press.stale(press.claims_in(Path(path)))

    def search(
        self,
        query: str,
        *,
        where: Sequence[Condition] = (),
        limit: int = 20,
        meaning: bool = False,
        progress: Progress | None = None,
    ) -> tuple[Hit, ...]:
        """The best paragraphs for words, "phrases", beginning* and -word, with page and exact place.

        With `meaning`, paragraphs that say something alike in other words are found too (see `similar`).
        """
        asked, chosen = parse(query), self._chosen(where)
        with self._held.database.read() as connection:
            if not meaning:
                return search.search(connection, asked, review_ids=chosen, limit=limit)
            known = self._meanings.now(self._held, connection, progress or Silent())
            return similar.mixed(connection, known, asked, chosen, limit)

    def matches(self, query: str, *, where: Sequence[Condition] = ()) -> int:
        """How many paragraphs match a query in all."""
        asked, chosen = parse(query), self._chosen(where)
        with self._held.database.read() as connection:
            return search.matches(connection, asked, review_ids=chosen)

    def similar(
        self,
        passage: str | Anchor | Episode,
        *,
        where: Sequence[Condition] = (),
        limit: int = 10,
        progress: Progress | None = None,
    ) -> tuple[Hit, ...]:
        """Passages that say something like another, most alike first, the passage itself left out.

        `passage` is an anchor, an episode or its id, a place such as "D00012:1520-1711", or any text. The first time
        after documents were added, what their words mean is learned; that takes seconds and is kept.
        """
        chosen = self._chosen(where)
        with self._held.database.read() as connection:
            start = similar.start_of(connection, passage, self.episodes() if isinstance(passage, str) else ())
            known = self._meanings.now(self._held, connection, progress or Silent())
            return similar.similar(connection, known, start, chosen, limit)

    def _chosen(self, where: Sequence[Condition]) -> frozenset[str] | None:
        """The reviews that meet every condition; None for all."""
        return frozenset(item.review_id for item in self.select(where=where)) if where else None

    def agreement(
        self,
        other: StudyReader | None = None,
        *,
        coders: Sequence[str] = (),
        level: Level = Level.SENTENCE,
        coded_only: bool = False,
    ) -> Comparison:
        """How far those who confirmed passages agree, here or here and in another copy of the study."""
        others = other.record() if other else None
        return agreeing.agreement(self._held, self.record(), others, coders, level, coded_only=coded_only)

    def entries(self) -> tuple[Entry, ...]:
        """The journal, oldest entry first."""
        with self._held.database.read() as connection:
            return tuple(journal.entries(connection))

    def texts(self) -> Iterator[DocumentText]:
        """The stored text of every document, one at a time."""
        with self._held.database.read() as connection:
            yield from documents.texts(connection, documents.all_ids(connection))

    def ensure_verified(self, *, every_state: bool = False) -> None:
        """Raise BrokenAnchor unless every anchor still reads, letter for letter, as the stored text does."""
        verifying.ensure_verified(self._held, self.record(every_state=every_state))

    def problems(self) -> tuple[NewProblem, ...]:
        """Everything that went wrong with sources and documents, with what to do about it."""
        with self._held.database.read() as connection:
            return reviews.problems(connection) + documents.near_duplicate_problems(connection)

    def verify(self, *, progress: Progress | None = None) -> Verification:
        """Hold every original, letter, anchor, journal entry and count against itself once more."""
        return verifying.verify_study(self._held, progress or Silent())

    def close(self) -> None:
        """Give the database back. A closed study cannot be used again."""
        self._held.database.close()

    def __exit__(self, *_: object) -> None:
        self.close()


def _matching(items: Iterable[T], wanted: dict[str, str]) -> Iterable[T]:
    return (item for item in items if all(getattr(item, key) == value for key, value in wanted.items()))
