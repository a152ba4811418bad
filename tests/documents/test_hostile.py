"""Files that are broken, mislabelled or meant to harm: each becomes a problem, quickly, and the batch goes on."""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest

from goldthread.documents.limits import MEGABYTE, Limits
from goldthread.documents.model import ParsedDocument
from goldthread.documents.normalise import normalise
from goldthread.documents.read import read
from goldthread.documents.workers import Job, read_all
from tests.documents.conftest import docx_of, p, text_pdf

GOOD = text_pdf(["The police attended.", "They left."], ["Nothing more was recorded."])


def codes(document: ParsedDocument) -> list[str]:
    return [problem.code for problem in document.problems]


def encrypted() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user="secret"))
    return buffer.getvalue()


def readable_but_protected() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user=""))
    return buffer.getvalue()


def page_tree_loop() -> bytes:
    body = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>endobj\n"
    )
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"


def huge_page_count() -> bytes:
    return page_tree_loop().replace(b"/Count 1", b"/Count 2000000000")


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (150 * MEGABYTE))
    return buffer.getvalue()


def many_parts() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"word/{number}", b"")
    return buffer.getvalue()


def billion_laughs() -> bytes:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12)
    )
    return docx_of(p("&m;"), prolog=f"<!DOCTYPE x [{entities}]>")


def external_entity(path: Path) -> bytes:
    return docx_of(p("before &x; after"), prolog=f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{path}">]>')


def deep_xml() -> bytes:
    return docx_of("<w:sdt>" * 100_000 + p("deep") + "</w:sdt>" * 100_000, packed=False)


def deep_html() -> bytes:
    return (
        b"<html><body>" + b"<div>" * 100_000 + b"Deep down. " + b"</div>" * 100_000 + b"<p>After.</p></body></html>"
    )


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.pdf", b"", "empty"),
        ("blank.txt", b" \r\n\x00\x00", "empty"),
        ("truncated.pdf", GOOD[: len(GOOD) // 3], "corrupt"),
        ("header only.pdf", b"%PDF-1.7\n" + random.Random(7).randbytes(5000), "corrupt"),  # noqa: S311
        ("locked.pdf", encrypted(), "encrypted"),
        ("loop.pdf", page_tree_loop(), "corrupt"),
        ("counts.pdf", huge_page_count(), None),
        ("bomb.docx", zip_bomb(), "too_large"),
        ("parts.docx", many_parts(), "too_large"),
        ("laughs.docx", billion_laughs(), "corrupt"),
        ("deep.docx", deep_xml(), "corrupt"),
        ("cut.docx", docx_of(p("text"))[:200], "corrupt"),
        ("no document.docx", docx_of(p("x")).replace(b"word/document.xml", b"word/dacument.xml"), "corrupt"),
        ("sheet.zip", b"PK\x03\x04" + b"x" * 100, "unsupported"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("letter.rtf", rb"{\rtf1 Dear}", "unsupported"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported"),
        ("noise.txt", random.Random(3).randbytes(4000), "unsupported"),  # noqa: S311
    ],
)
def test_each_becomes_a_problem_with_a_reason_and_a_mend(name: str, data: bytes, code: str | None) -> None:
    begun = time.monotonic()
    document = read(data, name)
    assert time.monotonic() - begun < 10
    assert document.pages == ()
    assert len(document.problems) == 1
    assert code is None or codes(document) == [code]
    assert document.problems[0].message.endswith(".") and document.problems[0].mend.endswith(".")
    assert document.title == Path(name).stem


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    assert len(read(readable_but_protected(), "a.pdf").pages) == 2


def test_a_pdf_cut_near_its_end_is_still_read() -> None:
    document = read(GOOD[:-12], "a.pdf")
    assert len(document.pages) == 2


def test_an_external_entity_is_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    document = read(external_entity(secret), "a.docx")
    assert codes(document) == ["corrupt"]
    assert "secret words" not in repr(document)


def test_an_entity_bomb_hidden_in_utf16_is_refused_too() -> None:
    prolog = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "ha">]>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", (prolog + "<x>&a;</x>").encode("utf-16"))
    assert codes(read(buffer.getvalue(), "a.docx")) == ["corrupt"]


def test_html_a_hundred_thousand_elements_deep_keeps_its_words() -> None:
    begun = time.monotonic()
    document = read(deep_html(), "deep.html")
    assert time.monotonic() - begun < 10
    assert [document.pages[0].text[b.start : b.end] for b in document.pages[0].blocks] == ["Deep down.", "After."]


@pytest.mark.parametrize("tag", ["b", "font", "ul", "table", "span", "p", "li", "a", "svg", "form", "h1"])
def test_no_element_nests_html_to_a_standstill(tag: str) -> None:
    begun = time.monotonic()
    document = read(b"<html><body>Before. " + f"<{tag}>".encode() * 100_000 + b"words</body></html>", "a.html")
    assert time.monotonic() - begun < 20
    assert document.pages


def test_an_html_page_named_pdf_is_read_as_html_and_said_so() -> None:
    document = read(b"<!doctype html><html><body><h1>Not found</h1></body></html>", "review.pdf")
    assert document.format == "html"
    assert document.pages[0].text == "Not found"
    assert codes(document) == ["mistyped"]
    assert "named .pdf but is an HTML page" in document.problems[0].message


def test_a_pdf_named_docx_is_read_as_pdf_and_said_so() -> None:
    document = read(GOOD, "review.docx")
    assert (document.format, len(document.pages), codes(document)) == ("pdf", 2, ["mistyped"])


def test_utf16_text_and_nuls_are_text() -> None:
    for data in (
        "Wales’s review.\nPolice came.".encode("utf-16"),
        "Wales’s review.\nPolice came.".encode("utf-16-le"),
    ):
        assert read(data, "a.txt").pages[0].text == "Wales’s review.\nPolice came."
    document = read(b"The police\x00 came. " * 20, "a.txt")
    assert document.pages and "\x00" not in document.pages[0].text


def test_a_single_line_of_fifty_megabytes_is_refused_quickly() -> None:
    begun = time.monotonic()
    document = read(b"word " * (10 * MEGABYTE), "long.txt")
    assert codes(document) == ["too_large"]
    assert time.monotonic() - begun < 10


def test_a_long_line_within_the_limit_is_read() -> None:
    document = read(b"The police came and left. " * 100_000, "long.txt")
    assert len(document.pages[0].sentences) == 100_000


def test_sizes_are_limited_before_anything_is_read() -> None:
    small = Limits(file_size=10, pages=1, characters=5)
    assert codes(read(b"more than ten bytes", "a.txt", small)) == ["too_large"]
    assert codes(read(GOOD, "a.pdf", Limits(pages=1))) == ["too_large"]
    assert codes(read(GOOD, "a.pdf", Limits(characters=5))) == ["too_large"]


def test_bits_flipped_anywhere_never_raise() -> None:
    chance = random.Random(11)  # noqa: S311
    sources = (GOOD, docx_of(p("The police came.") * 30), deep_html()[:3000])
    for data in sources:
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 30)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            document = read(bytes(broken), "a.pdf")
            assert document.pages or document.problems


def test_a_batch_goes_on_past_every_hostile_file(tmp_path: Path) -> None:
    files = {
        "a.pdf": GOOD,
        "bomb.docx": zip_bomb(),
        "locked.pdf": encrypted(),
        "deep.html": deep_html(),
        "loop.pdf": page_tree_loop(),
        "b.txt": b"The police came.",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "secret.pdf").write_bytes(GOOD)
    (tmp_path / "secret.pdf").chmod(0)
    names = [*files, "missing.pdf", *([] if os.geteuid() == 0 else ["secret.pdf"]), "a.pdf"]
    found = dict(read_all([Job((n, name), tmp_path / name, name) for n, name in enumerate(names)], workers=2))
    assert [key[1] for key in found] == names
    assert [codes(document)[:1] for document in found.values()][:7] == [
        [],
        ["too_large"],
        ["encrypted"],
        [],
        ["corrupt"],
        [],
        ["unreadable"],
    ]
    assert len(list(found.values())[-1].pages) == 2


def test_memory_and_time_are_limited_for_each_document(tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_bytes(b"The police came and left. \n" * 500_000)
    good = tmp_path / "good.txt"
    good.write_bytes(b"The police came.")
    jobs = [Job("big", big, "big.txt"), Job("good", good, "good.txt")]
    starved = dict(read_all(jobs, Limits(memory=128 * MEGABYTE), workers=1))
    assert codes(starved["big"]) == ["memory"] and starved["good"].pages
    hurried = dict(read_all(jobs, Limits(seconds=0.6, seconds_per_megabyte=0.0), workers=1))
    assert codes(hurried["big"]) == ["timeout"]
    assert hurried["big"].problems[0].mend


@pytest.mark.parametrize(
    "run",
    [".", " ", "\n", "\t", "-", "a", "(", "1. ", "… ", "\u00ad", "• ", "<b", "| ", "a-\n", '."', "1.1", "_", "#"],
)
def test_a_million_of_the_same_character_takes_no_longer_than_it_must(run: str) -> None:
    data = ("The police came" + run * (1_000_000 // len(run)) + " and left").encode()
    for shell in (b"%s", b"<html><body><p>%s</p></body></html>", b"<html><table><tr><td>%s</td></tr></table></html>"):
        begun = time.process_time()
        document = read(shell % data, "a.txt")
        for page in document.pages:
            normalise(page.text)
        assert time.process_time() - begun < 60
