"""The desk: what somebody at work on a study reads and does, one review or one page at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock

from goldthread.analysis.catalogue import Listed, facets_of
from goldthread.analysis.citations import citations
from goldthread.analysis.codes import Uses, uses
from goldthread.analysis.passages import Passage, totals
from goldthread.analysis.period import Dated, Period, event_field
from goldthread.analysis.records import EngineRecord
from goldthread.documents.encode import decode_layers
from goldthread.errors import UsageError
from goldthread.protocol.model import Protocol
from goldthread.scoring.measured import Measured
from goldthread.screening.ledger import Ledger, ledger
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.screening.second import conflicts, doubled, to_screen_again
from goldthread.store import (
    catalogue,
    documents,
    evidence,
    journal,
    measurements,
    originals,
    records,
    review_file,
    search,
)
from goldthread.store import voices as kept_voices
from goldthread.store.evidence import Asked
from goldthread.store.journal import Entry
from goldthread.store.query import parse
from goldthread.store.review_file import HeldDocument, ReviewFile
from goldthread.store.search import Hit
from goldthread.store.voices import View
from goldthread.study.coding import editing, linking, putting_back
from goldthread.study.coding.editing import Details, Span
from goldthread.study.desk_answers import Agreement, Found, Reading, Twice
from goldthread.study.findings.desk import FindingDesk
from goldthread.study.folder import Held
from goldthread.study.likeness import similar
from goldthread.study.narrowing import Narrowings
from goldthread.study.screening import voices
from goldthread.values import Basis, State

_OPEN_DOCUMENTS = 12


class Desk:
    """One person's place at an opened study. Safe to share between threads."""

    def __init__(self, held: Held, who: str) -> None:
        self._held, self.who = held, who
        self._lock = Lock()
        self._catalogue: tuple[str, tuple[Listed, ...]] = ("", ())
        self._passages: tuple[str, tuple[Passage, ...]] = ("", ())
        self._open = lru_cache(maxsize=_OPEN_DOCUMENTS)(self._read)

    @property
    def protocol(self) -> Protocol:
        """The study's own copy of its protocol."""
        return self._held.protocol

    @property
    def name(self) -> str:
        """What the study is called."""
        return self._held.folder.resolve().name

    @property
    def originals(self) -> originals.Originals:
        """The files as they came."""
        return self._held.originals

    @property
    def facets(self) -> tuple[str, ...]:
        """By what reviews may be narrowed."""
        return facets_of(self.protocol)

    @cached_property
    def findings(self) -> FindingDesk:
        """The findings and the plans they are set beside."""
        return FindingDesk(self._held, self.who, self.catalogue, self.passages)

    @cached_property
    def narrowings(self) -> Narrowings:
        """What further filters of the evidence would leave."""
        return Narrowings(self.state)

    def state(self) -> str:
        """The hash of the last journal entry: unchanged while nothing was done."""
        with self._held.database.read() as connection:
            return journal.state(connection)

    def catalogue(self) -> tuple[Listed, ...]:
        """Every review on one line, read anew only when something was done."""
        with self._lock, self._held.database.read() as connection:
            state = journal.state(connection)
            known, listed = self._catalogue
            touched = journal.touched(connection, known) if known and known != state else None
            if touched is not None:
                cited = {item.review_id: item.citation for item in listed}
                new = {one.review_id: one for one in catalogue.load(connection, cited, self.facets, touched)}
                self._catalogue = (state, tuple(new.get(item.review_id, item) for item in listed))
            elif known != state:
                cited = citations(catalogue.registered(connection), self.protocol)
                self._catalogue = (state, catalogue.load(connection, cited, self.facets))
            return self._catalogue[1]

    def ledger(self, basis: Basis) -> Ledger:
        """The screening ledger, checked."""
        on_basis = [_OnBasis(item, basis) for item in self.catalogue()]
        kept = ledger(on_basis, self.protocol, basis)
        kept.balance()
        return kept

    def review(self, review_id: str) -> ReviewFile:
        """One review with everything said about it. Raises UsageError when there is none."""
        with self._held.database.read() as connection:
            found = review_file.load(connection, review_id)
        if found is None:
            raise UsageError(f"there is no review {review_id!r}", mend="go back to the list of reviews")
        return found

    def reading(self, held: HeldDocument) -> Reading:
        """A document's text and pages. The text of a version never changes, so the last few are kept."""
        return self._open(held)

    def _read(self, held: HeldDocument) -> Reading:
        with self._held.database.read() as connection:
            text = documents.text_of(connection, held.document_id, held.version)
            encoded = documents.layers(connection, held.text_id, held.version)
        starts = text.page_starts
        return Reading(
            held,
            text,
            tuple(
                decode_layers(layers, number=number, start=start, text=words)
                for number, (layers, start, words) in enumerate(zip(encoded, starts, text.pages, strict=True), 1)
            ),
        )

    def recent(self, limit: int, objects: Sequence[str] | None = None) -> tuple[Entry, ...]:
        """The newest journal entries, of some objects only when they are named."""
        with self._held.database.read() as connection:
            return journal.latest(connection, limit, objects)

    def history(self, review_id: str, objects: Sequence[str], limit: int) -> tuple[Entry, ...]:
        """What was done to a review, newest first: by itself, to its documents, or together with others."""
        with self._held.database.read() as connection:
            return journal.of_review(connection, review_id, objects, limit)

    def passages(self) -> tuple[Passage, ...]:
        """The codes of every passage, read anew only when something was done."""
        with self._lock, self._held.database.read() as connection:
            state = journal.state(connection)
            known, passages = self._passages
            touched = journal.touched(connection, known) if known and known != state else None
            if touched is not None:
                rest = (one for one in passages if one.review_id not in touched)
                self._passages = (state, (*rest, *evidence.passages(connection, touched)))
            elif known != state:
                self._passages = (state, evidence.passages(connection))
            return self._passages[1]

    def in_period(self, period: Period) -> frozenset[str]:
        """The reviews published, or whose event was, in a period."""
        if period.by is Dated.PUBLISHED:
            return frozenset(one.review_id for one in self.catalogue() if period.holds([one.publication_date]))
        field = event_field(self.protocol)
        with self._held.database.read() as connection:
            dates = catalogue.values(connection, [field])
        return frozenset(review for review, found in dates.items() if period.holds(found.get(field, ())))

    def evidence(self, asked: Asked, offset: int, limit: int) -> Found:
        """One page of coded passages, and how many there are."""
        total, reviews = totals(self.passages(), asked.codes, asked.reviews)
        if not limit:
            return Found((), total, reviews)
        with self._held.database.read() as connection:
            return Found(evidence.page_of(connection, asked, offset, limit), total, reviews)

    def reviews_of_documents(self, document_ids: Collection[str]) -> dict[str, str]:
        """Document id → the review it belongs to."""
        with self._held.database.read() as connection:
            return documents.reviews_of(connection, document_ids)

    def coders(self) -> dict[str, frozenset[str]]:
        """Who confirmed passages, and in which reviews."""
        with self._held.database.read() as connection:
            return evidence.coders(connection)

    def code_uses(self) -> Uses:
        """How much every code is used."""
        return uses(self.passages())

    def uses(self) -> tuple[dict[tuple[str, str], tuple[int, int]], dict[str, int]]:
        """Episodes and reviews by theme and sub-theme, and reviews by theme."""
        with self._held.database.read() as connection:
            return evidence.uses(connection), evidence.reviews_of_themes(connection)

    def search(self, query: str, review_ids: Sequence[str] | None, limit: int) -> tuple[Hit, ...]:
        """The best paragraphs for a query, in some reviews only when they are named."""
        with self._held.database.read() as connection:
            return search.search(connection, parse(query), review_ids=review_ids, limit=limit)

    def quote(self, place: str) -> str:
        """The words at a place such as "D00012:1520-1711". Raises UsageError when there is no such place."""
        with self._held.database.read() as connection:
            return similar.start_of(connection, place, ()).text

    def scores(self, engine: str) -> tuple[Measured, ...]:
        """How well an engine did on labelled reviews, target by target; the study's own measures first."""
        with self._held.database.read() as connection:
            known = measurements.known(connection)
        mine: dict[str, Measured] = {}
        for one in known:
            if (one.engine, one.kind, one.protocol.split()[0]) == (engine, "", self.protocol.id) and one.precision:
                mine.setdefault(one.target, one)
        return tuple(mine.values())

    def engines(self) -> tuple[EngineRecord, ...]:
        """The engines that were run on this study."""
        with self._held.database.read() as connection:
            return records.engines(connection)

    def agreement(self) -> Agreement | None:
        """How people took what engines proposed; None while nobody settled anything."""
        with self._held.database.read() as connection:
            settled, accepted = catalogue.settled_and_accepted(connection)
        return Agreement(settled, accepted) if settled else None

    def decide(self, review_id: str, decision: str, reason: str, seen: str) -> None:
        """Screen a review whose decision was seen as stamped."""
        editing.decide(self._held, review_id, _decision(review_id, decision), reason, seen, self.who)

    def undo_decision(self, review_id: str) -> ScreeningDecision | None:
        """Take the last decision on a review back."""
        return editing.undo_decision(self._held, review_id, self.who)

    def settle(self, review_id: str, kind: str, seen: Sequence[tuple[str, str]], state: State) -> None:
        """Confirm, reject or open again what was seen as stamped."""
        editing.settle(self._held, review_id, kind, seen, state, self.who)

    def vote(self, review_id: str, decision: str, reason: str) -> None:
        """Screen a review a second time, blind to the first decision."""
        voices.vote(self._held, review_id, _decision(review_id, decision), reason, self.who)

    def resolve(self, review_id: str, decision: str, reason: str, seen: str) -> None:
        """Settle a conflict between two screeners by name."""
        voices.resolve(self._held, review_id, _decision(review_id, decision), reason, seen, self.who)

    def screened_twice(self) -> Twice:
        """What this person may screen a second time, where two disagree, and how far they agree."""
        first = voices.first_decisions(self._held)
        with self._held.database.read() as connection:
            decided, cast = kept_voices.decided(connection), kept_voices.votes(connection)
        return Twice(to_screen_again(decided, cast, self.who), conflicts(decided, cast), doubled(first, cast))

    def views(self) -> tuple[View, ...]:
        """Lists the team saved."""
        with self._held.database.read() as connection:
            return kept_voices.views(connection)

    def save_view(self, name: str, address: str) -> None:
        """Keep a list under a name; with no address, forget it."""
        voices.save_view(self._held, name, address, self.who)

    def set_value(
        self,
        review_id: str,
        field: str,
        subject_no: int,
        *,
        value: str = "",
        missing: str = "",
        span: Span | None = None,
        instead: tuple[str, str] | None = None,
    ) -> str:
        """Log a value or a kind of missing."""
        return editing.set_value(
            self._held,
            review_id,
            field,
            subject_no,
            value=value,
            missing=missing,
            span=span,
            instead=instead,
            who=self.who,
        )

    def code(
        self,
        review_id: str,
        codes: dict[str, str],
        *,
        details: Details | None = None,
        span: Span | None = None,
        instead: tuple[str, str] | None = None,
    ) -> str:
        """Code a passage, or one anew."""
        return editing.code(self._held, review_id, codes, details=details, span=span, instead=instead, who=self.who)

    def put_back(self, review_id: str, kind: str, seen: tuple[str, str]) -> None:
        """Undo a coding or a recommendation a person wrote."""
        putting_back.put_back(self._held, review_id, kind, seen, self.who)

    def link(self, review_id: str, episode: tuple[str, str], recommendation: tuple[str, str]) -> None:
        """Say that a recommendation answers a passage, both as they were seen."""
        linking.link(self._held, review_id, episode, recommendation, self.who)

    def unlink(self, review_id: str, episode_id: str, recommendation_id: str) -> None:
        """Take such a link back."""
        linking.unlink(self._held, review_id, episode_id, recommendation_id, self.who)

    def recommend(
        self,
        review_id: str,
        addressee: str,
        scope: str,
        *,
        span: Span | None = None,
        instead: tuple[str, str] | None = None,
    ) -> str:
        """Keep a recommendation, or say anew whom one is addressed to."""
        return editing.recommend(self._held, review_id, addressee, scope, span=span, instead=instead, who=self.who)


@dataclass(frozen=True, slots=True)
class _OnBasis:
    """A listed review as the ledger of one basis sees it."""

    listed: Listed
    basis: Basis

    @property
    def review_id(self) -> str:
        return self.listed.review_id

    @property
    def review_types(self) -> tuple[str, ...]:
        return self.listed.review_types

    @property
    def source(self) -> str:
        return self.listed.source

    @property
    def round(self) -> str:
        return self.listed.round

    @property
    def decision(self) -> ScreeningDecision | None:
        return self.listed.decided if self.basis is Basis.CONFIRMED else self.listed.decision


def _decision(review_id: str, written: str) -> ScreeningState:
    wanted = {state.value: state for state in ScreeningState if state is not ScreeningState.UNSCREENED}
    if written not in wanted:
        raise UsageError(f"{written[:40]!r} is not a decision", where=review_id, mend="include, exclude or maybe")
    return wanted[written]
