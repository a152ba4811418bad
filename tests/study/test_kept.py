"""What is kept of counts is never seen once it is out of date, whoever changed the study, and does not grow."""

from __future__ import annotations

import subprocess
import sys

import goldthread as gt
from goldthread.analysis.crossing import asked
from goldthread.analysis.table import Table
from goldthread.protocol.amend.changes import DescribeCode
from goldthread.protocol.filters import parse_filter
from goldthread.study import kept
from goldthread.values import Basis
from tests.study.test_renewing import worked_on


def counted(study: gt.Study) -> list[Table]:
    """Every table on either basis, and two crossings."""
    crossings = [asked("theme", "direction", study.protocol), asked("theme", "theme", study.protocol)]
    one_by_one = [study.table(one.id, basis) for basis in Basis for one in study.protocol.tables]
    return one_by_one + [found for each in crossings for found in study.cross(each)]


def test_what_is_kept_counts_as_if_it_were_read_anew(study: gt.Study) -> None:
    before = counted(study)
    worked_on(study)
    after = counted(study)
    with gt.open(study.folder) as fresh:
        assert after == counted(fresh)
    assert after != before


def test_what_another_process_decides_is_counted_at_once(study: gt.Study) -> None:
    crossing = asked("inclusion_status", "", study.protocol)
    (before,) = study.cross(crossing, Basis.CONFIRMED)
    assert before.population == 0
    command = [sys.executable, "-m", "goldthread", "decide", str(study.folder), "R00003", "included"]
    subprocess.run(command, check=True, capture_output=True)
    (after,) = study.cross(crossing, Basis.CONFIRMED)
    assert after.cell("included", "all").reviews == ("R00003",)
    assert study.filters(["inclusion_status=included"])
    chosen = study.select(Basis.CONFIRMED, where=[parse_filter("inclusion_status=included", study.protocol)])
    assert [one.review_id for one in chosen] == ["R00003"]


def test_a_renamed_theme_is_called_by_its_new_name_in_tables_kept(study: gt.Study) -> None:
    crossing = asked("theme", "", study.protocol)
    (before,) = study.cross(crossing)
    theme = study.protocol.theme_by_id[before.rows[0].id]
    study.amend(DescribeCode(code=theme.id, label="Another name", definition=theme.definition), "clearer")
    (after,) = study.cross(crossing)
    assert after.rows[0].label == "Another name" != before.rows[0].label


def test_asked_again_the_same_table_is_there_and_the_case_nobody_touched_stays(study: gt.Study) -> None:
    first = study.table("T4")
    before = study.cases(Basis.DRAFT)
    assert study.table("T4") is first
    study.desk.decide("R00003", "included", "", "")
    after = study.cases(Basis.DRAFT)
    assert study.table("T4") is not first
    changed = [new.record.review_id for new, old in zip(after, before, strict=True) if new is not old]
    assert changed == ["R00003"]


def test_only_the_last_few_tables_and_readings_are_kept(study: gt.Study) -> None:
    for definition in study.protocol.tables:
        study.table(definition.id)
    for name in ("2019-Q3", ""):
        for basis in Basis:
            study.cases(basis, [name] if name else [])
    held = study.kept()
    assert len(held._tables) == kept._TABLES
    assert len(held._cases) <= kept._CASES
