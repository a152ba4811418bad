"""Reading one document: what the bytes are, which reader takes them, what is wrong with them."""

from __future__ import annotations

from pathlib import PurePath

from goldthread.documents import problems
from goldthread.documents.limits import DEFAULT, MEGABYTE, Limits
from goldthread.documents.model import ParsedDocument
from goldthread.documents.readers import readers

_SUFFIXES = {
    "pdf": ("pdf",),
    "docx": ("docx", "docm", "dotx"),
    "html": ("html", "htm", "xhtml", "mhtml"),
    "txt": ("txt", "md", "text", "markdown", "csv", "log"),
}
_NAMES = {"pdf": "a PDF", "docx": "a Word document", "html": "an HTML page", "txt": "plain text"}
_KNOWN = {suffix for suffixes in _SUFFIXES.values() for suffix in suffixes}
_OTHER = (
    (b"{\\rtf", "Rich Text Format"),
    (b"\xff\xd8\xff", "A JPEG picture"),
    (b"\x89PNG", "A PNG picture"),
    (b"II*\x00", "A TIFF picture"),
    (b"MM\x00*", "A TIFF picture"),
    (b"GIF8", "A GIF picture"),
    (b"\x1f\x8b", "A gzip archive"),
    (b"Rar!", "A RAR archive"),
    (b"7z\xbc\xaf", "A 7-Zip archive"),
    (b"%!PS", "PostScript"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(data: bytes, file_name: str, limits: Limits = DEFAULT) -> ParsedDocument:
    """Read a document from its bytes; the name only serves to say when it misleads.

    Never raises for bad input: a document that cannot be read has no pages and a problem that says why.
    """
    return _named(_read(data, limits), file_name)


def _read(data: bytes, limits: Limits) -> ParsedDocument:
    if not data.strip(b"\x00 \t\r\n\f"):
        return problems.nothing(problems.empty())
    if len(data) > limits.file_size:
        what = f"it is {len(data) // MEGABYTE} MB and the limit is {limits.file_size // MEGABYTE} MB"
        return problems.nothing(problems.too_large(what))
    if refusal := _not_ours(data):
        return refusal
    for reader in readers():
        if reader.accepts(data):
            return reader.read(data, limits)
    return problems.nothing(problems.unsupported("A file of this kind"))


def _not_ours(data: bytes) -> ParsedDocument | None:
    """Formats that are recognised only to say what they are."""
    for start, name in _OTHER:
        if data.startswith(start):
            return problems.nothing(problems.unsupported(name))
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return problems.nothing(problems.encrypted(), format="docx")
        return problems.nothing(problems.unsupported("An old Office file (.doc, .xls or .ppt)"))
    if data.startswith(b"PK\x03\x04") and b"word/" not in data:
        return problems.nothing(problems.unsupported("A ZIP archive that is not a Word document"))
    return None


def _named(document: ParsedDocument, file_name: str) -> ParsedDocument:
    """The document with a note if its name claims another format, and with the name as title if it has none."""
    path = PurePath(file_name)
    suffix = path.suffix.lstrip(".").lower()
    found = document.problems
    if suffix in _KNOWN and document.format in _SUFFIXES and suffix not in _SUFFIXES[document.format]:
        found = (problems.mistyped(suffix, _NAMES[document.format]), *found)
    title = document.title or " ".join(path.stem.replace("_", " ").split())
    return document._replace(problems=found, title=title)
