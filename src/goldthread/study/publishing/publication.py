"""A built briefing and the files it can be written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from goldthread.briefing.blocks import Briefing
from goldthread.briefing.formats import docx, html, pdf
from goldthread.errors import UsageError
from goldthread.study.folder import write_whole


@dataclass(frozen=True, slots=True)
class Publication:
    """A briefing as one value, rendered on demand."""

    briefing: Briefing

    def to_html(self, path: str | Path) -> Path:
        """Write one self-contained HTML file."""
        return self._write(path, html.render(self.briefing).encode("utf-8"))

    def to_docx(self, path: str | Path) -> Path:
        """Write a Word document."""
        return self._write(path, docx.render(self.briefing))

    def to_pdf(self, path: str | Path) -> Path:
        """Write a tagged PDF (PDF/UA-1)."""
        return self._write(path, pdf.render(self.briefing))

    def save(self, path: str | Path) -> Path:
        """Write the format the file's ending names: .html, .docx or .pdf."""
        writers = {".html": self.to_html, ".htm": self.to_html, ".docx": self.to_docx, ".pdf": self.to_pdf}
        writer = writers.get(Path(path).suffix.lower())
        if writer is None:
            raise UsageError(
                f"a briefing cannot be written as {Path(path).suffix or 'a file without an ending'}",
                where=str(path),
                mend="end the name in .html, .docx or .pdf",
            )
        return writer(path)

    def _write(self, path: str | Path, data: bytes) -> Path:
        write_whole(Path(path), data)
        return Path(path)

    def _repr_html_(self) -> str:
        return html.render(self.briefing)
