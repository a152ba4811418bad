"""Codings made in other programs, on the study's own words: found exactly or listed, never guessed."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.coding.refi import code_guid
from goldthread.interchange.exporting import export_study
from goldthread.values import State

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).parents[3] / "shared")) / "data/qda"
PERSON = "11111111-2222-4333-8444-555555555555"


def _changed(study: gt.Study, folder: Path, change: Callable[[str], str], *, texts: bool = True) -> Path:
    """A fresh project export as another program would hand it back after `change` to its XML."""
    export_study(study, "qdpx", folder / "out.qdpx")
    with (
        zipfile.ZipFile(folder / "out.qdpx") as old,
        zipfile.ZipFile(folder / "back.qdpx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name == "project.qde":
                data = change(data.decode()).encode()
            if texts or name == "project.qde":
                new.writestr(name, data)
    return folder / "back.qdpx"


def _passage(xml: str, key: str) -> str:
    found = re.search(rf'<(?:ns0:)?PlainTextSelection[^>]*name="{key}".*?</(?:ns0:)?PlainTextSelection>', xml, re.S)
    assert found
    return found[0]


def _theirs(quote: str, text: str, *codes: str) -> str:
    """A new passage coded by a person in another program."""
    start = text.index(quote)
    codings = "".join(
        f'<Coding guid="{n:08d}-0000-4000-8000-000000000000" creatingUser="{PERSON}">'
        f'<CodeRef targetGUID="{code}"/></Coding>'
        for n, code in enumerate(codes)
    )
    return (
        '<PlainTextSelection guid="99999999-0000-4000-8000-000000000000" name="" '
        f'startPosition="{start}" endPosition="{start + len(quote)}">{codings}</PlainTextSelection>'
    )


def test_a_project_that_comes_back_as_it_went_changes_nothing(study: gt.Study, tmp_path: Path) -> None:
    state = study.record().state
    done = study.import_file(_changed(study, tmp_path, lambda xml: xml))
    assert not done.changed
    assert done.problems == ()
    assert done.unchanged == done.rows == len(study.episodes()) + len(study.recommendations())
    assert done.understood["passages_located"] == done.rows
    assert study.record().state == state


def test_a_project_that_lost_its_users_still_confirms_nothing(study: gt.Study, tmp_path: Path) -> None:
    done = study.import_file(_changed(study, tmp_path, lambda xml: re.sub(r' creatingUser="[^"]*"', "", xml)))
    assert not done.changed


def test_a_persons_code_on_a_suggested_passage_replaces_it(study: gt.Study, tmp_path: Path) -> None:
    episode = next(item for item in study.episodes() if item.theme and item.direction == "missed")
    theme = next(item for item in study.protocol.codebook.themes if item.id != episode.theme)

    def recode(xml: str) -> str:
        old = _passage(xml, episode.episode_id)
        prefix = "ns0:" if old.startswith("<ns0:") else ""
        coding = (
            f'<{prefix}Coding guid="12345678-0000-4000-8000-000000000000" creatingUser="{PERSON}">'
            f'<{prefix}CodeRef targetGUID="{code_guid(study.protocol, "theme", theme.id)}"/></{prefix}Coding>'
        )
        closing = f"</{prefix}PlainTextSelection>"
        return xml.replace(old, old.replace(closing, coding + closing))

    path = _changed(study, tmp_path, recode)
    done = study.import_file(path)
    assert (done.added, done.superseded, done.problems) == (1, 1, ())
    mine = next(item for item in study.episodes() if item.state is State.CONFIRMED)
    assert (mine.theme, mine.direction, mine.anchor) == (theme.id, "missed", episode.anchor)
    assert mine.author == "Ada"
    assert not study.import_file(path).changed
    assert study.verify().sound


def _coded_elsewhere(study: gt.Study, folder: Path, codebook: str, quote: str, source: str, *codes: str) -> Path:
    """A project made from nothing in another program on a text it was given."""
    text = f"Heading added by the program\r\n{quote}\r\n"
    passage = _theirs(quote, text, *codes)
    xml = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="MAXQDA 2022">
<Users><User guid="{PERSON}" name="Bo"/></Users><CodeBook><Codes>{codebook}</Codes></CodeBook>
<Sources><TextSource guid="77777777-0000-4000-8000-000000000000" name="{source}" plainTextPath="internal://a.txt">
{passage}</TextSource></Sources></Project>"""
    with zipfile.ZipFile(folder / "theirs.qdpx", "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/a.txt", text)
    return folder / "theirs.qdpx"


ONE, TWO, THREE = (f"{n}0000000-0000-4000-8000-000000000000" for n in "abc")
CODES = (
    f'<Code guid="{ONE}" name="collaborative working" isCodable="true"/>'
    f'<Code guid="{TWO}" name="Good practice" isCodable="true"/>'
    f'<Code guid="{THREE}" name="my own idea" isCodable="true"/>'
)
QUOTE = "The police did not complete a risk assessment and this was a missed opportunity to identify the risk."


def test_codes_are_matched_by_name_and_words_found_in_the_named_file(study: gt.Study, tmp_path: Path) -> None:
    path = _coded_elsewhere(study, tmp_path, CODES, QUOTE, "review-0004", ONE, TWO)
    done = study.import_file(path)
    assert (done.added, done.problems) == (1, ())
    assert done.understood["codes_matched"] == {
        "collaborative working": "collaborative_working",
        "Good practice": "good",
    }
    assert done.understood["codes_not_matched"] == ["my own idea"]
    assert done.understood["sources_matched"] == {"review-0004": "review-0004.txt"}
    (mine,) = (item for item in study.episodes() if item.state is State.CONFIRMED)
    assert (mine.theme, mine.direction, mine.anchor.quote) == ("collaborative_working", "good", QUOTE)
    assert not study.import_file(path).changed


def test_words_that_stand_in_several_reviews_are_listed_when_the_source_is_unknown(
    study: gt.Study, tmp_path: Path
) -> None:
    path = _coded_elsewhere(study, tmp_path, CODES, QUOTE, "interview 7", ONE)
    done = study.import_file(path)
    assert [item.code for item in done.problems] == ["ambiguous"]
    assert not done.changed


def test_words_that_stand_nowhere_are_listed(study: gt.Study, tmp_path: Path) -> None:
    path = _coded_elsewhere(study, tmp_path, CODES, QUOTE.replace("risk", "RISK"), "review-0004.docx", ONE)
    done = study.import_file(path)
    assert [item.code for item in done.problems] == ["not found"]
    assert not done.changed


def test_a_code_the_protocol_does_not_know_is_listed_once_with_how_often(study: gt.Study, tmp_path: Path) -> None:
    path = _coded_elsewhere(study, tmp_path, CODES, QUOTE, "review-0004", THREE)
    done = study.import_file(path)
    assert [item.code for item in done.problems] == ["code"]
    assert "my own idea" in done.problems[0].message
    assert "1 time" in done.problems[0].message
    assert not done.changed


def test_two_directions_of_one_passage_are_a_contradiction(study: gt.Study, tmp_path: Path) -> None:
    directions = study.protocol.codebook.directions
    codebook = f'{CODES}<Code guid="{THREE[:-1]}9" name="{directions[0].label}" isCodable="true"/>'
    path = _coded_elsewhere(study, tmp_path, codebook, QUOTE, "review-0004", ONE, TWO, f"{THREE[:-1]}9")
    assert [item.code for item in study.import_file(path).problems] == ["contradiction"]


def test_a_theme_without_a_direction_is_kept_and_tables_and_briefings_still_work(
    study: gt.Study, tmp_path: Path
) -> None:
    done = study.import_file(_coded_elsewhere(study, tmp_path, CODES, QUOTE, "review-0004", ONE))
    assert done.added == 1
    assert study.tables()
    assert study.brief("practice").briefing
    assert study.brief("meta-analysis").briefing
    export_study(study, "qdpx", tmp_path / "again.qdpx")


def test_a_project_without_its_texts_lists_what_it_lacks(study: gt.Study, tmp_path: Path) -> None:
    done = study.import_file(_changed(study, tmp_path, lambda xml: xml, texts=False))
    assert {item.code for item in done.problems} == {"no text", "no quote"}
    assert not done.changed


def test_a_codebook_is_understood_and_changes_nothing(study: gt.Study, tmp_path: Path) -> None:
    export_study(study, "qdc", tmp_path / "book.qdc")
    done = study.import_file(tmp_path / "book.qdc")
    assert done.kind == "codebook"
    assert done.understood["codes_not_matched"] == []
    matched = done.understood["codes_matched"]
    assert isinstance(matched, dict)
    assert {theme.id for theme in study.protocol.codebook.themes} <= set(matched.values())
    assert not done.changed


@pytest.mark.parametrize(
    "name",
    [
        "DEpt-metagenom__oltas_teszt.qdpx",
        "cproctor__demo.qdpx",
        "cproctor__nvivo_project.qdpx",
        "ponte__blank-atlas-project.qdpx",
        "ponte__target-atlas-project.qdpx",
        "requal_test__atlasti23.4_codebook.qdc",
    ],
)
def test_real_projects_on_other_texts_are_understood_and_change_nothing(study: gt.Study, name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs the shared material: {path} is not there")
    state = study.record().state
    done = study.import_file(path)
    assert not done.changed
    assert study.record().state == state
    assert all(item.code == "code" for item in done.problems)


def test_a_real_project_is_found_again_in_a_study_of_its_own_text(tmp_path: Path) -> None:
    path = SHARED / "cproctor__demo.qdpx"
    if not path.exists():
        pytest.skip(f"needs the shared material: {path} is not there")
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").decode()
        text = archive.read("sources/board_2017.txt")
        used = re.findall(r'<CodeRef targetGUID="([^"]+)"', xml)
        xml = xml.replace(f'guid="{used[0]}"', f'guid="{used[0]}" was=""', 1)
    name = re.search(rf'<Code name="([^"]+)" guid="{used[0]}"', xml)
    assert name
    xml = xml.replace(
        f'<Code name="{name[1]}" guid="{used[0]}" was=""', f'<Code name="Good practice" guid="{used[0]}"'
    )
    (tmp_path / "board_2017.txt").write_bytes(text)
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/board_2017.txt", text)
    with gt.init(tmp_path / "s", who="Ada") as made:
        made.add(tmp_path / "board_2017.txt")
        done = made.import_file(tmp_path / "p.qdpx")
        assert done.added == used.count(used[0])
        assert done.understood["sources_matched"] == {"board_2017.txt": "board_2017.txt"}
        stored = next(made.texts()).text
        assert all(item.anchor.quote in stored for item in made.episodes())
        assert made.verify().sound
