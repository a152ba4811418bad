"""Where in a TOML text each key stands, so that an error can name its line.

The standard parser keeps no positions. This reads a text it has already accepted, and only when something
is wrong with the values, so it is simple rather than strict.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"[ \t]*(\[\[?)([^\[\]\n]+)\]\]?")
_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)[ \t]*=")
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_STRING = re.compile(r"\"\"\".*?\"\"\"+|'''.*?'''+|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\n#]*")


def places(text: str) -> dict[KeyPath, int]:
    """Line, counted from 1, of every key and array element of a valid TOML text, by its path."""
    return _Reader(text).read()


def line_of(path: KeyPath, found: Mapping[KeyPath, int]) -> int:
    """The line of `path`, or of the nearest thing that holds it; 1 when nothing does."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def read(self) -> dict[KeyPath, int]:
        at, table = 0, ()  # type: tuple[int, KeyPath]
        while (at := self._skip(at)) < len(self.text):
            if header := _HEADER.match(self.text, at):
                table, at = self._open(header), header.end()
            elif key := _KEY.match(self.text, at):
                path = (*table, *_names(key[1]))
                self._note(path, key.start(1))
                at = self._value(key.end(), path)
            else:
                at = self._end_of_line(at)
        return self.found

    def _open(self, header: re.Match[str]) -> KeyPath:
        path: KeyPath = ()
        names = _names(header[2])
        for depth, name in enumerate(names):
            path = (*path, name)
            last = depth == len(names) - 1
            if last and header[1] == "[[":
                self.counts[path] = self.counts.get(path, -1) + 1
                self._note(path, header.start())
            if path in self.counts:
                path = (*path, self.counts[path])
            self._note(path, header.start())
        return path

    def _value(self, at: int, path: KeyPath) -> int:
        at = self._skip(at)
        if self.text.startswith("[", at):
            return self._array(at + 1, path)
        if self.text.startswith("{", at):
            return self._inline(at + 1, path)
        if string := _STRING.match(self.text, at):
            return string.end()
        scalar = _SCALAR.match(self.text, at)
        return scalar.end() if scalar else at + 1

    def _array(self, at: int, path: KeyPath) -> int:
        element = 0
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "]":
            self._note((*path, element), at)
            at = self._comma(self._value(at, (*path, element)))
            element += 1
        return at + 1

    def _inline(self, at: int, path: KeyPath) -> int:
        while (at := self._skip(at)) < len(self.text) and self.text[at] != "}":
            key = _KEY.match(self.text, at)
            if not key:
                return self._end_of_line(at)
            inner = (*path, *_names(key[1]))
            self._note(inner, key.start(1))
            at = self._comma(self._value(key.end(), inner))
        return at + 1

    def _comma(self, at: int) -> int:
        at = self._skip(at)
        return at + 1 if self.text.startswith(",", at) else at

    def _skip(self, at: int) -> int:
        blank = _BLANK.match(self.text, at)
        return blank.end() if blank else at

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def _note(self, path: KeyPath, at: int) -> None:
        self.found.setdefault(path, self.text.count("\n", 0, at) + 1)


def _names(dotted: str) -> list[str]:
    parts = re.findall(_NAME, dotted)
    return [part.strip("\"'") for part in parts]
