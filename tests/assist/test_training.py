"""Learning from a handful of fictional labelled reports."""

from __future__ import annotations

from goldthread.assist.learned.engine import coded_of
from goldthread.assist.learned.training import Label, Labelled, Settings, answer, learned, right, words_of
from goldthread.assist.lexicon.engine import readings_of
from goldthread.coding.passages import passages
from goldthread.extraction.reading import Reading, Said
from goldthread.protocol.load import load
from tests.assist.conftest import review_of

# FICTIONAL: no real person, place or event.
JUDGED = "Officers failed to search the {place} for the missing man."
TOLD = "Police officers searched the {place} and spoke to the neighbours."
OTHER = "The {place} had been empty for some years."
ASKED = "The force should review its guidance on searching a {place}."
PLACES = ("house", "garage", "barn", "shed", "mill", "office")
SETTINGS = Settings(passages=5.0, codes=5.0, documents=2)


def _labelled(place: str) -> Labelled:
    protocol = load("learning-reports")
    lines = [line.format(place=place) for line in (JUDGED, TOLD, OTHER, ASKED)]
    reading = readings_of(review_of("A report on a search\n\n" + "\n".join(lines) + "\n"), protocol)[0]
    coded = coded_of(reading, passages(reading, protocol.lexicon), protocol.lexicon)
    missed = Label("judged", False, "missed", "evidence_investigation", "not_explained")
    by_line = {
        lines[0]: missed,
        lines[1]: Label("described", False),
        lines[2]: Label("none", False),
        lines[3]: Label("none", True),
    }
    told = {said.place: by_line[text] for said in reading.said if (text := _text(reading, said)) in by_line}
    return Labelled.of(coded, told)


def _text(reading: Reading, said: Said) -> str:
    return reading.document.text[said.start : said.end]


def test_the_same_labels_give_the_same_model_to_the_last_digit() -> None:
    documents = [_labelled(place) for place in PLACES]
    assert learned(documents, SETTINGS).written() == learned(documents, SETTINGS).written()


def test_a_model_tells_sentences_it_has_not_seen_apart() -> None:
    model = learned([_labelled(place) for place in PLACES[1:]], SETTINGS)
    for name in ("judged", "any", "asks"):
        reaches = right(model, _labelled(PLACES[0]))[name]
        assert min(reach for reach, yes in reaches if yes) > max(reach for reach, yes in reaches if not yes)


def test_only_given_words_are_kept() -> None:
    model = learned([_labelled(place) for place in PLACES], SETTINGS, words={"searched", "officers"})
    kept = {word for sign in model.passages.row for word in words_of(sign)}
    assert kept == {"searched", "officers"}
    assert any(sign.startswith("g:") for sign in model.passages.row)


def test_a_sign_of_a_cue_group_is_made_of_no_words() -> None:
    assert [words_of(sign) for sign in ("g:fail", "n1:g:police_actor", "h:in findings", "d:length4")] == [[]] * 4
    assert words_of("m:POLICE spoke to") == ["spoke", "to"]


def test_what_readers_differed_on_teaches_nothing() -> None:
    unsure = Label(None, None)
    names = ("judged", "any", "asks", "missed", "theme:other", "explanation:resourcing")
    assert [answer(name, unsure) for name in names] == [None] * 6
    assert answer("any", Label("described", False)) is True
    assert answer("theme:other", Label("judged", False, "good", "other")) is True
