"""The queue of a study learns from what people decide, shows nothing they settled, and loses nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

import goldthread as gt
from goldthread.errors import UsageError
from goldthread.ranking.model import Purpose, Why
from goldthread.ranking.terms import Terms
from goldthread.store import terms
from goldthread.store.schema import text_terms
from goldthread.study.progress import Silent
from goldthread.study.screening import ranking


def _order(study: gt.Study) -> list[str]:
    return [item.review_id for item in study.queue(limit=0).items if item.why is not Why.RANDOM]


def _write(folder: Path) -> Path:
    """Twelve fictional notes: six on a stolen boat, six on a flooded school."""
    folder.mkdir()
    about = (
        "The harbour patrol searched the stolen boat and its crew at the quay.",
        "The flooded school moved its lessons to the village hall for a month.",
    )
    for n in range(12):
        text = f"Note {n}\n\nFICTIONAL - no real person, place or event\n\n{about[n % 2]} Entry {n} of the log.\n"
        (folder / f"note-{n:02d}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> gt.Study:
    made = gt.init(tmp_path / "notes-study", who="Ada")
    made.add(_write(tmp_path / "notes"))
    return made


def _kept(connection: sa.Connection) -> dict[str, bytes]:
    return {row.text_sha256: row.terms for row in connection.execute(sa.select(text_terms))}


def _boats(study: gt.Study) -> set[str]:
    return {one.review_id for one in study.reviews() if int(one.documents[0].file_name[5:7]) % 2 == 0}


def test_every_undecided_review_waits_in_the_queue(study: gt.Study) -> None:
    queue = study.queue(limit=0)
    assert queue.waiting == len(queue.items) == len(study.reviews())
    assert len({item.review_id for item in queue.items}) == queue.waiting
    assert queue.answers == 0


def test_before_any_decision_the_machines_proposals_lead(study: gt.Study) -> None:
    proposed = {one.review_id: one.decision.decision.value for one in study.reviews() if one.decision}
    order = [item.review_id for item in study.queue(limit=0).items if item.why is Why.LIKELY]
    excluded = [n for n, name in enumerate(order) if proposed[name] == "excluded"]
    included = [n for n, name in enumerate(order) if proposed[name] == "included"]
    assert included
    assert excluded
    assert max(included) < min(excluded)


def test_what_people_include_brings_its_like_forward(notes: gt.Study) -> None:
    boats = _boats(notes)
    first, second = sorted(boats)[0], sorted(set(_order(notes)) - boats)[0]
    notes.decide(first, "included")
    notes.decide(second, "excluded", "no_police_learning")
    queue = notes.queue(limit=0)
    likely = [item.review_id for item in queue.items if item.why is Why.LIKELY]
    assert queue.answers == 2
    assert set(likely[:3]) <= boats
    scores = {item.review_id: item.score for item in queue.items}
    assert min(scores[name] for name in boats - {first}) > max(
        score for name, score in scores.items() if name not in boats
    )


def test_the_opposite_decisions_turn_the_order_round(notes: gt.Study) -> None:
    boats = _boats(notes)
    first, second = sorted(boats)[0], sorted(set(_order(notes)) - boats)[0]
    notes.decide(first, "included")
    notes.decide(second, "excluded", "no_police_learning")
    notes.queue(limit=0)
    notes.decide(first, "excluded", "no_police_learning")
    notes.decide(second, "included")
    likely = [item.review_id for item in notes.queue(limit=0).items if item.why is Why.LIKELY]
    assert not set(likely[:3]) & boats


def test_what_a_person_decided_is_never_queued_again(study: gt.Study) -> None:
    for decision in ("included", "maybe"):
        chosen = study.queue(limit=1).items[0].review_id
        study.decide(chosen, decision)
        assert chosen not in _order(study)
        assert chosen not in [item.review_id for item in study.queue(limit=0).items]
    study.suggest()
    assert study.queue(limit=0).waiting == len(study.reviews()) - 2


def test_an_opened_study_and_one_opened_afresh_rank_alike(study: gt.Study) -> None:
    for decision, reason in (("included", ""), ("excluded", "no_police_learning"), ("included", "")):
        study.decide(study.queue(limit=1).items[0].review_id, decision, reason)
    with gt.open(study.folder) as again:
        assert again.queue(limit=0) == study.queue(limit=0)


def test_confirmed_passages_bring_their_like_forward(study: gt.Study) -> None:
    before = study.queue(Purpose.CODING, limit=0)
    assert before.waiting == len(study.episodes(state="suggested"))
    chosen = before.items[-1]
    same = {item.episode_id for item in before.items if item.text == chosen.text} - {chosen.episode_id}
    other = next(item for item in before.items if item.text != chosen.text)
    study.confirm(chosen.review_id, "episodes", [chosen.episode_id])
    study.reject(other.review_id, "episodes", [other.episode_id])
    after = study.queue(Purpose.CODING, limit=0)
    settled = {chosen.episode_id, other.episode_id}
    assert not settled & {item.episode_id for item in after.items}
    assert after.answers == 2
    rank = {item.episode_id: n for n, item in enumerate(before.items)}
    now = {item.episode_id: n for n, item in enumerate(after.items)}
    assert same
    assert sum(now[name] for name in same) < sum(rank[name] for name in same)


def test_terms_are_counted_once_and_kept_with_the_text(study: gt.Study) -> None:
    study.queue()
    with study._held.database.read() as connection:
        kept = _kept(connection)
        assert not terms.lacking(connection)
    assert kept
    assert all(len(Terms.from_bytes(data).numbers) for data in kept.values())
    study.queue()
    with study._held.database.read() as connection:
        assert _kept(connection) == kept


def test_counting_that_was_stopped_goes_on_where_it_was(study: gt.Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped in the middle of the second batch: what was counted before is kept, and the queue is the same."""
    monkeypatch.setattr(ranking, "_TEXTS_A_TIME", 4)

    class Stops(Silent):
        steps = 0

        def step(self) -> None:
            self.steps += 1
            if self.steps == 6:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.queue(progress=Stops())
    with study._held.database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(text_terms)).scalar() == 4
    whole = study.queue(limit=0)
    with gt.open(study.folder) as again:
        assert again.queue(limit=0) == whole


def test_a_review_added_later_joins_the_queue(study: gt.Study, tmp_path: Path) -> None:
    before = study.queue(limit=0)
    study.add(_write(tmp_path / "more"))
    assert study.queue(limit=0).waiting == before.waiting + 12


def test_threads_that_ask_at_once_get_the_same_queue(study: gt.Study) -> None:
    found = []
    threads = [threading.Thread(target=lambda: found.append(study.queue(limit=0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert all(queue == found[0] for queue in found)


def test_an_empty_study_has_an_empty_queue(tmp_path: Path) -> None:
    with gt.init(tmp_path / "empty") as empty:
        assert (empty.queue().waiting, empty.queue("coding").items) == (0, ())
        assert empty.stopping().recall is None


def test_a_sample_is_recorded_and_comes_up_in_the_queue(study: gt.Study) -> None:
    sample = study.sample(4, seed=5)
    assert sample.population == {one.review_id for one in study.reviews()}
    queued = [item.review_id for item in study.queue(limit=0).items if item.why is Why.SAMPLE]
    assert set(queued) <= set(sample.drawn)
    assert queued
    assert study.entries()[-1].verb == "sample"
    assert study.verify().sound
    with gt.open(study.folder) as again:
        assert again.stopping().drawn == 4


def test_the_report_follows_the_decisions_on_the_sample(study: gt.Study) -> None:
    sample = study.sample(4, seed=5)
    assert study.stopping().recall is None
    for name in sample.drawn[:-1]:
        study.decide(name, "excluded", "no_police_learning")
    with pytest.raises(UsageError, match="still to be screened"):
        study.sample(2)
    study.decide(sample.drawn[-1], "included")
    report = study.stopping()
    assert (report.sampled, report.hits, report.relevant) == (4, 1, 1)
    assert report.recall is not None
    assert report.recall.low < report.recall.estimate < 1
    assert study.sample(2).number == 2


@pytest.mark.parametrize("size", [0, 10_000])
def test_a_sample_larger_than_what_is_left_is_refused(study: gt.Study, size: int) -> None:
    with pytest.raises(UsageError, match="cannot be drawn"):
        study.sample(size)


@pytest.mark.parametrize("target", [0.0, 1.0, 95.0])
def test_a_target_that_is_no_share_is_refused(study: gt.Study, target: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        study.stopping(target)
