"""Finding the labelled documents among a study's: by file name, by the name without its ending, or by their text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from goldthread.scoring.gold import GoldDocument, last_place, without_places


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document of a study. One that is an exact copy of another is never chosen."""

    document_id: str
    review_id: str
    file_name: str


def by_name(golds: Iterable[GoldDocument], candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    """Gold id → the document with the gold's file name, else with that name or the gold's id before its ending."""
    whole = {item.file_name.casefold(): item for item in reversed(candidates)}
    stems = {_stem(item.file_name): item for item in reversed(candidates)}
    found = {}
    for gold in golds:
        same = whole.get(gold.file.casefold()) or stems.get(_stem(gold.file)) or stems.get(gold.id.casefold())
        if same:
            found[gold.id] = same
    return found


def by_text(golds: Mapping[str, str], candidates: Iterable[tuple[Candidate, str]]) -> dict[str, Candidate]:
    """Gold id → the document that reads the same, white space apart; `golds` are texts by gold id."""
    wanted = {_letters(text): key for key, text in golds.items() if text.strip()}
    return {wanted[read]: item for item, text in candidates if (read := _letters(text)) in wanted}


def placed(gold: GoldDocument, gold_text: str | None, stored: str) -> GoldDocument:
    """The labelled document as it can be matched with the stored text.

    Places are kept where the stored text is the gold's, or where the gold's is not at hand and every place lies
    within the stored text; otherwise its sentences are matched by their words.
    """
    same = gold_text == stored if gold_text is not None else last_place(gold) <= len(stored)
    return gold if same else without_places(gold)


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.casefold()


def _letters(text: str) -> str:
    return "".join(text.split())
