"""More like this: passages of the present versions, each with its exact words and the reason it is shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import UsageError
from goldthread.store.search import Hit
from goldthread.study.likeness import meaning

RISK = "No risk assessment was completed by the police, so the chance to see the risk was missed."


def _exact(study: gt.Study, hit: Hit) -> bool:
    (text,) = (text for text in study.texts() if text.document_id == hit.document_id)
    return text.text[hit.start : hit.end] == hit.quote and text.page_of(hit.start) == hit.page


def test_passages_like_a_sentence_are_found_with_their_exact_words_and_what_they_share(study: gt.Study) -> None:
    hits = study.similar(RISK, limit=3)
    assert len(hits) == 3
    for hit in hits:
        assert "did not complete a risk assessment" in " ".join(hit.quote.split())
        assert "assessment" in hit.shared
        assert "‹assessment›" in hit.snippet
        assert _exact(study, hit)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_coded_passage_leads_to_others_and_never_to_itself(study: gt.Study) -> None:
    episode = study.episodes()[0]
    by_id, by_value = study.similar(episode.episode_id), study.similar(episode)
    place = f"{episode.anchor.document_id}:{episode.anchor.start}-{episode.anchor.end}"
    assert by_id
    assert by_id == by_value == study.similar(place) == study.similar(episode.anchor)
    own = episode.anchor
    assert not any(
        hit.document_id == own.document_id and hit.start < own.end and own.start < hit.end for hit in by_id
    )


def test_the_same_study_gives_the_same_answers_when_opened_again(study: gt.Study) -> None:
    first = study.similar(RISK)
    with gt.open(study.folder) as again:
        assert again.similar(RISK) == first
        shutil.rmtree(study.folder / "meaning")
        assert again.similar(RISK) == first
    with gt.open(study.folder) as anew:
        assert anew.similar(RISK) == first


def test_likeness_can_be_narrowed_to_some_reviews(study: gt.Study) -> None:
    wanted = study.filters(["review_type=SAR"])
    hits = study.similar(RISK, where=wanted)
    assert hits
    assert {hit.review_id for hit in hits} <= {item.review_id for item in study.select(where=wanted)}


def test_a_replaced_version_is_never_shown_again(study: gt.Study, tmp_path: Path) -> None:
    found = study.similar(RISK, limit=1)[0]
    changed = tmp_path / "again.txt"
    changed.write_text("Serious Case Review: Child AA\n\nFICTIONAL\n\nNothing of the sort happened here at all.\n")
    study.reissue(found.document_id, changed)
    after = study.similar(RISK, limit=100)
    assert after
    assert not any(hit.document_id == found.document_id and hit.version == found.version for hit in after)
    assert all(_exact(study, hit) for hit in after)


def test_documents_added_later_are_found_and_earlier_vectors_kept(
    study: gt.Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "DOCUMENTS_A_BATCH", 4)
    study.similar(RISK)
    before = {path.name for path in (study.folder / "meaning").iterdir()}
    late = tmp_path / "late.txt"
    late.write_text(f"Serious Case Review: Child LATE\n\nFICTIONAL\n\n1.1 {RISK}\n")
    study.add(late)
    assert study.similar(RISK, limit=1)[0].file_name == "late.txt"
    after = {path.name for path in (study.folder / "meaning").iterdir()}
    assert len(before & after) >= 2  # the likeness and the full batches
    assert after - before


def test_a_damaged_file_of_vectors_is_made_again(study: gt.Study) -> None:
    first = study.similar(RISK)
    for path in (study.folder / "meaning").iterdir():
        path.write_bytes(path.read_bytes()[:50])
    with gt.open(study.folder) as again:
        assert again.similar(RISK) == first


def test_search_by_words_and_meaning_finds_what_words_alone_do_not(study: gt.Study) -> None:
    asked = "domestic abuse report attended unrelatedword"
    assert not study.search(asked)
    hits = study.search(asked, meaning=True)
    assert "Officers attended the family home" in " ".join(hits[0].quote.split())
    assert all(_exact(study, hit) for hit in hits)


def test_what_is_unwanted_stays_out_of_meaning_too(study: gt.Study) -> None:
    assert any("policy" in hit.quote for hit in study.search("information shared", meaning=True, limit=50))
    assert not any(
        "policy" in hit.quote for hit in study.search("information shared -policy", meaning=True, limit=50)
    )


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("R00001-E999", "no passage R00001-E999"),
        ("D99999:1-5", "no document D99999"),
        ("D00001:5-99999999", "outside"),
        ("   ", "no passage to start from"),
    ],
)
def test_a_start_that_is_not_in_the_study_is_named(study: gt.Study, passage: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        study.similar(passage)
    assert caught.value.mend


def test_a_rejected_episode_is_no_start(study: gt.Study) -> None:
    episode = study.episodes()[0]
    study.reject(episode.review_id, "episodes", [episode.episode_id])
    with pytest.raises(UsageError, match="rejected"):
        study.similar(episode.episode_id)


def test_a_study_without_documents_has_nothing_alike(tmp_path: Path) -> None:
    with gt.init(tmp_path / "study") as empty:
        assert empty.similar(RISK) == ()
        assert empty.search("risk", meaning=True) == ()
