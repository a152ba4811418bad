from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from goldthread.briefing.blocks import Briefing, FigureBlock, Quote
from goldthread.briefing.formats import pdf
from goldthread.briefing.formats.folding import shown
from goldthread.briefing.formats.outline import Outline
from goldthread.briefing.formats.pdf import printable


def _pages(made: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(made)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _letters(text: str) -> str:
    return re.sub(r"\s|\ufffe|\u00ad", "", text)


@pytest.fixture(scope="module")
def pages(print_out: bytes) -> list[str]:
    return _pages(print_out)


def test_it_claims_and_carries_what_pdf_ua_asks(print_out: bytes, draft: Briefing) -> None:
    with pikepdf.open(io.BytesIO(print_out)) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == draft.title


def _elements(node: pikepdf.Object, found: list[pikepdf.Object]) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append(kid)
            _elements(kid, found)
    return found


def test_the_claims_are_attached_with_a_name_and_a_description(print_out: bytes) -> None:
    with pikepdf.open(io.BytesIO(print_out)) as document:
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert all(page.Tabs == "/S" for page in document.pages)
        name, file = document.Root.Names.EmbeddedFiles.Names
        assert str(name) == str(file.UF) == "goldthread-claims.json"
        assert "claim" in str(file.Desc)


def test_tables_have_header_cells_and_figures_have_alternatives(print_out: bytes, draft: Briefing) -> None:
    with pikepdf.open(io.BytesIO(print_out)) as document:
        elements = _elements(document.Root.StructTreeRoot, [])
        kinds = [str(e.S) for e in elements]
        assert kinds.count("/TH") > 50 and kinds.count("/TD") > 200
        spoken = [str(e.Alt) for e in elements if str(e.S) == "/Figure" and "/Alt" in e]
    figures = [block for block in Outline(draft).blocks if isinstance(block, FigureBlock)]
    assert spoken == [printable(figure.alternative) for figure in figures]


def test_headings_are_tagged_in_order_and_no_level_is_skipped(print_out: bytes, draft: Briefing) -> None:
    with pikepdf.open(io.BytesIO(print_out)) as document:
        kinds = [str(e.S) for e in _elements(document.Root.StructTreeRoot, [])]
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
    contents = 1
    assert levels == [contents, *(heading.level for heading in Outline(draft).headings), 1]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_figure_has_its_alternative_and_every_link_its_words(print_out: bytes) -> None:
    with pikepdf.open(io.BytesIO(print_out)) as document:
        elements = _elements(document.Root.StructTreeRoot, [])
        pictures = [e for e in elements if str(e.S) == "/Figure" and not _holds_a_table(e)]
        assert pictures and all("/Alt" in e for e in pictures)
        notes = [a for page in document.pages for a in page.get("/Annots", []) if str(a.Subtype) == "/Link"]
        assert len(notes) > 100 and all(str(a.get("/Contents", "")) or "/StructParent" in a for a in notes)


def _holds_a_table(element: pikepdf.Object) -> bool:
    return any(str(inner.S) == "/Table" for inner in _elements(element, []))


def test_a_matrix_too_long_for_paper_is_pointed_to_and_the_index_stays_short(large: Briefing) -> None:
    pages = _pages(pdf.render(large))
    whole = _letters("".join(pages))
    assert _letters("one a review, are in the HTML edition of this briefing.") in whole
    assert _letters("It is printed in full in the HTML edition of this briefing.") in whole
    assert len(pages) < 45


def test_a_large_study_is_printed_in_little_memory() -> None:
    script = (
        "import re\n"
        "from goldthread.briefing.formats import pdf\n"
        "from goldthread.briefing.build import build\n"
        "from goldthread.values import Basis\n"
        "from tests.briefing import example\n"
        "study = example.study(650, 5)\n"
        "briefing = build('practice', example.protocol(), study, Basis.DRAFT, made=example.MADE)\n"
        "pdf.render(briefing)\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1)) // 1024)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, check=True, capture_output=True, text=True)
    assert int(done.stdout) < 400


def test_a_draft_says_so_on_every_page(pages: list[str]) -> None:
    assert len(pages) > 10
    assert all("Draft: machine suggestions, not confirmed" in page for page in pages)


def test_pages_are_numbered(pages: list[str]) -> None:
    for number, page in enumerate(pages, start=1):
        assert f"{number} of {len(pages)}" in page


def test_every_quote_is_there_word_for_word_as_far_as_fonts_go(pages: list[str], draft: Briefing) -> None:
    whole = re.sub(r"Draft:machinesuggestions,notconfirmed|State[0-9a-f]{12}\d+of\d+", "", _letters("".join(pages)))
    quotes = [block for block in Outline(draft).blocks if isinstance(block, Quote)]
    for quote in quotes:
        cited = f"“{printable(quote.anchor.quote)}” [{quote.citation}]"
        assert _letters(cited).replace("-", "") in whole.replace("-", ""), quote


def test_markup_in_a_report_stays_words(nasty: Briefing) -> None:
    whole = _letters("".join(_pages(pdf.render(nasty))))
    for words in (
        '#let x = 1; #eval("2")',
        "*free* text $a^2$",
        "{{ 7*7 }}",
        "=HYPERLINK(",
        "<img src=x onerror=alert(1)>",
    ):
        assert _letters(words) in whole


def test_what_no_font_can_show_is_written_as_its_number() -> None:
    assert printable("risk 🙂 中 ē – “so”") == "risk [U+1F642] [U+4E2D] ē – “so”"
    assert printable("a\u200bb\ufe0fc\td") == "abc d"


def test_every_character_can_be_printed() -> None:
    from goldthread.briefing.blocks import Paragraph, Words
    from goldthread.values import Basis

    wild = "".join(chr(c) for c in range(0x20, 0x3000, 3)) + "🙂中\ue000\U0010ffff\ufffd"
    briefing = Briefing(
        title=wild, subtitle=wild, kind="practice", basis=Basis.DRAFT, language="en-GB", state="", made="",
        blocks=(Paragraph((Words(wild),)),), evidence=(),
    )  # fmt: skip
    assert pdf.render(briefing).startswith(b"%PDF")


def test_a_confirmed_briefing_has_no_draft_line(confirmed: Briefing) -> None:
    assert not any("Draft:" in page for page in _pages(pdf.render(confirmed)))


def test_an_empty_study_makes_a_whole_document(empty: Briefing) -> None:
    said = _letters("".join(_pages(pdf.render(empty))))
    assert _letters("Nothing can be concluded yet") in said


def test_the_same_briefing_gives_the_same_bytes(draft: Briefing, print_out: bytes) -> None:
    assert pdf.render(draft) == print_out


def test_display_folding_comes_before_print(nasty: Briefing) -> None:
    quotes = [b for b in Outline(nasty).blocks if isinstance(b, Quote) and "agency" in b.anchor.quote]
    assert quotes
    assert all(
        "multi-agency programme was known to officers" in shown(q.anchor.quote)
        for q in quotes
        if "gramme" in q.anchor.quote
    )
