from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.anchors import PAGE_BREAK
from goldthread.documents.clean import clean
from goldthread.documents.model import ParsedDocument, Role
from goldthread.documents.read import read


def blocks(text: str) -> list[tuple[str, str]]:
    document = read(text.encode(), "a.txt")
    return [(b.kind.value, page.text[b.start : b.end]) for page in document.pages for b in page.blocks]


def whole(document: ParsedDocument) -> str:
    return PAGE_BREAK.join(page.text for page in document.pages)


@given(st.text(alphabet="Aa é\n\r\f\t#-.•1|\u2028\ufeff\U0001f600", min_size=1, max_size=200))
def test_offsets_are_those_of_the_file(text: str) -> None:
    document = read(text.encode(), "a.txt")
    if document.pages:
        assert whole(document).replace(PAGE_BREAK, " ") == clean(text.removeprefix("\ufeff"))
        for page in document.pages:
            for s in page.sentences:
                block = page.blocks[s.block]
                assert block.start <= s.start < s.end <= block.end


def test_pages_end_at_form_feeds() -> None:
    document = read(b"One.\n\fTwo.\fThree.", "a.txt")
    assert [(page.number, page.start, page.text) for page in document.pages] == [
        (1, 0, "One.\n"),
        (2, 6, "Two."),
        (3, 11, "Three."),
    ]


def test_lines_wrapped_by_hand_are_joined() -> None:
    text = (
        "The officers attended the address on three occasions in\n"
        "that month and spoke to the mother each time. Nothing was\n"
        "recorded about the children.\n"
        "\n"
        "The review found that nobody had asked why the children\n"
        "were away from school.\n"
    )
    assert [kind for kind, _ in blocks(text)] == ["paragraph", "paragraph"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = (
        "Date of report: 2021-10-14\nCoroner area: Northshire\n\nThe police came. They left.\nNothing was recorded."
    )
    assert len(blocks(text)) == 4


def test_capitals_known_words_and_hashes_are_headings() -> None:
    text = (
        "REGULATION 28 REPORT\n\nCORONER'S CONCERNS\nNobody asked.\n\n"
        "## Next part\n\nWords.\n\nRecommendations\nPolice should act."
    )
    document = read(text.encode(), "a.txt")
    page = document.pages[0]
    assert [page.text[b.start : b.end] for b in page.blocks if b.level] == [
        "REGULATION 28 REPORT",
        "CORONER'S CONCERNS",
        "Next part",
        "Recommendations",
    ]
    roles = {page.text[b.start : b.end]: b.role for b in page.blocks}
    assert roles["Nobody asked."] is Role.CONCERNS
    assert roles["Police should act."] is Role.RECOMMENDATIONS
    assert document.title == "REGULATION 28 REPORT"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("- a point", "list_item"),
        ("(a) a point", "list_item"),
        ("3.12 The police came on Monday and left.", "paragraph"),
        ("Table 3: Ages of the children", "caption"),
        ("| Age | n |", "table"),
        ("Introduction.......... 4", "table"),
        ("¹ This programme works with forces.", "footnote"),
    ],
)
def test_lines_are_told_by_how_they_begin_or_end(line: str, kind: str) -> None:
    assert blocks(f"A first paragraph of text.\n\n{line}\n\nAnd a last one, which ends here.")[1] == (kind, line)


def test_the_published_briefings_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        data = path.read_bytes()
        document = read(data, path.name)
        assert whole(document) == clean(data.decode())
        assert document.language == "en" and len(document.pages[0].sentences) > 50
