"""Plans follow one another: findings keep their place through crosswalks, and what is lost is listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldthread.findings.board import align
from goldthread.findings.plans import Carried, Plans, crosswalk
from goldthread.findings.weighing import weigh
from goldthread.protocol.plan import Crossing, Plan
from tests.findings.passages import RULE, episode, finding, over, plan, standing

OLD = plan("old", "a b c d")
NEW = plan("new", "x y z", "old", a="x", b="x y", c="")


def test_what_a_person_mapped_to_the_plan_in_use_stands_alone() -> None:
    plans = Plans((OLD, NEW), "new")
    mine = finding(actions=(("new", "z"), ("old", "a")))
    assert plans.aligned(mine) == (Carried("z"),)


def test_one_action_may_become_several_and_several_one() -> None:
    plans = Plans((OLD, NEW), "new")
    mine = finding(actions=(("old", "a"), ("old", "b")))
    assert plans.aligned(mine) == (Carried("x", (("old", "a"), ("old", "b"))), Carried("y", (("old", "b"),)))


def test_a_crosswalk_is_read_both_ways() -> None:
    plans = Plans((OLD, NEW), "old")
    assert [one.action for one in plans.aligned(finding(actions=(("new", "x"),)))] == ["a", "b"]


def test_a_finding_is_carried_through_a_plan_between() -> None:
    newest = plan("newest", "p q", "new", x="p", y="q")
    plans = Plans((OLD, NEW, newest), "newest")
    assert plans.aligned(finding(actions=(("old", "a"),))) == (Carried("p", (("old", "a"),)),)
    assert plans.aligned(finding(actions=(("old", "c"),))) == ()


def test_without_a_plan_nothing_is_aligned() -> None:
    assert Plans().aligned(finding()) == ()
    assert align([], Plans()).bare == ()


def test_actions_are_dropped_forgotten_or_new() -> None:
    found = crosswalk(NEW, Plans((OLD, NEW), "new"))
    assert found is not None
    assert [one.id for one in found.dropped] == ["c"]
    assert [one.id for one in found.unmentioned] == ["d"]
    assert [one.id for one in found.lost] == ["c", "d"]
    assert [one.id for one in found.new] == ["z"]
    assert crosswalk(OLD, Plans((OLD,), "old")) is None


def test_gaps_are_shown_both_ways_and_findings_set_adrift_among_them() -> None:
    plans = Plans((OLD, NEW), "new")
    one, two = episode(1), episode(2)
    passages, ground = standing(one, two), over(2)
    kept = weigh(finding([one], actions=(("old", "a"),)), passages, ground, RULE)
    adrift = weigh(finding([two], name="F2", actions=(("old", "c"),)), passages, ground, RULE)
    unmapped = weigh(finding([two], name="F3"), passages, ground, RULE)
    found = align([kept, adrift, unmapped], plans)
    assert found.by_action["x"] == (kept,)
    assert [each.id for each in found.bare] == ["y", "z"]
    assert found.outside == (adrift, unmapped)
    assert found.adrift == (adrift,)


def test_an_action_with_a_finding_that_has_no_evidence_is_still_bare() -> None:
    plans = Plans((OLD,), "old")
    empty = weigh(finding(actions=(("old", "a"),)), {}, over(2), RULE)
    found = align([empty], plans)
    assert found.by_action["a"] == (empty,)
    assert [each.id for each in found.bare] == ["a", "b", "c", "d"]


@given(st.data())
def test_every_action_of_the_plan_before_leads_somewhere_or_is_listed_as_lost(data: st.DataObject) -> None:
    old = [f"o{n}" for n in range(data.draw(st.integers(1, 5)))]
    new = [f"n{n}" for n in range(data.draw(st.integers(1, 5)))]
    lines = data.draw(st.lists(st.tuples(st.sampled_from(old), st.lists(st.sampled_from(new), unique=True))))
    before = plan("old", " ".join(old))
    after = Plan.model_validate(
        plan("new", " ".join(new), "old").model_dump(by_alias=True)
        | {"crosswalk": [{"from": one, "to": to} for one, to in lines]}
    )
    found = crosswalk(after, Plans((before, after), "new"))
    assert found is not None
    lost = {one.id for one in found.lost}
    for name in old:
        assert (name in lost) == (not found.became[name])
    reached = {to for targets in found.became.values() for to in targets}
    assert {one.id for one in found.new} == set(new) - reached
    assert Crossing(action="o0") == Crossing.model_validate({"from": "o0"})
