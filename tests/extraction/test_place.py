from __future__ import annotations

from goldthread.documents.model import Role
from goldthread.extraction.place import Named, places, stretches
from goldthread.extraction.reading import Reading
from goldthread.protocol.lexicon import FieldCues

from .pages import Laid, heading, lexicon, para, reading

FORCE = FieldCues(threshold=2.0, far=("wrote",), within=("police",), front=1)
WORDS = lexicon(fields={"force": FORCE}, police=["police"], wrote=["wrote"])


def told(*blocks: Laid | str) -> Reading:
    return reading(WORDS, *blocks)


def named(read: Reading, *names: str) -> list[Named]:
    text = read.document.text
    found = [Named(at, at + len(name), name, False) for name in names for at in _all(text, name)]
    return sorted(found)


def _all(text: str, name: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(name, at)]


def best(read: Reading, *names: str, practice: dict[int, float] | None = None) -> str | None:
    weights = {0: list((practice or {}).items())}
    found = places([read], [named(read, *names)], FORCE, weights)
    return found[0].value if found else None


def test_a_name_that_is_only_mentioned_is_not_at_issue() -> None:
    assert best(told("Northshire Police wrote to us."), "Northshire Police") is None


def test_the_name_in_the_headline_is_at_issue() -> None:
    read = told(heading("Man hurt, Northshire Police"), "Southshire Police helped. Southshire Police left.")
    assert best(read, "Northshire Police", "Southshire Police") == "Northshire Police"


def test_the_name_where_practice_is_judged_is_at_issue() -> None:
    read = told("Northshire Police came.", "Southshire Police failed to search.", "They did not call.")
    names = ("Northshire Police", "Southshire Police")
    assert best(read, *names, practice={1: 1.0, 2: 1.0}) is None
    assert best(read, *names, practice={1: 2.0, 2: 1.0}) == "Southshire Police"


def test_no_name_is_no_answer() -> None:
    assert best(told("Nobody came.")) is None


def test_names_are_looked_for_in_front_in_headings_and_beside_cues() -> None:
    read = told("First words.", "A plain line.", "The police came.", "They left.", heading("Findings", Role.FINDINGS))
    text = read.document.text
    assert [text[start:end] for start, end in stretches(read, FORCE)] == [
        "First words.",
        "The police came.",
        "Findings",
    ]
    everywhere = FieldCues()
    assert stretches(read, everywhere) == [(0, len(text))]


def test_neighbouring_sentences_are_one_stretch() -> None:
    read = told(para("The police came. The police left."))
    assert len(stretches(read, FORCE)) == 1
