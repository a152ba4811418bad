"""Two people code the same documents; a third decides where they differ, and nothing either said is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.analysis.crossing import asked
from goldthread.cli.app import run
from goldthread.errors import Overtaken, UsageError
from goldthread.study.coding.editing import Span
from goldthread.study.coding.reconciling import stamp
from goldthread.values import Basis, State

TEXT = """Officers visited the home twice in the spring of 2016. They did not speak to the child alone, and nobody
asked the school what it knew. The concern was closed the same day without a record of why."""


def words(study: gt.Study) -> Span:
    mine = study.reviews()[0].documents[0].document_id
    text = next(one for one in study.texts() if one.document_id == mine)
    start = text.text.index(" ", 60) + 1
    return Span(text.document_id, start, start + 40)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coders")
    with gt.init(folder / "study", who="Ada") as study:
        (folder / "child a.txt").write_text(f"Serious Case Review: Child A\n\n{TEXT}\n", encoding="utf-8")
        study.add(folder / "child a.txt", review_types=["SCR"])
    return folder / "study"


@pytest.fixture
def two(base: Path, tmp_path: Path) -> Iterator[gt.Study]:
    """Ada's study with Grace's coding brought in by Carol."""
    for name in ("ada", "grace"):
        shutil.copytree(base, tmp_path / name)
    with gt.open(tmp_path / "ada", who="Ada") as ada:
        code(ada, "male", "risk_identification")
    with gt.open(tmp_path / "grace", who="Grace") as grace:
        code(grace, "female", "collaborative_working")
    with gt.open(tmp_path / "ada", who="Carol") as study, gt.open(tmp_path / "grace") as other:
        brought = study.second_coding(other)
        assert (brought.values, brought.passages, brought.problems) == (2, 1, ())
        assert study.second_coding(other).known == 3
        yield study


def code(study: gt.Study, sex: str, theme: str) -> None:
    desk = study.desk
    desk.set_value("R00001", "sex", 1, value=sex, span=words(study))
    desk.set_value("R00001", "age", 1, value="17", span=words(study))
    desk.code("R00001", {"theme": theme, "direction": "missed"}, span=words(study))


def test_only_what_differs_is_listed_by_name(two: gt.Study) -> None:
    found = two.differences()
    assert [(one.what, one.field, one.people) for one in found.open] == [
        ("value", "sex", ("Ada", "Grace")),
        ("passage", "", ("Ada", "Grace")),
    ]


def test_what_the_second_said_is_counted_nowhere_until_somebody_decides(two: gt.Study) -> None:
    assert {one.author for one in two.episodes()} == {"Ada"}
    assert {one.author for one in two.reviews()[0].characteristics} == {"Ada"}
    two.decide("R00001", "included")
    assert two.cross(asked("sex", "", two.protocol), Basis.CONFIRMED)[0].cell("male", "all").count == 1
    assert two.verify().sound


@pytest.mark.parametrize(("outcome", "sexes"), [("first", {"male"}), ("second", {"female"}), ("neither", set())])
def test_a_third_decision_stands_in_its_author_s_name_and_both_others_stay_readable(
    two: gt.Study, outcome: str, sexes: set[str]
) -> None:
    difference = two.differences().open[0]
    two.reconcile(difference.id, outcome)
    every = two.record(every_state=True).reviews[0].characteristics
    standing = [one for one in every if one.field == "sex" and one.state is State.CONFIRMED]
    assert {one.value for one in standing} == sexes
    assert {one.author for one in standing} <= {"Carol"}
    past = {(one.author, one.value) for one in every if one.field == "sex" and one.state is State.SUPERSEDED}
    assert past == {("Ada", "male"), ("Grace", "female")}
    assert two.differences().settled == 1
    assert difference.id not in {one.id for one in two.differences().open}
    entry = list(two.entries())[-1]
    assert (entry.verb, entry.who, entry.object) == ("reconcile", "Carol", "R00001")
    assert {one["author"] for side in json.loads(entry.before).values() for one in side} == {"Ada", "Grace"}
    assert two.verify().sound


def test_another_value_may_be_right(two: gt.Study) -> None:
    two.reconcile("R00001:value:1:sex", "other", value="Female")
    now = [one for one in two.reviews()[0].characteristics if one.field == "sex"]
    assert [(one.value, one.author) for one in now] == [("female", "Carol")]
    with pytest.raises(UsageError, match="settled"):
        two.reconcile("R00001:value:1:sex", "first")


def test_two_codings_of_one_passage_may_both_stand(two: gt.Study) -> None:
    difference = two.differences().open[1]
    two.reconcile(difference.id, "both")
    themes = {(one.theme, one.author) for one in two.episodes()}
    assert themes == {("risk_identification", "Carol"), ("collaborative_working", "Carol")}
    assert len(two.differences().open) == 1


def test_a_field_of_one_value_cannot_have_both(two: gt.Study) -> None:
    with pytest.raises(UsageError, match="one value only"):
        two.reconcile("R00001:value:1:sex", "both")


def test_a_decision_is_taken_back_whole(two: gt.Study) -> None:
    before = [one.id for one in two.differences().open]
    for difference, outcome in zip(two.differences().open, ("second", "neither"), strict=True):
        two.reconcile(difference.id, outcome)
        two.unreconcile("R00001")
        assert [one.id for one in two.differences().open] == before
    assert {one.author for one in two.episodes()} == {"Ada"}
    with pytest.raises(UsageError, match="nothing to take back"):
        two.unreconcile("R00001")


def test_what_changed_meanwhile_is_not_settled_unseen(two: gt.Study) -> None:
    difference = two.differences().open[0]
    seen = stamp(difference)
    (kept,) = [one for one in two.desk.review("R00001").characteristics if one.item.field == "sex"]
    two.desk.set_value("R00001", "sex", 1, value="female", instead=(kept.key, kept.stamp))
    with pytest.raises((Overtaken, UsageError)):
        two.reconcile(difference.id, "first", seen=seen)


def test_differences_are_listed_and_settled_from_the_command_line(
    two: gt.Study, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(two.folder)
    assert run(["reconcile", folder]) == 0
    said = capsys.readouterr()
    assert "first: Ada: Male" in said.out
    assert "2 differences open, 0 settled." in said.err
    assert run(["reconcile", folder, "--decide", "R00001:value:1:sex", "--as", "second", "--who", "Dee"]) == 0
    assert run(["reconcile", folder, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (len(told["open"]), told["settled"]) == (1, 1)
    assert run(["reconcile", folder, "--undo", "R00001"]) == 0
    assert run(["reconcile", folder, "--decide", "R00001:value:1:sex"]) == 2
