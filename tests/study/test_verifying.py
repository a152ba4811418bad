"""Verify finds one altered letter, wherever it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import goldthread as gt
from goldthread.errors import BrokenAnchor


def _alter(folder: Path, statement: str, *values: object) -> None:
    """Change the database behind Goldthread's back, as a person with a database tool would."""
    with sqlite3.connect(folder / "study.db") as connection:
        assert connection.execute(statement, values).rowcount == 1
    connection.close()


def _letter(text: str, at: int) -> str:
    return text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]


def _page(folder: Path) -> tuple[str, str]:
    with sqlite3.connect(folder / "study.db") as connection:
        found: tuple[str, str] = connection.execute(
            "SELECT document_id, text FROM page ORDER BY 1 LIMIT 1"
        ).fetchone()
    connection.close()
    return found


def test_an_untouched_study_is_sound_and_says_how_much_was_checked(study: gt.Study) -> None:
    found = study.verify()
    assert found.sound
    assert found.documents == 13
    assert found.anchors > 50
    assert found.characters > 5000
    assert found.journal_entries > 20


@pytest.mark.parametrize("place", [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999])
def test_one_altered_letter_of_stored_text_is_found_wherever_it_is(study: gt.Study, place: float) -> None:
    document, text = _page(study.folder)
    at = int(place * (len(text) - 1))
    _alter(study.folder, "UPDATE page SET text = ? WHERE document_id = ?", _letter(text, at), document)
    found = study.verify()
    assert not found.sound
    assert any(fault.what == "text" and document in fault.where for fault in found.faults)


def test_an_altered_letter_inside_a_quote_names_the_broken_anchor(study: gt.Study) -> None:
    episode = study.episodes(direction="missed")[0]
    document, text = episode.anchor.document_id, None
    with sqlite3.connect(study.folder / "study.db") as connection:
        text = connection.execute("SELECT text FROM page WHERE document_id = ?", (document,)).fetchone()[0]
    connection.close()
    altered = _letter(text, episode.anchor.start + 3)
    _alter(study.folder, "UPDATE page SET text = ? WHERE document_id = ?", altered, document)
    found = study.verify()
    assert any(fault.what == "anchor" and episode.episode_id in fault.where for fault in found.faults)


def test_an_altered_quote_is_found(study: gt.Study) -> None:
    episode = study.episodes()[0]
    _alter(
        study.folder,
        "UPDATE episode SET quote = ? WHERE episode_id = ?",
        _letter(episode.anchor.quote, 2),
        episode.episode_id,
    )
    assert [fault.what for fault in study.verify().faults] == ["anchor"]


def test_text_and_its_hash_altered_together_still_disagree_with_the_journal(study: gt.Study) -> None:
    document, text = _page(study.folder)
    from goldthread.documents.encoded import text_hash

    altered = _letter(text, 5)
    _alter(study.folder, "UPDATE page SET text = ? WHERE document_id = ?", altered, document)
    _alter(study.folder, "UPDATE document SET text_sha256 = ? WHERE document_id = ?", text_hash([altered]), document)
    assert any(fault.what == "text" for fault in study.verify().faults)


def test_an_altered_or_missing_original_is_found(study: gt.Study) -> None:
    original = next(path for path in (study.folder / "originals").rglob("*") if path.is_file())
    original.write_bytes(original.read_bytes() + b"!")
    assert [fault.what for fault in study.verify().faults].count("original") >= 1
    original.unlink()
    assert any(fault.what == "original" for fault in study.verify().faults)


def test_an_altered_journal_is_found(study: gt.Study) -> None:
    _alter(study.folder, "UPDATE journal SET who = 'Mallory' WHERE n = 4")
    found = study.verify()
    assert any(fault.what == "journal" and "4" in fault.where for fault in found.faults)


def test_nothing_is_published_on_a_broken_anchor(study: gt.Study) -> None:
    episode = study.episodes()[0]
    _alter(
        study.folder,
        "UPDATE episode SET quote = ? WHERE episode_id = ?",
        _letter(episode.anchor.quote, 0),
        episode.episode_id,
    )
    with gt.open(study.folder) as opened, pytest.raises(BrokenAnchor, match="no longer reads as quoted"):
        opened.brief("practice")
