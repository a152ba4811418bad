"""What Goldthread prints itself stands up to its own auditor."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.briefing.build import build
from goldthread.briefing.formats import docx, html
from goldthread.cli.app import run
from goldthread.values import Basis
from tests.briefing import example


@pytest.mark.parametrize("kind", ["meta-analysis", "periodic", "sector", "spotlight", "quality"])
def test_nothing_is_found_in_a_briefing_of_its_own(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = build(kind, example.protocol(), example.study(40, 4), Basis.DRAFT, made=example.MADE)
    (tmp_path / f"{kind}.html").write_text(html.render(made), "utf-8")
    (tmp_path / f"{kind}.docx").write_bytes(docx.render(made))
    assert run(["check", str(tmp_path)]) == 0, capsys.readouterr().out
    said = capsys.readouterr()
    assert "nothing found" in said.out + said.err
