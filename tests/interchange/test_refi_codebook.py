"""The codebook as other programs read it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

import goldthread as gt
from goldthread.coding.qda import read_qda
from goldthread.coding.refi import CODEBOOK_NAMESPACE, code_guid, codebook, meanings
from goldthread.interchange.exporting import export_study
from goldthread.interchange.refi_codebook import sound
from goldthread.protocol.load import load
from tests.interchange.conftest import shared

PROTOCOLS = ("police-reviews", "periodic-review", "learning-reports")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_codebook_of_every_protocol_is_valid_against_the_published_schema(tmp_path: Path, protocol: str) -> None:
    schema = etree.XMLSchema(file=str(shared("data/qda/Codebook.xsd")))
    with gt.init(tmp_path / "s", protocol) as made:
        export_study(made, "qdc", tmp_path / "c.qdc")
    schema.assertValid(etree.parse(str(tmp_path / "c.qdc")))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_theme_subtheme_direction_and_explanation_is_a_code(tmp_path: Path, protocol: str) -> None:
    with gt.init(tmp_path / "s", protocol) as made:
        book = made.protocol.codebook
        export_study(made, "qdc", tmp_path / "c.qdc")
    codes = read_qda((tmp_path / "c.qdc").read_bytes(), "c.qdc").codes
    paths = {code.path for code in codes.values()}
    for theme in book.themes:
        assert ("Themes", theme.label) in paths
        assert all(("Themes", theme.label, below.label) in paths for below in theme.subthemes)
    assert all(("Direction", one.label) in paths for one in book.directions)
    assert all(("Explanation", one.label) in paths for one in book.explanations)
    headings = [code for code in codes.values() if len(code.path) == 1]
    assert headings
    assert not any(code.codable for code in headings)
    assert all(code.codable for code in codes.values() if len(code.path) > 1)


def test_definitions_and_colours_go_with_the_codes(tmp_path: Path) -> None:
    with gt.init(tmp_path / "s") as made:
        theme = next(item for item in made.protocol.codebook.themes if item.definition)
        export_study(made, "qdc", tmp_path / "c.qdc")
    root = etree.parse(str(tmp_path / "c.qdc")).getroot()
    codes = list(root.iter(f"{{{CODEBOOK_NAMESPACE}}}Code"))
    code = next(item for item in codes if item.get("name") == theme.label)
    assert code[0].text == theme.definition
    assert all(re.fullmatch("#[0-9A-F]{6}", item.get("color", "")) for item in codes)
    assert len({item.get("color") for item in codes}) > 5


def test_the_same_protocol_gives_the_same_bytes_in_any_study(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with gt.init(tmp_path / name) as made:
            export_study(made, "qdc", tmp_path / f"{name}.qdc")
    assert (tmp_path / "one.qdc").read_bytes() == (tmp_path / "two.qdc").read_bytes()


def test_guids_are_one_a_code_and_never_change() -> None:
    protocols = [load(name) for name in PROTOCOLS]
    guids = [code.guid for protocol in protocols for code, _ in meanings(protocol)]
    assert len(set(guids)) == len(guids)
    assert code_guid(protocols[0], "theme", "collaborative_working") == "ff3792d4-ed88-5cba-ac3e-3b175b40ceeb"


def test_a_subtheme_knows_its_theme() -> None:
    protocol = load("police-reviews")
    below = {(one.theme, one.id) for _, one in meanings(protocol) if one.axis == "subtheme"}
    assert below == {(theme.id, sub.id) for theme in protocol.codebook.themes for sub in theme.subthemes}
    assert all(heading.axis == "" for heading in codebook(protocol))


def test_a_character_xml_cannot_hold_is_shown_as_unknown() -> None:
    assert sound("a\x00b\x0cc\ufffed 😀\n") == "a\ufffdb\ufffdc\ufffdd 😀\n"
