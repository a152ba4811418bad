from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.documents.model import Block, BlockKind
from goldthread.documents.read import read
from goldthread.documents.sentences import sentences, split


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police came. They left.", ["Police came.", "They left."]),
        ("Mr A. Smith spoke to Dr. Jones. She agreed.", ["Mr A. Smith spoke to Dr. Jones.", "She agreed."]),
        ("The duty lay with Child A. The police knew.", ["The duty lay with Child A.", "The police knew."]),
        ("He rose 3.5 per cent. Then 4.", ["He rose 3.5 per cent.", "Then 4."]),
        ("See para. 4 and No. 3 of the list.", ["See para. 4 and No. 3 of the list."]),
        ("Some agencies, e.g. Health, came.", ["Some agencies, e.g. Health, came."]),
        ("He left at 10 p.m. He was seen.", ["He left at 10 p.m.", "He was seen."]),
        ("Why was she not asked? No one knows!", ["Why was she not asked?", "No one knows!"]),
        ("“No one came.” She waited.", ["“No one came.”", "She waited."]),
        ("“Why?” asked the officer.", ["“Why?” asked the officer."]),
        ("She said ... nothing more.", ["She said ... nothing more."]),
        ("She left… Nobody followed.", ["She left…", "Nobody followed."]),
        ("It was known.12 The force acted.", ["It was known.", "The force acted."]),
        ("It was known.¹² The force acted.", ["It was known.", "The force acted."]),
        ("It was known [12]. The force acted.", ["It was known [12].", "The force acted."]),
        ("It was clear (Smith et al. 2010). Police came.", ["It was clear (Smith et al. 2010).", "Police came."]),
        ("On 3 Jan. 2019 he died. An inquest opened.", ["On 3 Jan. 2019 he died.", "An inquest opened."]),
        ("The U.K. police came.", ["The U.K. police came."]),
        ("Under s. 47 an enquiry began.", ["Under s. 47 an enquiry began."]),
        ("The first.\nThe second.", ["The first.", "The second."]),
        ("3.12 The police came.", ["The police came."]),
        ("1. First point. 2. Second point.", ["First point.", "Second point."]),
        ("• A bullet without a stop", ["A bullet without a stop"]),
        ("\uf0b7 One \uf0b7 Two", ["One", "Two"]),
        ("(a) the first", ["the first"]),
        ("2019", ["2019"]),
        ("1.", ["1."]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_british_official_prose_is_split_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@given(st.text(alphabet="aA1. \n?“”()•\u00ad", max_size=120))
def test_sentences_are_ordered_apart_and_without_blank_edges(text: str) -> None:
    last = 0
    for start, end in split(text):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@given(
    st.lists(st.sampled_from(["Police", "came", "they", "Officers", ". ", "? ", "! ", " ", "\n", ", "]), max_size=40)
)
def test_no_word_is_lost_between_sentences(words: list[str]) -> None:
    text = "".join(words)
    kept = "".join(text[start:end] for start, end in split(text))
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


def test_a_sentence_never_crosses_blocks_and_furniture_has_none() -> None:
    text = "Inspection of a county 4\nChildren are\nsafe. They said so"
    blocks = (
        Block(BlockKind.HEADER, 0, 24),
        Block(BlockKind.PARAGRAPH, 25, 37),
        Block(BlockKind.PARAGRAPH, 38, len(text)),
    )
    found = [(text[s.start : s.end], s.block) for s in sentences(text, blocks)]
    assert found == [("Children are", 1), ("safe.", 2), ("They said so", 2)]


def test_a_heading_is_one_sentence_and_rows_of_a_table_are_apart() -> None:
    text = "3. What happened? And why\nAge Number\nUnder one 12\nof which boys 7"
    blocks = (Block(BlockKind.HEADING, 0, 25, 1), Block(BlockKind.TABLE, 26, len(text)))
    found = [text[s.start : s.end] for s in sentences(text, blocks)]
    assert found == ["3. What happened? And why", "Age Number", "Under one 12\nof which boys 7"]


def test_boundaries_agree_with_the_gold_texts(shared: Path) -> None:
    """F1 of sentence ends, quotes and spaces at the end aside, over 126 labelled texts."""
    folder = shared / "data" / "gold"
    hits = ours_only = gold_only = 0
    for line in (folder / "labels.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        data = (folder / "docs" / label["file"]).read_bytes()
        text = data.decode("utf-8")

        def ends(found: list[int], text: str = text) -> set[int]:
            return {len(text[:end].rstrip(" \xa0\n\"'”’)")) for end in found}

        ours = ends([s.end for page in read(data, label["file"]).pages for s in page.sentences])
        gold = ends([s["end"] for s in label["sentences"]])
        hits += len(ours & gold)
        ours_only += len(ours - gold)
        gold_only += len(gold - ours)
    assert 2 * hits / (2 * hits + ours_only + gold_only) >= 0.95
