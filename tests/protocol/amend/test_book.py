"""Amending the codebook: codes added, described, moved, merged, split and retired."""

from __future__ import annotations

import pytest

from goldthread.errors import UsageError
from goldthread.protocol.amend.amendments import applied, carried
from goldthread.protocol.amend.changes import (
    AddCode,
    Change,
    DescribeCode,
    MergeCodes,
    MoveCode,
    NewCode,
    RetireCode,
    SplitCode,
)
from goldthread.protocol.amend.naming import find, key
from goldthread.protocol.amend.targets import homes, takers
from goldthread.protocol.check import cross_faults
from goldthread.protocol.load import load
from goldthread.protocol.model import Condition, Protocol, TableDefinition


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return load("police-reviews")


def after(protocol: Protocol, *changes: Change) -> Protocol:
    for change in changes:
        protocol = applied(protocol, change)
    assert not cross_faults(protocol)
    return protocol


NEW = NewCode(id="online_harm", label="Harm online", definition="Threats by phone.", cues=("online threats",))


def test_a_theme_is_added_with_the_cues_by_which_it_is_found(protocol: Protocol) -> None:
    made = after(protocol, AddCode(code=NEW))
    assert made.codebook.themes[-1].label == "Harm online"
    (group,) = made.lexicon.practice.themes["online_harm"]
    assert made.lexicon.groups[group].cues == ("online threats",)
    assert made.edition == f"{protocol.version} with 1 amendment"
    assert made.version == protocol.version


def test_a_sub_theme_is_added_below_its_theme(protocol: Protocol) -> None:
    made = after(protocol, AddCode(below="workforce", code=NEW))
    assert ("workforce", "online_harm") in made.codebook.places
    assert "online_harm" in made.lexicon.practice.subthemes


@pytest.mark.parametrize(
    "wrong",
    [
        NewCode(id="workforce", label="Another"),
        NewCode(id="another", label="developing the workforce"),
    ],
)
def test_no_two_codes_have_one_name(protocol: Protocol, wrong: NewCode) -> None:
    label = next(theme.label for theme in protocol.codebook.themes if theme.id == "workforce")
    wrong = wrong.model_copy(update={"label": label}) if wrong.id == "another" else wrong
    with pytest.raises(UsageError, match="has, or once had"):
        applied(protocol, AddCode(code=wrong))


def test_a_name_is_one_codes_alone_among_those_beside_it(protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="beside it"):
        applied(protocol, DescribeCode(code="roles", label="Escalation and professional challenge"))
    label = next(sub.label for theme in protocol.codebook.themes for sub in theme.subthemes if sub.id == "roles")
    made = after(protocol, AddCode(below="workforce", code=NewCode(id="roles_at_work", label=label)))
    assert ("workforce", "roles_at_work") in made.codebook.places


def test_a_former_name_is_not_given_to_another_code(protocol: Protocol) -> None:
    merged = after(protocol, MergeCodes(code="roles", into="escalation"))
    with pytest.raises(UsageError, match="once had"):
        applied(merged, AddCode(code=NewCode(id="roles", label="Something else")))


def test_renaming_changes_what_people_read_and_nothing_that_is_coded(protocol: Protocol) -> None:
    change = DescribeCode(code="roles", label="Who does what", definition="Clear parts.")
    made = after(protocol, change)
    assert made.codebook.label_of(("collaborative_working", "roles")).endswith("Who does what")
    assert carried(change, protocol.codebook, made.codebook) == {}
    assert made.codebook.places == protocol.codebook.places


def test_a_sub_theme_moves_with_what_is_coded_and_is_still_found_from_where_it_stood(protocol: Protocol) -> None:
    change = MoveCode(code="strategy_meetings", below="collaborative_working")
    made = after(protocol, change)
    old, new = ("risk_assessment_management", "strategy_meetings"), ("collaborative_working", "strategy_meetings")
    assert carried(change, protocol.codebook, made.codebook) == {old: new}
    assert made.codebook.home(*old) == made.codebook.offer(*old) == new
    assert "strategy_meetings" in made.codebook.gone_from("risk_assessment_management")


def test_a_theme_merged_into_another_brings_its_sub_themes_cues_and_actions(protocol: Protocol) -> None:
    change = MergeCodes(code="supporting_vulnerable", into="victim_engagement")
    made = after(protocol, change)
    assert "supporting_vulnerable" not in made.theme_by_id
    assert ("victim_engagement", "repeat_callers") in made.codebook.places
    was, now = protocol.lexicon.practice.themes, made.lexicon.practice.themes
    assert set(now["victim_engagement"]) == {*was["victim_engagement"], *was["supporting_vulnerable"]}
    assert "supporting_vulnerable" not in now
    both = {
        *protocol.theme_by_id["supporting_vulnerable"].actions,
        *protocol.theme_by_id["victim_engagement"].actions,
    }
    assert set(made.theme_by_id["victim_engagement"].actions) == both
    moved = carried(change, protocol.codebook, made.codebook)
    assert moved["supporting_vulnerable", ""] == ("victim_engagement", "")
    assert moved["supporting_vulnerable", "transitions"] == ("victim_engagement", "transitions")
    assert not any(place[0] == "victim_engagement" for place in moved)


def test_what_tables_ask_for_follows_a_merged_code(protocol: Protocol) -> None:
    made = after(protocol, MergeCodes(code="roles", into="escalation"))
    for before, now in zip(protocol.tables, made.tables, strict=True):
        for was, became in zip(_lists(before), _lists(now), strict=True):
            assert tuple(dict.fromkeys("escalation" if one == "roles" else one for one in was)) == became


def _lists(table: TableDefinition) -> list[tuple[str, ...]]:
    groups = [group for axis in (table.rows, table.columns) for group in axis.groups]
    conditions: list[Condition] = [each for group in groups for each in group.where]
    return [each.within or () for each in conditions] + [table.rows.only, table.columns.only]


def test_a_table_that_asks_for_a_moved_sub_theme_below_its_theme_asks_below_the_new_one(protocol: Protocol) -> None:
    made = after(protocol, MoveCode(code="assumptions", below="workforce"))
    for table in made.tables:
        for axis in (table.rows, table.columns):
            for group in axis.groups:
                fields = {each.field: each.within or () for each in group.where}
                if "assumptions" in fields.get("subtheme", ()) and "risk_identification" in fields.get("theme", ()):
                    assert "workforce" in fields["theme"]


def test_merging_again_and_again_leads_to_where_the_codes_are_now(protocol: Protocol) -> None:
    made = after(
        protocol,
        MergeCodes(code="roles", into="escalation"),
        MergeCodes(code="escalation", into="joint_visits"),
        MoveCode(code="joint_visits", below="workforce"),
    )
    assert made.codebook.home("collaborative_working", "roles") == ("workforce", "joint_visits")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (MergeCodes(code="workforce", into="workforce"), "into itself"),
        (MergeCodes(code="risk_identification", into="roles"), "has sub-themes"),
        (MergeCodes(code="workforse", into="roles"), "no code"),
        (MoveCode(code="workforce", below="staff_wellbeing"), "is a theme"),
        (MoveCode(code="roles", below="collaborative_working"), "stands there already"),
        (MoveCode(code="roles", below="escalation"), "is a sub-theme"),
        (DescribeCode(code="roles", label="Roles and responsibilities"), "nothing would change"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(protocol: Protocol, change: Change, told: str) -> None:
    if isinstance(change, DescribeCode):
        sub = next(s for t in protocol.codebook.themes for s in t.subthemes if s.id == "roles")
        change = DescribeCode(code="roles", label=sub.label, definition=sub.definition)
    with pytest.raises(UsageError, match=told):
        applied(protocol, change)


def test_a_sub_theme_that_a_table_counts_by_itself_is_not_dissolved_into_a_theme(protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="counts this code by itself"):
        applied(protocol, MergeCodes(code="roles", into="workforce"))


def test_a_sub_theme_no_table_singles_out_is_dissolved_into_a_theme(protocol: Protocol) -> None:
    change = MergeCodes(code="repeat_callers", into="supporting_vulnerable")
    made = after(protocol, change)
    assert carried(change, protocol.codebook, made.codebook) == {
        ("supporting_vulnerable", "repeat_callers"): ("supporting_vulnerable", "")
    }


def test_splitting_puts_new_codes_beside_the_old_one_with_its_actions(protocol: Protocol) -> None:
    parts = (NEW, NewCode(id="other_part", label="Another part"))
    made = after(protocol, SplitCode(code="risk_identification", parts=parts))
    assert [theme.id for theme in made.codebook.themes[:3]] == ["risk_identification", "online_harm", "other_part"]
    assert made.theme_by_id["online_harm"].actions == protocol.theme_by_id["risk_identification"].actions
    below = after(protocol, SplitCode(code="dash_assessment", parts=(NEW,)))
    assert ("risk_assessment_management", "online_harm") in below.codebook.places


def test_a_retired_code_is_there_but_no_longer_offered(protocol: Protocol) -> None:
    made = after(protocol, RetireCode(code="staff_wellbeing"), RetireCode(code="roles"))
    assert ("staff_wellbeing", "") in made.codebook.places
    assert "staff_wellbeing" not in {theme.id for theme in made.codebook.offered}
    assert made.codebook.offer("staff_wellbeing") == ("", "")
    assert made.codebook.offer("collaborative_working", "roles") == ("collaborative_working", "")
    assert made.codebook.home("collaborative_working", "roles") == ("collaborative_working", "roles")
    assert "staff_wellbeing" not in made.lexicon.practice.themes
    assert "roles" not in made.lexicon.practice.subthemes


def test_a_code_retired_for_another_gives_it_what_was_coded(protocol: Protocol) -> None:
    change = RetireCode(code="roles", instead="escalation")
    made = after(protocol, change)
    assert carried(change, protocol.codebook, made.codebook) == {
        ("collaborative_working", "roles"): ("collaborative_working", "escalation")
    }


def test_nothing_is_put_into_a_retired_code(protocol: Protocol) -> None:
    retired = after(protocol, RetireCode(code="workforce"))
    for change in (
        MergeCodes(code="staff_wellbeing", into="workforce"),
        MoveCode(code="roles", below="workforce"),
        AddCode(below="workforce", code=NEW),
    ):
        with pytest.raises(UsageError, match="is retired"):
            applied(retired, change)


def test_the_last_theme_offered_is_not_retired(protocol: Protocol) -> None:
    made = protocol
    for theme in protocol.codebook.themes[1:]:
        made = applied(made, RetireCode(code=theme.id))
    with pytest.raises(UsageError, match="last theme"):
        applied(made, RetireCode(code=protocol.codebook.themes[0].id))


def test_a_cue_that_cannot_be_read_is_refused(protocol: Protocol) -> None:
    with pytest.raises(UsageError, match="cues"):
        applied(protocol, AddCode(code=NewCode(id="x", label="X", cues=("(unclosed",))))


def _fits(protocol: Protocol, change: Change) -> bool:
    try:
        applied(protocol, change)
    except UsageError:
        return False
    return True


@pytest.mark.parametrize("code", ["risk_identification", "staff_wellbeing", "roles", "repeat_callers"])
def test_a_merge_is_offered_with_just_the_codes_that_it_is_not_refused_with(protocol: Protocol, code: str) -> None:
    quieter = after(protocol, RetireCode(code="escalation"))
    book = quieter.codebook
    every = [(theme.id, sub) for theme in book.themes for sub in ("", *(one.id for one in theme.subthemes))]
    fit = {to for to in every if _fits(quieter, MergeCodes(code=code, into=key(to, book)))}
    assert set(takers(find(code, book), quieter)) == fit
    assert fit
    assert len(fit) < len(every)


def test_a_sub_theme_is_offered_just_the_themes_it_can_move_below(protocol: Protocol) -> None:
    book = protocol.codebook
    fit = {(one.id, "") for one in book.themes if _fits(protocol, MoveCode(code="roles", below=one.id))}
    assert set(homes(find("roles", book), book)) == fit
    assert homes(find("workforce", book), book) == ()
