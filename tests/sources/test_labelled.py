"""Labelled sets are read whatever wrote them; what has no label is named with its row and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.errors import UnreadableInput
from goldthread.sources.labelled import read_labelled


def _file(folder: Path, text: str, name: str = "set.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_titles_abstracts_and_labels_are_read(tmp_path: Path) -> None:
    found = read_labelled(_file(tmp_path, 'title,abstract,label_included\nA boat,"Stolen, found",1\nA school,,0\n'))
    assert [(one.row, one.text, one.relevant) for one in found.records] == [
        (0, "A boat Stolen, found", True),
        (1, "A school", False),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "header", ["Title,Abstract,Included", "primary_title;Abstract Note;LABEL", "TI\tAB\tasreview_label"]
)
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "False"), ("Included", "excluded"), ("y", "n")])
def test_other_names_and_other_words_are_understood(tmp_path: Path, header: str, yes: str, no: str) -> None:
    separator = next(sign for sign in ";\t," if sign in header)
    lines = [header, separator.join(("A boat", "Stolen", yes)), separator.join(("A school", "Flooded", no))]
    found = read_labelled(_file(tmp_path, "\n".join(lines)))
    assert [one.relevant for one in found.records] == [True, False]


def test_a_record_without_a_label_is_named_and_left_out(tmp_path: Path) -> None:
    found = read_labelled(_file(tmp_path, "title,label\nA boat,1\nA school,\nA heron,perhaps\nA mill,0\n"))
    assert [one.row for one in found.records] == [0, 3]
    assert [problem.place for problem in found.problems] == ["set.csv, row 3", "set.csv, row 4"]
    assert "perhaps" in found.problems[1].message
    assert "1 for relevant" in found.problems[1].mend


def test_a_broken_row_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    found = read_labelled(_file(tmp_path, "title,abstract,label\nA boat,Stolen,1\nA school,0\nA mill,Old,0\n"))
    assert len(found.records) == 2
    assert found.problems[0].place == "set.csv, row 3"
    assert found.problems[0].mend


def test_a_file_without_labels_says_what_columns_it_has(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no column of labels; it has title, notes"):
        read_labelled(_file(tmp_path, "title,notes\nA boat,stolen\n"))


@pytest.mark.parametrize("text", ["", "title,abstract,label\n", "title,label\nA boat,\n"])
def test_a_file_with_nothing_to_replay_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableInput, match=r"set\.csv: no record has a label"):
        read_labelled(_file(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nowhere\.csv"):
        read_labelled(tmp_path / "nowhere.csv")


def test_ris_is_read_with_the_labels_reviewing_tools_write(tmp_path: Path) -> None:
    text = (
        "TY  - JOUR\nTI  - A boat\nAB  - Stolen\nN1  - ASReview_relevant\nER  - \n\n"
        "TY  - JOUR\nT1  - A school\nN2  - Flooded\nKW  - school\nN1  - ASReview_irrelevant\nER  - \n\n"
        "TY  - JOUR\nTI  - A heron\nER  - \n"
    )
    found = read_labelled(_file(tmp_path, text, "set.ris"))
    assert [(one.text, one.relevant) for one in found.records] == [
        ("A boat Stolen", True),
        ("A school Flooded", False),
    ]
    assert found.problems[0].place == "set.ris, line 14"
