"""A very small PDF writer for what Typst cannot make: pages fast by the thousand, scans, and locked files.

Text is set in Helvetica, one of the fonts every reader carries. Enough for samples, and no more.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from textwrap import wrap

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_PERMISSIONS = -44
_LINE, _TOP, _LEFT, _COLUMNS = 14, 780, 56, 92
LINES_A_PAGE = 50


class _File:
    """Numbered objects and where each begins. With a password, streams are enciphered (RC4, 128 bits)."""

    def __init__(self, password: str = "") -> None:
        self.bodies: list[bytes] = []
        self.mark = hashlib.md5(b"fictional sample" + password.encode(), usedforsecurity=False).digest()
        self.owner = _owner_entry(password) if password else b""
        self.key = _file_key(password, self.owner, self.mark) if password else b""

    def add(self, body: bytes) -> int:
        self.bodies.append(body)
        return len(self.bodies)

    def stream(self, data: bytes, entries: bytes = b"") -> int:
        number = len(self.bodies) + 1
        if self.key:
            seed = self.key + number.to_bytes(3, "little") + b"\0\0"
            data = _rc4(hashlib.md5(seed, usedforsecurity=False).digest(), data)
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data))

    def page(self, tree: int, content: int, resources: bytes) -> int:
        place = b"/Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]" % tree
        return self.add(b"<<%s/Contents %d 0 R/Resources<<%s>>>>" % (place, content, resources))

    def finish(self, pages: Sequence[int], tree: int) -> bytes:
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        self.bodies[tree - 1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))
        root = self.add(b"<</Type/Catalog/Pages %d 0 R/Lang(en-GB)>>" % tree)
        extra = b"/ID[<%s><%s>]" % (self.mark.hex().encode(), self.mark.hex().encode())
        if self.key:
            extra += b"/Encrypt %d 0 R" % self.add(_encrypt_entry(self.owner, self.key, self.mark))
        return _assemble(self.bodies, b"/Root %d 0 R%s" % (root, extra))


def text_pdf(pages: Iterable[Sequence[str]], *, password: str = "") -> bytes:
    """Pages of lines as a PDF; lines wider than the page must have been wrapped (see `set_lines`).

    With a password the file cannot be opened without it.
    """
    file = _File(password)
    font = file.add(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    tree = file.add(b"")
    numbers = []
    for lines in pages:
        shown = b"\n".join(b"(%s) '" % _escape(line) for line in lines)
        content = b"BT /F1 10 Tf %d TL %d %d Td\n%s\nET" % (_LINE, _LEFT, _TOP + _LINE, shown)
        stream = file.stream(zlib.compress(content, 1), b"/Filter/FlateDecode")
        numbers.append(file.page(tree, stream, b"/Font<</F1 %d 0 R>>" % font))
    return file.finish(numbers, tree)


def image_pdf(pictures: Iterable[tuple[bytes, int, int]]) -> bytes:
    """Pages that are nothing but a grey JPEG each, given as (bytes, width, height) in pixels."""
    file = _File()
    tree = file.add(b"")
    numbers = []
    for data, width, height in pictures:
        image = file.stream(
            data,
            b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"
            b"/Width %d/Height %d" % (width, height),
        )
        content = file.stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        numbers.append(file.page(tree, content, b"/XObject<</I %d 0 R>>" % image))
    return file.finish(numbers, tree)


def set_lines(texts: Iterable[str]) -> list[str]:
    """Paragraphs broken into lines that fit the page, with a blank line after each."""
    return [line for text in texts for line in (*wrap(text, _COLUMNS), "")]


def _escape(line: str) -> bytes:
    plain = line.encode("cp1252", "replace")
    return plain.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _assemble(bodies: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, trailer, start)
    return bytes(out)


# -- the standard security handler, revision 3 (PDF 1.4, algorithms 3.2 to 3.5) -------------------------


def _rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(out)


def _md5_often(data: bytes) -> bytes:
    for _ in range(51):
        data = hashlib.md5(data, usedforsecurity=False).digest()
    return data


def _rc4_twenty(key: bytes, data: bytes) -> bytes:
    for turn in range(20):
        data = _rc4(bytes(byte ^ turn for byte in key), data)
    return data


def _padded(password: str) -> bytes:
    return (password.encode("latin-1") + _PAD)[:32]


def _owner_entry(password: str) -> bytes:
    return _rc4_twenty(_md5_often(_padded(password)), _padded(password))


def _file_key(password: str, owner: bytes, mark: bytes) -> bytes:
    return _md5_often(_padded(password) + owner + _PERMISSIONS.to_bytes(4, "little", signed=True) + mark)


def _encrypt_entry(owner: bytes, key: bytes, mark: bytes) -> bytes:
    user = _rc4_twenty(key, hashlib.md5(_PAD + mark, usedforsecurity=False).digest()) + bytes(16)
    return b"<</Filter/Standard/V 2/R 3/Length 128/P %d/O<%s>/U<%s>>>" % (
        _PERMISSIONS,
        owner.hex().encode(),
        user.hex().encode(),
    )
