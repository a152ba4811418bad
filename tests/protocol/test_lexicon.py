from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.errors import ProtocolError
from goldthread.protocol.lexicon import SHIPPED, Lexicon, included_files, read_lexicon
from goldthread.protocol.load import load, shipped


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_a_lexicon_has_an_empty_one(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path) == Lexicon()
    assert included_files(tmp_path) == {}


def test_an_included_group_can_be_used_replaced_and_added_to(tmp_path: Path) -> None:
    write(
        tmp_path,
        shared__words="""
            [groups]
            a = { cues = ["one"], weight = 2.0 }
            b = { cues = ["two"] }
            c = { cues = ["x"] }
        """,
        lexicon="""
            include = ["shared/words.toml"]
            conclusion = ["c"]
            [groups]
            b = { cues = ["three"] }
            [more]
            a = ["four"]
        """,
    )
    read = read_lexicon(tmp_path)
    assert read.groups["a"].cues == ("one", "four")
    assert read.groups["a"].weight == 2.0
    assert read.groups["b"].cues == ("three",)
    assert read.conclusion == ("c",)


def test_the_study_s_own_copy_of_a_shared_file_stands_before_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, shared__guards='[groups.negation]\ncues = ["nought"]', lexicon='include = ["shared/guards.toml"]')
    assert read_lexicon(tmp_path).groups["negation"].cues == ("nought",)
    (tmp_path / "shared/guards.toml").unlink()
    assert "denied" in read_lexicon(tmp_path).groups["negation"].cues
    assert included_files(tmp_path) == {"shared/guards.toml": SHIPPED / "shared/guards.toml"}


@pytest.mark.parametrize(
    ("lexicon", "what", "where"),
    [
        ('conclusion = ["ends"]', "no cue group “ends”", "conclusion"),
        ('[fields.age]\nnear = ["dead"]', "no cue group “dead”", "fields.age.near"),
        ('[practice.themes]\nx = ["deeds"]', "no cue group “deeds”", "practice.themes.x"),
        ('[groups.a]\ncues = ["(open"]', "brackets", "groups.a.cues"),
        ('[groups.a]\ncues = ["x"]\nweight = 0', "greater than 0", "groups.a.weight"),
        ('include = ["shared/nowhere.toml"]', "not found", "lexicon.toml"),
        ('include = ["lexicon.toml"]', "includes itself", "lexicon.toml"),
        ('[more]\na = ["x"]', "not there", "lexicon.toml"),
        ("[groups", "", "lexicon.toml"),
        ("colour = 1", "Extra inputs", "colour"),
    ],
)
def test_a_fault_names_its_file_and_key(tmp_path: Path, lexicon: str, what: str, where: str) -> None:
    write(tmp_path, lexicon=lexicon)
    with pytest.raises(ProtocolError) as caught:
        read_lexicon(tmp_path)
    assert what in caught.value.what
    assert where in caught.value.where


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_protocol_has_cues_for_most_of_its_fields(name: str) -> None:
    protocol = load(name)
    read = {field.id for field in protocol.fields if field.derived_from or field.id in protocol.lexicon.fields}
    assert len(read) / len(protocol.fields) > 0.75
    assert protocol.lexicon.practice.actor
    assert protocol.lexicon.recommendations.addressees


@pytest.mark.parametrize("name", shipped())
def test_the_codes_a_lexicon_falls_back_on_are_in_the_codebook(name: str) -> None:
    protocol = load(name)
    practice = protocol.lexicon.practice
    assert practice.unexplained in {value.id for value in protocol.codebook.explanations}
    assert set(practice.directions.values()) <= {value.id for value in protocol.codebook.directions}
    assert practice.other_theme in {"", *protocol.theme_by_id}
    recommendations = protocol.lexicon.recommendations
    scheme = protocol.recommendations
    assert {recommendations.several, recommendations.other} <= {value.id for value in scheme.addressees}
    assert {recommendations.several_scope, recommendations.single_scope} <= {value.id for value in scheme.scopes}


@pytest.mark.parametrize("name", shipped())
def test_values_of_fields_in_a_lexicon_are_values_of_the_protocol(name: str) -> None:
    protocol = load(name)
    for field, cues in protocol.lexicon.fields.items():
        known = {value.id for value in protocol.field_by_id[field].values} | {"true", "false"}
        named = {*cues.values, *cues.bands, *cues.practice.values(), *filter(None, [cues.otherwise])}
        assert named <= known, field
