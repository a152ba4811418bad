from __future__ import annotations

from goldthread.assist.learned.spoken import Bodies, Spoken, runs, spoken
from goldthread.extraction.reading import read
from goldthread.protocol.load import load
from tests.assist.conftest import review_of


def _spoken(text: str) -> Spoken:
    lexicon = load("learning-reports").lexicon
    document = review_of(f"Report\n\n{text}\n").documents[0]
    reading = read(document.text, document.pages, lexicon)
    said = next(each for each in reading.said if text.split()[0] in document.text.text[each.start : each.end])
    return spoken(reading, said, Bodies.of(lexicon))


def test_everybody_is_named_by_what_they_are() -> None:
    found = _spoken("Police told the woman that the hospital had called her brother.")
    assert found.order == ("POLICE", "PERSON", "OTHERS", "PERSON", "PERSON")
    assert found.marks[:4] == ("POLICE", "told", "the", "PERSON")


def test_no_name_is_kept() -> None:
    found = _spoken("Officers spoke to Marigold Fenwick in Oldbridge on 3 May.")
    assert not {"marigold", "fenwick", "oldbridge"} & {word.lower() for word in (*found.words, *found.marks)}
    assert "NAME" in found.words


def test_a_body_with_police_in_its_name_is_not_the_police() -> None:
    assert "POLICE" not in _spoken("The probation officer wrote to the council.").order


def test_runs_are_every_run_of_so_many() -> None:
    assert runs(("a", "b", "c"), (2, 3)) == ["a b", "b c", "a b c"]
