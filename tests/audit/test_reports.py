"""Files of every kind in one run: bad ones are listed and cost nothing but themselves."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from goldthread.audit.page import to_html
from goldthread.audit.render import COLUMNS, to_csv, to_json, to_text
from goldthread.audit.reports import check, gathered
from goldthread.errors import UsageError
from tests.audit.conftest import as_docx

SLIP = "Problems were seen in 16 (25%) of the 45 reviews.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(SLIP, encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    (tmp_path / "c.docx").write_bytes(
        as_docx("Table 1: Kinds (n=4)", [["Kind", "No. (%)"], ["One", "1 (25)"], ["Two", "3 (75)"]])
    )
    (tmp_path / "d.csv").write_text("not,a,report\n", encoding="utf-8")
    return tmp_path


def test_folders_give_their_reports_once_and_in_order(folder: Path) -> None:
    assert [file.name for file in gathered([folder / "c.docx", folder])] == ["c.docx", "a.txt", "b.pdf"]


def test_a_path_that_is_not_there_and_a_folder_without_reports_are_bad_usage(folder: Path) -> None:
    (folder / "empty").mkdir()
    for path in (folder / "none.pdf", folder / "empty"):
        with pytest.raises(UsageError):
            gathered([path])


def test_a_damaged_file_is_listed_and_the_others_are_checked(folder: Path) -> None:
    first, broken, clean = check(gathered([folder]), workers=2)

    assert [one.slip.printed for one in first.findings] == ["25%"]
    assert first.findings[0].at.sha256 == sha256(SLIP.encode()).hexdigest()
    assert (broken.pages, [problem.code for problem in broken.problems]) == (0, ["corrupt"])
    assert (clean.tables, clean.findings, clean.problems) == (1, (), ())


def test_each_rendering_says_place_figures_and_arithmetic(folder: Path) -> None:
    audits = list(check(gathered([folder]), workers=2))

    text = to_text(audits[0])
    assert "page 1, line 1 · error" in text
    assert "16 of 45 is 35.56%, printed 25%." in text
    assert "could not be read" in to_text(audits[1])
    head, row = to_csv(audits).splitlines()
    assert head.split(",") == COLUMNS
    assert ",1,1,22,40,,percentage,error,25%,36%," in row
    page = to_html(audits)
    assert page.lower().startswith("<!doctype html>")
    assert 'lang="en-GB"' in page
    assert '<th scope="col">' in page
    assert "16 of 45 is 35.56%" in page
    assert "http" not in page
    totals = to_json(audits)["totals"]
    assert (totals["files"], totals["error"], totals["problems"]) == (3, 1, 1)


def test_words_from_a_report_cannot_become_markup(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(
        "Table 1: Kinds (n=40)\n\n\tNo. (%)\n<i onclick=x>a & b\t30 (75)\nc\t3 (5)\nd\t4 (10)\ne\t3 (7.5)\n",
        encoding="utf-8",
    )

    page = to_html(list(check([tmp_path / "x.txt"], workers=1)))
    assert "onclick" not in page.replace("&lt;i onclick", "")
    assert "5%" in page
