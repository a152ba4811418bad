"""Reports on disk, audited one by one where they are read: in killable child processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import file_digest
from pathlib import Path

from goldthread.anchors import Anchor
from goldthread.audit.audit import Audit, Finding, audit
from goldthread.documents.limits import DEFAULT, Limits
from goldthread.documents.model import ParsedDocument
from goldthread.documents.workers import Job, read_each
from goldthread.errors import UsageError

_SUFFIXES = {".pdf", ".docx", ".docm", ".html", ".htm", ".xhtml", ".txt", ".md"}


def gathered(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named that have a report's ending, each once and in order.

    Raises UsageError for a path that is not there, and for folders that hold no report.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UsageError("there is no such file or folder", where=str(path), mend="check the name")
        inside = [path] if path.is_file() else sorted(one for one in path.rglob("*") if _is_report(one))
        found.update(dict.fromkeys(inside))
    if not found:
        kinds = ", ".join(sorted(_SUFFIXES))
        raise UsageError("no report in there", where=", ".join(map(str, paths)), mend=f"name files ending in {kinds}")
    return list(found)


def _is_report(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in _SUFFIXES


def check(files: Iterable[Path], limits: Limits = DEFAULT, workers: int | None = None) -> Iterator[Audit]:
    """Audit every file, in the order given; one that cannot be read has no pages and a problem that says why."""
    jobs = (Job(file, file, file.name) for file in files)
    for file, found in read_each(jobs, _audited, limits, workers):
        yield _named(found, file)


def _audited(document: ParsedDocument) -> Audit:
    return audit(document, "")


def _named(found: Audit, file: Path) -> Audit:
    """The audit with the file's name, its anchors bound to the file's own bytes."""
    if not found.findings:
        return replace(found, file_name=str(file))
    with file.open("rb") as opened:
        sha256 = file_digest(opened, "sha256").hexdigest()
    findings = tuple(_bound(one, file.name, sha256) for one in found.findings)
    return replace(found, file_name=str(file), findings=findings)


def _bound(finding: Finding, name: str, sha256: str) -> Finding:
    also = _anchored(finding.also, name, sha256) if finding.also else None
    return replace(finding, at=_anchored(finding.at, name, sha256), also=also)


def _anchored(at: Anchor, name: str, sha256: str) -> Anchor:
    return replace(at, document_id=name, sha256=sha256)
