from __future__ import annotations

from goldthread.scoring.finding import Candidate, by_name, by_text, placed
from goldthread.scoring.gold import GoldDocument, GoldSentence

GOLD = GoldDocument(
    "d1", "Report-7.txt", sentences=(GoldSentence("1", 4, 9, "words", "none"), GoldSentence("2", 9, 12, "", "none"))
)


def candidate(name: str) -> Candidate:
    return Candidate(f"D-{name}", "R1", name)


def found(*names: str) -> str | None:
    chosen = by_name([GOLD], [candidate(name) for name in names]).get("d1")
    return chosen.file_name if chosen else None


def test_a_document_is_found_by_its_whole_name_before_a_name_with_another_ending() -> None:
    assert found("report-7.pdf", "REPORT-7.TXT") == "REPORT-7.TXT"


def test_a_document_in_another_format_is_found_by_its_name_before_the_ending() -> None:
    assert found("other.txt", "report-7.docx") == "report-7.docx"


def test_a_document_is_found_by_the_golds_id() -> None:
    assert found("d1.pdf") == "d1.pdf"
    assert found("d11.pdf") is None


def test_of_several_documents_of_one_name_the_first_is_taken() -> None:
    twice = [Candidate("first", "R1", "report-7.txt"), Candidate("second", "R2", "report-7.txt")]
    assert by_name([GOLD], twice)["d1"].document_id == "first"


def test_a_document_is_found_by_its_text_whatever_its_white_space() -> None:
    texts = [(candidate("a"), "Quite other words."), (candidate("b"), "The  same\nwords.")]
    assert by_text({"d1": "The same words."}, texts)["d1"].file_name == "b"


def test_an_empty_text_is_no_text_to_be_found_by() -> None:
    assert by_text({"d1": " "}, [(candidate("a"), "")]) == {}


def test_places_hold_where_the_stored_text_is_the_golds() -> None:
    text = "The words end here."
    assert placed(GOLD, text, text) is GOLD
    assert placed(GOLD, None, text) is GOLD


def test_where_places_cannot_hold_sentences_are_matched_by_their_words() -> None:
    for gold_text, stored in (("The words end here.", "These words end here."), (None, "Too short")):
        left = placed(GOLD, gold_text, stored).sentences
        assert [(item.n, item.start) for item in left] == [("1", None)]
