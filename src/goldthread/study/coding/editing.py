"""Editing one review: every act is one transaction and one journal entry, and none overwrites what was not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace

import sqlalchemy as sa

from goldthread.anchors import Anchor, anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.errors import Overtaken, UsageError
from goldthread.extraction.model import Characteristic
from goldthread.protocol.labels import field_label, labels_of
from goldthread.protocol.model import FieldKind
from goldthread.screening.model import ScreeningDecision, ScreeningState
from goldthread.store import documents, edits, journal, links, review_file, suggestions
from goldthread.store.review_file import Item, Kept, stamp_of
from goldthread.study.folder import Held
from goldthread.study.intake.imports.cells import value_of
from goldthread.study.intake.imports.changes import RowFault
from goldthread.study.screening import several
from goldthread.values import Basis, Missing, State

CERTAIN = 1.0
CODES = ("theme", "subtheme", "direction", "explanation", "whose")
_READERS: dict[str, Callable[[sa.Connection, str, Sequence[State]], Sequence[Kept[Item]]]] = {
    "characteristics": review_file.characteristics,
    "answers": review_file.answers,
    "episodes": review_file.episodes,
    "recommendations": review_file.recommendations,
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words a person picked: offsets in the text of one document."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Details:
    """What a person adds to the codes of a passage: agencies, vulnerabilities, and a note of their own."""

    agencies: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    memo: str = ""


def decide(held: Held, review_id: str, decision: ScreeningState, reason: str, seen: str, who: str) -> None:
    """Screen a review. Raises Overtaken when its decision is not the one seen (`seen` "" saw none)."""
    if decision is ScreeningState.EXCLUDED and reason not in held.protocol.reason_by_id:
        raise UsageError("an excluded review needs one main reason", where=review_id, mend="choose the reason")
    with held.database.write() as connection:
        _must_exist(connection, review_id)
        earlier = edits.decided(connection, review_id)
        if (stamp_of(earlier) if earlier else "none") != (seen or "none"):
            raise Overtaken(
                f"{review_id} was screened meanwhile: {_said(earlier, held)}",
                where=review_id,
                mend="look at the decision and choose which stands",
                now=stamp_of(earlier) if earlier else "none",
            )
        given = reason if decision is ScreeningState.EXCLUDED else ""
        made = ScreeningDecision(review_id, decision, given, Basis.CONFIRMED, who, journal.now())
        suggestions.save_decision(connection, made)
        journal.append(connection, who, "decide", review_id, before=plain(earlier), after=plain(made))


def undo_decision(held: Held, review_id: str, who: str) -> ScreeningDecision | None:
    """Put a review back to how it was screened before the last decision on it; returns that earlier decision."""
    with held.database.write() as connection:
        present = edits.decided(connection, review_id)
        if present is None:
            raise UsageError("there is no decision to take back", where=review_id, mend="screen it first")
        made = {"decision": present.decision.value, "reason": present.reason}
        before = _stood_before(connection, review_id, present, made)
        edits.withdraw_decision(connection, review_id)
        earlier = None
        if before.get("decision"):
            earlier = ScreeningDecision(
                review_id,
                ScreeningState(str(before["decision"])),
                str(before.get("reason", "")),
                Basis.CONFIRMED,
                str(before.get("author", who)),
                journal.now(),
            )
            suggestions.save_decision(connection, earlier)
        journal.append(connection, who, "undo", review_id, before=plain(present), after=plain(earlier))
    return earlier


def _stood_before(
    connection: sa.Connection, review_id: str, present: ScreeningDecision, made: dict[str, str]
) -> dict[str, object]:
    """The decision that stood before the present one, made by itself or together with others; {} for none."""
    together = several.last_before(connection, review_id, present)
    if together is None:
        return journal.before(connection, review_id, "decide", made)
    return plain(together.decided) if together.decided else {}


def settle(held: Held, review_id: str, kind: str, seen: Sequence[tuple[str, str]], state: State, who: str) -> None:
    """Confirm, reject or open again things said about a review, each named by its key and the stamp seen."""
    with held.database.write() as connection:
        present = present_of(connection, review_id, kind)
        chosen = [unchanged(present, key, stamp, review_id) for key, stamp in seen]
        for one in chosen:
            edits.set_state(connection, kind, one.key, state, who)
        if kind == "characteristics" and state is State.CONFIRMED:
            _give_way(connection, held, present.values(), chosen, who)
        verb = {State.CONFIRMED: "confirm", State.REJECTED: "reject"}.get(state, "reopen")
        before = {kind: {one.key: one.item.state.value for one in chosen}}
        journal.append(connection, who, verb, review_id, before=before, after={kind: {"state": state.value}})


def set_value(
    held: Held,
    review_id: str,
    field: str,
    subject_no: int,
    *,
    value: str = "",
    missing: str = "",
    span: Span | None = None,
    instead: tuple[str, str] | None = None,
    who: str,
) -> str:
    """Log a person's value, or a kind of missing, and return its key.

    `instead` is the key and stamp of the value it takes the place of, whose words it keeps unless others are picked.
    Raises UsageError for a value the field cannot have or one without words; Overtaken when `instead` has changed.
    """
    definition = held.protocol.field_by_id.get(field)
    if definition is None or definition.kind is FieldKind.DERIVED:
        raise UsageError(f"{field!r} is not a field that can be filled in", where=review_id)
    try:
        written = value_of(definition, value.strip(), held.protocol, ()) if value.strip() else None
    except RowFault as fault:
        raise UsageError(fault.message, where=definition.label, mend=fault.mend) from fault
    if (written is None) == (missing not in set(Missing)):
        raise UsageError(
            "give a value, or say in which way it is missing", where=definition.label, mend="fill in one of the two"
        )
    with held.database.write() as connection:
        present = present_of(connection, review_id, "characteristics")
        old = unchanged(present, *instead, review_id) if instead else None
        words = (
            (_anchor(connection, review_id, span),)
            if span
            else (old.item.anchors if old and isinstance(old.item, Characteristic) else ())
        )
        if written is not None and not words:
            raise UsageError(
                "a value rests on words of the review, and none are picked",
                where=definition.label,
                mend="select the words on the page that say so, then save again",
            )
        kind = Missing(missing) if missing else None
        item = Characteristic(
            review_id, subject_no, field, written, kind, State.CONFIRMED, who, "", CERTAIN, tuple(words)
        )
        if old:
            edits.set_state(connection, "characteristics", old.key, State.SUPERSEDED, old.item.author)
        key = edits.add_value(connection, item)
        _give_way(connection, held, present.values(), [Kept(key, "", item)], who)
        before = plain(old.item if old else None)
        journal.append(connection, who, "set", review_id, before=before, after={"key": key, **plain(item)})
    return key


def code(
    held: Held,
    review_id: str,
    codes: dict[str, str],
    *,
    details: Details | None = None,
    span: Span | None = None,
    instead: tuple[str, str] | None = None,
    who: str,
) -> str:
    """Code a passage, or code one anew, and return the episode's id.

    `codes` has theme, sub-theme, direction, explanation and whose; without `details` those of the passage `instead`
    of which this one stands are kept, and so are its recommendations. Raises UsageError for a code the book does not
    have, Overtaken when `instead` has changed.
    """
    with held.database.write() as connection:
        held.rules.renew(connection)
        present = present_of(connection, review_id, "episodes")
        old = unchanged(present, *instead, review_id) if instead else None
        chosen = _codes(held, codes, review_id, old)
        words = _words(connection, review_id, span, old)
        more = asdict(_checked(held, details) if details else _details_of(old))
        item = Episode(review_id, "", *chosen, State.CONFIRMED, who, "", CERTAIN, words, **more)
        if old:
            edits.set_state(connection, "episodes", old.key, State.SUPERSEDED, old.item.author)
        key = edits.add_episode(connection, item)
        if old:
            links.carry(connection, old.key, key)
        after = {"key": key, **plain(replace(item, episode_id=key))}
        journal.append(connection, who, "code", review_id, before=_stood(old), after=after)
    return key


def recommend(
    held: Held,
    review_id: str,
    addressee: str,
    scope: str,
    *,
    span: Span | None = None,
    instead: tuple[str, str] | None = None,
    who: str,
) -> str:
    """Keep a recommendation, or say anew whom one is addressed to, and return its id."""
    for name, written in (("addressee", addressee), ("scope", scope)):
        if written and written not in labels_of(name, held.protocol):
            raise UsageError(f"{written!r} is not one of this protocol", where=name, mend="choose one from the list")
    with held.database.write() as connection:
        present = present_of(connection, review_id, "recommendations")
        old = unchanged(present, *instead, review_id) if instead else None
        words = _words(connection, review_id, span, old)
        text = " ".join(words.quote.split())
        item = Recommendation(review_id, "", text, addressee, scope, State.CONFIRMED, who, "", CERTAIN, words)
        if old:
            edits.set_state(connection, "recommendations", old.key, State.SUPERSEDED, old.item.author)
        key = edits.add_recommendation(connection, item)
        if old:
            links.carry(connection, old.key, key)
        after = {"key": key, **plain(replace(item, recommendation_id=key))}
        journal.append(connection, who, "recommend", review_id, before=_stood(old), after=after)
    return key


def present_of(connection: sa.Connection, review_id: str, kind: str) -> dict[str, Kept[Item]]:
    """Everything of one kind said about a review, by key, whatever its state."""
    _must_exist(connection, review_id)
    if kind not in _READERS:
        raise UsageError(f"there is no such part of a review as {kind!r}", where=review_id)
    return {one.key: one for one in _READERS[kind](connection, review_id, tuple(State))}


def unchanged(present: dict[str, Kept[Item]], key: str, stamp: str, review_id: str) -> Kept[Item]:
    """The thing with this key, if it still is as it was seen."""
    found = present.get(key)
    if found is None:
        raise UsageError(f"{review_id} has nothing with the key {key}", mend="load the page again")
    if found.stamp != stamp:
        gone = found.item.state is State.SUPERSEDED
        what = "replaced by another" if gone else f"{found.item.state.value} by {found.item.author or 'the engine'}"
        raise Overtaken(
            f"this has been {what} meanwhile",
            where=review_id,
            mend="look at it as it now stands, then choose again",
            now="" if gone else found.stamp,
        )
    return found


def _give_way(
    connection: sa.Connection,
    held: Held,
    present: Iterable[Kept[Item]],
    chosen: Sequence[Kept[Item]],
    who: str,
) -> None:
    """A field that takes one value keeps one: what was confirmed or proposed for it before gives way."""
    keys = {one.key for one in chosen}
    taken = {
        (one.item.subject_no, one.item.field)
        for one in chosen
        if isinstance(one.item, Characteristic) and not held.protocol.field_by_id[one.item.field].multiple
    }
    for one in present:
        item = one.item
        if not isinstance(item, Characteristic) or one.key in keys or (item.subject_no, item.field) not in taken:
            continue
        if item.state in (State.CONFIRMED, State.SUGGESTED):
            edits.set_state(connection, "characteristics", one.key, State.SUPERSEDED, item.author or who)


def _codes(
    held: Held, codes: dict[str, str], review_id: str, old: Kept[Item] | None
) -> tuple[str, str, str, str, str]:
    for name in CODES:
        written = codes.get(name, "")
        if written and written not in labels_of(name, held.protocol):
            raise UsageError(f"{written!r} is not in the codebook", where=name, mend="choose one from the list")
    theme, sub = codes.get("theme", ""), codes.get("subtheme", "")
    if not codes.get("direction"):
        raise UsageError("say whether practice was good, fell short or is only described", where=review_id)
    book = held.protocol.codebook
    if (theme, sub) not in book.places:
        sub = ""
    stood = (old.item.theme, old.item.subtheme) if old and isinstance(old.item, Episode) else ("", "")
    if (theme, sub) not in (("", ""), stood) and book.offer(theme, sub) != (theme, sub):
        mend = "choose a code that is offered"
        raise UsageError(f"“{book.label_of((theme, sub))}” is retired", where=review_id, mend=mend)
    return theme, sub, codes["direction"], codes.get("explanation", ""), codes.get("whose", "")


def _stood(old: Kept[Item] | None) -> dict[str, object]:
    """What was replaced and how it stood, so that it can be put back."""
    return {**plain(old.item), "state": old.item.state.value} if old else {}


def _checked(held: Held, details: Details) -> Details:
    """Details with every id known, each once, in the protocol's order."""
    return Details(
        _known_of(held, "agency", details.agencies),
        _known_of(held, "episode_vulnerability", details.vulnerabilities),
        details.memo.replace("\r\n", "\n").strip(),
    )


def _known_of(held: Held, name: str, written: Sequence[str]) -> tuple[str, ...]:
    known = labels_of(name, held.protocol)
    for one in written:
        if one not in known:
            where = field_label(name, held.protocol)
            raise UsageError(f"{one!r} is not in this protocol", where=where, mend="choose from the list")
    return tuple(one for one in known if one in written)


def _details_of(old: Kept[Item] | None) -> Details:
    if old is None or not isinstance(old.item, Episode):
        return Details()
    return Details(old.item.agencies, old.item.vulnerabilities, old.item.memo)


def _words(connection: sa.Connection, review_id: str, span: Span | None, old: Kept[Item] | None) -> Anchor:
    if span:
        return _anchor(connection, review_id, span)
    if old and isinstance(old.item, Episode | Recommendation):
        return old.item.anchor
    raise UsageError("no words are picked", where=review_id, mend="select the words on the page, then save again")


def _anchor(connection: sa.Connection, review_id: str, span: Span) -> Anchor:
    owner = edits.review_of_document(connection, span.document_id)
    if owner is None or owner[0] != review_id:
        raise UsageError("the words picked are of another review", where=review_id, mend="select them again")
    return anchor(documents.text_of(connection, span.document_id, owner[1]), span.start, span.end)


def _must_exist(connection: sa.Connection, review_id: str) -> None:
    if not edits.exists(connection, review_id):
        raise UsageError(f"there is no review {review_id!r}", mend="go back to the list of reviews")


def plain(item: Item | ScreeningDecision | None) -> dict[str, object]:
    """What the journal keeps of a thing: its fields, and of an anchor the place alone."""
    if item is None:
        return {}
    if isinstance(item, ScreeningDecision):
        return {"decision": item.decision.value, "reason": item.reason, "author": item.author}
    skipped = {"review_id", "anchors", "anchor", "state", "engine", "confidence", "at", "basis"}
    kept = {key: value for key, value in asdict(item).items() if key not in skipped and value not in (None, "", ())}
    places = getattr(item, "anchors", None) or ([item.anchor] if isinstance(item, Episode | Recommendation) else [])
    if places:
        kept["words"] = [f"{one.document_id} page {one.page}, {one.start}–{one.end}" for one in places]
    return {key: str(value) if isinstance(value, Missing | ScreeningState) else value for key, value in kept.items()}


def _said(made: ScreeningDecision | None, held: Held) -> str:
    if made is None:
        return "the decision was taken back"
    label = held.protocol.reason_by_id[made.reason].label.lower() if made.reason else ""
    return f"{made.decision.value}{f' ({label})' if label else ''} by {made.author}"
