"""A study: the verbs that change it. One verb is one act; what it changes, it journals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from goldthread.errors import UsageError
from goldthread.protocol.amend.amendments import Amendment
from goldthread.protocol.amend.changes import Change
from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol
from goldthread.ranking.stopping import Sample
from goldthread.screening.model import ScreeningState
from goldthread.sources.populations import Population
from goldthread.study import populations
from goldthread.study.amendments import amending
from goldthread.study.amendments.amending import Withdrawal
from goldthread.study.amendments.effects import Effect
from goldthread.study.coding import reconciling, second_coding
from goldthread.study.coding.reconciling import Standing
from goldthread.study.coding.second_coding import Brought
from goldthread.study.desk import Desk
from goldthread.study.engines import asking, suggesting
from goldthread.study.engines.asking import Consent
from goldthread.study.engines.language_model import LanguageModel
from goldthread.study.engines.suggesting import Suggested
from goldthread.study.folder import create, is_study, open_folder
from goldthread.study.intake import adding, importing, reissuing
from goldthread.study.intake.adding import Added, Given
from goldthread.study.intake.importing import Imported
from goldthread.study.intake.reissuing import Reissued
from goldthread.study.person import user_name
from goldthread.study.populations import Act, Loaded
from goldthread.study.progress import Progress, Silent
from goldthread.study.ratings.quality import Quality
from goldthread.study.reader import StudyReader
from goldthread.study.screening import deciding, sampling, several
from goldthread.study.screening.several import Same, Undone
from goldthread.values import Basis, State

if TYPE_CHECKING:
    from goldthread.scoring.evaluation import Evaluation

DEFAULT_PROTOCOL = "police-reviews"


class Study(StudyReader):
    """A study that may be changed as well as read. `who` is written into the journal with every change."""

    @cached_property
    def desk(self) -> Desk:
        """This person's place at the study: one review or one page of evidence at a time."""
        return Desk(self._held, self.who)

    @cached_property
    def quality(self) -> Quality:
        """The reviews as sources of learning: rated, and left out of tables to see what changes."""
        return Quality(self._held, self.record, self.kept(), self.who)

    def add(
        self,
        *paths: str | Path,
        source: str = "",
        review_types: Sequence[str] = (),
        round: str = "",
        together: bool = False,
        progress: Progress | None = None,
    ) -> Added:
        """Register and read files, folders and registers; what is known already is left as it is.

        `together` makes all files named documents of one review.
        """
        unknown = [item for item in review_types if item not in self.protocol.review_type_by_id]
        if unknown:
            known = ", ".join(self.protocol.review_type_by_id)
            raise UsageError(f"{unknown[0]!r} is not a review type of this protocol", mend=f"use one of {known}")
        given = Given(source, tuple(review_types), round, together)
        named = [Path(path) for path in paths]
        return adding.add(self._held, named, given, self.who, self._limits, progress or Silent())

    def reissue(self, document_id: str, path: str | Path) -> Reissued:
        """Take a file as the new version of a document, and find the evidence on it again."""
        return reissuing.reissue(self._held, document_id, Path(path), self.who, self._limits)

    def suggest(
        self, engine: str = "", *, consent: Consent | None = None, progress: Progress | None = None
    ) -> Suggested:
        """Have an engine, or the usual one, propose values, passages and a screening; `llm` as `consent` allows."""
        if engine == asking.ENGINE:
            return asking.suggest(self._held, self.who, consent or Consent(), progress or Silent())
        return suggesting.suggest(self._held, engine, self.who, self._limits, progress or Silent())

    def evaluate(
        self,
        gold: str | Path,
        engines: Sequence[str] = (),
        *,
        name: str = "",
        keep: bool = True,
        progress: Progress | None = None,
    ) -> Evaluation:
        """Score what engines (all that were run, when none is named) proposed against a gold file.

        What was measured is kept in the study, to be shown beside its suggestions, unless `keep` is false.
        """
        from goldthread.study.engines.evaluating import evaluate  # noqa: PLC0415 - brings numpy, which other verbs do without

        return evaluate(self._held, Path(gold), engines, name, self.who if keep else None, progress or Silent())

    @property
    def language_model(self) -> LanguageModel:
        """The language model this study may ask: off from the start."""
        return LanguageModel(self._held, self.who)

    def decide(self, review_id: str, decision: ScreeningState | str, reason: str = "") -> None:
        """Include, exclude for one main reason, or put down as maybe."""
        deciding.decide(self._held, review_id, ScreeningState(decision), reason, self.who)

    def confirm(self, review_id: str, what: str, ids: Sequence[str] = ()) -> int:
        """Confirm a review's open suggestions (characteristics, answers, episodes, recommendations)."""
        return deciding.settle(self._held, review_id, what, State.CONFIRMED, self.who, ids)

    def reject(self, review_id: str, what: str, ids: Sequence[str] = ()) -> int:
        """Reject a review's open suggestions; they stay on record and are never counted."""
        return deciding.settle(self._held, review_id, what, State.REJECTED, self.who, ids)

    def together(self, seen: Sequence[tuple[str, str]], same: Same) -> int:
        """Give several reviews the same, each where it stands as stamped; the number of the journal entry."""
        return several.act(self._held, seen, same, self.who)

    def apart(self, n: int) -> Undone:
        """Take an act on several reviews back, by the number of its journal entry."""
        return several.undo(self._held, n, self.who)

    def effect(self, change: Change, chosen: Mapping[str, str] = MappingProxyType({})) -> Effect:
        """What a change of the protocol would do; nothing is changed. `chosen`: passages → parts of a split code."""
        return amending.effect(self._held, change, chosen)

    def amend(
        self,
        change: Change,
        reason: str,
        *,
        chosen: Mapping[str, str] = MappingProxyType({}),
        seen: str | None = None,
    ) -> Amendment:
        """Amend the protocol for a reason, what is coded carried along; `seen` is the stamp of an effect."""
        return amending.amend(self._held, change, reason, self.who, chosen, seen)

    def withdrawal(self, n: int) -> Withdrawal:
        """What taking an amendment back would do; nothing is changed."""
        return amending.withdrawal(self._held, n)

    def withdraw(self, n: int, *, seen: str | None = None) -> Withdrawal:
        """Take an amendment back; what it carried along stands where it stood, unless it was coded anew since."""
        return amending.withdraw(self._held, n, self.who, seen)

    def amendments(self) -> tuple[Amendment, ...]:
        """Every amendment of the protocol in its order, withdrawn ones too."""
        return amending.log(self._held)

    def renew(self) -> None:
        """Go by the protocol as it stands now, amended perhaps by somebody else since."""
        with self._held.database.read() as connection:
            self._held.rules.renew(connection)

    def read_ahead(self) -> None:
        """Read what tables count and screens list before anybody asks for it: first what takes longest."""
        cases = self.cases(Basis.DRAFT)
        self.desk.catalogue()
        self.desk.passages()
        for case in cases:
            case.read_ahead()

    def sample(self, size: int, seed: int = 1) -> Sample:
        """Draw reviews at random from all that nobody has decided, to judge by them what is still to be found."""
        return sampling.sample(self._held, size, seed, self.who)

    def load_populations(self, path: str | Path, *, seen: str | None = None) -> Loaded:
        """Take the denominators of rates from a file: area, period, population, unit, source.

        `seen` is the stamp of those known as somebody saw them. Raises Overtaken when they are others by now.
        """
        return populations.load(self._held, Path(path), self.who, seen)

    def populations(self) -> tuple[Population, ...]:
        """Every population the study has."""
        return populations.known(self._held)

    def forget_populations(self, unit: str, *, seen: str | None = None) -> int:
        """Take out every population of a unit; returns how many."""
        return populations.forget(self._held, unit, self.who, seen)

    def population_acts(self) -> tuple[Act, ...]:
        """The last acts on populations, the newest first."""
        return populations.acts(self._held)

    def put_back_populations(self, n: int) -> Act:
        """Take an act on populations back, by the number of its entry; what was changed since stays."""
        return populations.put_back(self._held, n, self.who)

    def second_coding(self, other: StudyReader) -> Brought:
        """Bring in what people confirmed in a copy of the study, to be held against what was confirmed here."""
        return second_coding.bring(self._held, self.record(), other.record(), self.who)

    def differences(self) -> Standing:
        """Where two coders differ, and how many differences were settled."""
        return reconciling.standing(self._held)

    def reconcile(self, difference: str, outcome: str, *, value: str = "", seen: str = "") -> tuple[str, ...]:
        """Settle a difference in one's own name: first, second, both, neither, or another value."""
        return reconciling.settle(self._held, difference, outcome, self.who, value=value, seen=seen)

    def unreconcile(self, review_id: str) -> None:
        """Open the difference settled last in a review again."""
        reconciling.undo(self._held, review_id, self.who)

    def import_file(self, path: str | Path) -> Imported:
        """Take a person's decisions from an edited CSV export, or codings from a .qdpx or .qdc file."""
        return importing.import_file(self._held, Path(path), self.who, self._limits)

    def __enter__(self) -> Study:
        return self


def init(folder: str | Path, protocol: str | Path = DEFAULT_PROTOCOL, who: str = "") -> Study:
    """Make a new study in an empty or missing folder and open it."""
    create(Path(folder), protocol, who or user_name())
    return open_study(folder, who)


def open_study(folder: str | Path, who: str = "") -> Study:
    """Open the study in a folder. Raises StudyFault when there is none."""
    return Study(open_folder(Path(folder)), who or user_name())


def open_or_init(folder: str | Path, protocol: str | Path = "", who: str = "") -> Study:
    """Open the study in a folder, making it first when it is not there (or only half there).

    Raises UsageError when a protocol is named and the study there was made with another.
    """
    if not is_study(Path(folder)):
        return init(folder, protocol or DEFAULT_PROTOCOL, who)
    study = open_study(folder, who)
    try:
        if protocol:
            _refuse_another(study, load(protocol))
    except BaseException:
        study.close()
        raise
    return study


def _refuse_another(study: Study, named: Protocol) -> None:
    own = study.protocol
    if (own.id, own.version) != (named.id, named.version):
        raise UsageError(
            f"this study was made with the protocol {own.id} {own.version}, not {named.id} {named.version}",
            where=str(study.folder),
            mend="leave the protocol out, or name a new folder for the study",
        )
