"""A briefing carries its claims, and the study says later which of them no longer hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from goldthread.briefing.claims import Change, Claim, ledger_of, read, stale, to_json
from goldthread.cli.app import run
from goldthread.errors import UnreadableInput, UsageError
from goldthread.study.study import Study, init, open_study
from tests.study.briefed import briefed


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return briefed(tmp_path)


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_a_briefing_holds_its_claims_and_the_question_they_answer(study: Study, tmp_path: Path, ending: str) -> None:
    where = study.filters(["review_type=SAR"])
    publication = study.brief("practice", where=where)
    file = publication.save(tmp_path / f"b.{ending}")
    held = read(file.read_bytes(), "b")
    assert held == ledger_of(publication.briefing)
    assert held.where == where
    assert len(held.claims) == len(publication.briefing.evidence) > 20
    assert study.stale(file) == ()


@pytest.mark.parametrize("ending", ["html", "docx", "pdf"])
def test_the_same_state_gives_the_same_bytes(study: Study, tmp_path: Path, ending: str) -> None:
    first = study.brief("practice").save(tmp_path / f"one.{ending}").read_bytes()
    with open_study(study.folder) as again:
        assert again.brief("practice").save(tmp_path / f"two.{ending}").read_bytes() == first


def test_what_changed_since_is_listed_as_it_was_and_as_it_is(study: Study, tmp_path: Path) -> None:
    file = study.brief("practice").save(tmp_path / "b.html")
    out = study.reviews()[2].review_id
    study.decide(out, "excluded", "no_police_learning")
    found = study.stale(file)
    assert found
    assert all(out in each.was.reviews or each.now is None or out in each.now.reviews for each in found)
    included = next(each for each in found if each.was.text.startswith("Reviews included"))
    assert included.now is not None
    assert set(included.was.reviews) - set(included.now.reviews) == {out}


def test_the_command_lists_stale_claims_and_says_so_in_its_exit_code(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = study.brief("practice").save(tmp_path / "b.docx")
    assert run(["brief", str(study.folder), "--check", str(file)]) == 0
    assert "Every claim still holds." in capsys.readouterr().err
    study.decide(study.reviews()[0].review_id, "maybe")
    assert run(["brief", str(study.folder), "--check", str(file), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert any(each["was"].startswith("Reviews included") for each in told)


def test_a_passage_that_was_replaced_is_told_even_where_the_number_stands(study: Study) -> None:
    then = ledger_of(study.brief("practice").briefing)
    first, *rest = then.claims
    moved = type(then)(
        **{
            **{f: getattr(then, f) for f in then.__slots__},
            "claims": (type(first)(first.key, first.text, first.reviews, first.passages, "0" * 16), *rest),
        }
    )
    (found,) = stale(moved, then)
    assert found.now is not None
    assert found.now.text == found.was.text


def _claim(key: str, text: str, *reviews: str) -> Claim:
    return Claim(key, text, reviews, len(reviews), "-".join(reviews))


def test_claims_that_no_longer_hold_are_told_apart(study: Study) -> None:
    ledger = ledger_of(study.brief("practice").briefing)
    then = replace(
        ledger,
        claims=(
            _claim("E1", "Reviews included: 2 of 9 reviews (22%)", "A", "B"),
            _claim("E2", "Risk: 2 reviews", "A", "B"),
            _claim("E3", "Risk: 4 passages", "A", "B"),
            _claim("E4", "Voice: 1 review", "A"),
            _claim("E5", "Table 4, child: 1", "C"),
        ),
    )
    now = replace(
        ledger,
        claims=(
            _claim("E1", "Reviews included: 3 of 9 reviews (33%)", "A", "B", "C"),
            _claim("E2", "Risk: 5 passages", "A", "C"),
            _claim("E3", "Risk: 2 reviews", "A", "C"),
            _claim("E4", "Table 4, child: 1", "C"),
        ),
    )
    found = {one.was.key: (one.change, one.now.text if one.now else "") for one in stale(then, now)}
    assert found == {
        "E1": (Change.NUMBER, "Reviews included: 3 of 9 reviews (33%)"),
        "E2": (Change.EVIDENCE, "Risk: 2 reviews"),
        "E3": (Change.NUMBER, "Risk: 5 passages"),
        "E4": (Change.GONE, ""),
    }


def test_the_command_sorts_claims_by_what_became_of_them(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = study.brief("practice").save(tmp_path / "b.html")
    study.decide(study.reviews()[0].review_id, "maybe")
    assert run(["brief", str(study.folder), "--check", str(file)]) == 1
    told = capsys.readouterr()
    changed, _, rest = told.out.partition("\nNo longer made (")
    assert changed.startswith("Another number today (")
    assert changed.count("\n      now: ") == len([line for line in changed.splitlines() if line.startswith("  E")])
    assert "now: " not in rest
    assert re.search(r"no longer hold; [\d,]+ of [\d,]+ claims hold\.", told.err)
    assert run(["brief", str(study.folder), "--check", str(file), "--json"]) == 1
    listed = json.loads(capsys.readouterr().out)
    assert {each["change"] for each in listed} >= {"number", "gone"}
    assert all((each["now"] is None) == (each["change"] == "gone") for each in listed)


def test_a_briefing_of_another_study_is_refused(study: Study, tmp_path: Path) -> None:
    file = study.brief("practice").save(tmp_path / "b.html")
    with init(tmp_path / "other") as other, pytest.raises(UsageError, match="is of the study"):
        other.stale(file)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><p>Nothing</p></html>",
        b'<meta name="goldthread-claims" content="AAAA">',
        b"PK\x03\x04 broken",
        b"%PDF-1.7",
        b"%PDF-1.7\n1 0 obj <</Type /EmbeddedFile>> stream\nnot deflated",
        b"",
    ],
)
def test_a_file_without_readable_claims_is_said_to_be_so(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        read(data, "b.html")


def test_the_ledger_is_plain_json_that_anyone_can_read(study: Study) -> None:
    plain = json.loads(to_json(ledger_of(study.brief("practice").briefing)))
    assert set(plain) == {"study", "kind", "basis", "rounds", "where", "state", "claims"}


def test_a_rating_made_while_the_study_is_open_is_in_the_next_quality_briefing(study: Study) -> None:
    item = study.protocol.quality[0]
    review = study.reviews()[0].review_id
    assert study.reviews()[0].ratings == ()
    study.quality.rate(review, item.id, item.scale[1].id)
    assert study.reviews()[0].ratings == ((item.id, item.scale[1].id),)
    with open_study(study.folder) as again:
        assert again.reviews()[0].ratings == ((item.id, item.scale[1].id),)
        claims = {entry.claim for entry in again.brief("quality").briefing.evidence}
    assert f"{item.label}, {item.scale[1].label}: 1 review" in {
        c.replace("1 of 1 review (100%)", "1 review") for c in claims
    }
    assert any(claim.startswith(f"{item.label}, {item.scale[1].label}: 1 of 1 review") for claim in claims)


def test_a_finding_whose_evidence_was_rejected_makes_its_claims_stale(study: Study, tmp_path: Path) -> None:
    passages = study.episodes(direction="missed")
    study.desk.findings.make("Calls are not recorded.", supporting=[one.episode_id for one in passages])
    file = study.brief("practice").save(tmp_path / "b.html")
    assert study.stale(file) == ()
    study.reject(passages[0].review_id, "episodes", [passages[0].episode_id])
    told = {each.was.text: each.now for each in study.stale(file)}
    mine = [text for text in told if text.startswith("F1, for it: ")]
    assert len(mine) >= 2
    assert all(told[text] is not None for text in mine)


def test_a_briefing_with_findings_is_the_same_bytes_from_the_same_state(study: Study, tmp_path: Path) -> None:
    passages = study.episodes(direction="missed")
    study.desk.findings.make("Calls are not recorded.", supporting=[one.episode_id for one in passages])
    first = study.brief("meta-analysis").save(tmp_path / "one.html").read_bytes()
    with open_study(study.folder) as again:
        assert again.brief("meta-analysis").save(tmp_path / "two.html").read_bytes() == first
