"""Populations in a study: loaded once, journaled, listed, replaced by what is newer, and taken out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import Overtaken, UsageError
from goldthread.study.populations import stamp

EXAMPLE = Path(__file__).parents[2] / "docs/examples/populations/populations.csv"


@pytest.fixture
def made(tmp_path: Path) -> gt.Study:
    return gt.init(tmp_path / "study", who="Ada")


def test_a_file_is_loaded_in_one_act_and_the_same_again_changes_nothing(made: gt.Study) -> None:
    with made as study:
        first = study.load_populations(EXAMPLE)
        state = study.record().state
        assert (first.added, first.problems) == (len(study.populations()), ())
        assert study.load_populations(EXAMPLE).added == 0
        assert study.record().state == state
        assert [entry.verb for entry in study.entries()][-1] == "populations"
        assert study.record().populations == study.populations()
        assert study.verify().sound


def test_a_newer_number_takes_the_place_of_the_old_which_stays_in_the_journal(made: gt.Study, tmp_path: Path) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(
        "area,period,population,unit,source\nNorthmoor Police,2016/2020,500000,children,Fictional revision\n"
    )
    with made as study:
        study.load_populations(EXAMPLE)
        assert study.load_populations(newer).changed == 1
        (entry,) = [one for one in study.entries() if one.object == "newer.csv"]
        assert json.loads(entry.before)["replaced"][0][4] == 412000
        assert 500_000 in {one.people for one in study.populations()}


def test_a_unit_is_taken_out_whole(made: gt.Study) -> None:
    with made as study:
        study.load_populations(EXAMPLE)
        assert study.forget_populations("children in need") == 4
        assert {one.unit for one in study.populations()} == {"children"}
        with pytest.raises(UsageError, match="no population of adults"):
            study.forget_populations("adults")


def test_each_act_is_taken_back_and_what_was_changed_since_stays(made: gt.Study, tmp_path: Path) -> None:
    newer = tmp_path / "newer.csv"
    newer.write_text(
        "area,period,population,unit,source\n"
        "Northmoor Police,2016/2020,500000,children,Fictional revision\n"
        "Nowhere Police,2016/2020,1,children,Fictional revision\n"
    )
    with made as study:
        study.load_populations(EXAMPLE)
        whole = study.populations()
        done = study.load_populations(newer)
        act = study.population_acts()[0]
        assert (act.n, len(act.put), len(act.gone), len(act.problems)) == (done.n, 1, 1, 1)
        study.put_back_populations(done.n)
        assert study.populations() == whole
        with pytest.raises(UsageError, match="nothing of it stands"):
            study.put_back_populations(done.n)
        study.forget_populations("children")
        gone = study.population_acts()[0]
        study.load_populations(newer)
        back = study.put_back_populations(gone.n)
        assert back.left == 1
        assert {one.people for one in study.populations() if one.area == "Northmoor Police"} >= {500_000}
        assert len(study.populations()) == len(whole)
        assert study.verify().sound


def test_a_load_over_populations_somebody_else_changed_is_not_made(made: gt.Study) -> None:
    with made as study:
        seen = stamp(study.populations())
        study.load_populations(EXAMPLE, seen=seen)
        with pytest.raises(Overtaken, match="changed meanwhile"):
            study.forget_populations("children", seen=seen)
        with pytest.raises(Overtaken, match="changed meanwhile"):
            study.load_populations(EXAMPLE, seen=seen)
        assert study.populations()
