from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from goldthread.cli.app import run
from tests.study.gold_reports import write_gold, write_reports

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("measured")
    study = str(folder / "study")
    assert run(["init", study, "--protocol", "learning-reports"]) == 0
    assert run(["add", study, str(write_reports(folder / "reports")), "--type", "PFD"]) == 0
    assert run(["suggest", study, "--engine", "lexicon"]) == 0
    return study


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_gold(tmp_path_factory.mktemp("gold") / "coded")


def test_evaluate_prints_a_table_a_person_can_read(study: str, gold: Path, capsys: Captured) -> None:
    assert run(["evaluate", study, "--gold", str(gold)]) == 0
    said = capsys.readouterr().out
    assert "2 of 2 labelled documents are in the study" in said
    assert "lexicon 1 · Prevention of Future Deaths report · 2 documents" in said
    (line,) = [line for line in said.splitlines() if line.startswith("Sex")]
    assert line.split()[:4] == ["Sex", "2", "50.0", "(0–100)"]
    assert "always “Male”" in line


def test_json_is_one_document_with_every_figure(study: str, gold: Path, capsys: Captured) -> None:
    assert run(["evaluate", study, "--gold", str(gold / "labels.jsonl"), "--json", "--name", "two reports"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["gold"], told["documents_labelled"], told["documents_found"]) == ("two reports", 2, 2)
    sex = told["engines"][0]["kinds"][0]["targets"]["sex"]
    assert sex["accuracy"]["value"] == 0.5
    assert sex["confusion"] == [
        {"gold": "male", "suggested": "female", "n": 1},
        {"gold": "male", "suggested": "male", "n": 1},
    ]
    assert sex["baseline"]["answer"] == "male"
    assert sex["calibration"]["bins"] and sex["precision_coverage"] and sex["worst"]


class _Page(HTMLParser):
    """Checks nesting, collects ids, links, headings and drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.drawings: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in {"meta", "line", "circle", "polyline"}:
            self.open.append(tag)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.levels += [int(tag[1])] if tag in {"h1", "h2", "h3", "h4"} else []
        self.drawings += [given] if tag == "svg" else []
        assert not {"src", "srcset"} & set(given), "the page fetches nothing"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_one_sound_page_whose_drawings_have_words(
    study: str, gold: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "report.html"
    assert run(["evaluate", study, "--gold", str(gold), "--html", str(out)]) == 0
    assert f"Wrote {out}" in capsys.readouterr().err
    page = _Page()
    page.feed(out.read_text(encoding="utf-8"))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert page.levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(page.levels))
    assert len(page.drawings) > 10
    for drawing in page.drawings:
        assert drawing["role"] == "img"
        assert set((drawing["aria-labelledby"] or "").split()) <= set(page.ids)


def test_words_of_a_report_cannot_become_markup(tmp_path: Path, capsys: Captured) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    text = "Police officers failed to record the <script>alert(1)</script> risk of harm to him."
    (reports / "r.txt").write_text(text, encoding="utf-8")
    label = {"id": "<b>r</b>", "file": "r.txt", "sentences": [{"text": text, "police": "none"}], "sex": "<i>x</i>"}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label), encoding="utf-8")
    study, out = str(tmp_path / "s"), tmp_path / "r.html"
    assert run(["init", study, "--protocol", "learning-reports"]) == 0
    assert run(["add", study, str(reports)]) == 0
    assert run(["suggest", study, "--engine", "lexicon"]) == 0
    assert run(["evaluate", study, "--gold", str(tmp_path / "labels.jsonl"), "--html", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert" in page
    assert "<script" not in page and "<b>r" not in page and "<i>x" not in page


def test_labelled_documents_that_are_not_there_are_a_problem_found(
    study: str, gold: Path, tmp_path: Path, capsys: Captured
) -> None:
    more = tmp_path / "more.jsonl"
    text = (gold / "labels.jsonl").read_text(encoding="utf-8") + '{"id": "x", "file": "x.pdf"}\n'
    more.write_text(text, encoding="utf-8")
    assert run(["evaluate", study, "--gold", str(more), "--no-keep"]) == 1
    assert "Not in the study, so not scored: x.pdf." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no labelled document"),
        ('{"id": "a"', "line 1, column"),
        ('{"id": "elsewhere", "file": "elsewhere.txt"}', "none of its 1 documents"),
    ],
)
def test_a_gold_that_cannot_be_used_ends_with_2_and_a_mend(
    study: str, tmp_path: Path, capsys: Captured, content: str, said: str
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text(content, encoding="utf-8")
    assert run(["evaluate", study, "--gold", str(bad)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and said in told.err and " — " in told.err


def test_without_a_study_evaluating_ends_with_3(tmp_path: Path, gold: Path, capsys: Captured) -> None:
    assert run(["evaluate", str(tmp_path / "none"), "--gold", str(gold)]) == 3


def test_status_shows_how_often_suggestions_were_right(study: str, gold: Path, capsys: Captured) -> None:
    assert run(["evaluate", study, "--gold", str(gold)]) == 0
    capsys.readouterr()
    assert run(["status", study]) == 0
    said = capsys.readouterr().out
    assert "Share of suggestions that were right when measured" in said
    (line,) = [line for line in said.splitlines() if " Sex " in line]
    assert "50% (0–100; n = 2)" in line
    assert run(["status", study, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["measured"]
    (sex,) = [item for item in told if item["target"] == "sex"]
    assert (sex["kind"], sex["precision"], sex["n"], sex["gold"]) == ("PFD", 0.5, 2, "coded")


def test_status_says_when_a_kind_of_document_was_not_measured(tmp_path: Path, capsys: Captured) -> None:
    study = str(tmp_path / "s")
    assert run(["init", study, "--protocol", "police-reviews"]) == 0
    assert run(["add", study, str(write_reports(tmp_path / "reports")), "--type", "SCR"]) == 0
    assert run(["suggest", study, "--engine", "lexicon"]) == 0
    capsys.readouterr()
    assert run(["status", study]) == 0
    assert "was not measured for this kind of document" in capsys.readouterr().out
    assert run(["status", study, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["measured"] == []
