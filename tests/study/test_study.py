"""The verbs of a study, end to end on real files and a real database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import StudyFault, UsageError
from goldthread.screening.model import ScreeningState
from goldthread.study.intake.adding import current_round
from goldthread.values import Basis, State
from tests.study.reviews import write_reviews


def test_a_new_study_holds_its_own_copy_of_the_protocol(tmp_path: Path) -> None:
    with gt.init(tmp_path / "study", "learning-reports") as study:
        assert study.protocol.id == "learning-reports"
        assert (tmp_path / "study" / "protocol" / "protocol.toml").is_file()
        assert study.reviews() == ()
        assert study.ledger().registered == 0
        assert study.verify().sound


def test_a_study_is_not_made_where_something_else_is(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        gt.init(tmp_path)
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_a_study_is_not_made_twice(tmp_path: Path) -> None:
    gt.init(tmp_path / "study").close()
    with pytest.raises(UsageError, match="already"):
        gt.init(tmp_path / "study")


def test_a_folder_without_a_study_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StudyFault, match="no study here") as caught:
        gt.open(tmp_path)
    assert "goldthread init" in caught.value.mend


def test_every_file_becomes_a_review_and_the_broken_one_a_problem(study: gt.Study) -> None:
    assert len(study.reviews()) == 13
    assert [item.place for item in study.problems() if item.code != "near_duplicate"] == ["broken.pdf"]
    broken = next(item for item in study.reviews() if item.documents[0].file_name == "broken.pdf")
    assert broken.decision is not None
    assert broken.decision.reason == "document_not_available"


def test_adding_again_changes_nothing(study: gt.Study) -> None:
    before = study.record().state
    added = study.add(_again(study), source="nspcc", round="2019-Q3")
    assert (added.reviews, added.known) == (0, 13)
    assert study.record().state == before


def _again(study: gt.Study) -> Path:
    return write_reviews(study.folder.parent / "again")


def test_an_exact_copy_is_kept_shown_and_left_out_as_duplicate(study: gt.Study) -> None:
    copies = [item for item in study.reviews() if item.documents[0].duplicate_of]
    assert len(copies) == 1
    assert copies[0].decision is not None
    assert copies[0].decision.reason == "duplicate"
    assert not copies[0].episodes


def test_a_report_issued_again_is_counted_and_listed_for_a_person_to_settle(study: gt.Study, tmp_path: Path) -> None:
    words = " ".join(f"The panel met for the {n}th time and heard from agency number {n * 7}." for n in range(80))
    (tmp_path / "first.txt").write_text(f"Serious Case Review: Child KK\n\n{words}\n")
    (tmp_path / "reissued.txt").write_text(f"Serious Case Review: Child KK\n\n{words} A foreword was added.\n")
    study.add(tmp_path / "first.txt", tmp_path / "reissued.txt", round="2019-Q3")
    (listed,) = [item for item in study.problems() if item.code == "near_duplicate"]
    assert listed.place == "reissued.txt"
    assert "first.txt" in listed.message
    assert "--reason duplicate" in listed.mend
    assert len(study.reviews()) == 15


def test_the_ledger_balances_on_both_bases_and_rounds(study: gt.Study) -> None:
    assert study.ledger(Basis.DRAFT).registered == 13
    assert study.ledger(Basis.CONFIRMED).unscreened == 13
    assert study.ledger(rounds=["2019-Q3"]).registered == 13
    with pytest.raises(UsageError, match="no round"):
        study.ledger(rounds=["2019-Q4"])


def test_reviews_belong_to_the_round_in_which_they_were_found(study: gt.Study, tmp_path: Path) -> None:
    (tmp_path / "later.txt").write_text("Serious Case Review: Child LL\n\nPolice attended.\n")
    study.add(tmp_path / "later.txt", round="2019-Q4")
    study.suggest()
    assert study.ledger(rounds=["2019-Q4"]).registered == 1
    assert study.ledger(rounds=["2019-Q3", "2019-Q4"]).registered == 14
    assert study.ledger().registered == 14


def test_a_quarter_is_the_round_when_none_is_named() -> None:
    from datetime import UTC, datetime

    assert current_round(datetime(2019, 7, 1, tzinfo=UTC)) == "2019-Q3"
    assert current_round(datetime(2019, 12, 31, tzinfo=UTC)) == "2019-Q4"


def test_every_suggestion_stands_on_words_of_its_own_review(study: gt.Study) -> None:
    for review in study.reviews():
        own = {item.document_id for item in review.documents}
        for episode in review.episodes:
            assert episode.anchor.document_id in own
            assert episode.anchor.quote
        for characteristic in review.characteristics:
            assert (characteristic.value is None) == (characteristic.missing is not None)
            assert all(found.document_id in own for found in characteristic.anchors)


def test_the_police_passages_of_a_review_are_found_with_their_direction(study: gt.Study) -> None:
    review = next(item for item in study.reviews() if item.documents[0].file_name == "review-0001.txt")
    quotes = {episode.direction: episode.anchor.quote for episode in review.episodes}
    assert "missed opportunity" in quotes["missed"] or "not shared" in quotes["missed"]
    assert "good practice" in quotes["good"]


def test_suggesting_again_reads_nothing_that_has_not_changed(study: gt.Study) -> None:
    before = study.record().state
    done = study.suggest()
    assert (done.reviews, done.unchanged) == (0, 13)
    assert study.record().state == before


def test_a_persons_decision_counts_on_both_bases_and_is_journaled(study: gt.Study) -> None:
    study.decide("R00001", "excluded", "out_of_date")
    assert study.ledger(Basis.CONFIRMED).count("out_of_date") == 1
    assert "R00001" in study.ledger(Basis.DRAFT).reviews("out_of_date")
    last = study.entries()[-1]
    assert (last.verb, last.object, last.who) == ("decide", "R00001", "Ada")
    assert '"reason": "out_of_date"' in last.after


@pytest.mark.parametrize(
    ("review", "decision", "reason", "message"),
    [
        ("R99999", "included", "", "no review"),
        ("R00001", "excluded", "because", "not a reason"),
        ("R00001", "included", "out_of_date", "only an excluded"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    study: gt.Study, review: str, decision: str, reason: str, message: str
) -> None:
    state = study.record().state
    with pytest.raises(UsageError, match=message):
        study.decide(review, ScreeningState(decision), reason)
    assert study.record().state == state


def test_confirmed_and_rejected_passages_are_counted_accordingly(study: gt.Study) -> None:
    review = next(item for item in study.reviews() if len(item.episodes) >= 2)
    first, second = review.episodes[0].episode_id, review.episodes[1].episode_id
    study.confirm(review.review_id, "episodes", [first])
    study.reject(review.review_id, "episodes", [second])
    left = {item.episode_id: item.state for item in study.episodes() if item.review_id == review.review_id}
    assert left[first] is State.CONFIRMED
    assert second not in left
    everything = {
        item.episode_id: item.state for one in study.record(every_state=True).reviews for item in one.episodes
    }
    assert everything[second] is State.REJECTED


def test_search_answers_with_page_and_exact_place(study: gt.Study) -> None:
    hits = study.search('"missed opportunity"')
    assert hits
    texts = {text.document_id: text for text in study.texts()}
    for hit in hits:
        said = texts[hit.document_id].text[hit.start : hit.end]
        assert "missed opportunity" in " ".join(said.split())
        assert "‹missed opportunity›" in hit.snippet or "‹missed› ‹opportunity›" in hit.snippet
        assert texts[hit.document_id].page_of(hit.start) == hit.page


def test_search_can_be_narrowed_to_some_reviews(study: gt.Study) -> None:
    everywhere = {hit.review_id for hit in study.search("police", limit=100)}
    narrowed = {hit.review_id for hit in study.search("police", where=study.filters(["review_type=SAR"]), limit=100)}
    assert narrowed
    assert narrowed < everywhere


def test_searching_for_nothing_says_what_can_be_asked(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="nothing to search"):
        study.search(' - "" ')


def test_search_text_cannot_reach_the_database_as_code(study: gt.Study) -> None:
    for query in ("'; DROP TABLE page; --", 'words:"police', "police NEAR/2 )", 'a*b"c', "NOT police", "^police"):
        try:
            study.search(query)
        except UsageError:
            continue
    with sqlite3.connect(study.folder / "study.db") as connection:
        assert connection.execute("SELECT count(*) FROM page").fetchone()[0] > 0
    connection.close()


def test_every_table_of_the_protocol_is_computed_on_both_bases(study: gt.Study) -> None:
    for basis in Basis:
        for table in study.tables(basis=basis):
            assert table.basis is basis
            assert table.unit_label


def test_an_unknown_table_names_the_known_ones(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="no table 'T99'") as caught:
        study.table("T99")
    assert "T9" in caught.value.mend


def test_an_unknown_review_type_is_refused_before_anything_is_added(study: gt.Study) -> None:
    with pytest.raises(UsageError, match="XYZ"):
        study.add(study.folder, review_types=["XYZ"])
    assert len(study.reviews()) == 13
