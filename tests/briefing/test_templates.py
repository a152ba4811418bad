"""A kind of briefing is a file a person can edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.analysis.records import StudyRecord
from goldthread.briefing.blocks import Box, Briefing, Heading, Paragraph, TableBlock
from goldthread.briefing.build import KINDS, build
from goldthread.briefing.sections.builders import BUILDERS
from goldthread.briefing.words.template_files import shipped, source, templates
from goldthread.errors import ProtocolError, UsageError
from goldthread.protocol.model import Protocol
from goldthread.values import Basis
from tests.briefing import example
from tests.briefing.contents import all_text, blocks_of, text_of


def _folder(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    return tmp_path


def _made(folder: Path, kind: str, protocol: Protocol, study: StudyRecord) -> Briefing:
    known = templates(protocol, folder, BUILDERS)
    return build(kind, protocol, study, Basis.DRAFT, made=example.MADE, templates=known)


def _faults(folder: Path, protocol: Protocol) -> str:
    with pytest.raises(ProtocolError) as caught:
        templates(protocol, folder, BUILDERS).ensure_whole()
    return str(caught.value)


def _headings(briefing: Briefing) -> list[str]:
    return [b.text for b in blocks_of(briefing, Heading) if isinstance(b, Heading) and b.level == 1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_kind_written_out_makes_the_same_briefing(
    kind: str, protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    folder = _folder(tmp_path, kind, source(kind))
    plain = build(kind, protocol, study, Basis.DRAFT, made=example.MADE)
    assert _made(folder, kind, protocol, study) == plain
    assert all(section.show in BUILDERS and section.heading for section in shipped()[kind].sections)


def test_a_team_puts_sections_in_its_own_order_under_its_own_headings(
    protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    text = """
title = "What we learned this quarter"
[[sections]]
id = "first"
heading = "In brief"
text = "Of {registered.total} reviews, {included.total} are in."
[[sections]]
id = "say"
show = "conclusion"
heading = "Chief points"
after = "Read on in the *appendix*."
[[sections]]
id = "boxed"
box = "A note"
text = "- one\\n- two"
"""
    briefing = _made(_folder(tmp_path, "practice", text), "practice", protocol, study)
    assert briefing.title == "What we learned this quarter"
    assert _headings(briefing) == ["In brief", "Chief points"]
    assert "Read on in the appendix." in all_text(briefing)
    last = briefing.blocks[-1]
    assert isinstance(last, Box) and last.title == "A note"
    included = sum(1 for r in study.reviews if r.decision and r.decision.decision.value == "included")
    assert isinstance(briefing.blocks[1], Paragraph)
    assert text_of(briefing.blocks[1]) == f"Of {len(study.reviews)} reviews, {included} are in."
    entries = {entry.key: entry for entry in briefing.evidence}
    keys = [part.evidence for part in briefing.blocks[1].parts if hasattr(part, "evidence")]
    assert [len(entries[key].reviews) for key in keys] == [len(study.reviews), included]


def test_a_new_kind_prints_the_tables_of_the_kind_it_is_like(
    protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    text = 'title = "Ours"\nlike = "practice"\n[[sections]]\nid = "figures"\nshow = "figures"\n'
    briefing = _made(_folder(tmp_path, "ours", text), "ours", protocol, study)
    practice = build("practice", protocol, study, Basis.DRAFT, made=example.MADE)
    tables = [b.key for b in blocks_of(briefing, TableBlock) if isinstance(b, TableBlock)]
    there = {b.key for b in blocks_of(practice, TableBlock) if isinstance(b, TableBlock)}
    assert tables and set(tables) <= there
    assert briefing.kind == "ours"


def test_a_table_a_section_names_is_printed_there_and_nowhere_else(
    protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    text = source("meta-analysis").replace(
        "[[sections]]", '[[sections]]\nid = "key"\nheading = "Key table"\ntables = ["T4"]\n\n[[sections]]', 1
    )
    briefing = _made(_folder(tmp_path, "meta-analysis", text), "meta-analysis", protocol, study)
    tables = [b.table.id for b in blocks_of(briefing, TableBlock) if isinstance(b, TableBlock)]
    assert tables.count("T4") == 1
    assert tables[0] == "T4"


def test_a_sentence_is_worded_anew_in_one_kind_alone(protocol: Protocol, study: StudyRecord, tmp_path: Path) -> None:
    text = source("practice") + '\n[wording]\n"about.thread" = "Follow any number to its page."\n'
    folder = _folder(tmp_path, "practice", text)
    assert "Follow any number to its page." in all_text(_made(folder, "practice", protocol, study))
    assert "Follow any number to its page." not in all_text(_made(folder, "quality", protocol, study))


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ('title = "A"\n[[sections]]\nid = "a"\nshow = "theems"\n', 4, "`theems`", "did you mean `themes`?"),
        (
            'title = "A"\n[[sections]]\nid = "a"\ntext = "x"\n[[sections]]\nid = "a"\ntext = "y"',
            6,
            "two sections",
            "",
        ),
        ('title = "A"\n[[sections]]\nid = "a"\ntables = ["T44"]\n', 4, "no table `T44`", "did you mean `T4`?"),
        ('title = "A"\n[[sections]]\nid = "a"\ntexts = "x"\n', 4, "unknown key `texts`", "did you mean `text`?"),
        ('title = "A"\n[[sections]]\nid = "a"\n', 2, "shows nothing", "give it"),
        ('title = "A"\nlike = "practise"\n[[sections]]\nid="a"\ntext="x"', 2, "`practise`", "`practice`"),
        ('[[sections]]\nid = "a"\ntext = "x"\n', 1, "`title` is missing", ""),
        (
            'title = "A"\n[[sections]]\nid = "a"\ntext = "x"\n[wording]\n"about.peple" = "x"',
            6,
            "no sentence `about.peple`",
            "did you mean `about.people`?",
        ),
        ('title = "A"\n[[sections]]\nid = "a"\nshow="about"\n[[sections]]\nid="b"\nshow="about"', 7, "twice", ""),
    ],
)
def test_a_fault_is_named_by_file_line_and_mend(
    text: str, line: int, what: str, mend: str, protocol: Protocol, tmp_path: Path
) -> None:
    said = _faults(_folder(tmp_path, "practice", text), protocol)
    assert f"practice.toml:{line}: " in said
    assert what in said and mend in said


def test_a_file_that_is_not_toml_says_where(protocol: Protocol, tmp_path: Path) -> None:
    assert "not valid TOML" in _faults(_folder(tmp_path, "practice", 'title = "A\n'), protocol)


def test_a_figure_that_does_not_exist_is_named_with_its_place_and_the_nearest(
    protocol: Protocol, study: StudyRecord, tmp_path: Path
) -> None:
    text = 'title = "A"\n[[sections]]\nid = "a"\nheading = "B"\ntext = "We found {included.totl}."\n'
    with pytest.raises(UsageError) as caught:
        _made(_folder(tmp_path, "practice", text), "practice", protocol, study)
    assert caught.value.where.endswith("practice.toml:5")
    assert "included.totl" in str(caught.value) and "`included.total`" in str(caught.value)


def test_no_shipped_kind_of_an_unknown_name_can_be_written_out() -> None:
    with pytest.raises(UsageError, match="practise"):
        source("practise")


def test_a_broken_file_takes_only_its_own_kind_away(protocol: Protocol, study: StudyRecord, tmp_path: Path) -> None:
    _folder(tmp_path, "practice", 'title = "Ours"\n[[sections]]\nid = "a"\nshow = "figurs"\n')
    _folder(tmp_path, "digest", 'title = "Digest"\n[[sections]]\nid = "a"\ntext = "Hello."\n')
    known = templates(protocol, tmp_path, BUILDERS)
    with pytest.raises(ProtocolError) as caught:
        build("practice", protocol, study, Basis.DRAFT, made=example.MADE, templates=known)
    assert "practice.toml:4:" in str(caught.value) and "figures" in str(caught.value)
    assert "Hello." in all_text(build("digest", protocol, study, Basis.DRAFT, made=example.MADE, templates=known))
    assert build("quality", protocol, study, Basis.DRAFT, made=example.MADE, templates=known).title
    assert list(known) == [*shipped(), "digest"]
    assert known.called("practice") == "practice"


def test_every_broken_file_is_named_at_once(protocol: Protocol, tmp_path: Path) -> None:
    _folder(tmp_path, "practice", "title = ")
    _folder(tmp_path, "digest", 'title = "Digest"\n')
    told = _faults(tmp_path, protocol)
    assert "practice.toml" in told and "digest.toml" in told
