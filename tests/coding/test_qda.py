"""REFI-QDA files of other programs, real ones and hostile ones."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from goldthread.coding.qda import QdaFile, passages_of, read_qda
from goldthread.documents.limits import MEGABYTE, Limits
from goldthread.errors import UnreadableInput

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[3] / "shared")) / "data/qda"
SPACE = 'xmlns="urn:QDA-XML:project:1.0"'
GUIDS = [f"{n:08d}-0000-4000-8000-000000000000" for n in range(9)]


def _project(
    text: bytes, passages: str, *, origin: str = "", extra: str = "", path: str = "internal://t.txt"
) -> bytes:
    xml = f"""<?xml version="1.0" encoding="utf-8"?>
<Project {SPACE} name="p" origin="{origin}">
<Users><User guid="{{{GUIDS[0]}}}" name="Ada"/></Users>
<CodeBook><Codes><Code guid="{GUIDS[1]}" name=" Risk " isCodable="true"><Description>what
it is</Description><Code guid="{GUIDS[2].upper()}" name="Late" isCodable="true"/></Code></Codes></CodeBook>
<Sources><TextSource guid="{GUIDS[3]}" name="t" plainTextPath="{path}">{passages}</TextSource>{extra}</Sources>
</Project>"""
    return _zip({"project.qde": xml.encode(), "Sources/t.txt": text})


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _selection(start: int, end: int, code: str = GUIDS[2]) -> str:
    return (
        f'<PlainTextSelection guid="{GUIDS[4]}" name="n" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="{GUIDS[5]}" creatingUser="{GUIDS[0]}"><CodeRef targetGUID="{{{code}}}"/></Coding>'
        "</PlainTextSelection>"
    )


def _quotes(found: QdaFile) -> list[str]:
    return [one.quote for one in found.passages]


def test_codes_keep_their_tree_and_guids_are_known_however_they_are_written() -> None:
    found = read_qda(_project(b"The police came late.", _selection(4, 10)), "p.qdpx")
    assert found.codes[GUIDS[2]].path == ("Risk", "Late")
    assert found.codes[GUIDS[2]].parent == GUIDS[1]
    assert found.codes[GUIDS[1]].description == "what\nit is"
    assert found.users == {GUIDS[0]: "Ada"}
    (passage,) = passages_of(found)
    assert (passage.quote, passage.codings[0].code, passage.codings[0].user) == ("police", GUIDS[2], GUIDS[0])


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_positions_count_both_characters_of_a_line_end_and_no_byte_order_mark(mark: bytes) -> None:
    text = "One.\r\nTwo.\r\nThe police came late."
    at = text.index("police")
    found = read_qda(_project(mark + text.encode(), _selection(at, at + 6)), "p.qdpx")
    assert _quotes(found) == ["police"]
    assert found.sources[GUIDS[3]].text == "One.\nTwo.\nThe police came late."
    assert found.passages[0].start == at - 2


def test_positions_are_code_points_and_with_nvivo_utf16_units() -> None:
    text = "😀😀 The police came late 😀."
    at = text.index("police")
    assert _quotes(read_qda(_project(text.encode(), _selection(at, at + 6)), "p.qdpx")) == ["police"]
    units = at + 2
    nvivo = _project(text.encode(), _selection(units, units + 6), origin="NVivo for Windows 12.6")
    assert _quotes(read_qda(nvivo, "p.qdpx")) == ["police"]


def test_text_may_stand_in_the_xml_itself() -> None:
    inline = "<PlainTextContent>The police came late.</PlainTextContent>" + _selection(4, 10)
    assert _quotes(read_qda(_project(b"", inline), "p.qdpx")) == ["police"]


def test_what_is_no_coded_text_is_counted_and_left_out() -> None:
    extra = (
        f'<PictureSource guid="{GUIDS[6]}" name="x" path="internal://x.png">'
        f'<PictureSelection guid="{GUIDS[7]}" firstX="1" firstY="1" secondX="2" secondY="2"/></PictureSource>'
    )
    whole = f'<Coding guid="{GUIDS[5]}"><CodeRef targetGUID="{GUIDS[1]}"/></Coding>'
    found = read_qda(_project(b"text", _selection(0, 4) + whole, extra=extra), "p.qdpx")
    assert dict(found.left_out) == {"PictureSelection": 1, "Coding of a whole text": 1}


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (9, 2), (400, 500)])
def test_a_passage_outside_its_text_has_no_words(start: int, end: int) -> None:
    found = read_qda(_project(b"The police came late.", _selection(start, end)), "p.qdpx")
    assert _quotes(found) == [""]
    assert list(passages_of(found)) == []


@pytest.mark.parametrize(
    "path", ["internal://../../etc/passwd", "/etc/passwd", "file:" + "///etc/passwd", "internal://"]
)
def test_a_path_that_leads_out_of_the_archive_leads_nowhere(path: str) -> None:
    found = read_qda(_project(b"x", _selection(0, 1), path=path), "p.qdpx")
    assert found.sources[GUIDS[3]].text is None
    assert [problem.code for problem in found.problems] == ["no text"]


def test_a_text_in_another_encoding_is_a_problem_and_the_rest_is_read() -> None:
    found = read_qda(_project("Größe".encode("latin-1"), _selection(0, 3)), "p.qdpx")
    assert "UTF-8" in found.problems[0].message
    assert len(found.codes) == 2


def test_an_entity_bomb_and_a_reference_outside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    bomb = '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    outside = f'<!DOCTYPE Project [<!ENTITY a SYSTEM "{tmp_path / "secret"}">]>'
    for declared in (bomb, outside):
        xml = f'{declared}<Project {SPACE} name="p" origin="&a;"/>'
        with pytest.raises(UnreadableInput):
            read_qda(xml.encode(), "p.qde")


def test_deep_nesting_is_refused_without_a_crash() -> None:
    code = f'<Code guid="{GUIDS[1]}" name="x" isCodable="true">'
    codes = code * 100_000 + "</Code>" * 100_000
    xml = f'<Project {SPACE} name="p"><CodeBook><Codes>{codes}</Codes></CodeBook></Project>'
    with pytest.raises(UnreadableInput, match="not sound XML"):
        read_qda(xml.encode(), "p.qde")


def test_a_zip_bomb_is_refused_within_its_limits() -> None:
    bomb = _zip({"project.qde": b" " * (40 * MEGABYTE)})
    with pytest.raises(UnreadableInput, match="times its size"):
        read_qda(bomb, "p.qdpx")
    with pytest.raises(UnreadableInput, match="unpacks to more than"):
        read_qda(bomb, "p.qdpx", Limits(archive_size=MEGABYTE))
    with pytest.raises(UnreadableInput, match="parts"):
        read_qda(_zip({f"{n}": b"" for n in range(50)}), "p.qdpx", Limits(archive_entries=40))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not sound XML"),
        (b"review_id,decision\n", "not sound XML"),
        (b"PK\x03\x04 broken", "not whole"),
        (_zip({"word/document.xml": b"<x/>"}), "no project.qde"),
        (_zip({"project.qde": b"<Project"}), "not sound XML"),
        (b"<html><body/></html>", "not a REFI-QDA"),
    ],
)
def test_what_is_no_such_file_is_answered_with_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message) as caught:
        read_qda(data, "file.qdpx")
    assert caught.value.where == "file.qdpx"
    assert caught.value.mend


REAL = {
    "DEpt-metagenom__oltas_teszt.qdpx": ("NVivo for Windows", 152, 2, 330),
    "cproctor__demo.qdpx": ("qc", 262, 2, 158),
    "cproctor__nvivo_project.qdpx": ("NVivo for Mac", 262, 2, 0),
    "ponte__blank-atlas-project.qdpx": ("ATLAS.ti", 0, 0, 0),
    "ponte__target-atlas-project.qdpx": ("ATLAS.ti", 3, 0, 0),
    "requal_test__atlasti23.4_codebook.qdc": ("ATLAS.ti", 1, 0, 0),
}


@pytest.mark.parametrize("name", REAL)
def test_files_written_by_other_programs_are_understood(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs the shared material: {path} is not there")
    origin, codes, sources, passages = REAL[name]
    found = read_qda(path.read_bytes(), name)
    assert found.origin.startswith(origin)
    assert (len(found.codes), len(found.sources), len(found.passages)) == (codes, sources, passages)
    assert found.problems == []
    assert len(list(passages_of(found))) == passages


def test_passages_of_a_real_nvivo_project_begin_and_end_with_words() -> None:
    path = SHARED / "DEpt-metagenom__oltas_teszt.qdpx"
    if not path.exists():
        pytest.skip(f"needs the shared material: {path} is not there")
    found = read_qda(path.read_bytes(), path.name)
    starts_inside = 0
    for one in found.passages:
        text = found.sources[one.source].text or ""
        assert text[one.start : one.end] == one.quote
        starts_inside += one.quote[0].isalnum() and text[one.start - 1].isalnum()
    assert starts_inside <= 0.05 * len(found.passages)
