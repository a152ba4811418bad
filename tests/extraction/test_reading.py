from __future__ import annotations

from goldthread.documents.model import Role
from goldthread.extraction.reading import SHORT_NAME, clause_end, clause_start, read
from goldthread.protocol.lexicon import FieldCues, PracticeCues

from .pages import furniture, heading, item, lexicon, pages, para, reading

POLICE = lexicon(
    fields={"x": FieldCues(values={"v": ("died",)}, guards=())},
    practice=PracticeCues(actor=("police",), missed=("fail",)),
    police=["police"],
    fail=["fail*"],
    died=["died"],
)


def test_sentences_are_in_reading_order_with_their_page_section_and_heading() -> None:
    document, made = pages(
        [heading("Summary", Role.SUMMARY), para("He died. Police came.", Role.SUMMARY), furniture("Page 1")],
        [heading("Findings", Role.FINDINGS), item("They failed.", Role.FINDINGS)],
    )
    told = read(document, made, POLICE)
    assert [document.text[said.start : said.end] for said in told.said] == [
        "Summary",
        "He died.",
        "Police came.",
        "Findings",
        "They failed.",
    ]
    assert [said.page for said in told.said] == [1, 1, 1, 2, 2]
    assert [said.heading for said in told.said] == [0, 0, 0, 3, 3]
    assert told.said[4].role is Role.FINDINGS
    assert told.headline is told.said[0]


def test_cues_of_practice_are_looked_for_only_near_the_actor() -> None:
    far = ["A quiet day passed."] * 5
    told = reading(POLICE, "The trust failed. Police came. They failed.", *far, "The school failed.")
    assert [said.has(("fail",)) for said in told.said] == [False, False, True, *[False] * 5, False]
    assert len(told.by_group["fail"]) == 1


def test_a_short_name_that_the_text_defines_names_the_actor() -> None:
    told = reading(POLICE, "Northshire Police (NSP) came. NSP failed. The USP failed.")
    assert [SHORT_NAME in said.groups for said in told.said] == [True, True, False]


def test_a_cue_never_reaches_over_the_end_of_a_sentence() -> None:
    told = reading(lexicon(a=["came home"]), "He came. Home was dark.", "He came home.")
    assert [said.has(("a",)) for said in told.said] == [False, False, True]


def test_an_anchor_is_the_whole_words_of_the_text_as_stored() -> None:
    told = reading(lexicon(a=["information shared"]), "No infor\u00ad\nmation shared with them.")
    _, hit = next(told.hits_of(("a",)))
    assert told.anchor(hit.start, hit.end).quote == "infor\u00ad\nmation shared"


def test_clauses_end_at_stops_and_at_turning_words() -> None:
    low = "he was not hurt, but the officer failed; she left"
    assert low[clause_start(low, 0, low.index("failed")) :].startswith(" the officer")
    assert clause_end(low, low.index("officer"), len(low)) == low.index(";")


def test_the_conclusion_is_what_announces_it_and_the_short_lines_after() -> None:
    told = reading(
        lexicon(conclusion=("ends",), ends=["conclusion was"]),
        para("The conclusion was.", Role.INVESTIGATION),
        para("Accident.", Role.INVESTIGATION),
        para("Something else " * 40, Role.INVESTIGATION),
    )
    assert told.conclusion(("ends",)) == {0, 1}


def test_a_document_without_text_reads_as_nothing() -> None:
    document, made = pages([])
    told = read(document, made, POLICE)
    assert told.said == ()
    assert told.headline is None
    assert told.account is None
    assert told.sentence_at(0) is None


def test_the_account_begins_where_events_are_told() -> None:
    told = reading(
        POLICE,
        para("This report is sent to several bodies for their attention.", Role.FRONT),
        para("On Monday she left her house and did not come back to it.", Role.CHRONOLOGY),
    )
    assert told.account is told.said[1]
