"""The doctor says what is here, what is missing and how to get it, and touches no network."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from goldthread.cli import doctor
from goldthread.cli.doctor import Check, examine, healthy, report


@pytest.fixture(scope="module")
def checks() -> tuple[Check, ...]:
    return examine()


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_a_machine_that_runs_these_tests_is_healthy(checks: tuple[Check, ...]) -> None:
    assert healthy(checks), report(checks, json=False)


def test_every_needed_part_names_its_version_or_what_was_found(checks: tuple[Check, ...]) -> None:
    for check in checks:
        if check.needed:
            assert check.version or check.detail
            assert not check.mend


def test_sqlite_is_the_one_python_uses(checks: tuple[Check, ...]) -> None:
    assert by_name(checks)["SQLite search"].version == sqlite3.sqlite_version
    assert "FTS5" in by_name(checks)["SQLite search"].detail


def test_whatever_optional_part_is_missing_says_how_to_get_it(checks: tuple[Check, ...]) -> None:
    for check in checks:
        assert check.present or check.mend


def test_language_models_are_said_to_be_off(checks: tuple[Check, ...]) -> None:
    assert by_name(checks)["Language models"].detail.startswith("off")


def test_json_is_one_document_with_every_check(checks: tuple[Check, ...]) -> None:
    told = json.loads(report(checks, json=True))
    assert told["healthy"] is True
    assert [check["name"] for check in told["checks"]] == [check.name for check in checks]


def test_a_missing_needed_part_is_marked_and_makes_the_whole_unhealthy() -> None:
    broken = (
        Check("PDFium", False, True, "", "reads PDFs: ImportError: gone", "install Goldthread again"),
        Check("Scanned pages", False, False, "", "make searchable copies", "install ocrmypdf"),
    )
    told = report(broken, json=False)
    assert not healthy(broken)
    assert "missing   PDFium" in told
    assert "not here  Scanned pages" in told
    assert "→ install Goldthread again" in told
    assert told.endswith("see “missing” above.")


def test_only_optional_parts_missing_leaves_it_healthy() -> None:
    assert healthy((Check("Scanned pages", False, False, "", "", "install ocrmypdf"),))


def test_a_broken_library_is_reported_with_its_own_words() -> None:
    def attempt() -> str:
        raise OSError("libpdfium.so: cannot open shared object file")

    found = doctor._works("PDFium", "reads PDFs", attempt)
    assert not found.present
    assert found.needed
    assert "cannot open shared object file" in found.detail
    assert found.mend == doctor.REINSTALL


def test_a_requirement_is_reduced_to_its_package() -> None:
    needs = ("lxml>=6.0", "typer", "a-b[c]>=1", "x (>=1)")
    assert [doctor._bare(need) for need in needs] == ["lxml", "typer", "a-b", "x"]


def test_a_full_disk_is_a_needed_thing_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_DISK_GB", 10.0**9)
    found = doctor._disk(tmp_path)
    assert not found.present
    assert "free some space" in found.mend


def test_a_temporary_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    script = (
        "import tempfile; tempfile.tempdir = {!r}\nfrom goldthread.cli import doctor\nprint(doctor._temporary().mend)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script.format(str(gone))], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "set TMPDIR to a folder you may write in"


def test_language_data_is_found_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eng.traineddata").write_bytes(b"data")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert str(tmp_path) in doctor._scans().detail


WATCHED = """
import socket, sys

def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.__new__":
        sys.exit("the network was touched")

sys.addaudithook(watch)
"""


def watched(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a process that ends at its first attempt to reach or look up another machine."""
    return subprocess.run([sys.executable, "-c", WATCHED + script], capture_output=True, text=True)


def test_the_extra_for_data_frames_is_found_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FRAMES", ("polars-that-nobody-has",))
    found = doctor._frames()
    assert not found.present
    assert not found.needed
    assert ".[frames]" in found.mend
    monkeypatch.setattr(doctor, "FRAMES", ("lxml",))
    assert doctor._frames().present
    assert doctor._frames().version.startswith("lxml ")


def test_without_a_program_that_reads_scans_it_says_which_to_get(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = doctor._scans()
    assert not found.present
    assert not found.needed
    assert found.mend.startswith("install ocrmypdf")


def test_the_network_is_never_touched() -> None:
    told = watched("from goldthread.cli.doctor import examine, healthy; sys.exit(0 if healthy(examine()) else 1)")
    assert told.returncode == 0, told.stderr


def test_the_watch_on_the_network_would_notice() -> None:
    told = watched("socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))")
    assert told.returncode == 1
    assert "the network was touched" in told.stderr
