"""Discovery: the same files in the same order every time, and a reason for every file left out."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.errors import UsageError
from goldthread.sources.files import Kind, discover
from goldthread.sources.problems import printable

from .conftest import Write


def names(*paths: Path) -> list[str]:
    return [found.file_name for found in discover(paths).found]


def codes(*paths: Path) -> dict[str, str]:
    return {problem.place: problem.code for problem in discover(paths).problems}


def test_files_come_by_path_whatever_order_they_were_written_in(tmp_path: Path, write: Write) -> None:
    wanted = ["a.pdf", "b/a.txt", "b/c/z.docx", "b/d.html", "c.md"]
    for name in random.Random(7).sample(wanted, len(wanted)):  # noqa: S311
        write(name)
    assert sorted(names(tmp_path)) == sorted(wanted)
    assert names(tmp_path) == names(tmp_path)
    assert names(tmp_path).index("a.pdf") < names(tmp_path).index("c.md")


@pytest.mark.parametrize("ending", [".pdf", ".PDF", ".docx", ".html", ".htm", ".txt", ".md"])
def test_documents_are_known_by_their_ending_in_any_case(write: Write, tmp_path: Path, ending: str) -> None:
    write(f"review{ending}")
    (found,) = discover([tmp_path]).found
    assert (found.file_name, found.kind) == (f"review{ending}", Kind.DOCUMENT)


@pytest.mark.parametrize("name", ["found.csv", "library.ris", "FOUND.CSV"])
def test_tables_and_reference_files_are_registers(write: Write, tmp_path: Path, name: str) -> None:
    write(name)
    assert [found.kind for found in discover([tmp_path]).found] == [Kind.REGISTER]


def test_what_is_not_read_is_a_problem_with_a_mend(write: Write, tmp_path: Path) -> None:
    for name in ("photo.jpg", "all.zip", "old.doc", "noending", "odd.xyz"):
        write(name, b"not a pdf")
    discovery = discover([tmp_path])
    assert discovery.found == ()
    assert {problem.place for problem in discovery.problems} == {
        "photo.jpg",
        "all.zip",
        "old.doc",
        "noending",
        "odd.xyz",
    }
    assert {problem.code for problem in discovery.problems} == {"unsupported"}
    mends = {problem.place: problem.mend for problem in discovery.problems}
    assert "unpack" in mends["all.zip"]
    assert "DOCX or PDF" in mends["old.doc"]
    assert ".pdf" in mends["odd.xyz"]


def test_a_pdf_without_an_ending_is_known_by_its_first_bytes(write: Write, tmp_path: Path) -> None:
    write("download", b"%PDF-1.7\n")
    assert names(tmp_path) == ["download"]


def test_system_hidden_and_lock_files_are_left_out_with_a_reason_but_are_no_problem(
    write: Write, tmp_path: Path
) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "~$review.docx",
        ".hidden/x.pdf",
        "__MACOSX/r.pdf",
        "r.pdf.part",
        "r.txt~",
    ):
        write(name)
    write("review.docx")
    discovery = discover([tmp_path])
    assert [found.file_name for found in discovery.found] == ["review.docx"]
    assert discovery.problems == ()
    reasons = {left.place: left.message for left in discovery.left_out}
    assert set(reasons) == {".DS_Store", "Thumbs.db", "~$review.docx", ".hidden", "__MACOSX", "r.pdf.part", "r.txt~"}
    assert "lock" in reasons["~$review.docx"]


def test_a_path_that_does_not_exist_is_a_usage_error_with_a_mend(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no such file or folder: .*absent\.pdf") as raised:
        discover([tmp_path / "absent.pdf"])
    assert "spelling" in raised.value.mend
    assert raised.value.exit_code == 2


def test_a_path_with_a_nul_byte_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="not a path"):
        discover([Path("a\0b.pdf")])


def test_a_file_named_twice_or_with_its_folder_is_found_once(write: Write, tmp_path: Path) -> None:
    path = write("folder/review.pdf")
    assert names(path, path, tmp_path / "folder", tmp_path / "folder" / ".." / "folder" / "review.pdf") == [
        "review.pdf"
    ]


def test_equal_names_of_two_folders_are_told_apart(write: Write, tmp_path: Path) -> None:
    for folder in ("one", "two", "deep/two"):
        write(f"{folder}/review.pdf", folder)
    found = names(tmp_path / "one", tmp_path / "two", tmp_path / "deep" / "two")
    assert found == ["review.pdf", "two/review.pdf", "two (2)/review.pdf"]


def test_links_are_never_followed_out_of_the_folder_or_round_in_a_circle(write: Write, tmp_path: Path) -> None:
    write("outside/secret.pdf")
    write("in/review.pdf")
    (tmp_path / "in" / "out").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "one.pdf").symlink_to(tmp_path / "outside" / "secret.pdf")
    (tmp_path / "in" / "dead.pdf").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path / "in") == ["review.pdf"]
    assert codes(tmp_path / "in") == dict.fromkeys(("out", "loop", "one.pdf", "dead.pdf"), "link")


def test_a_link_that_is_named_itself_is_followed(write: Write, tmp_path: Path) -> None:
    write("real/review.pdf")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert names(tmp_path / "link") == ["review.pdf"]
    assert names(tmp_path / "link", tmp_path / "real") == ["review.pdf"]


def test_a_pipe_is_never_opened(tmp_path: Path, write: Write) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    write("review.pdf")
    assert names(tmp_path) == ["review.pdf"]
    assert codes(tmp_path) == {"pipe.pdf": "not_a_file"}
    assert codes(tmp_path / "pipe.pdf") == {"pipe.pdf": "not_a_file"}


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder with a file and a folder that an ordinary user may not open."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    for name in ("closed.pdf", "review.pdf", "shut/inner.pdf"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    (root / "closed.pdf").chmod(0)
    (root / "shut").chmod(0)
    yield root
    (root / "shut").chmod(0o700)
    shutil.rmtree(root)


def test_what_may_not_be_opened_is_a_problem_and_the_rest_is_found(closed: Path) -> None:
    here = os.geteuid()
    if here == 0:
        os.seteuid(65534)
    try:
        found, problems = names(closed), codes(closed)
    finally:
        os.seteuid(here)
    assert found == ["review.pdf"]
    assert problems == {"closed.pdf": "unreadable", "shut": "unreadable"}


def test_a_name_of_undecodable_bytes_line_breaks_and_quotes_becomes_printable(tmp_path: Path) -> None:
    for name in (
        b"caf\xe9.pdf",
        b"two\nlines.pdf",
        b'it\'s "quoted".pdf',
        b"back\\slash.pdf",
        "naïve – 2.pdf".encode(),
    ):
        (Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))).touch()  # noqa: PTH118
    found = set(names(tmp_path))
    assert found == {r"caf\xe9.pdf", r"two\nlines.pdf", 'it\'s "quoted".pdf', r"back\\slash.pdf", "naïve – 2.pdf"}
    assert all(name.isprintable() and name.encode("utf-8") for name in found)
    assert all(each.path.exists() for each in discover([tmp_path]).found)


@pytest.fixture
def bottomless(tmp_path: Path) -> Iterator[Path]:
    """A folder a thousand folders deep, its path longer than any system call takes, removed again step by step."""
    root, here, name = tmp_path / "bottomless", Path.cwd(), "deep" * 3
    root.mkdir()
    os.chdir(root)
    for _ in range(1000):
        os.mkdir(name)  # noqa: PTH102
        os.chdir(name)
    Path("review.pdf").touch()
    os.chdir(here)
    yield root
    os.chdir(root)
    for _ in range(1000):
        os.chdir(name)
    Path("review.pdf").unlink()
    for _ in range(1000):
        os.chdir("..")
        os.rmdir(name)  # noqa: PTH106
    os.chdir(here)


def test_a_tree_a_thousand_deep_is_said_to_be_too_deep_and_the_rest_is_found(bottomless: Path) -> None:
    (bottomless / "top.pdf").touch()
    discovery = discover([bottomless])
    assert [found.file_name for found in discovery.found] == ["top.pdf"]
    assert [problem.code for problem in discovery.problems] == ["unreadable"]


def test_ten_thousand_files_are_found_in_order(tmp_path: Path) -> None:
    for n in range(10_000):
        (tmp_path / f"{n:05}.txt").touch()
    assert names(tmp_path) == [f"{n:05}.txt" for n in range(10_000)]


def test_an_empty_folder_holds_nothing_and_no_problem(tmp_path: Path) -> None:
    discovery = discover([tmp_path])
    assert (discovery.found, discovery.problems, discovery.left_out) == ((), (), ())
    assert discover([]).found == ()


@given(st.text())
def test_a_printable_name_is_one_line_and_valid_utf_8(name: str) -> None:
    shown = printable(name)
    assert shown.isprintable()
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.binary(max_size=12), st.binary(max_size=12))
def test_two_names_never_look_the_same(one: bytes, other: bytes) -> None:
    if one != other:
        assert printable(os.fsdecode(one)) != printable(os.fsdecode(other))
