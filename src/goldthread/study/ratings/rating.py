"""Rating reviews as sources of learning, one person without another, and settling where they differ."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.errors import Overtaken, UsageError
from goldthread.protocol.model import QualityItem
from goldthread.quality.rating import Judged, Rating, Standing, by_review, judged
from goldthread.store import edits, journal, ratings
from goldthread.store.review_file import stamp_of
from goldthread.study.folder import Held

_LONGEST_NOTE = 4000


def of_review(held: Held, review_id: str) -> dict[str, Judged]:
    """Item → what people said of one review, and what stands; items with a note alone are left out."""
    with held.database.read() as connection:
        return judged(ratings.of_review(connection, review_id))


def own(held: Held, review_id: str, who: str) -> dict[str, Rating]:
    """Item → this person's own rating, be it a note alone."""
    with held.database.read() as connection:
        said = ratings.of_review(connection, review_id)
    return {one.item: one for one in said if one.author == who and not one.settles}


def every(held: Held) -> dict[str, dict[str, Judged]]:
    """Review → item → what people said, and what stands."""
    with held.database.read() as connection:
        return by_review(ratings.every(connection))


def rate(held: Held, review_id: str, item: str, value: str, note: str, seen: str | None, who: str) -> None:
    """Rate a review on one item, with a note; no value takes one's rating back to a note alone.

    `seen` is the stamp of one's own rating as it was seen ("" saw none, None did not look). Raises UsageError for
    what is not on the scale, Overtaken where one's own rating was changed elsewhere.
    """
    definition = _item(held, review_id, item, value)
    with held.database.write() as connection:
        if not edits.exists(connection, review_id):
            raise UsageError(f"there is no review {review_id!r}", mend="go back to the list of reviews")
        said = ratings.of_review(connection, review_id)
        earlier = next((one for one in said if one.item == item and one.author == who and not one.settles), None)
        stamp = stamp_of(earlier) if earlier else ""
        if seen is not None and stamp != seen:
            raise Overtaken(
                "you changed this rating elsewhere meanwhile",
                where=definition.label,
                mend="look at it as it now stands",
                now=stamp,
                stands=_in_words(definition, [earlier] if earlier else []),
            )
        made = Rating(review_id, item, value, note.strip()[:_LONGEST_NOTE], who, journal.now())
        ratings.keep(connection, made)
        journal.append(connection, who, "rate", review_id, before=_plain(earlier), after=_plain(made))


def settle(held: Held, review_id: str, item: str, value: str, note: str, seen: str | None, who: str) -> None:
    """Decide between people who rated an item differently: what stands is one named person's word.

    `seen` is the stamp of what was seen to be said (None did not look). Raises UsageError where nobody differs,
    Overtaken where somebody rated meanwhile.
    """
    definition = _item(held, review_id, item, value)
    if not value:
        raise UsageError("settling needs a value", where=definition.label, mend="choose one of the scale")
    with held.database.write() as connection:
        said = ratings.of_review(connection, review_id)
        found = judged(said).get(item)
        if found is None or found.standing not in (Standing.OPEN, Standing.SETTLED):
            raise UsageError("nobody rated this differently", where=definition.label, mend="load the page again")
        if seen is not None and stamp_of(found) != seen:
            raise Overtaken(
                "somebody rated or settled this meanwhile",
                where=definition.label,
                mend="look at it as it now stands",
                now=stamp_of(found),
                stands=_in_words(definition, [one for one in said if one.item == item]),
            )
        made = Rating(review_id, item, value, note.strip()[:_LONGEST_NOTE], who, journal.now(), settles=True)
        ratings.keep(connection, made)
        before = {"item": item, "given": {one.author: one.value for one in found.given}}
        journal.append(connection, who, "settle", review_id, before=before, after=_plain(made))


def _item(held: Held, review_id: str, item: str, value: str) -> QualityItem:
    definition = next((one for one in held.protocol.quality if one.id == item), None)
    if definition is None:
        known = ", ".join(one.id for one in held.protocol.quality) or "none"
        raise UsageError(f"there is no item {item!r} to rate", where=review_id, mend=f"this protocol has {known}")
    if value and value not in {one.id for one in definition.scale}:
        mend = f"choose one of {', '.join(one.id for one in definition.scale)}"
        raise UsageError(f"{value!r} is not on the scale", where=definition.label, mend=mend)
    return definition


def _in_words(definition: QualityItem, said: Sequence[Rating]) -> str:
    labels = {one.id: one.label for one in definition.scale}
    told = (
        f"{one.author}{', settling it' if one.settles else ''}: {labels.get(one.value, 'not rated')}"
        f"{f' ({one.note})' if one.note else ''}"
        for one in said
    )
    return "\n".join(told) or "Not rated."


def _plain(made: Rating | None) -> dict[str, object]:
    return {"item": made.item, "value": made.value, "note": made.note} if made else {}
