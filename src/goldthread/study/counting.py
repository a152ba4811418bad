"""What can be counted in a study: tables, crossings, rates, the ledger, and the filters that narrow them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from goldthread.analysis.crossing import Crossing
from goldthread.analysis.crossing import definitions as crossed
from goldthread.analysis.met import settled
from goldthread.analysis.periods import periods_of
from goldthread.analysis.rates import rates_of
from goldthread.analysis.records import ReviewRecord, StudyRecord
from goldthread.analysis.table import Table
from goldthread.analysis.tabulate import tabulate_cases
from goldthread.analysis.units import ReviewCase
from goldthread.disclosure.policy import OPEN, Policy
from goldthread.disclosure.tables import guarded
from goldthread.errors import UsageError
from goldthread.findings.board import Weighing
from goldthread.findings.table import alignment_table
from goldthread.protocol.check import nearest
from goldthread.protocol.conditions import all_hold, parse_filter
from goldthread.protocol.model import Condition, Protocol, TableDefinition, TableKind
from goldthread.screening.ledger import Ledger, ledger
from goldthread.study.kept import Kept
from goldthread.values import Basis, Unit


class Counting(ABC):
    """Counts over a study's record, whoever holds it."""

    @property
    @abstractmethod
    def protocol(self) -> Protocol:
        """The study's own copy of its protocol."""

    @abstractmethod
    def record(self, *, every_state: bool = False) -> StudyRecord:
        """Everything that may be counted, as it stands now; with `every_state`, what was rejected too."""

    @abstractmethod
    def kept(self) -> Kept:
        """What was read and counted last, kept while the study stays as it is."""

    @abstractmethod
    def weighing(
        self, basis: Basis | str = Basis.DRAFT, *, where: Sequence[Condition] = (), rounds: Sequence[str] = ()
    ) -> Weighing:
        """The findings that stand, weighed over some reviews, and set beside the plan in use."""

    def cases(self, basis: Basis, rounds: Sequence[str] = ()) -> tuple[ReviewCase, ...]:
        """The reviews of some rounds (all when none is named), read on a basis as they stand now."""
        return self.kept().cases(self.record(), self.protocol, basis, rounds)

    def filters(self, texts: Iterable[str]) -> tuple[Condition, ...]:
        """Filters as people write them (`force=Kent Police`, `publication_date>=2019-01-01`) as conditions.

        Raises UsageError for one that is not understood, or asks for a value that nobody in the study has.
        """
        asked = [parse_filter(text, self.protocol) for text in texts]
        cases = self.cases(Basis.DRAFT) if asked else ()
        return tuple(settled(condition, cases, self.protocol) for condition in asked)

    def ledger(
        self, basis: Basis | str = Basis.DRAFT, *, where: Sequence[Condition] = (), rounds: Sequence[str] = ()
    ) -> Ledger:
        """The screening ledger, checked: every review in exactly one state."""
        chosen = self.select(basis, where=where, rounds=rounds)
        kept = ledger(chosen, self.protocol, Basis(basis))
        kept.balance()
        return kept

    def select(
        self, basis: Basis | str = Basis.DRAFT, *, where: Sequence[Condition] = (), rounds: Sequence[str] = ()
    ) -> tuple[ReviewRecord, ...]:
        """The registered reviews of some rounds (all when none is named) that meet every condition."""
        cases = self.cases(Basis(basis), rounds)
        if not where:
            return tuple(case.record for case in cases)
        return tuple(case.record for case in cases if all_hold(where, case.values) is True)

    def table(
        self,
        table_id: str,
        basis: Basis | str = Basis.DRAFT,
        *,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
    ) -> Table:
        """One table of the protocol. Raises UsageError for an id the protocol does not have."""
        (found,) = self.tables([table_id], basis, where=where, rounds=rounds)
        return found

    def tables(
        self,
        ids: Sequence[str] = (),
        basis: Basis | str = Basis.DRAFT,
        *,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        policy: Policy = OPEN,
    ) -> tuple[Table, ...]:
        """The tables with those ids, or every table of the protocol; under a policy, fit to be published."""
        definitions = [definition_of(key, self.protocol) for key in ids] or list(self.protocol.tables)
        kept, chosen = self.record(), Basis(basis)

        def count() -> tuple[Table, ...]:
            return self._computed(definitions, kept, chosen, where, rounds, policy)

        if len(definitions) > 1:
            return count()
        question = ("table", definitions[0].id, chosen, tuple(where), tuple(rounds), policy)
        return self.kept().tables(kept, self.protocol, question, count)

    def cross(
        self,
        crossing: Crossing,
        basis: Basis | str = Basis.DRAFT,
        *,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        policy: Policy = OPEN,
    ) -> tuple[Table, ...]:
        """Two fields against one another, or one alone: a table, or one for each value of a third field."""
        kept, chosen = self.record(), Basis(basis)

        def count() -> tuple[Table, ...]:
            cases = self.kept().cases(kept, self.protocol, chosen, rounds)
            definitions, rest = crossed(crossing, self.protocol, cases, where)
            return self._computed(definitions, kept, chosen, rest, rounds, policy)

        question = ("crossing", crossing, chosen, tuple(where), tuple(rounds), policy)
        return self.kept().tables(kept, self.protocol, question, count)

    def rates(
        self,
        areas: str,
        people: str,
        basis: Basis | str = Basis.DRAFT,
        *,
        per: int = 100_000,
        dated: str = "publication_date",
        unit: Unit | str = Unit.REVIEW,
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        policy: Policy = OPEN,
    ) -> Table:
        """Units per so many people ("children"), by a field of areas and period by period.

        Raises UsageError where no such population was loaded, or the fields are not areas and a date.
        """
        kept, chosen = self.record(), Basis(basis)
        definition = rates_of(areas, people, self.protocol, kept.populations, per=per, dated=dated, unit=Unit(unit))
        (found,) = self._computed([definition], kept, chosen, where, rounds, policy)
        return found

    def by_period(
        self,
        field: str,
        basis: Basis | str = Basis.DRAFT,
        *,
        dated: str = "publication_date",
        periods: Sequence[str] = (),
        crosswalk: str = "",
        where: Sequence[Condition] = (),
        rounds: Sequence[str] = (),
        policy: Policy = OPEN,
    ) -> Table:
        """A field by periods ("2014-2016"; at most four equal ones when none is named), with what changed.

        `crosswalk` sets an earlier report, of the protocol's crosswalks, beside them.
        """
        kept, chosen = self.record(), Basis(basis)
        definition = periods_of(field, self.protocol, dated=dated, periods=periods, crosswalk=crosswalk)
        (found,) = self._computed([definition], kept, chosen, where, rounds, policy)
        return found

    def _computed(
        self,
        definitions: Sequence[TableDefinition],
        kept: StudyRecord,
        basis: Basis,
        where: Sequence[Condition],
        rounds: Sequence[str],
        policy: Policy,
    ) -> tuple[Table, ...]:
        cases = self.kept().cases(kept, self.protocol, basis, rounds)
        beside = any(definition.kind is TableKind.ALIGNMENT for definition in definitions)
        found = self.weighing(basis, where=where, rounds=rounds) if beside else None

        def table(definition: TableDefinition) -> Table:
            if found and found.weighed and definition.kind is TableKind.ALIGNMENT:
                return alignment_table(found, definition)
            return tabulate_cases(definition, self.protocol, cases, kept, basis, where, rounds)

        return tuple(guarded(table(each), each, self.protocol, policy) for each in definitions)


def definition_of(table_id: str, protocol: Protocol) -> TableDefinition:
    """A table of the protocol by its id. Raises UsageError, with the nearest there is, for one it does not have."""
    known = protocol.table_by_id
    if table_id not in known:
        mend = nearest(table_id, known) or f"it has {', '.join(known)}"
        raise UsageError(f"the protocol has no table {table_id!r}", mend=mend)
    return known[table_id]
