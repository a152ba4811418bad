"""Manifests: which files belong to which review, and nothing from outside their folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.protocol.model import Protocol
from goldthread.sources.registers import Register, read_register

from .conftest import Write


def codes(register: Register) -> list[tuple[str, str]]:
    return [(problem.place.rpartition(", ")[2], problem.code) for problem in register.problems]


def test_rows_of_one_review_become_one_entry_with_several_documents(
    write: Write, reviews: Protocol, tmp_path: Path
) -> None:
    for name in ("q/overview.pdf", "q/summary.docx", "r.pdf"):
        write(name)
    manifest = write(
        "manifest.csv",
        "file,review,title,type,source,publication_date,url,round\n"
        "q/overview.pdf,Q,Child Q,SCR/DHR,nspcc,March 2019,https://example.org/q,2019-Q1\n"
        "q/summary.docx,Q,,,,,,\n"
        "r.pdf,R,Adult R,Safeguarding Adult Review,scie,2020,,\n",
    )
    register = read_register(manifest, reviews)
    assert register.problems == ()
    q, r = register.entries
    assert q.files == (tmp_path / "q/overview.pdf", tmp_path / "q/summary.docx")
    assert (q.reference, q.title, q.review_types, q.source) == ("Q", "Child Q", ("SCR", "DHR"), "nspcc")
    assert (q.publication_date, q.url, q.round, q.text, q.row) == (
        "2019-03",
        "https://example.org/q",
        "2019-Q1",
        None,
        2,
    )
    assert (r.review_types, r.publication_date) == (("SAR",), "2020")


def test_rows_of_one_title_belong_together_where_no_review_is_named(write: Write, reviews: Protocol) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf", "d.pdf"):
        write(name)
    manifest = write("m.csv", "file,title\na.pdf,Child Q\nb.pdf,Child R\nc.pdf,Child  Q\nd.pdf,\n")
    assert [(entry.reference, len(entry.files)) for entry in read_register(manifest, reviews).entries] == [
        ("Child Q", 2),
        ("Child R", 1),
        ("d.pdf", 1),
    ]


@pytest.mark.parametrize(
    "named",
    [
        "../secret.pdf",
        "in/../../secret.pdf",
        "/etc/passwd",
        "C:\\secret.pdf",
        "\\\\host\\secret.pdf",
        "..\\secret.pdf",
    ],
)
def test_a_file_outside_the_folder_is_refused_and_its_review_stays(
    write: Write, reviews: Protocol, named: str
) -> None:
    write("secret.pdf")
    write("set/in/a.pdf")
    register = read_register(write("set/m.csv", f"file,review\n{named},Q\n"), reviews)
    assert codes(register) == [("row 2", "outside")]
    assert [(entry.reference, entry.files) for entry in register.entries] == [("Q", ())]


def test_a_link_out_of_the_folder_is_refused(write: Write, reviews: Protocol, tmp_path: Path) -> None:
    write("secret.pdf")
    manifest = write("set/m.csv", "file,review\nlink.pdf,Q\n")
    (tmp_path / "set/link.pdf").symlink_to(tmp_path / "secret.pdf")
    assert codes(read_register(manifest, reviews)) == [("row 2", "outside")]


def test_a_missing_file_is_a_problem_and_its_review_stays(write: Write, reviews: Protocol) -> None:
    write("b.pdf")
    register = read_register(write("m.csv", "file,review\na.pdf,Q\nb.pdf,Q\n,R\nfolder,S\n"), reviews)
    assert codes(register) == [("row 2", "missing_file"), ("row 4", "no_document"), ("row 5", "missing_file")]
    assert [(entry.reference, len(entry.files)) for entry in register.entries] == [("Q", 1), ("R", 0), ("S", 0)]


def test_a_path_written_on_windows_is_understood(write: Write, reviews: Protocol, tmp_path: Path) -> None:
    write("reports/2019/a.pdf")
    register = read_register(write("m.csv", "file,review\nreports\\2019\\a.pdf,Q\n"), reviews)
    assert register.entries[0].files == (tmp_path / "reports/2019/a.pdf",)


def test_a_file_named_twice_is_taken_once(write: Write, reviews: Protocol) -> None:
    write("a.pdf")
    register = read_register(write("m.csv", "file,review\na.pdf,Q\na.pdf,Q\na.pdf,R\n"), reviews)
    assert codes(register) == [("row 3", "named_twice"), ("row 4", "named_twice")]
    assert [len(entry.files) for entry in register.entries] == [1, 0]


def test_rows_that_contradict_each_other_are_said_and_the_first_stands(write: Write, reviews: Protocol) -> None:
    write("a.pdf")
    write("b.pdf")
    register = read_register(write("m.csv", "file,review,type\na.pdf,Q,SCR\nb.pdf,Q,SAR\n"), reviews)
    assert codes(register) == [("row 3", "contradiction")]
    assert register.entries[0].review_types == ("SCR",)


def test_an_unknown_type_and_a_bad_date_are_problems_and_the_row_is_kept(write: Write, reviews: Protocol) -> None:
    write("a.pdf")
    manifest = write("m.csv", "file,type,publication_date\na.pdf,SCR; XYZ,sometime\n")
    register = read_register(manifest, reviews)
    assert codes(register) == [("row 2", "date"), ("row 2", "type")]
    assert "SCR, CPR" in register.problems[1].mend
    assert (register.entries[0].review_types, register.entries[0].publication_date) == (("SCR",), "")


def test_a_row_that_names_nothing_is_a_problem(write: Write, reviews: Protocol) -> None:
    register = read_register(write("m.csv", "file,review,url\n,,https://example.org\n"), reviews)
    assert (register.entries, codes(register)) == ((), [("row 2", "row")])


def test_the_manifest_of_the_real_documents_lists_them_all(real_data: Path, learning: Protocol) -> None:
    register = read_register(real_data / "pdfs" / "MANIFEST.csv", learning)
    assert len(register.entries) == 134
    assert all(len(entry.files) == 1 for entry in register.entries)
    assert register.problems == ()
