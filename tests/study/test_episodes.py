"""Agencies, vulnerabilities, memos and links of coded passages: said by a person, kept through every change."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.analysis.tabulate import tabulate
from goldthread.coding.model import Episode
from goldthread.errors import Overtaken, UsageError
from goldthread.interchange.exporting import export_study
from goldthread.protocol.model import Axis, TableDefinition
from goldthread.store.review_file import Kept, ReviewFile
from goldthread.study.coding.editing import Details, Span
from goldthread.values import Basis, State, Unit

REVIEW = "R00003"
MADE = Details(("health", "police"), ("domestic_abuse",), "Ask the panel.\r\nTwice.")


def coded_anew(study: gt.Study, one: Kept[Episode], details: Details | None) -> Kept[Episode]:
    item = one.item
    codes = {name: getattr(item, name) for name in ("theme", "subtheme", "direction", "explanation", "whose")}
    key = study.desk.code(REVIEW, codes, details=details, instead=(one.key, one.stamp))
    return next(each for each in study.desk.review(REVIEW).episodes if each.key == key)


def pair(found: ReviewFile) -> tuple[tuple[str, str], tuple[str, str]]:
    episode, asked = found.episodes[0], found.recommendations[0]
    return (episode.key, episode.stamp), (asked.key, asked.stamp)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def joined(study: gt.Study) -> list[tuple[str, str]]:
    return [(one.episode_id, one.recommendation_id) for one in study.desk.review(REVIEW).links]


def test_an_engine_proposes_agencies_and_a_person_settles_them(study: gt.Study) -> None:
    first = study.desk.review(REVIEW).episodes[0]
    assert first.item.agencies[:1] == ("police",)
    mine = coded_anew(study, first, MADE)
    assert mine.item.agencies == ("police", "health")  # in the codebook's order
    assert mine.item.vulnerabilities == ("domestic_abuse",)
    assert mine.item.memo == "Ask the panel.\nTwice."
    assert mine.item.state is State.CONFIRMED
    assert study.entries()[-1].verb == "code"
    assert "Ask the panel." in study.entries()[-1].after


def test_coding_anew_without_details_keeps_them(study: gt.Study) -> None:
    mine = coded_anew(study, study.desk.review(REVIEW).episodes[0], MADE)
    again = coded_anew(study, mine, None)
    assert (again.item.agencies, again.item.memo) == (mine.item.agencies, mine.item.memo)


def test_an_agency_nobody_defined_is_refused(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="not in this protocol"):
        coded_anew(study, study.desk.review(REVIEW).episodes[0], Details(("harbour_office",)))


def test_a_link_is_one_entry_is_made_once_and_can_be_taken_back(study: gt.Study) -> None:
    episode, asked = pair(study.desk.review(REVIEW))
    before = len(study.entries())
    for _ in range(2):
        study.desk.link(REVIEW, episode, asked)
    assert joined(study) == [(episode[0], asked[0])]
    assert [one.verb for one in study.entries()[before:]] == ["link"]
    study.desk.unlink(REVIEW, episode[0], asked[0])
    assert joined(study) == []
    assert study.entries()[-1].verb == "unlink"
    with pytest.raises(UsageError, match="not linked"):
        study.desk.unlink(REVIEW, episode[0], asked[0])
    assert study.verify().sound


def test_a_link_goes_on_to_what_takes_the_place_of_a_passage_or_recommendation(study: gt.Study) -> None:
    found = study.desk.review(REVIEW)
    study.desk.link(REVIEW, *pair(found))
    mine = coded_anew(study, found.episodes[0], None)
    asked = found.recommendations[0]
    key = study.desk.recommend(REVIEW, "police", "", instead=(asked.key, asked.stamp))
    assert joined(study) == [(mine.key, key)]


def test_what_has_changed_since_it_was_seen_is_not_linked(study: gt.Study) -> None:
    episode, asked = pair(study.desk.review(REVIEW))
    study.desk.settle(REVIEW, "episodes", [episode], State.CONFIRMED)
    with pytest.raises(Overtaken):
        study.desk.link(REVIEW, episode, asked)
    assert joined(study) == []


def test_a_link_counts_while_both_its_ends_do(study: gt.Study) -> None:
    episode, asked = pair(study.desk.review(REVIEW))
    study.desk.link(REVIEW, episode, asked)
    (held,) = [one for one in study.record().reviews if one.review_id == REVIEW]
    assert len(held.links) == 1
    study.desk.settle(REVIEW, "recommendations", [asked], State.REJECTED)
    (held,) = [one for one in study.record().reviews if one.review_id == REVIEW]
    assert held.links == ()


def test_exports_hold_details_and_links_in_files_of_their_own(study: gt.Study, tmp_path: Path) -> None:
    mine = coded_anew(study, study.desk.review(REVIEW).episodes[0], MADE)
    asked = study.desk.review(REVIEW).recommendations[0]
    study.desk.link(REVIEW, (mine.key, mine.stamp), (asked.key, asked.stamp))
    export_study(study, "csv", tmp_path / "out")
    rows = rows_of(tmp_path / "out/episode_details.csv")
    (row,) = [one for one in rows if one["episode_id"] == mine.key]
    assert (row["agencies"], row["vulnerabilities"]) == ("police; health", "domestic_abuse")
    assert row["memo"] == mine.item.memo
    (link,) = rows_of(tmp_path / "out/episode_recommendations.csv")
    assert link == {
        "review_id": REVIEW,
        "episode_id": mine.key,
        "recommendation_id": asked.key,
        "author": "Ada",
    }


def test_a_row_changed_in_a_spreadsheet_keeps_what_the_file_does_not_tell(study: gt.Study, tmp_path: Path) -> None:
    mine = coded_anew(study, study.desk.review(REVIEW).episodes[0], MADE)
    asked = study.desk.review(REVIEW).recommendations[0]
    study.desk.link(REVIEW, (mine.key, mine.stamp), (asked.key, asked.stamp))
    export_study(study, "csv", tmp_path / "out")
    rows = rows_of(tmp_path / "out/episodes.csv")
    kept = [row | {"whose": "suspect"} for row in rows if row["episode_id"] == mine.key]
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    study.import_file(tmp_path / "mine.csv")
    (new,) = [one for one in study.desk.review(REVIEW).episodes if one.item.whose == "suspect"]
    assert new.item.memo == mine.item.memo
    assert joined(study) == [(new.key, asked.key)]


def test_tables_count_by_agency_and_vulnerability_of_the_passage(study: gt.Study) -> None:
    coded_anew(study, study.desk.review(REVIEW).episodes[0], MADE)
    assert counted(study, "agency") == {"police": 1, "health": 1}
    assert counted(study, "episode_vulnerability") == {"domestic_abuse": 1}


def counted(study: gt.Study, field: str) -> dict[str, int]:
    definition = TableDefinition(
        id="t", title="t", unit=Unit.EPISODE, rows=Axis(field=field), percent_of="none", exclusive=False
    )
    study.decide(REVIEW, "included")
    table = tabulate(definition, study.protocol, study.record(), Basis.CONFIRMED)
    return {row.id: row.cells[0].count or 0 for row in table.rows if row.kind == "value" and row.cells[0].count}


def test_an_undone_coding_gives_its_place_back_with_its_links(study: gt.Study) -> None:
    found = study.desk.review(REVIEW)
    first, asked = found.episodes[0], found.recommendations[0]
    study.desk.settle(REVIEW, "episodes", [(first.key, first.stamp)], State.CONFIRMED)
    (first,) = [one for one in study.desk.review(REVIEW).episodes if one.key == first.key]
    study.desk.link(REVIEW, (first.key, first.stamp), (asked.key, asked.stamp))
    mine = coded_anew(study, first, MADE)
    before = len(study.entries())
    study.desk.put_back(REVIEW, "episodes", (mine.key, mine.stamp))
    assert [one.verb for one in study.entries()[before:]] == ["put_back"]
    kept = {one.key: one for one in study.desk.review(REVIEW).episodes}
    assert mine.key not in kept
    assert kept[first.key].item == first.item
    assert joined(study) == [(first.key, asked.key)]


def test_an_undone_coding_of_ones_own_words_is_gone(study: gt.Study) -> None:
    held = study.desk.review(REVIEW).documents[0]
    codes = {"theme": "workforce", "direction": "missed"}
    key = study.desk.code(REVIEW, codes, span=Span(held.document_id, 0, 40))
    (mine,) = [one for one in study.desk.review(REVIEW).episodes if one.key == key]
    study.desk.put_back(REVIEW, "episodes", (mine.key, mine.stamp))
    assert key not in {one.key for one in study.desk.review(REVIEW).episodes}
    with pytest.raises(UsageError):
        study.desk.put_back(REVIEW, "answers", (mine.key, mine.stamp))


def test_what_an_engine_proposed_is_settled_and_not_put_back(study: gt.Study) -> None:
    first = study.desk.review(REVIEW).episodes[0]
    with pytest.raises(UsageError, match="only what a person wrote"):
        study.desk.put_back(REVIEW, "episodes", (first.key, first.stamp))
    asked = study.desk.review(REVIEW).recommendations[0]
    key = study.desk.recommend(REVIEW, "police", "", instead=(asked.key, asked.stamp))
    (mine,) = [one for one in study.desk.review(REVIEW).recommendations if one.key == key]
    study.desk.put_back(REVIEW, "recommendations", (key, mine.stamp))
    (back,) = [one for one in study.desk.review(REVIEW).recommendations if one.key == asked.key]
    assert back.item == asked.item
