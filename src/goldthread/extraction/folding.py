"""Folding: the same text with its line ends, blanks, quotes and broken words made even, length kept.

Because the length is kept an offset in the folded text is an offset in the text. A word broken at a line
end is closed up by moving its second half forward and the break behind it, so `whole_words` must widen a
span that ends inside such a word.
"""

from __future__ import annotations

import re

_EVEN = (
    *((blank, " ") for blank in "\n\r\t\f\v\u00a0\u2007\u2009\u202f\u200b\u00ad"),
    *((quote, "'") for quote in "\u2018\u2019\u02bc"),
    *((quote, '"') for quote in "\u201c\u201d"),
    *((hyphen, "-") for hyphen in "\u2010\u2011"),
)
_BLANKS = " \r\n\t"
_BROKEN = re.compile("(\u00ad[ \r\n\t]*)([^\\W_]+)")


def folded(text: str) -> str:
    """The text with its case kept but blanks, quotes and broken words even; the same length."""
    if "\u00ad" in text:
        text = _BROKEN.sub(lambda broken: broken[2] + " " * len(broken[1]), text)
    for letter, even in _EVEN:
        text = text.replace(letter, even)
    return text


def lowered(even: str) -> str:
    """Lower case of a folded text, the same length even for letters whose lower case is longer."""
    low = even.lower()
    if len(low) == len(even):
        return low
    return "".join(lower if len(lower := letter.lower()) == 1 else letter for letter in even)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words of the text as stored, over a soft hyphen at a line end."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    if _after_break(text, end) or text[end : end + 1] == "\u00ad":
        while text[end : end + 1] and text[end] in _BLANKS + "\u00ad":
            end += 1
    while end < len(text) and text[end].isalnum() and (text[end - 1].isalnum() or _after_break(text, end)):
        end += 1
    return start, end


def _after_break(text: str, at: int) -> bool:
    return text[max(0, at - 8) : at].rstrip(_BLANKS).endswith("\u00ad")
