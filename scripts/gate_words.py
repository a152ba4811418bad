"""What may not stand in the tree: paths of one machine, addresses of package indexes, marks of unfinished merges."""

from __future__ import annotations

import re
from pathlib import Path

from tree import place, project_files, text_of

# Written with brackets so that this file does not find itself.
FORBIDDEN = {
    "the path of one machine": re.compile(r"(?<![\w.*\]/])/(?:wor[k]|roo[t]|hom[e]|User[s])/[\w.-]+"),
    "the address of a package index": re.compile(
        r"pyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.org|--(?:extra-)?inde[x]-url"
    ),
    "a file address": re.compile(r"fil[e]:///\w"),
    "the mark of a merge that was not finished": re.compile(r"^(?:<{7}|>{7}) \S"),
}
ALLOWED = {"LICENSE"}


def forbidden_words(root: Path) -> list[str]:
    """Every place with something that belongs to a machine and not to the product."""
    found: list[str] = []
    for file in project_files(root):
        text = text_of(file)
        if text is None or file.name in ALLOWED:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            found += [
                f"{place(root, file, number)}: {what}" for what, words in FORBIDDEN.items() if words.search(line)
            ]
    return found
