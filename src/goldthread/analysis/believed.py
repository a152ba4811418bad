"""How often the suggestions behind a draft figure were right when somebody measured it, said beside the figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from goldthread.analysis.axes import fields_of
from goldthread.analysis.records import EngineRecord, ReviewRecord, StudyRecord
from goldthread.protocol.labels import field_label
from goldthread.protocol.model import FieldKind, Protocol, TableDefinition
from goldthread.scoring.measured import Measured, Standing, standing
from goldthread.values import Unit

PRACTICE, RECOMMENDATIONS = "judged practice", "recommendations"
_CODES = ("direction", "theme", "explanation")
_DETAILS = ("agency", "episode_vulnerability")
_ADDRESSEE = "addressee"
_LABELS = {PRACTICE: "Passages that judge practice", RECOMMENDATIONS: "Recommendations"}
_NOT_MEASURED = "not measured for this kind of document"


@dataclass(frozen=True, slots=True)
class Belief:
    """How far one engine's suggestions for one target can be believed, by kind of document.

    `by_kind` pairs each kind the study holds (review types as they are cited, "PFD") with what was measured on it.
    """

    engine: str
    version: str
    target: str
    label: str
    by_kind: tuple[tuple[str, Standing], ...]

    @property
    def is_measured(self) -> bool:
        """Whether it was measured on any kind of document that the study holds."""
        return any(found.measured for _, found in self.by_kind)


def targets_of_protocol(protocol: Protocol) -> tuple[str, ...]:
    """Everything an engine may suggest under a protocol, in its order: fields, passages, codes."""
    fields = (item.id for item in protocol.fields if item.kind is not FieldKind.DERIVED)
    return (*fields, PRACTICE, *_CODES, RECOMMENDATIONS, _ADDRESSEE)


def targets_of_table(definition: TableDefinition, protocol: Protocol) -> tuple[str, ...]:
    """What must have been suggested rightly for a table's figures to be right."""
    names = [name for axis in (definition.rows, definition.columns) for name in fields_of(axis)]
    names += [each.field for each in (*definition.where, *definition.episodes)] + [
        definition.measure,
        *definition.fields,
    ]
    units = {Unit.EPISODE: PRACTICE, Unit.RECOMMENDATION: RECOMMENDATIONS}
    coded = (*_CODES, *_DETAILS)
    wanted = [name for name in names if name in protocol.field_by_id or name in (*coded, _ADDRESSEE)]
    if definition.unit in units:
        wanted.insert(0, units[definition.unit])
    elif any(name in coded for name in wanted):
        wanted.insert(0, PRACTICE)
    return tuple(dict.fromkeys(wanted))


def beliefs(
    study: StudyRecord, protocol: Protocol, targets: Iterable[str], reviews: Sequence[ReviewRecord]
) -> tuple[Belief, ...]:
    """For every engine that was run and every target: what was measured on the kinds of these reviews."""
    wanted = tuple(targets)
    kinds = sorted({review.review_types for review in reviews})
    known = protocol.review_type_by_id
    cited = {kind: "/".join(known[one].cite_as if one in known else one for one in kind) for kind in kinds}
    named = f"{protocol.id} {protocol.edition}"
    return tuple(
        Belief(
            engine.name,
            engine.version,
            target,
            _LABELS.get(target) or field_label(target, protocol),
            tuple(
                (
                    cited[kind] or "no type",
                    standing(study.measured, engine.name, engine.version, named, "/".join(kind), target),
                )
                for kind in kinds
            ),
        )
        for engine in _latest(study.engines)
        for target in wanted
    )


def in_words(found: Iterable[Belief]) -> Iterator[str]:
    """One sentence an engine: how often it was right about these targets, with n and gold, or that nobody knows."""
    by_engine: dict[str, list[Belief]] = {}
    for belief in found:
        by_engine.setdefault(f"{belief.engine} {belief.version}", []).append(belief)
    for engine, group in by_engine.items():
        told = [belief for belief in group if belief.is_measured]
        if not told:
            yield f"How often {engine} is right here was {_NOT_MEASURED}."
            continue
        rest = [belief.label for belief in group if not belief.is_measured]
        lines = [f"{belief.label}: {', '.join(_told(*pair) for pair in belief.by_kind)}" for belief in told]
        lines += [f"{', '.join(rest)}: {_NOT_MEASURED}"] if rest else []
        yield (
            f"Share of {engine}’s suggestions that were right when measured on {' and '.join(golds(told))} "
            f"(95% interval; n suggestions): {'; '.join(lines)}."
        )


def golds(found: Iterable[Belief]) -> tuple[str, ...]:
    """The names of what these were measured on, and what must be known of how."""
    records = (item for belief in found for _, at in belief.by_kind if (item := at.measured))
    named = (f"{item.gold} ({item.how})" if item.how else item.gold for item in records)
    return tuple(dict.fromkeys(named))


def share(found: Measured) -> str:
    """ "94% (90–98; n = 125)": precision, its interval, and how many suggestions it rests on."""
    rate = found.precision
    if rate is None:
        return "not measured"
    return f"{rate.value * 100:.0f}% ({rate.low * 100:.0f}–{rate.high * 100:.0f}; n = {found.given})"


def standing_in_words(found: Standing) -> str:
    """What is shown for one kind of document: "94% (90–98; n = 125)", or that it was not measured."""
    if found.measured is None:
        return "not measured"
    return share(found.measured) + (", measured on an earlier version" if found.earlier else "")


def heading(found: Sequence[Belief]) -> str:
    """What a list of these beliefs is about, and on what it was measured; or that nothing was."""
    told = [belief for belief in found if belief.is_measured]
    if not told:
        engines = ", ".join(dict.fromkeys(f"{belief.engine} {belief.version}" for belief in found))
        return f"How often {engines} is right was {_NOT_MEASURED}: see goldthread evaluate --help."
    return (
        "Share of suggestions that were right when measured (95% interval; n suggestions) "
        f"on {' and '.join(golds(told))}:"
    )


def rows(found: Sequence[Belief]) -> list[tuple[str, ...]]:
    """A heading and a row for each target that was measured, with a cell a kind of document; [] where none was."""
    told = [belief for belief in found if belief.is_measured]
    if not told:
        return []
    lines = [("", "", *(kind for kind, _ in told[0].by_kind))]
    for belief in told:
        cells = (standing_in_words(at) for _, at in belief.by_kind)
        lines.append((f"{belief.engine} {belief.version}", belief.label, *cells))
    if rest := len(found) - len(told):
        lines.append(("", f"{rest} more", *("not measured" for _ in told[0].by_kind)))
    return lines


def to_json(found: Iterable[Belief]) -> list[dict[str, object]]:
    """One object an engine, target and kind of document that was measured: precision, its interval, n, gold, day."""
    return [
        {
            "engine": belief.engine,
            "version": belief.version,
            "target": belief.target,
            "kind": kind,
            "precision": item.precision.value,
            "low": item.precision.low,
            "high": item.precision.high,
            "n": item.given,
            "gold": item.gold,
            "at": item.at,
            "how": item.how,
            "earlier_version": at.earlier,
        }
        for belief in found
        for kind, at in belief.by_kind
        if (item := at.measured) and item.precision
    ]


def _told(kind: str, found: Standing) -> str:
    return f"{kind} {standing_in_words(found)}"


def _latest(engines: Iterable[EngineRecord]) -> Sequence[EngineRecord]:
    """Each engine in the version it last ran in."""
    return tuple({item.name: item for item in sorted(engines, key=lambda item: item.last_run)}.values())
