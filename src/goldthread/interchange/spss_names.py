"""Names SPSS accepts: at most 64 bytes, a letter first, no word of its own, each once whatever its case."""

from __future__ import annotations

import re
import unicodedata

MOST = 64
_OWN = {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]+")


class Names:
    """Gives out names, none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """A valid name as near to the one wanted as can be; the same wishes in the same order get the same names."""
        bare = valid(wanted)
        name, n = bare, 1
        while name.upper() in self._taken:
            n += 1
            ending = f"_{n}"
            name = bare[: MOST - len(ending)] + ending
        self._taken.add(name.upper())
        return name


def valid(wanted: str) -> str:
    """A text made into a name SPSS accepts, not minding whether another has it."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode()
    name = _NOT_ALLOWED.sub("_", plain)[:MOST].strip("_")
    if not name or not name[0].isalpha() or name.upper() in _OWN:
        name = f"v_{name}"[:MOST].rstrip("_")
    return name
