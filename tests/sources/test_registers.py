"""Registers: every row becomes a review or a problem, and a mapped row the document it was meant to be."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.protocol.model import Protocol
from goldthread.sources.entries import document
from goldthread.sources.registers import Register, read_register

from .conftest import Write

PFD = ("url", "id", "date", "coroner", "area", "receiver", "category", "investigation", "circumstances", "concerns")
IOPC = ("url", "ref", "heading", "date", "Force", "Category", "tags", "content", "recommendation", "accepted")


def table(columns: tuple[str, ...], *rows: dict[str, str]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def codes(register: Register) -> list[tuple[str, str]]:
    return [(problem.place.rpartition(", ")[2], problem.code) for problem in register.problems]


def test_a_coroners_row_becomes_the_report_it_was_taken_from(write: Write, learning: Protocol) -> None:
    path = write(
        "pfd.csv",
        table(
            PFD,
            {
                "url": "https://example.org/1",
                "id": "2019-0001",
                "date": "2019-03-07",
                "coroner": "A. Coroner",
                "area": "Northshire",
                "receiver": "Chief Constable",
                "investigation": "An inquest was opened.",
                "circumstances": "He fell.\n\nHe  died.",
                "concerns": "(1) Nobody called.\xa0",
            },
        ),
    )
    register = read_register(path, learning)
    assert register.problems == ()
    (entry,) = register.entries
    assert entry.text == (
        "REGULATION 28 REPORT TO PREVENT FUTURE DEATHS\n\nDate of report: 2019-03-07\nCoroner: A. Coroner\n"
        "Coroner area: Northshire\nThis report is being sent to: Chief Constable\n\nINVESTIGATION AND INQUEST\n"
        "An inquest was opened.\n\nCIRCUMSTANCES OF THE DEATH\nHe fell.\n\nHe died.\n\n"
        "CORONER'S CONCERNS\n(1) Nobody called.\n"
    )
    assert (entry.reference, entry.review_types, entry.source) == ("2019-0001", ("PFD",), "judiciary")
    assert (entry.publication_date, entry.url, entry.row) == ("2019-03-07", "https://example.org/1", 2)
    assert entry.title == "Prevention of future deaths report 2019-0001, Northshire, 2019-03-07"
    assert entry.file_name == "2019-0001.txt"


def test_an_empty_box_of_the_coroners_form_stands_and_an_empty_recommendation_does_not(
    write: Write, learning: Protocol
) -> None:
    pfd = read_register(write("pfd.csv", table(PFD, {"url": "u", "date": "2019", "concerns": "One."})), learning)
    assert "This report is being sent to: \n" in (pfd.entries[0].text or "")
    assert "CIRCUMSTANCES OF THE DEATH\n" in (pfd.entries[0].text or "")
    row = {"url": "u", "ref": "1", "heading": "A man fell", "date": "2019-01-07", "content": "He fell."}
    iopc = read_register(write("iopc.csv", table(IOPC, row)), learning)
    assert iopc.entries[0].text == "A man fell\nPublished: 2019-01-07\n\nHe fell.\n"


def test_a_row_without_a_reference_goes_by_its_url_and_one_used_twice_by_its_row(
    write: Write, learning: Protocol
) -> None:
    rows = [
        {"url": "https://example.org/a", "id": "", "date": "2019", "concerns": "One."},
        {"url": "https://example.org/b", "id": "7", "date": "2019", "concerns": "Two."},
        {"url": "https://example.org/c", "id": "7", "date": "2019", "concerns": "Three."},
    ]
    register = read_register(write("pfd.csv", table(PFD, *rows)), learning)
    assert [entry.reference for entry in register.entries] == ["https://example.org/a", "7", "7 (row 4)"]
    assert len({entry.file_name for entry in register.entries}) == 3
    assert all("/" not in entry.file_name for entry in register.entries)


def test_a_mapped_row_without_text_stays_registered_without_a_document(write: Write, learning: Protocol) -> None:
    rows = [{"url": "u", "id": "1", "date": "2019"}, {"url": "v", "id": "2", "date": "soon", "concerns": "Two."}]
    register = read_register(write("pfd.csv", table(PFD, *rows)), learning)
    assert codes(register) == [("row 2", "no_document"), ("row 3", "date")]
    assert [entry.text is None for entry in register.entries] == [True, False]


def test_columns_are_recognised_in_any_order_and_case_with_others_between(write: Write, learning: Protocol) -> None:
    columns = (*(column.upper() for column in reversed(PFD)), "extra")
    register = read_register(
        write("pfd.csv", table(columns, {"ID": "1", "CONCERNS": "One.", "DATE": "2019"})), learning
    )
    assert register.entries[0].review_types == ("PFD",)


def test_an_unknown_table_with_title_and_text_is_taken_by_guess_and_said(write: Write, reviews: Protocol) -> None:
    path = write(
        "found.csv",
        "Record ID,Title,Abstract,Year,Link,Type,Recommendations\n"
        "12,Child Q,The police were called.,2019,https://example.org/q,scr,Train officers.\n"
        ",Adult R,,2020,,,\n"
        ",,,,https://example.org/x,,\n"
        "13,Child S,A text.,2021,,ABC,\n",
    )
    register = read_register(path, reviews)
    assert codes(register) == [
        ("found.csv", "guessed"),
        ("row 3", "no_document"),
        ("row 4", "row"),
        ("row 5", "type"),
    ]
    assert "title from “title”" in register.problems[0].message
    q, r, s = register.entries
    assert q.text == "Child Q\n\nThe police were called.\n\nRecommendations\nTrain officers.\n"
    assert (q.reference, q.review_types, q.publication_date, q.url) == (
        "12",
        ("SCR",),
        "2019",
        "https://example.org/q",
    )
    assert (r.text, r.reference) == (None, "row 3")
    assert s.review_types == ()


def test_a_table_of_no_known_kind_is_one_problem_that_says_what_is_known(write: Write, learning: Protocol) -> None:
    register = read_register(write("counts.csv", "area,n\nx,1\n"), learning)
    assert register.entries == ()
    assert codes(register) == [("counts.csv", "not_a_register")]
    assert "Coroners" in register.problems[0].mend


def test_an_ris_file_becomes_reviews_of_title_and_abstract(write: Write, reviews: Protocol) -> None:
    path = write(
        "lib.ris",
        "TY  - RPRT\nTI  - Child Q\nAB  - The police were called.\nDA  - 2019/03//\nDO  - 10.1000/q\nER  - \n"
        "TY  - RPRT\nTI  - Adult R\nER  - \nTY  - RPRT\nER  - \nTY  - RPRT\nT1  - Child S\nN2  - Text.\n",
    )
    register = read_register(path, reviews)
    assert codes(register) == [("line 7", "no_document"), ("line 10", "row"), ("line 12", "unclosed")]
    q, r, s = register.entries
    assert q.text == "Child Q\n\nThe police were called.\n"
    assert (q.reference, q.publication_date, q.url) == ("10.1000/q", "2019-03", "https://doi.org/10.1000/q")
    assert (r.text, r.reference, s.title) == (None, "line 7", "Child S")


def test_an_ris_file_without_records_is_a_problem(write: Write, reviews: Protocol) -> None:
    assert codes(read_register(write("lib.ris", "hello\n"), reviews)) == [("line 1", "stray"), ("lib.ris", "empty")]


def test_problems_of_the_file_come_before_those_of_the_rows(write: Write, reviews: Protocol) -> None:
    register = read_register(write("t.csv", "title,text\nCaf\xe9,a\nb\nc,\n".encode("cp1252")), reviews)
    assert [code for _, code in codes(register)] == ["encoding", "row", "guessed", "no_document"]
    assert [entry.title for entry in register.entries] == ["Café", "c"]


def test_an_empty_register_is_one_problem(write: Write, reviews: Protocol) -> None:
    assert codes(read_register(write("t.csv", ""), reviews)) == [("t.csv", "empty")]


@given(st.lists(st.text()))
def test_a_written_document_is_clean_text_of_blocks(blocks: list[str]) -> None:
    text = document(blocks)
    assert text.endswith("\n")
    assert not set("\f\r\0\x0b\x1f") & set(text)
    assert "  " not in text
    assert text.encode("utf-8")


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.tuples(CELL, CELL), max_size=8))
def test_every_row_is_an_entry_or_a_problem_and_order_is_kept(
    tmp_path_factory: pytest.TempPathFactory, reviews: Protocol, rows: list[tuple[str, str]]
) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("title", "text"), *rows])
    path = tmp_path_factory.mktemp("register") / "t.csv"
    path.write_bytes(buffer.getvalue().encode("utf-8"))
    register = read_register(path, reviews)
    numbers = [entry.row for entry in register.entries]
    assert numbers == sorted(numbers)
    spoken = {*numbers, *(int(place.split()[-1]) for place, code in codes(register) if code == "row")}
    filled = {n for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
    assert spoken == filled
    assert len({entry.reference for entry in register.entries}) == len(register.entries)


# The real registers


def test_the_real_registers_give_letter_for_letter_the_texts_that_were_labelled(
    real_data: Path, learning: Protocol
) -> None:
    texts: dict[str, list[str | None]] = {}
    for name in ("pfd/pfd_reports.csv", "iopc/iopc_cases.csv"):
        for entry in read_register(real_data / name, learning).entries:
            texts.setdefault(entry.url, []).append(entry.text)
    lines = (real_data / "gold" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = [json.loads(line) for line in lines]
    differing = [
        label["file"]
        for label in labels
        if (real_data / "gold" / "docs" / label["file"]).read_bytes().decode("utf-8") not in texts[label["url"]]
    ]
    assert len(labels) == 126
    assert differing == []


@pytest.mark.parametrize(("name", "rows"), [("pfd/pfd_reports.csv", 433), ("iopc/iopc_cases.csv", 643)])
def test_every_row_of_the_real_registers_is_a_dated_review_with_a_text(
    real_data: Path, learning: Protocol, name: str, rows: int
) -> None:
    register = read_register(real_data / name, learning)
    assert len(register.entries) == rows
    assert register.problems == ()
    assert all(entry.text and len(entry.publication_date) == 10 and entry.title for entry in register.entries)


def test_labelled_screening_sets_are_taken_by_guess(real_data: Path, learning: Protocol) -> None:
    register = read_register(real_data / "screening" / "Nagtegaal_2019.csv", learning)
    assert len(register.entries) == 2019
    assert {code for _, code in codes(register)} == {"guessed", "no_document"}
