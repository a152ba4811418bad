"""What makes a protocol hold together beyond the shape of each part: every id it names must exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from goldthread.protocol.model import (
    Axis,
    Condition,
    CriterionRule,
    ExclusionReason,
    FieldDefinition,
    FieldKind,
    Protocol,
    TableDefinition,
    TableKind,
)
from goldthread.protocol.places import KeyPath
from goldthread.protocol.record import Record
from goldthread.protocol.vocabulary import LEVELS, missing_kinds, permitted

GAZETTEERS = ("forces", "boards", "local_authorities")
TESTS = ("within", "outside", "stated", "missing", "on_or_after", "before", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where in the protocol, what, and the mend if one is known.

    `file` is given where the path alone does not tell it.
    """

    path: KeyPath
    what: str
    mend: str = ""
    file: str = ""


def nearest(word: str, known: Iterable[str]) -> str:
    """ "did you mean …?" with the nearest known word, or "" when none is near."""
    best = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"did you mean `{best[0]}`?" if best else ""


def model_faults(error: ValidationError, root: type[Record] = Protocol) -> list[Fault]:
    """What is wrong with the shape of single parts of a `root`."""
    faults = []
    for detail in error.errors(include_url=False):
        path: KeyPath = detail["loc"]
        message = detail["msg"]
        mend = ""
        if detail["type"] == "extra_forbidden":
            keys = list(_keys_at(path[:-1], root))
            message = f"unknown key `{path[-1]}`"
            mend = nearest(str(path[-1]), keys) or f"known here: {', '.join(keys)}"
        elif detail["type"] == "missing":
            message = f"`{path[-1]}` is missing"
            path = path[:-1]
        else:
            message = f"`{_named(path)}`: {message[:1].lower()}{message[1:]}, not {detail['input']!r}"
            mend = _literal_mend(detail)
        faults.append(Fault(path, message, mend))
    return faults


def _named(path: KeyPath) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _literal_mend(detail: Any) -> str:
    expected = str(detail.get("ctx", {}).get("expected", ""))
    choices = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
    return nearest(str(detail["input"]), choices) if expected else ""


def _keys_at(path: KeyPath, root: type[Record]) -> tuple[str, ...]:
    """The keys a record at `path` may have."""
    kind: Any = root
    for step in path:
        if isinstance(step, str) and isinstance(kind, type) and issubclass(kind, Record):
            field = kind.model_fields.get(step)
            kind = _record_in(field.annotation) if field else None
    return tuple(kind.model_fields) if isinstance(kind, type) and issubclass(kind, Record) else ()


def _record_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := _record_in(part))), None)


def cross_faults(protocol: Protocol) -> list[Fault]:
    """Everything named that does not exist, and everything named twice."""
    checks = (
        _duplicates(protocol),
        _fields(protocol),
        _screening(protocol),
        _codebook(protocol),
        _tables(protocol),
        _registers(protocol),
        _quality(protocol),
        _lexicon(protocol),
        _strengths(protocol),
    )
    return [fault for check in checks for fault in check]


def _quality(protocol: Protocol) -> Iterator[Fault]:
    for n, item in enumerate(protocol.quality):
        for m, word in enumerate(item.apart):
            yield from _unknown(("quality", n, "apart", m), "grade", word, [grade.id for grade in item.scale])
        if not item.ranked:
            yield Fault(("quality", n, "apart"), "no grade is left on the scale", "leave at least one out of `apart`")


def _unknown(path: KeyPath, what: str, word: str, known: Sequence[str]) -> Iterator[Fault]:
    if word not in known:
        mend = nearest(word, known) or (f"known are {', '.join(known[:12])}" if known else "")
        yield Fault(path, f"unknown {what} `{word}`", mend)


def _duplicates(protocol: Protocol) -> Iterator[Fault]:
    book = protocol.codebook
    lists: dict[KeyPath, Sequence[Any]] = {
        (name,): getattr(protocol, name)
        for name in (
            *("review_types", "sources", "sections", "fields", "criteria"),
            *("reasons", "quality", "tables", "figures", "registers"),
        )
    }
    for name in ("directions", "explanations", "whose", "agencies", "audiences", "themes"):
        lists["codebook", name] = getattr(book, name)
    lists["recommendations", "addressees"] = protocol.recommendations.addressees
    lists["recommendations", "scopes"] = protocol.recommendations.scopes
    lists["plan", "actions"] = protocol.plan.actions if protocol.plan else ()
    lists["findings", "strengths"] = protocol.findings.strengths if protocol.findings else ()
    for n, field in enumerate(protocol.fields):
        lists["fields", n, "values"] = field.values
        lists["fields", n, "bands"] = field.bands
    for n, item in enumerate(protocol.quality):
        lists["quality", n, "scale"] = item.scale
    for n, table in enumerate(protocol.tables):
        lists["tables", n, "rows", "groups"] = table.rows.groups
        lists["tables", n, "columns", "groups"] = table.columns.groups
    for path, items in lists.items():
        yield from _repeated(path, [item.id for item in items])
    yield from _repeated_subthemes(protocol)


def _repeated(path: KeyPath, ids: Sequence[str]) -> Iterator[Fault]:
    for n, name in enumerate(ids):
        if name in ids[:n]:
            yield Fault((*path, n), f"`{name}` is defined twice", "give each its own id")


def _repeated_subthemes(protocol: Protocol) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, theme in enumerate(protocol.codebook.themes):
        for m, sub in enumerate(theme.subthemes):
            if sub.id in seen:
                yield Fault(
                    ("codebook", "themes", n, "subthemes", m),
                    f"`{sub.id}` is defined twice",
                    "sub-theme ids are unique in the whole codebook",
                )
            seen.add(sub.id)


def _condition(path: KeyPath, condition: Condition, protocol: Protocol) -> Iterator[Fault]:
    given = [test for test in TESTS if getattr(condition, test) is not None]
    if len(given) != 1:
        found = ", ".join(given) or "none"
        yield Fault(path, f"a condition has exactly one test, this has {found}", f"choose one of {', '.join(TESTS)}")
    known = (*protocol.field_by_id, *LEVELS)
    if condition.field not in known:
        yield from _unknown((*path, "field"), "field", condition.field, known)
        return
    values = permitted(condition.field, protocol)
    for test in ("within", "outside"):
        for n, word in enumerate(getattr(condition, test) or ()):
            if values is not None:
                yield from _unknown((*path, test, n), f"value of `{condition.field}`", word, values)
    for n, word in enumerate(condition.missing or ()):
        yield from _unknown((*path, "missing", n), "kind of missing", word, missing_kinds())


def _conditions(path: KeyPath, conditions: Sequence[Condition], protocol: Protocol) -> Iterator[Fault]:
    for n, condition in enumerate(conditions):
        yield from _condition((*path, n), condition, protocol)


def _fields(protocol: Protocol) -> Iterator[Fault]:
    sections = [section.id for section in protocol.sections]
    for n, field in enumerate(protocol.fields):
        path = ("fields", n)
        if field.id in LEVELS:
            yield Fault((*path, "id"), f"`{field.id}` has a meaning of its own", "choose another field id")
        yield from _unknown((*path, "section"), "section", field.section, sections)
        yield from _conditions((*path, "applies"), field.applies, protocol)
        yield from _field_kind(path, field, protocol)
        ids = [value.id for value in field.values]
        for m, value in enumerate(field.values):
            if value.parent:
                yield from _unknown((*path, "values", m, "parent"), f"value of `{field.id}`", value.parent, ids)


def _field_kind(path: KeyPath, field: FieldDefinition, protocol: Protocol) -> Iterator[Fault]:
    match field.kind:
        case FieldKind.CATEGORY if not field.values:
            yield Fault(path, f"the category field `{field.id}` has no values", "list its `values`")
        case FieldKind.GAZETTEER:
            yield from _unknown((*path, "gazetteer"), "gazetteer", field.gazetteer, GAZETTEERS)
        case FieldKind.DERIVED:
            yield from _derived(path, field, protocol)
        case _:
            if field.derived_from or field.bands or field.groups:
                yield Fault(path, f"`{field.id}` is not derived, so it has no source, bands or groups", "set kind")


def _derived(path: KeyPath, field: FieldDefinition, protocol: Protocol) -> Iterator[Fault]:
    source = protocol.field_by_id.get(field.derived_from)
    if source is None or source is field:
        known = [name for name in protocol.field_by_id if name != field.id]
        yield from _unknown((*path, "derived_from"), "field", field.derived_from, known)
        return
    if bool(field.bands) == bool(field.groups):
        yield Fault(path, f"the derived field `{field.id}` needs either bands or groups", "give one of the two")
    ids = [value.id for value in field.values]
    values = permitted(field.derived_from, protocol)
    for name, members in field.groups.items():
        if ids:
            yield from _unknown((*path, "groups", name), f"value of `{field.id}`", name, ids)
        for member in members if values is not None else ():
            yield from _unknown((*path, "groups", name), f"value of `{source.id}`", member, values or ())


def _screening(protocol: Protocol) -> Iterator[Fault]:
    for n, criterion in enumerate(protocol.criteria):
        path: KeyPath = ("criteria", n)
        if not criterion.rules:
            yield Fault(path, f"the criterion `{criterion.id}` has no rules", "add at least one `rules` entry")
        for m, rule in enumerate(criterion.rules):
            yield from _rule((*path, "rules", m), rule, protocol)
    for n, reason in enumerate(protocol.reasons):
        yield from _triggers(("reasons", n), reason, protocol)


def _rule(path: KeyPath, rule: CriterionRule, protocol: Protocol) -> Iterator[Fault]:
    types = [kind.id for kind in protocol.review_types]
    for n, name in enumerate(rule.review_types):
        yield from _unknown((*path, "review_types", n), "review type", name, types)
    for n, conditions in enumerate(rule.any_of):
        yield from _conditions((*path, "any_of", n), conditions, protocol)


def _triggers(path: KeyPath, reason: ExclusionReason, protocol: Protocol) -> Iterator[Fault]:
    criteria = [criterion.id for criterion in protocol.criteria]
    for n, trigger in enumerate(reason.triggers):
        here = (*path, "triggers", n)
        if bool(trigger.criterion) != bool(trigger.answer):
            yield Fault(here, "a trigger names a criterion and its answer together", "give both, or neither")
        if trigger.criterion:
            yield from _unknown((*here, "criterion"), "criterion", trigger.criterion, criteria)
        elif not trigger.conditions:
            yield Fault(here, "a trigger without criterion and conditions would always apply", "give it one")
        yield from _conditions((*here, "conditions"), trigger.conditions, protocol)


def _codebook(protocol: Protocol) -> Iterator[Fault]:
    actions = [action.id for action in protocol.plan.actions] if protocol.plan else []
    names = {theme.id for theme in protocol.codebook.themes}
    names |= {sub.id for theme in protocol.codebook.themes for sub in theme.subthemes}
    for n, theme in enumerate(protocol.codebook.themes):
        for former in (*theme.formerly, *(each for sub in theme.subthemes for each in sub.formerly)):
            if former in names:
                here: KeyPath = ("codebook", "themes", n)
                yield Fault(here, f"`{former}` is a code, and a former name of another", "leave one of them out")
        for m, action in enumerate(theme.actions):
            yield from _unknown(("codebook", "themes", n, "actions", m), "plan action", action, actions)

    book = protocol.codebook
    if "vulnerabilities" in book.model_fields_set:
        path: KeyPath = ("codebook", "vulnerabilities")
        yield from _unknown(path, "field", book.vulnerabilities, tuple(protocol.field_by_id))
    agencies = [one.id for one in book.agencies]
    addressees = [one.id for one in protocol.recommendations.addressees]
    for n, audience in enumerate(book.audiences):
        for key, known in (("agencies", agencies), ("addressees", addressees), ("shared", addressees)):
            for m, name in enumerate(getattr(audience, key)):
                yield from _unknown(("codebook", "audiences", n, key, m), key, name, known)


def _strengths(protocol: Protocol) -> Iterator[Fault]:
    """A strength is out of reach where one before it asks no more, of anything."""
    strengths = protocol.findings.strengths if protocol.findings else ()
    asked = [(one.reviews, one.review_types, one.share, -one.against) for one in strengths]
    for n, mine in enumerate(asked):
        for m, before in enumerate(asked[:n]):
            if all(less <= more for less, more in zip(before, mine, strict=True)):
                what = f"`{strengths[n].id}` can never be reached: `{strengths[m].id}`, before it, asks no more"
                yield Fault(("findings", "strengths", n), what, "put the strongest first")
                break


def _tables(protocol: Protocol) -> Iterator[Fault]:
    for n, table in enumerate(protocol.tables):
        path: KeyPath = ("tables", n)
        yield from _conditions((*path, "where"), table.where, protocol)
        yield from _conditions((*path, "episodes"), table.episodes, protocol)
        yield from _axis((*path, "rows"), table.rows, protocol)
        yield from _axis((*path, "columns"), table.columns, protocol)
        yield from _measure(path, table, protocol)
    tables = [table.id for table in protocol.tables]
    for n, figure in enumerate(protocol.figures):
        yield from _unknown(("figures", n, "table"), "table", figure.table, tables)


def _axis(path: KeyPath, axis: Axis, protocol: Protocol) -> Iterator[Fault]:
    if axis.field and axis.groups:
        yield Fault(path, "an axis has a field or groups, not both", "leave one of them out")
    if axis.field:
        yield from _unknown((*path, "field"), "field", axis.field, (*protocol.field_by_id, *LEVELS))
        values = permitted(axis.field, protocol)
        for n, word in enumerate(axis.only):
            if values is not None:
                yield from _unknown((*path, "only", n), f"value of `{axis.field}`", word, values)
    for n, group in enumerate(axis.groups):
        yield from _conditions((*path, "groups", n, "where"), group.where, protocol)


def _measure(path: KeyPath, table: TableDefinition, protocol: Protocol) -> Iterator[Fault]:
    known = (*protocol.field_by_id, *LEVELS)
    if table.kind is TableKind.SUMMARY:
        yield from _unknown((*path, "measure"), "field to measure", table.measure, known)
    elif table.kind is TableKind.RATES:
        yield from _unknown((*path, "dated"), "field to date by", table.dated, known)
    elif table.measure:
        yield Fault((*path, "measure"), "only a summary table has a measure, or rates", 'set kind = "summary"')
    for n, name in enumerate(table.fields):
        yield from _unknown((*path, "fields", n), "field to list", name, known)
    if bool(table.fields) is not (table.kind is TableKind.LISTING):
        told = "a listing names its fields, and no other table does"
        yield Fault((*path, "fields"), told, 'see `kind = "listing"`')
    if table.kind is TableKind.FUNNEL and not table.rows.groups:
        yield Fault((*path, "rows"), f"the funnel `{table.id}` has no steps", "give `rows` its steps as groups")
    if table.kind is TableKind.RATES and not (table.measure and table.rows.field):
        yield Fault(path, f"the rates `{table.id}` need a `measure` and a field of areas for `rows`", "give both")
    if table.kind in (TableKind.CROSSTAB, TableKind.TOGETHER) and not (table.rows.field or table.rows.groups):
        yield Fault(path, f"the table `{table.id}` has no rows", "give `rows` a field or groups")


def _registers(protocol: Protocol) -> Iterator[Fault]:
    types = [kind.id for kind in protocol.review_types]
    sources = [source.id for source in protocol.sources]
    for n, register in enumerate(protocol.registers):
        yield from _unknown(("registers", n, "review_type"), "review type", register.review_type, types)
        yield from _unknown(("registers", n, "source"), "source", register.source, sources)
        lines = [column for _, column in register.metadata]
        for m, stated in enumerate(register.fields):
            path: KeyPath = ("registers", n, "fields", m)
            yield from _unknown((*path, "field"), "field", stated.field, tuple(protocol.field_by_id))
            if stated.column not in lines:
                mend = f'add ["{stated.column}", "{stated.column}"] to `metadata`'
                yield Fault((*path, "column"), f"the column `{stated.column}` has no line in the document", mend)
            values = permitted(stated.field, protocol)
            for value in filter(None, stated.values.values()) if values is not None else ():
                yield from _unknown((*path, "values"), f"value of `{stated.field}`", value, values or ())


def _lexicon(protocol: Protocol) -> Iterator[Fault]:
    """Ids the lexicon speaks of; which cue groups exist is the lexicon's own affair."""
    lexicon, book = protocol.lexicon, protocol.codebook
    for name, cues in lexicon.fields.items():
        path: KeyPath = ("lexicon", "fields", name)
        if name not in protocol.field_by_id:
            yield from _unknown(path, "field", name, tuple(protocol.field_by_id))
            continue
        values = permitted(name, protocol)
        for value in cues.values if values is not None else ():
            yield from _unknown((*path, "values", value), f"value of `{name}`", value, values or ())
    known = {
        ("agencies", "cues"): [value.id for value in book.agencies],
        ("agencies", "of_children"): [value.id for value in book.agencies],
        ("agencies", "of_adults"): [value.id for value in book.agencies],
        ("practice", "themes"): [theme.id for theme in book.themes],
        ("practice", "subthemes"): [sub.id for theme in book.themes for sub in theme.subthemes],
        ("practice", "explanations"): [value.id for value in book.explanations],
        ("practice", "whose"): [value.id for value in book.whose],
        ("recommendations", "addressees"): [value.id for value in protocol.recommendations.addressees],
        ("recommendations", "scopes"): [value.id for value in protocol.recommendations.scopes],
    }
    for (part, key), ids in known.items():
        for name in getattr(getattr(lexicon, part), key):
            yield from _unknown(("lexicon", part, key, name), key.rstrip("s"), name, ids)
