"""The points of the Matterhorn Protocol (PDF/UA-1) that a machine can check, each on every kind of briefing.

Tests are named by their checkpoint; docs/briefings.md lists them.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest

from goldthread.briefing.build import KINDS, build
from goldthread.briefing.formats import pdf
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example

_ROLES = """
    Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl
    LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby Warichu
    Figure Formula Form
"""
STANDARD = frozenset(_ROLES.split())
PAINTS = frozenset(["Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"])


@pytest.fixture(scope="module", params=KINDS)
def document(request: pytest.FixtureRequest, protocol: Protocol) -> Iterator[pikepdf.Pdf]:
    made = build(str(request.param), protocol, example.study(12, 3), Basis.DRAFT, made=example.MADE)
    with pikepdf.open(io.BytesIO(pdf.render(made))) as opened:
        yield opened


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _role(document: pikepdf.Pdf, element: pikepdf.Object) -> str:
    roles, name = document.Root.StructTreeRoot.get("/RoleMap", {}), str(element.S)
    for _ in range(10):
        if name not in roles:
            break
        name = str(roles[name])
    return name.lstrip("/")


def _below(document: pikepdf.Pdf, element: pikepdf.Object) -> list[str]:
    kids = (kid for kid in _kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid)
    return [_role(document, kid) for kid in kids]


def _of(document: pikepdf.Pdf, *roles: str) -> list[pikepdf.Object]:
    return [one for one in _elements(document.Root.StructTreeRoot) if _role(document, one) in roles]


def test_01_all_content_is_tagged_or_an_artifact_and_neither_is_inside_the_other(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        open_now: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BMC" | "BDC":
                    marked = (
                        len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
                    )
                    kind = "artifact" if str(operands[0]) == "/Artifact" else "content" if marked else "other"
                    assert not ({"artifact", "content"} & set(open_now) and kind != "other"), open_now
                    open_now.append(kind)
                case "EMC":
                    open_now.pop()
                case paints if paints in PAINTS:
                    assert {"artifact", "content"} & set(open_now)
        assert open_now == []
    assert not bool(document.Root.MarkInfo.get("/Suspects", False))


def test_01_every_marked_piece_of_content_belongs_to_one_element(document: pikepdf.Pdf) -> None:
    marked: set[tuple[int, int]] = set()
    numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
    for n, page in enumerate(document.pages):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                marked.add((n, int(operands[1]["/MCID"])))
    held: Counter[tuple[int, int]] = Counter()
    for element in _elements(document.Root.StructTreeRoot):
        for kid in _kids(element):
            page, number = element.get("/Pg"), kid
            if isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
                page, number = kid.get("/Pg", page), kid["/MCID"]
            if isinstance(number, int) and page is not None:
                held[numbers[page.objgen], int(number)] += 1
    assert set(held) == marked
    assert max(held.values()) == 1


def test_02_every_role_is_a_standard_one_and_no_standard_one_is_changed(document: pikepdf.Pdf) -> None:
    assert {_role(document, one) for one in _elements(document.Root.StructTreeRoot)} <= STANDARD
    assert not {str(name).lstrip("/") for name in document.Root.StructTreeRoot.get("/RoleMap", {})} & STANDARD


def test_06_and_07_the_title_is_in_the_metadata_and_shown_in_the_window(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"]
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_09_tables_lists_and_contents_hold_what_they_may(document: pikepdf.Pdf) -> None:
    may = {
        "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
        "THead": {"TR"},
        "TBody": {"TR"},
        "TFoot": {"TR"},
        "TR": {"TH", "TD"},
        "L": {"L", "LI", "Caption"},
        "LI": {"Lbl", "LBody"},
        "TOC": {"TOC", "TOCI", "Caption"},
    }
    for element in _elements(document.Root.StructTreeRoot):
        role = _role(document, element)
        if role in may:
            assert set(_below(document, element)) <= may[role], role
        for below, above in (("TR", {"Table", "THead", "TBody", "TFoot"}), ("TOCI", {"TOC"}), ("LI", {"L"})):
            if below in _below(document, element):
                assert role in above


def test_11_the_language_of_everything_is_said(document: pikepdf.Pdf) -> None:
    assert re.fullmatch(r"en(-GB)?", str(document.Root.Lang))
    said = [str(one.Lang) for one in _elements(document.Root.StructTreeRoot) if "/Lang" in one]
    assert all(re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language) for language in said)


def test_13_every_figure_says_what_it_shows_and_has_its_place(document: pikepdf.Pdf) -> None:
    for figure in _of(document, "Figure"):
        assert str(figure.get("/Alt", "")).strip()
        owned = figure.get("/A", [])
        owners = list(owned) if isinstance(owned, pikepdf.Array) else [owned]
        assert any("/BBox" in one for one in owners if isinstance(one, pikepdf.Dictionary))


def test_14_headings_begin_with_the_first_and_skip_none(document: pikepdf.Pdf) -> None:
    levels = [
        int(role[1])
        for one in _elements(document.Root.StructTreeRoot)
        if re.fullmatch(r"H\d", role := _role(document, one))
    ]
    assert levels and levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert not _of(document, "H")


def test_15_every_row_of_a_table_is_of_one_width_and_headed(document: pikepdf.Pdf) -> None:
    for table in _of(document, "Table"):
        rows = [one for one in _elements(table) if _role(document, one) == "TR"]
        widths = set()
        for row in rows:
            cells = [kid for kid in _kids(row) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
            widths.add(sum(_span(cell) for cell in cells))
        assert len(widths) == 1
        heads = [one for one in _elements(table) if _role(document, one) == "TH"]
        assert heads
        assert all(_attribute(head, "/Scope") in ("/Column", "/Row", "/Both") for head in heads)


def _attribute(element: pikepdf.Object, name: str) -> str:
    owned = element.get("/A", [])
    for one in list(owned) if isinstance(owned, pikepdf.Array) else [owned]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return str(one[name])
    return ""


def _span(cell: pikepdf.Object) -> int:
    return int(_attribute(cell, "/ColSpan") or 1)


def test_20_21_25_and_26_nothing_is_optional_nameless_dynamic_or_locked(document: pikepdf.Pdf) -> None:
    assert "/OCProperties" not in document.Root
    assert "/XFA" not in document.Root.get("/AcroForm", {})
    assert not document.is_encrypted
    files = [
        one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Filespec"
    ]
    assert files
    assert all(str(one.F) and str(one.UF) and str(one.Desc) for one in files)


def test_28_every_link_is_in_the_tree_says_where_it_leads_and_is_tabbed_in_order(document: pikepdf.Pdf) -> None:
    known = {
        kid.Obj.objgen
        for link in _of(document, "Link")
        for kid in _kids(link)
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    }
    for page in document.pages:
        notes = list(page.get("/Annots", []))
        assert not notes or str(page.get("/Tabs")) == "/S"
        for note in notes:
            assert str(note.Subtype) == "/Link"
            assert note.objgen in known and "/StructParent" in note
            assert str(note.get("/Contents", "")).strip()


def test_31_and_10_every_font_is_embedded_and_says_which_letters_it_shows(document: pikepdf.Pdf) -> None:
    fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        if str(font.Subtype) == "/Type0":
            shown = font.ToUnicode.read_bytes().decode("latin-1")
            written = re.findall(r"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", shown)
            assert written
            assert not {"0000", "FEFF", "FFFE"} & {one.upper() for one in written}
        elif "/FontDescriptor" in font:
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.FontDescriptor.keys())
            assert str(font.get("/CIDToGIDMap", "/Identity")) == "/Identity"
