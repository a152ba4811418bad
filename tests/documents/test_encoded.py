"""A reading made flat for the store loses nothing."""

from __future__ import annotations

from pathlib import Path

from goldthread.documents.encode import decode_layers
from goldthread.documents.encoded import encode_document, text_hash
from goldthread.documents.model import Block, BlockKind
from goldthread.documents.read import read
from goldthread.documents.workers import Job, read_each

TEXT = "A HEADING\n\nOfficers attended the safe\u00ad\nguarding meeting.\n\n\fPage two says more.\n"


def test_pages_unfold_to_what_was_read() -> None:
    parsed = read(TEXT.encode(), "report.txt")
    encoded = encode_document(parsed)
    unfolded = tuple(
        decode_layers(page.layers, number=page.number, start=page.start, text=page.text) for page in encoded.pages
    )
    assert [page.text for page in unfolded] == [page.text for page in parsed.pages]
    assert [page.blocks for page in unfolded] == [page.blocks for page in parsed.pages]
    assert [page.sentences for page in unfolded] == [page.sentences for page in parsed.pages]


def test_paragraphs_are_the_body_blocks_at_their_offsets_with_line_end_hyphens_joined_for_reading() -> None:
    parsed = read(TEXT.encode(), "report.txt")
    first = parsed.pages[0]
    start, end = first.text.index("Officers"), first.text.index("meeting.") + len("meeting.")
    over_two_lines = first._replace(blocks=(Block(BlockKind.PARAGRAPH, start, end),), sentences=())
    encoded = encode_document(parsed._replace(pages=(over_two_lines, *parsed.pages[1:])))
    whole = "\f".join(page.text for page in encoded.pages)
    for paragraph in encoded.paragraphs:
        assert whole[paragraph.start : paragraph.end] == paragraph.text
        assert whole.count("\f", 0, paragraph.start) == paragraph.page - 1
    broken = next(item for item in encoded.paragraphs if "\u00ad" in item.text)
    assert broken.reading is not None
    assert "safeguarding" in broken.reading
    assert all(item.reading is None for item in encoded.paragraphs if item is not broken)


def test_the_hash_is_of_the_whole_text_page_breaks_and_all() -> None:
    encoded = encode_document(read(TEXT.encode(), "report.txt"))
    assert encoded.text_sha256 == text_hash([page.text for page in encoded.pages])
    assert text_hash(["a", "b"]) != text_hash(["ab"])


def test_nothing_read_has_no_hash_and_keeps_its_problem() -> None:
    encoded = encode_document(read(b"", "empty.pdf"))
    assert encoded.text_sha256 == ""
    assert encoded.pages == ()
    assert encoded.problems


def test_a_finish_is_applied_where_the_reading_was_made(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    jobs = [Job("one", path, "report.txt"), Job("gone", tmp_path / "gone.txt", "gone.txt")]
    found = dict(read_each(jobs, encode_document, workers=1))
    assert found["one"] == encode_document(read(TEXT.encode(), "report.txt"))
    assert found["gone"].problems
