"""A study's own words in its briefings, and what their figures said when somebody last read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldthread.briefing.words.own_words import Moved, moved
from goldthread.errors import Overtaken, UsageError
from goldthread.study.publishing.wording import stamp
from goldthread.study.study import Study, open_study
from goldthread.values import Basis
from tests.briefing.contents import all_text
from tests.study.briefed import briefed

SLOT = ("practice", "themes", "text")


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return briefed(tmp_path)


def _entries(study: Study) -> list[str]:
    return [entry.verb for entry in study.entries()]


def test_words_are_in_the_briefing_with_their_figures_live(study: Study) -> None:
    before = len(_entries(study))
    kept = study.press.write(SLOT, "All {included.total|noun} were read twice.\r\n\r\n- a point")
    assert kept and kept.author == "ada" and dict(kept.figures) == {"included.total|noun": "3 reviews"}
    assert _entries(study)[before:] == ["word"]
    briefing = study.brief("practice").briefing
    assert "All 3 reviews were read twice." in all_text(briefing)
    assert "were read twice" not in all_text(study.brief("themed").briefing)
    claim = next(entry for entry in briefing.evidence if entry.claim.startswith("Reviews included"))
    assert len(claim.reviews) == 3


def test_a_sentence_whose_figure_moved_is_told_until_somebody_reads_it_again(study: Study) -> None:
    kept = study.press.write(SLOT, "All {included.total} were read.")
    assert kept and moved(kept, study.press.figures(Basis.DRAFT)) == ()
    study.decide(study.reviews()[0].review_id, "maybe")
    assert moved(kept, study.press.figures(Basis.DRAFT)) == (Moved("included.total", "3", "2"),)
    again = study.press.write(SLOT, kept.text, seen=stamp(kept))
    assert again and moved(again, study.press.figures(Basis.DRAFT)) == ()
    assert again.text == kept.text


def test_words_written_meanwhile_by_another_are_not_overwritten(study: Study) -> None:
    mine = study.press.write(SLOT, "One.")
    with open_study(study.folder, who="grace") as other:
        theirs = other.press.write(SLOT, "Two.", seen=stamp(mine))
    with pytest.raises(Overtaken, match="written anew by grace") as caught:
        study.press.write(SLOT, "Three.", seen=stamp(mine))
    assert study.press.words("practice") == (theirs,)
    assert study.press.write(SLOT, "Three.", seen=caught.value.now)
    with pytest.raises(Overtaken):
        study.press.write(SLOT, "Four.")


def test_each_change_can_be_taken_back_to_the_words_of_the_outline(study: Study) -> None:
    texts = ["One {included.total}.", "Two.", ""]
    kept = None
    for text in texts:
        kept = study.press.write(SLOT, text, seen=stamp(kept))
    assert study.press.words("practice") == ()
    back = study.press.undo(SLOT)
    assert back and back.text == "Two."
    back = study.press.undo(SLOT, seen=stamp(back))
    assert back and back.text == "One {included.total}." and dict(back.figures) == {"included.total": "3"}
    with pytest.raises(Overtaken):
        study.press.undo(SLOT, seen="another")
    assert study.press.undo(SLOT, seen=stamp(back)) is None
    with pytest.raises(UsageError, match="nothing to take back"):
        study.press.undo(SLOT)
    assert _entries(study)[-6:] == ["word", "word", "word", "unword", "unword", "unword"]
    last = [json.loads(entry.after) for entry in study.entries()][-1]
    assert last == {}


@pytest.mark.parametrize(
    ("slot", "text", "said"),
    [
        (("practice", "theems", "text"), "x", "no section `theems`"),
        (("practice", "themes", "middle"), "x", "no `middle`"),
        (("practise", "themes", "text"), "x", "`practise`"),
        (SLOT, "{included.totl}", "`included.totl`"),
        (SLOT, "{included.total", "without its partner"),
        (SLOT, "x" * 20_001, "20,001 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(
    study: Study, slot: tuple[str, str, str], text: str, said: str
) -> None:
    before = _entries(study)
    with pytest.raises(UsageError, match=said):
        study.press.write(slot, text)
    assert _entries(study) == before


def test_a_figure_that_is_gone_is_told_as_gone(study: Study) -> None:
    kept = study.press.write(SLOT, "All {included.total} were read.")
    assert kept
    gone = type(kept)(*SLOT, kept.text, kept.basis, (("theme.gone.reviews", "4"),), kept.author, kept.at)
    assert moved(gone, study.press.figures(Basis.DRAFT)) == (Moved("theme.gone.reviews", "4", ""),)
