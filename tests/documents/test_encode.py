from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from goldthread.documents.encode import decode_layers, encode_layers
from goldthread.documents.model import Block, BlockKind, Box, Line, Page, Role, Sentence
from goldthread.documents.read import read
from tests.documents.conftest import text_pdf

tenths = st.integers(-2000, 20_000).map(lambda number: number / 10)
boxes = st.builds(Box, tenths, tenths, tenths, tenths)
offsets = st.integers(0, 10**6)
pages = st.builds(
    Page,
    st.just(3),
    st.just(77),
    st.just("text"),
    tenths,
    tenths,
    st.lists(
        st.builds(
            Block,
            st.sampled_from(BlockKind),
            offsets,
            offsets,
            st.integers(0, 6),
            st.sampled_from(Role),
            st.text(max_size=9),
            st.one_of(st.none(), boxes),
        )
    ).map(tuple),
    st.lists(st.builds(Sentence, offsets, offsets, st.integers(0, 99))).map(tuple),
    st.lists(st.builds(Line, offsets, offsets, boxes)).map(tuple),
    st.booleans(),
)


@given(pages)
def test_layers_come_back_as_they_went(page: Page) -> None:
    assert decode_layers(encode_layers(page), number=3, start=77, text="text") == page


def test_a_page_read_comes_back_equal() -> None:
    for page in read(text_pdf(["The police came.", "They left."], ["Second page."]), "a.pdf").pages:
        assert decode_layers(encode_layers(page), number=page.number, start=page.start, text=page.text) == page


def test_layers_of_real_pages_come_back_equal_and_stay_small(shared: Path) -> None:
    path = next((shared / "data/pdfs").glob("jtai__80542*"))
    document = read(path.read_bytes(), path.name)
    size = 0
    for page in document.pages:
        data = encode_layers(page)
        size += len(data)
        assert decode_layers(data, number=page.number, start=page.start, text=page.text) == page
    assert size < document.characters
