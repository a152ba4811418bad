"""A study's own outlines of its briefings."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from goldthread.cli.app import run
from goldthread.errors import ProtocolError, UsageError
from goldthread.study.publishing.briefings import editable
from goldthread.study.study import Study, open_study
from tests.study.briefed import briefed


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return briefed(tmp_path)


def test_an_outline_is_written_into_the_study_and_followed(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = study.brief("practice").briefing
    assert run(["brief", str(study.folder), "--template", "practice"]) == 0
    file = study.folder / "protocol/briefings/practice.toml"
    assert str(file) in capsys.readouterr().err
    assert study.brief("practice").briefing == before
    text = file.read_text("utf-8").replace('heading = "What stands out"', 'heading = "Chief points"')
    file.write_text(text.replace('title = "Learning from reviews: practice briefing"', 'title = "Ours"'), "utf-8")
    after = study.brief("practice").briefing
    assert after.title == "Ours"
    assert "Chief points" in [b.text for b in after.blocks if hasattr(b, "level")]
    with pytest.raises(UsageError, match="there is an outline already"):
        study.press.write_template("practice")


def test_an_outline_is_no_ground_to_suggest_again(study: Study) -> None:
    study.press.write_template("themed")
    with open_study(study.folder) as again:
        assert again.suggest("lexicon").reviews == 0


def test_every_sentence_stands_in_the_file_ready_to_be_changed() -> None:
    text = editable("practice")
    plain = "\n".join(
        line[2:] if line.startswith('# "') or line == "# [wording]" else line for line in text.splitlines()
    )
    assert len(tomllib.loads(plain)["wording"]) > 150


def test_a_faulty_outline_stops_its_own_kind_of_briefing_and_the_check(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    file = study.press.write_template("quality")
    file.write_text(file.read_text("utf-8").replace('show = "worth"', 'show = "wroth"'), "utf-8")
    with pytest.raises(ProtocolError, match="did you mean `worth`"):
        study.brief("quality")
    assert study.brief("practice").briefing.kind == "practice"
    assert run(["protocol", "check", str(study.folder / "protocol")]) == 2
    assert "quality.toml:" in capsys.readouterr().err


def test_a_briefing_speaks_of_chosen_themes_alone_and_remembers_it(study: Study, tmp_path: Path) -> None:
    from goldthread.briefing.options import Options

    theme = study.episodes()[0].theme
    made = study.brief("practice", options=Options(themes=(theme,)))
    headings = [b.key for b in made.briefing.blocks if hasattr(b, "level") and b.key.startswith("theme-")]
    assert [key for key in headings if key.count("-") == 1] == [f"theme-{theme}"]
    file = made.save(tmp_path / "b.html")
    assert study.stale(file) == ()
    with pytest.raises(UsageError, match="no theme `nothing`"):
        study.brief("practice", options=Options(themes=("nothing",)))


def test_the_figures_of_a_study_are_listed_with_what_they_say(
    study: Study, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["figures", str(study.folder), "--find", "included.total", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["name"], told["says"], told["of"]) == ("included.total", "3", 3)
    assert run(["figures", str(study.folder), "--find", "theme."]) == 0
    assert "{theme." in capsys.readouterr().out


def test_a_kind_nobody_wrote_is_refused_with_the_nearest(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", str(study.folder), "--kind", "practise", "--out", "b.html"]) == 2
    assert "`practice`" in capsys.readouterr().err
