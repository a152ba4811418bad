"""Everything that does not hold together is listed at once, each fault with file, line and mend."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goldthread.protocol.check import cross_faults, nearest
from goldthread.protocol.load import load, shipped

Spoil = Callable[[str, str, str], None]
Faults = Callable[[], list[str]]


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_protocol_has_no_fault(name: str) -> None:
    assert cross_faults(load(name)) == []


# file, what is there, what is put in its place, what the fault says
SPOILT = [
    ("codebook.toml", 'actions = ["2.2.1"]', 'actions = ["2.2.7"]', "unknown plan action `2.2.7` — did you mean"),
    (
        "fields.toml",
        'section = "process"',
        'section = "proces"',
        "unknown section `proces` — did you mean `process`?",
    ),
    (
        "fields.toml",
        'gazetteer = "forces"',
        'gazetteer = "force"',
        "unknown gazetteer `force` — did you mean `forces`",
    ),
    ("fields.toml", 'derived_from = "age"', 'derived_from = "ages"', "unknown field `ages` — did you mean `age`?"),
    ("fields.toml", 'parent = "white"', 'parent = "whit"', "value of `ethnicity` `whit` — did you mean `white`?"),
    (
        "fields.toml",
        '{ id = "wales", label = "Wales" }',
        '{ id = "england", label = "Wales" }',
        "`england` is defined twice",
    ),
    ("fields.toml", 'id = "lead_reviewer"', 'id = "theme"', "`theme` has a meaning of its own"),
    (
        "fields.toml",
        'within = ["death"]',
        'within = ["deaths"]',
        "unknown value of `outcome` `deaths` — did you mean `death`?",
    ),
    ("fields.toml", 'id = "police_imr"', 'id = "police_on_panel"', "`police_on_panel` is defined twice"),
    ("screening.toml", 'field = "nation"', 'field = "natoin"', "unknown field `natoin` — did you mean `nation`?"),
    ("screening.toml", 'review_types = ["SAR", "APR"]', 'review_types = ["SAS", "APR"]', "unknown review type `SAS`"),
    ("screening.toml", 'criterion = "in_period"', 'criterion = "in_periods"', "unknown criterion `in_periods`"),
    ("screening.toml", 'answer = "unmet"', 'answer = ""', "a trigger names a criterion and its answer together"),
    ("screening.toml", 'missing = ["not_stated"', 'missing = ["not_sated"', "unknown kind of missing `not_sated`"),
    (
        "screening.toml",
        "on_or_after = 2016-01-01",
        "on_or_after = 2016-01-01, stated = true",
        "exactly one test, this has",
    ),
    ("screening.toml", ", on_or_after = 2016-01-01", "", "exactly one test, this has none"),
    ("tables.toml", '"risk_identification"', '"risk_identificaton"', "unknown value of `theme` `risk_identificaton`"),
    (
        "tables.toml",
        'groups = "adult_kinds"',
        'groups = "adult_kind"',
        "unknown grouping `adult_kind` — did you mean",
    ),
    ("tables.toml", 'measure = "age"', 'measure = "aged"', "unknown field to measure `aged` — did you mean `age`?"),
    ("tables.toml", 'table = "P4"', 'table = "P9"', "unknown table `P9`"),
    (
        "tables.toml",
        'rows = { field = "sex" }',
        'rows = { field = "sexes" }',
        "unknown field `sexes` — did you mean `sex`?",
    ),
    ("tables.toml", 'rows = { field = "sex" }', "", "the table `T2` has no rows"),
    ("tables.toml", '"info_delayed", ', '"info_late", ', "unknown value of `subtheme` `info_late`"),
    ("tables.toml", 'id = "T2"', 'id = "T3"', "`T3` is defined twice"),
    ("tables.toml", 'kind = "summary"', "", "only a summary table has a measure"),
    ("quality.toml", '{ id = "named"', '{ id = "clear"', "`clear` is defined twice"),
    ("recommendations.toml", 'id = "other_agency"', 'id = "police"', "`police` is defined twice"),
    ("codebook.toml", '{ id = "recording", ', '{ id = "disruption", ', "`disruption` is defined twice"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), SPOILT)
def test_a_fault_is_named_with_its_file_line_and_mend(
    file: str, old: str, new: str, says: str, folder: Path, spoil: Spoil, faults: Faults
) -> None:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if old in text)
    spoil(file, old, new)
    found = [fault for fault in faults() if says in fault]
    assert found, faults()
    name, number = found[0].split(":")[:2]
    assert name == file
    assert line - 8 <= int(number) <= line + 40  # the second of two, or the table around it, may be a few lines off
    if "unknown" in says and "grouping" not in says:
        assert int(number) == line


def test_an_axis_has_a_field_or_groups_but_not_both(spoil: Spoil, faults: Faults) -> None:
    spoil("tables.toml", 'columns = { groups = "adult_kinds"', 'columns = { field = "sex", groups = "adult_kinds"')
    assert any("a field or groups, not both" in fault for fault in faults())


def test_a_criterion_without_rules_answers_nothing(spoil: Spoil, faults: Faults) -> None:
    spoil(
        "screening.toml",
        '[[criteria.rules]]\nany_of = [[{ field = "police_practice", within = ["true"] }]]',
        "",
    )
    assert any("the criterion `police_practice` has no rules" in fault for fault in faults())


def test_a_category_without_values_and_a_derived_field_without_bands_are_faults(folder: Path, faults: Faults) -> None:
    with (folder / "fields.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[fields]]\nid = "empty"\nlabel = "E"\nsection = "police"\nkind = "category"\n')
        file.write(
            '\n[[fields]]\nid = "d"\nlabel = "D"\nsection = "police"\nkind = "derived"\nderived_from = "age"\n'
        )
        file.write(
            '\n[[fields]]\nid = "g"\nlabel = "G"\nsection = "police"\nkind = "derived"\nderived_from = "sex"\n'
        )
        file.write('values = [{ id = "m", label = "M" }]\ngroups = { m = ["mal"], n = ["female"] }\n')
        file.write('\n[[fields]]\nid = "n"\nlabel = "N"\nsection = "police"\nkind = "count"\nderived_from = "age"\n')
    text = "\n".join(faults())
    assert "the category field `empty` has no values" in text
    assert "the derived field `d` needs either bands or groups" in text
    assert "unknown value of `sex` `mal` — did you mean `male`?" in text
    assert "unknown value of `g` `n`" in text
    assert "`n` is not derived" in text


def test_misspelt_keys_and_choices_are_answered_with_the_right_ones(spoil: Spoil, faults: Faults) -> None:
    spoil("tables.toml", "percent_of =", "percentof =")
    spoil("fields.toml", 'kind = "gazetteer"', 'kind = "gazeteer"')
    spoil("quality.toml", "question =", "queston =")
    text = "\n".join(faults())
    assert "unknown key `percentof` — did you mean `percent_of`?" in text
    assert "not 'gazeteer' — did you mean `gazetteer`?" in text
    assert "unknown key `queston` — did you mean `question`?" in text
    assert "`question` is missing" in text


def test_faults_of_shape_do_not_hide_unknown_names_elsewhere(spoil: Spoil, faults: Faults) -> None:
    spoil("tables.toml", "percent_of =", "percentof =")
    spoil("tables.toml", 'table = "P4"', 'table = "P9"')
    spoil("screening.toml", 'field = "nation"', 'field = "natoin"')
    text = "\n".join(faults())
    assert "percentof" in text
    assert "unknown table `P9`" in text
    assert "natoin" in text


def test_what_was_left_out_for_its_shape_is_not_called_unknown_as_well(spoil: Spoil, faults: Faults) -> None:
    spoil("fields.toml", 'id = "incident_date"\nlabel = ', 'id = "incident_date"\nlable = ')
    assert all("`incident_date`" not in fault for fault in faults())


def test_faults_come_in_the_order_of_files_and_lines(spoil: Spoil, faults: Faults) -> None:
    spoil("tables.toml", 'table = "P4"', 'table = "P9"')
    spoil("tables.toml", 'measure = "age"', 'measure = "aged"')
    spoil("screening.toml", 'field = "nation"', 'field = "natoin"')
    found = [(fault.split(":")[0], int(fault.split(":")[1])) for fault in faults()]
    assert [name for name, _ in found] == ["screening.toml", "tables.toml", "tables.toml"]
    assert found[1][1] < found[2][1]


def test_a_lexicon_may_only_speak_of_what_the_protocol_has(folder: Path, faults: Faults) -> None:
    (folder / "lexicon.toml").write_text(
        '[groups.g]\ncues = ["went missing"]\n'
        '[fields.vulnerability]\nguards = []\nvalues = { missing = ["g"] }\n'
        '[fields.vulnerabilities]\nguards = []\nvalues = { mising = ["g"] }\n'
        '[practice.themes]\nrisk_identificatio = ["g"]\n'
        '[recommendations.addressees]\npolic = ["g"]\n',
        encoding="utf-8",
    )
    found = faults()
    assert any(fault.startswith("lexicon.toml:3: unknown field `vulnerability`") for fault in found)
    assert any(fault.startswith("lexicon.toml:8: unknown value of `vulnerabilities` `mising`") for fault in found)
    assert any("did you mean `risk_identification`?" in fault for fault in found)
    assert any("did you mean `police`?" in fault for fault in found)


def test_the_nearest_word_is_offered_only_when_it_is_near() -> None:
    assert nearest("LSCPR", ("SCR", "CPR", "LCSPR")) == "did you mean `LCSPR`?"
    assert nearest("banana", ("SCR", "CPR")) == ""
    assert nearest("anything", ()) == ""
