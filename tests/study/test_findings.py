"""Findings are made, altered and taken back; what they rest on is followed, and never lost in silence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

import goldthread as gt
from goldthread.errors import Overtaken, ProtocolError, UsageError
from goldthread.findings.model import Side
from goldthread.protocol.load import usual_strength
from goldthread.store.schema import finding, finding_action
from goldthread.study.findings.desk import FindingDesk, stamp
from goldthread.values import Basis, State

PLAN = """
id = "vision-1"
title = "A later plan"
version = "1"
replaces = "nvap-v2"

[[actions]]
id = "A"
label = "See the risk"

[[actions]]
id = "B"
label = "Act on it"

[[crosswalk]]
from = "2.1.1"
to = ["A"]

[[crosswalk]]
from = "2.2.1"
to = ["A", "B"]
note = "Split in two."
"""


@pytest.fixture
def desk(study: gt.Study) -> FindingDesk:
    return study.desk.findings


def missed(study: gt.Study, number: int) -> list[str]:
    return [one.episode_id for one in study.episodes(direction="missed")][:number]


def verbs(study: gt.Study) -> list[str]:
    return [one.verb for one in study.entries()]


def test_a_finding_is_made_of_passages_and_counted_on_both_bases(study: gt.Study, desk: FindingDesk) -> None:
    ids = missed(study, 3)
    name = desk.make("Risk was  not assessed. ", supporting=ids, actions=["2.1.1"])
    assert name == "F1"
    (drafted,) = study.findings(Basis.DRAFT)
    assert drafted.finding.statement == "Risk was not assessed."
    assert [one.episode_id for one in drafted.supporting.episodes] == ids
    assert drafted.finding.actions == (("nvap-v2", "2.1.1"),)
    (confirmed,) = study.findings(Basis.CONFIRMED)
    assert confirmed.supporting.episodes == ()
    assert {one.episode_id for one in confirmed.uncounted} == set(ids)
    assert verbs(study)[-1] == "find"


def test_the_desk_and_the_record_weigh_alike(study: gt.Study, desk: FindingDesk) -> None:
    desk.make("Risk was not assessed.", supporting=missed(study, 5), opposing=_good(study, 2))
    for one in {e.review_id for e in study.episodes()}:
        study.decide(one, "included")
        study.confirm(one, "episodes")
    for basis in Basis:
        assert desk.weighed(basis) == study.findings(basis)


def _good(study: gt.Study, number: int) -> list[str]:
    return [one.episode_id for one in study.episodes(direction="good")][:number]


def test_each_act_is_one_entry_of_the_journal_and_nothing_done_is_none(study: gt.Study, desk: FindingDesk) -> None:
    one, two = missed(study, 2)
    before = len(verbs(study))
    name = desk.make("Risk was not assessed.", supporting=[one])
    desk.restate(name, "Risk was seldom assessed.", "Look again in spring.")
    desk.weigh(name, [two], Side.AGAINST)
    desk.weigh(name, [two], Side.FOR)
    desk.weigh(name, [two], None)
    desk.align(name, ["2.1.1", "2.2.1"])
    desk.align(name, ["2.1.1", "2.2.1"])
    desk.withdraw(name)
    desk.reinstate(name)
    assert verbs(study)[before:] == [
        "find",
        "restate",
        "weigh",
        "weigh",
        "weigh",
        "align",
        "withdraw",
        "reinstate",
    ]
    assert study.verify().sound


def test_every_act_can_be_taken_back_to_the_making_of_a_finding(study: gt.Study, desk: FindingDesk) -> None:
    one, two = missed(study, 2)
    name = desk.make("First.", supporting=[one])
    states = [desk.one(name, Basis.DRAFT).finding]
    for act in (
        lambda: desk.restate(name, "Second.", "With a note."),
        lambda: desk.weigh(name, [two], Side.AGAINST),
        lambda: desk.align(name, ["2.4.1"]),
        lambda: desk.restate(name, "First.", ""),
    ):
        act()
        states.append(desk.one(name, Basis.DRAFT).finding)
    assert [desk.undo(name) for _ in range(4)] == ["restate", "align", "weigh", "restate"]
    back = desk.one(name, Basis.DRAFT).finding
    assert (back.statement, back.note, back.supporting, back.opposing, back.actions) == ("First.", "", (one,), (), ())
    desk.weigh(name, [two], Side.FOR)
    assert desk.undo(name) == "weigh"
    assert desk.undo(name) == "find"
    assert desk.weighed(Basis.DRAFT) == ()
    with pytest.raises(UsageError, match="nothing is left"):
        desk.undo(name)
    desk.reinstate(name)
    assert [each.finding.finding_id for each in desk.weighed(Basis.DRAFT)] == [name]
    assert study.verify().sound


def test_a_finding_changed_meanwhile_is_not_overwritten(study: gt.Study, desk: FindingDesk) -> None:
    name = desk.make("First.", supporting=missed(study, 1))
    seen = stamp(desk.one(name, Basis.DRAFT).finding)
    with gt.open(study.folder, who="Bo") as other:
        other.desk.findings.restate(name, "Theirs.", "", seen)
    with pytest.raises(Overtaken, match="changed meanwhile by Bo") as caught:
        desk.restate(name, "Mine.", "", seen)
    assert desk.one(name, Basis.DRAFT).finding.statement == "Theirs."
    desk.restate(name, "Mine.", "", caught.value.now)
    assert desk.one(name, Basis.DRAFT).finding.statement == "Mine."


def test_rejected_evidence_is_lost_and_said_to_be(study: gt.Study, desk: FindingDesk) -> None:
    one, two = study.episodes(direction="missed")[:2]
    name = desk.make("Risk was not assessed.", supporting=[one.episode_id, two.episode_id])
    study.reject(one.review_id, "episodes", [one.episode_id])
    found = desk.one(name, Basis.DRAFT)
    assert [each.taken.episode_id for each in found.lost] == [one.episode_id]
    assert found.to_be_looked_at
    desk.renew(name)
    found = desk.one(name, Basis.DRAFT)
    assert not found.to_be_looked_at
    assert found.finding.supporting == (two.episode_id,)


def test_evidence_coded_anew_by_a_person_is_followed(study: gt.Study, desk: FindingDesk) -> None:
    one = study.episodes(direction="missed")[0]
    name = desk.make("Risk was not assessed.", supporting=[one.episode_id])
    held = next(each for each in study.desk.review(one.review_id).episodes if each.key == one.episode_id)
    codes = {"theme": study.protocol.codebook.themes[-1].id, "direction": "good"}
    new = study.desk.code(one.review_id, codes, instead=(held.key, held.stamp))
    found = desk.one(name, Basis.DRAFT)
    assert [each.episode_id for each in found.supporting.episodes] == [new]
    assert found.turned
    desk.renew(name)
    assert desk.one(name, Basis.DRAFT).finding.supporting == (new,)
    assert not desk.one(name, Basis.DRAFT).to_be_looked_at


def test_reading_again_with_an_engine_keeps_evidence_where_the_passage_is_found_again(
    study: gt.Study, desk: FindingDesk
) -> None:
    ids = missed(study, 4)
    name = desk.make("Risk was not assessed.", supporting=ids)
    with study._held.database.write() as connection:
        connection.execute(sa.text("DELETE FROM suggestion_run"))
    study.suggest()
    every = [one for each in study.record(every_state=True).reviews for one in each.episodes]
    assert {one.state for one in every if one.episode_id in ids} == {State.SUPERSEDED}
    found = desk.one(name, Basis.DRAFT)
    assert len(found.supporting.episodes) == len(ids)
    assert not found.to_be_looked_at


@pytest.mark.parametrize(
    ("statement", "supporting", "actions", "told"),
    [
        ("  ", [], [], "needs a statement"),
        ("x" * 601, [], [], "longer than"),
        ("Said.", ["R99999-E001"], [], "there is no passage"),
        ("Said.", [], ["9.9.9"], "has no action"),
    ],
)
def test_what_cannot_be_a_finding_is_refused_with_a_mend(
    study: gt.Study, desk: FindingDesk, statement: str, supporting: list[str], actions: list[str], told: str
) -> None:
    before = len(verbs(study))
    with pytest.raises(UsageError, match=told) as caught:
        desk.make(statement, supporting=supporting, actions=actions)
    assert caught.value.mend
    assert len(verbs(study)) == before
    assert desk.weighed(Basis.DRAFT) == ()


def test_a_rejected_passage_and_one_on_both_sides_are_no_evidence(study: gt.Study, desk: FindingDesk) -> None:
    one, two = study.episodes(direction="missed")[:2]
    study.reject(one.review_id, "episodes", [one.episode_id])
    with pytest.raises(UsageError, match="rejected"):
        desk.make("Said.", supporting=[one.episode_id])
    with pytest.raises(UsageError, match="for it and against it"):
        desk.make("Said.", supporting=[two.episode_id], opposing=[two.episode_id])
    with pytest.raises(UsageError, match="no finding 'F7'"):
        desk.withdraw("F7")


def test_another_plan_is_loaded_used_and_findings_keep_their_place(
    study: gt.Study, desk: FindingDesk, tmp_path: Path
) -> None:
    one = desk.make("Risk was not assessed.", supporting=missed(study, 2), actions=["2.2.1"])
    two = desk.make("Nobody asked.", supporting=missed(study, 1), actions=["2.4.1"])
    (tmp_path / "plan.toml").write_text(PLAN, encoding="utf-8")
    desk.load_plan(tmp_path / "plan.toml")
    assert desk.board().plans.using == "nvap-v2"
    desk.use_plan("vision-1")
    aligned = desk.aligned(Basis.DRAFT)
    assert [each.action for each in aligned.by_finding[one]] == ["A", "B"]
    assert aligned.by_finding[two] == ()
    assert [each.finding.finding_id for each in aligned.adrift] == [two]
    assert aligned.crosswalk is not None
    assert {each.id for each in aligned.crosswalk.lost} > {"2.4.1"}
    desk.align(one, ["B"])
    assert [each.action for each in desk.aligned(Basis.DRAFT).by_finding[one]] == ["B"]
    desk.use_plan("nvap-v2")
    assert [each.action for each in desk.aligned(Basis.DRAFT).by_finding[one]] == ["2.2.1"]
    assert verbs(study)[-4:] == ["plan", "adopt", "align", "adopt"]
    assert study.verify().sound


def test_a_plan_with_faults_is_refused_with_file_line_and_mend(
    study: gt.Study, desk: FindingDesk, tmp_path: Path
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN.replace('from = "2.1.1"', 'from = "2.1.9"').replace('to = ["A", "B"]', 'to = ["A", "C"]'))
    with pytest.raises(ProtocolError) as caught:
        desk.load_plan(path)
    told = str(caught.value)
    assert f"{path}:16: the plan `nvap-v2` has no action `2.1.9` — did you mean `2.1.1`?" in told
    assert f"{path}:21: this plan has no action `C`" in told
    assert verbs(study)[-1] != "plan"


def test_a_corrected_plan_may_not_drop_an_action_findings_are_mapped_to(
    study: gt.Study, desk: FindingDesk, tmp_path: Path
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN)
    desk.load_plan(path)
    desk.load_plan(path)
    assert verbs(study).count("plan") == 1
    desk.use_plan("vision-1")
    desk.make("Nobody asked.", actions=["A"])
    path.write_text(PLAN.replace('"Act on it"', '"Act upon it"'))
    assert desk.load_plan(path).actions[1].label == "Act upon it"
    path.write_text(PLAN.replace('id = "A"', 'id = "Z"').replace('["A"]', '["Z"]').replace('["A", "B"]', '["B"]'))
    with pytest.raises(UsageError, match="F1 is mapped to A"):
        desk.load_plan(path)


def test_verify_finds_a_finding_altered_behind_the_journals_back(study: gt.Study, desk: FindingDesk) -> None:
    desk.make("Risk was not assessed.", supporting=missed(study, 1))
    desk.make("Nobody asked.", supporting=missed(study, 1))
    with study._held.database.write() as connection:
        connection.execute(finding.update().where(finding.c.finding_id == "F1").values(statement="Something else."))
        connection.execute(finding_action.insert().values(finding_id="F2", plan_id="nvap-v2", action_id="9.9"))
    faults = {(one.where, one.message) for one in study.verify().faults}
    assert ("F1", "it is not as the journal last left it") in faults
    assert ("F2", "it is mapped to 9.9 of nvap-v2, which is not there") in faults


def test_findings_change_no_review_so_that_nothing_is_read_again(study: gt.Study, desk: FindingDesk) -> None:
    kept = study.record()
    desk.make("Risk was not assessed.", supporting=missed(study, 1))
    assert study.record().reviews[0] is kept.reviews[0]


def test_the_journal_keeps_what_a_finding_was_and_became(study: gt.Study, desk: FindingDesk) -> None:
    (one,) = missed(study, 1)
    name = desk.make("First.", supporting=[one])
    desk.restate(name, "Second.", "")
    entry = study.entries()[-1]
    assert json.loads(entry.before)["statement"] == "First."
    assert json.loads(entry.after) == {
        "statement": "Second.",
        "note": "",
        "for": [one],
        "against": [],
        "actions": [],
        "withdrawn": False,
    }


def test_the_documented_lines_of_python_print_what_is_found(
    study: gt.Study, desk: FindingDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    desk.make("Risk was not assessed.", supporting=missed(study, 3))
    for one in {each.review_id for each in study.episodes()}:
        study.decide(one, "included")
        study.confirm(one, "episodes")
    monkeypatch.chdir(study.folder.parent)
    exec(compile(code, "findings.md", "exec"), {})  # noqa: S102 - our own documentation
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Risk was not assessed. ")
    assert len(said) > 1


def test_the_plan_in_the_guide_is_one_that_loads(study: gt.Study, desk: FindingDesk, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    (plan,) = re.findall(r"^```toml\n(.*?)^```$", guide, re.MULTILINE | re.DOTALL)
    (tmp_path / "strategy.toml").write_text(plan, encoding="utf-8")
    assert [one.id for one in desk.load_plan(tmp_path / "strategy.toml").actions] == ["1.1", "1.2"]


def test_the_guide_states_the_rule_as_it_is_shipped() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    for one in usual_strength().strengths:
        row = next(line for line in guide.splitlines() if line.startswith(f"| {one.label} |"))
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        against = "" if one.against == 100 else f"at most {one.against:g}%" if one.against else "none"
        share = f"{one.share:g}%" if one.share else ""
        assert cells[1:] == [str(one.reviews), str(one.review_types), share, against]
