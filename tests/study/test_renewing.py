"""After somebody worked on single reviews, what is read again for those alone is what reading everything gives."""

from __future__ import annotations

import goldthread as gt
from goldthread.analysis.catalogue import Listed
from goldthread.study.coding.editing import Span
from goldthread.values import State


def worked_on(study: gt.Study) -> None:
    """Every kind of act on single reviews."""
    desk = study.desk
    desk.decide("R00003", "included", "", "")
    desk.decide("R00004", "excluded", "out_of_date", "")
    desk.undo_decision("R00004")
    found = desk.review("R00003")
    first, second, third, *_ = [one for one in found.episodes if one.item.state is State.SUGGESTED]
    desk.settle("R00003", "episodes", [(first.key, first.stamp)], State.CONFIRMED)
    desk.settle("R00003", "episodes", [(second.key, second.stamp)], State.REJECTED)
    desk.code("R00003", {"theme": "recording_researching", "direction": "good"}, instead=(third.key, third.stamp))
    document = found.documents[0].document_id
    desk.set_value("R00003", "age", 1, value="12", span=Span(document, 10, 40))
    desk.set_value("R00005", "lead_reviewer", 0, missing="withheld")
    asked = found.recommendations[0]
    desk.recommend("R00003", "police", "", instead=(asked.key, asked.stamp))
    study.quality.rate("R00003", study.protocol.quality[0].id, study.protocol.quality[0].scale[0].id)


def test_the_record_is_the_same_read_in_part_or_whole(study: gt.Study) -> None:
    study.record()
    worked_on(study)
    in_part = study.record()
    with gt.open(study.folder) as fresh:
        assert in_part == fresh.record()


def test_the_catalogue_and_the_passages_are_the_same_read_in_part_or_whole(study: gt.Study) -> None:
    study.desk.catalogue()
    study.desk.passages()
    worked_on(study)
    listed: tuple[Listed, ...] = study.desk.catalogue()
    passages = study.desk.passages()
    with gt.open(study.folder) as fresh:
        assert listed == fresh.desk.catalogue()
        assert sorted(passages) == sorted(fresh.desk.passages())


def test_adding_reviews_reads_everything_anew(study: gt.Study, tmp_path: object) -> None:
    from pathlib import Path

    study.desk.catalogue()
    study.record()
    report = Path(str(tmp_path)) / "new.txt"
    report.write_text("Serious Case Review: Child ZZ\n\nFICTIONAL\n\nPolice attended.", encoding="utf-8")
    study.add(report)
    assert len(study.desk.catalogue()) == len(study.record().reviews) == 14
