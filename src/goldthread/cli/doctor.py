"""What this machine has of what Goldthread needs. Looks only here: the network is never touched."""

from __future__ import annotations

import json as json_text
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from goldthread.cli.language_models import KEY, described
from goldthread.errors import GoldthreadError
from goldthread.study.engines.language_model import settings_of
from goldthread.study.folder import is_study

LEAST_PYTHON = (3, 11)
LEAST_DISK_GB = 1.0
LEAST_MEMORY_GB = 2.0
GIGABYTE = 1_000_000_000
TESSDATA = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
FRAMES = ("polars", "pandas", "pyreadstat")
SCAN_READERS = ("ocrmypdf", "tesseract")
REINSTALL = "install Goldthread again: pipx install --force ."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for. `mend` says how to get it, and is empty where nothing needs doing."""

    name: str
    present: bool
    needed: bool
    version: str
    detail: str
    mend: str


def examine(folder: Path | None = None) -> tuple[Check, ...]:
    """Look at this machine; `folder` is where studies are kept, the current folder if not given."""
    return (
        _python(),
        _packages(),
        *_sqlite(),
        _works("PDFium", "reads PDFs", _pdfium),
        _works("Typst", "writes tagged PDFs", _typst),
        _works("Fonts", "for briefings as PDF", _fonts),
        _works("python-docx", "writes Word documents", _docx),
        _disk(folder or Path.cwd()),
        _temporary(),
        _machine(),
        _frames(),
        _scans(),
        _models(),
        *_model_of(folder),
    )


def healthy(checks: tuple[Check, ...]) -> bool:
    """Whether everything needed is there."""
    return all(check.present for check in checks if check.needed)


def report(checks: tuple[Check, ...], json: bool) -> str:
    """The checks as one JSON document, or as lines for a person."""
    if json:
        found = {"healthy": healthy(checks), "checks": [asdict(check) for check in checks]}
        return json_text.dumps(found, indent=2, ensure_ascii=False)
    width = max(len(check.name) for check in checks)
    lines = [_line(check, width) for check in checks]
    closing = "Everything needed is here." if healthy(checks) else "Something needed is missing: see “missing” above."
    return "\n".join([*lines, "", closing])


def _line(check: Check, width: int) -> str:
    mark = "ok" if check.present else "missing" if check.needed else "not here"
    about = ", ".join(part for part in (check.version, check.detail) if part)
    line = f"{mark:<8}  {check.name:<{width}}  {about}"
    return f"{line}\n{'':<8}  {'':<{width}}  → {check.mend}" if check.mend else line


def _python() -> Check:
    present = sys.version_info[:2] >= LEAST_PYTHON
    mend = "" if present else "install Python 3.11 or newer"
    return Check("Python", present, True, sys.version.split()[0], sys.executable, mend)


def _packages() -> Check:
    names = [need.split(";")[0] for need in requires("goldthread") or [] if "extra ==" not in need]
    bare = [_bare(name) for name in names]
    lacking = [name for name in bare if not _version(name)]
    detail = f"{len(bare) - len(lacking)} of {len(bare)} packages" + (
        f"; not {', '.join(lacking)}" if lacking else ""
    )
    return Check("Goldthread", not lacking, True, _version("goldthread"), detail, REINSTALL if lacking else "")


def _bare(requirement: str) -> str:
    end = next((at for at, letter in enumerate(requirement) if letter in "<>=!~[ ("), len(requirement))
    return requirement[:end]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _sqlite() -> tuple[Check, Check]:
    mend = "use a Python whose SQLite has it: python.org's, your system's, or uv's"
    return (
        _works("SQLite search", "FTS5 full-text index", lambda: _query("create virtual table t using fts5(x)"), mend),
        _works("SQLite JSON", "JSON functions", lambda: _query("select json('[]')"), mend),
    )


def _query(statement: str) -> str:
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(statement)
    finally:
        connection.close()
    return sqlite3.sqlite_version


def _works(name: str, use: str, attempt: Callable[[], str], mend: str = REINSTALL) -> Check:
    """A needed part, really used once; `attempt` returns its version."""
    try:
        return Check(name, True, True, attempt(), use, "")
    except Exception as error:  # noqa: BLE001 - whatever a broken part raises is what the person must read
        return Check(name, False, True, "", f"{use}: {type(error).__name__}: {error}", mend)


def _pdfium() -> str:
    pdfium = import_module("pypdfium2")
    document = pdfium.PdfDocument.new()
    try:
        document.new_page(100, 100)
    finally:
        document.close()
    return f"{pdfium.PDFIUM_INFO.version} (pypdfium2 {_version('pypdfium2')})"


def _typst() -> str:
    made = import_module("typst").compile(b"= A heading", format="pdf")
    if not made.startswith(b"%PDF"):
        raise RuntimeError("it made no PDF")
    return _version("typst")


def _fonts() -> str:
    families = set(import_module("typst").Fonts(include_system_fonts=True, include_embedded_fonts=True).families())
    if not families:
        raise RuntimeError("none found")
    return f"{len(families)} families"


def _docx() -> str:
    with tempfile.TemporaryFile() as scratch:
        import_module("docx").Document().save(scratch)
    return _version("python-docx")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free / GIGABYTE
    enough = free >= LEAST_DISK_GB
    advice = f"free some space: a study takes three times the size of its files, and {LEAST_DISK_GB:.0f} GB at least"
    mend = "" if enough else advice
    return Check("Disk space", enough, True, "", f"{free:.1f} GB free in {folder}", mend)


def _temporary() -> Check:
    try:
        with tempfile.NamedTemporaryFile() as scratch:
            scratch.write(b"x")
    except OSError as error:
        return Check("Temporary files", False, True, "", str(error), "set TMPDIR to a folder you may write in")
    return Check("Temporary files", True, True, "", f"can be written in {tempfile.gettempdir()}", "")


def _machine() -> Check:
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = _memory()
    enough = memory == 0 or memory >= LEAST_MEMORY_GB
    size = f"{memory:.1f} GB of memory" if memory else "memory unknown"
    mend = "" if enough else f"close other programs: {LEAST_MEMORY_GB:.0f} GB are advised"
    return Check("Machine", enough, False, "", f"{processors} processors, {size}", mend)


def _memory() -> float:
    """Memory in GB; 0 where the system does not say."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names:
        return 0.0
    return float(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")) / GIGABYTE


def _frames() -> Check:
    """What the extra `frames` brings."""
    lacking = [package for package in FRAMES if not _version(package)]
    versions = ", ".join(f"{package} {_version(package)}" for package in FRAMES if _version(package))
    mend = "in Goldthread's folder: pipx install --force '.[frames]' or pip install '.[frames]'" if lacking else ""
    use = "tables as data frames, Parquet and SPSS files (extra “frames”)"
    return Check("Data frames", not lacking, False, versions, use, mend)


def _models() -> Check:
    """What the extra `llm` brings, and whether a key is about. No study asks a model unless it was told to."""
    here = _version("httpx")
    key = f"a key is in {KEY}" if os.environ.get(KEY) else f"no key in {KEY}"
    mend = "" if here else "only if you want them, in Goldthread's folder: pipx install --force '.[llm]'"
    detail = f"off unless a study turns them on (extra “llm”); {key}"
    return Check("Language models", bool(here), False, f"httpx {here}" if here else "", detail, mend)


def _model_of(folder: Path | None) -> list[Check]:
    """The language model of the study looked at, if the folder is one."""
    if folder is None or not is_study(folder):
        return []
    try:
        settings = settings_of(folder)
    except GoldthreadError as error:
        return [Check("This study's model", False, False, "", str(error), "goldthread llm off, or set it anew")]
    return [Check("This study's model", True, False, "", described(settings), "")]


def _scans() -> Check:
    """Scanned pages are listed and never read; other programs make searchable copies of them."""
    maker = next((name for name in SCAN_READERS if shutil.which(name)), "")
    places = (os.environ.get("TESSDATA_PREFIX", ""), *TESSDATA)
    words = next((place for place in places if place and (Path(place) / "eng.traineddata").exists()), "")
    mends = [] if maker else ["install ocrmypdf (Debian: sudo apt-get install ocrmypdf)"]
    if not words:
        mends.append("install its English data (Debian: sudo apt-get install tesseract-ocr-eng)")
    detail = f"make searchable copies of scanned reports; English data {f'in {words}' if words else 'not found'}"
    return Check("Scanned pages", not mends, False, maker, detail, "; ".join(mends))
