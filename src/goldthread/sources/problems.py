"""What went wrong with a source, and names a person can read whatever the file system holds."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Something about a file or row that was left out, or taken with a doubt, and what to do about it.

    `place` names the file, and the row counted from 1 with the header as row 1.
    """

    place: str
    code: str
    message: str
    mend: str


def printable(name: str) -> str:
    """A file name safe to print and store: line breaks, controls and undecodable bytes are written out.

    >>> printable("a\\nb")
    'a\\\\nb'
    """
    if name.isprintable() and "\\" not in name:
        return name
    return "".join(_letter(letter) for letter in name)


def _letter(letter: str) -> str:
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    if letter == "\\":
        return "\\\\"
    if letter.isprintable():
        return letter
    return letter.encode("unicode_escape").decode("ascii")
