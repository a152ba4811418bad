from __future__ import annotations

import pytest

from goldthread.extraction.reading import ABOUT, SUBJECT, Reading, read
from goldthread.extraction.subject import names_after, subject_names
from goldthread.protocol.lexicon import CueGroup, Lexicon

from .pages import heading, pages, para

TITLES = ("child", "adult", "mr", "mrs")
WORDS = Lexicon(groups={"called": CueGroup(cues=("the deceased",))}, subject_titles=TITLES, subject_words=("called",))


def named(text: str, title: str = "") -> list[str]:
    return [found.group() for name in subject_names(text, title, TITLES) for found in name.finditer(text)]


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Serious Case Review: Child A", "Child A was seen. Child B was not.", ["Child A"]),
        ("CHILD LE", "Then Child LE went home.", ["Child LE"]),
        ("Safeguarding Adult Review Mr Z", "A friend of Mr Z rang.", ["Mr Z"]),
        ("Adult B2 and Adult C", "Adult C knew Adult B2.", ["Adult B2", "Adult C"]),
        ("Child 14", "Child 14 was seen.", ["Child 14"]),
    ],
)
def test_the_name_in_the_title_is_the_subjects(title: str, text: str, found: list[str]) -> None:
    assert sorted(named(text, title)) == found


def test_the_name_told_of_most_is_the_subjects_when_the_title_has_none() -> None:
    assert set(named("Child A ran. Child A hid. Mr P left. Child A wept.", "A review")) == {"Child A"}


def test_a_name_that_stands_once_or_twice_is_nobodys() -> None:
    assert named("Child A ran. Child A hid.", "A review") == []


def test_what_only_looks_like_a_name_is_none() -> None:
    assert named("Child Practice Review. Child protection. Adult A&E.", "Child Practice Review") == []


def test_a_first_name_in_the_title_counts_when_the_text_tells_of_a_person() -> None:
    text = "Anna was well. Anna had a sister. Anna told her so. The bridge was shut."
    assert set(named(text, "Review of the death of Anna at the Bridge")) == {"Anna"}


def test_without_words_for_titles_no_subject_is_looked_for() -> None:
    assert subject_names("Child A was seen.", "Child A", ()) == ()


def reading(*sentences: str, title: str = "Child A") -> Reading:
    document, made = pages([heading("Review"), *(para(each) for each in sentences)])
    return read(document, made, WORDS, title)


def about(told: Reading) -> list[str]:
    return ["named" if SUBJECT in said.groups else "about" if ABOUT in said.groups else "" for said in told.said[1:]]


def test_a_sentence_is_about_the_subject_when_it_has_the_name_or_goes_on_with_a_pronoun() -> None:
    told = reading("Child A was ill.", "4.2 She stayed at home.", "The school rang.", "She was sorry.")
    assert about(told) == ["named", "about", "", ""]


def test_words_for_the_subject_stand_for_the_name_where_there_is_none() -> None:
    assert about(reading("Child A was ill.", "The deceased lived alone.")) == ["named", "about"]
    assert about(reading("The deceased lived alone.", title="A review")) == ["named"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An inquest into the death of Wren Hollis Tarrant. Then Wren left; Mrs Tarrant rang.", {"Wren", "Tarrant"}),
        ("The death of Mr Idris ABERNETHY, aged 50. Mr Abernethy ran.", {"Idris", "ABERNETHY", "Abernethy"}),
        ("The death of Wren (“Wrenny”) Tarrant. Mr Tarrant ran. Mr Tarrant fell.", {"Wren", "Tarrant"}),
        ("Wren Tarrant died on 3 May. Wren was kind.", {"Wren", "Tarrant"}),
        ("The death of Wren Green. A green van passed Wren.", {"Wren"}),
        ("The death of a child.", set()),
    ],
)
def test_a_name_that_follows_the_death_of_is_the_subjects(text: str, found: set[str]) -> None:
    names = names_after(text, ("death of",))
    assert {each.group() for name in names for each in name.finditer(text)} == found
