"""The project as NVivo, ATLAS.ti or MAXQDA meet it, and as it comes back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

import goldthread as gt
from goldthread.coding.qda import QdaFile, read_qda
from goldthread.coding.refi import PROJECT_NAMESPACE, engine_guid
from goldthread.interchange.exporting import export_study
from tests.interchange.conftest import shared


@pytest.fixture
def project(study: gt.Study, tmp_path: Path) -> Path:
    export_study(study, "qdpx", tmp_path / "study.qdpx")
    return tmp_path / "study.qdpx"


def _root(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("project.qde"))


def _read(path: Path) -> QdaFile:
    return read_qda(path.read_bytes(), path.name)


def test_the_project_is_valid_against_the_published_schema(project: Path) -> None:
    etree.XMLSchema(file=str(shared("data/qda/Project.xsd"))).assertValid(_root(project))


@pytest.mark.parametrize("protocol", ["learning-reports", "periodic-review"])
def test_projects_of_other_protocols_are_valid_too(finished: Path, tmp_path: Path, protocol: str) -> None:
    with gt.init(tmp_path / "s", protocol) as made:
        made.add(finished.parent / "reviews")
        made.suggest()
        export_study(made, "qdpx", tmp_path / "p.qdpx")
    etree.XMLSchema(file=str(shared("data/qda/Project.xsd"))).assertValid(_root(tmp_path / "p.qdpx"))


def test_an_empty_study_is_a_valid_project(tmp_path: Path) -> None:
    with gt.init(tmp_path / "s") as made:
        export_study(made, "qdpx", tmp_path / "p.qdpx")
    etree.XMLSchema(file=str(shared("data/qda/Project.xsd"))).assertValid(_root(tmp_path / "p.qdpx"))


def test_no_guid_is_given_twice_and_every_reference_leads_somewhere(project: Path) -> None:
    root = _root(project)
    guids = [item.get("guid") for item in root.iter() if item.get("guid")]
    assert len(set(guids)) == len(guids)
    for name in ("targetGUID", "creatingUser"):
        assert {item.get(name) for item in root.iter() if item.get(name)} <= set(guids)


def test_every_live_passage_comes_back_with_its_exact_words(project: Path, study: gt.Study) -> None:
    found = _read(project)
    wanted = {item.episode_id: item.anchor.quote for item in study.episodes()}
    wanted |= {item.recommendation_id: item.anchor.quote for item in study.recommendations()}
    assert {one.name: one.quote for one in found.passages} == wanted
    assert len(wanted) > 15
    assert any("😀" in found.sources[one.source].text[: one.start] for one in found.passages)  # type: ignore[index]


def test_texts_are_the_stored_texts(project: Path, study: gt.Study) -> None:
    texts = sorted(text.text for text in study.texts())
    assert sorted(source.text or "" for source in _read(project).sources.values()) == texts


def test_codes_of_a_passage_say_what_the_episode_says(project: Path, study: gt.Study) -> None:
    found = _read(project)
    book = {theme.id: theme.label for theme in study.protocol.codebook.themes}
    for episode in study.episodes():
        passage = next(one for one in found.passages if one.name == episode.episode_id)
        paths = {found.codes[coding.code].path for coding in passage.codings}
        assert ("Themes", book[episode.theme]) in paths if episode.theme else True
        assert sum(path[0] == "Direction" for path in paths) == 1


def test_the_engine_is_the_user_of_suggestions_and_the_person_of_the_rest(project: Path, study: gt.Study) -> None:
    found = _read(project)
    assert found.users[engine_guid("lexicon")] == "Goldthread engine lexicon"
    confirmed = {item.episode_id for item in study.episodes() if item.state is gt.State.CONFIRMED}
    by_person = {
        one.name for one in found.passages if {found.users[coding.user] for coding in one.codings} == {"Ada"}
    }
    assert by_person == confirmed
    assert confirmed


def test_a_case_is_a_review_with_its_characteristics_missing_ones_in_brackets(project: Path, study: gt.Study) -> None:
    root = _root(project)
    names = {item.get("guid"): item.get("name") for item in root.iter(_q("Variable"))}
    cases = list(root.iter(_q("Case")))
    assert len(cases) == len(study.reviews())
    shown = {}
    for value in cases[-1].iter(_q("VariableValue")):
        shown[names[value[0].get("targetGUID")]] = value[1].text
    assert any(text and text.startswith("(") for text in shown.values())
    ages = {
        value[1].text
        for value in root.iter(_q("VariableValue"))
        if names[value[0].get("targetGUID")] == "Subject 1: Age"
    }
    assert {"14", "67"} & ages


def test_the_same_state_gives_the_same_bytes(study: gt.Study, project: Path, tmp_path: Path) -> None:
    export_study(study, "qdpx", tmp_path / "again.qdpx")
    assert (tmp_path / "again.qdpx").read_bytes() == project.read_bytes()


def test_names_in_the_archive_are_ours_alone(project: Path) -> None:
    with zipfile.ZipFile(project) as archive:
        for name in archive.namelist():
            assert name == "project.qde" or (name.startswith("sources/") and name.endswith(".txt"))
            assert ".." not in name


def _q(name: str) -> str:
    return f"{{{PROJECT_NAMESPACE}}}{name}"
