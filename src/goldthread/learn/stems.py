"""Words as their stems: "assess", "assessed" and "assessments" are one.

Porter 1980, "An algorithm for suffix stripping", Program 14(3), as the full-text index applies it, so that both know
the same words. Rules are tried from the longest ending; m counts the runs of vowels followed by consonants.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_RUNS = re.compile(r"[aeiou]+(?=[^aeiou])")
_CLOSED = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")
_ENDINGS = (
    {
        "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "logi": "log",
        "bli": "ble", "alli": "al", "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize",
        "ation": "ate", "ator": "ate", "alism": "al", "iveness": "ive", "fulness": "ful", "ousness": "ous",
        "aliti": "al", "iviti": "ive", "biliti": "ble",
    },
    {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""},
)  # fmt: skip
_LAST = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize",
)  # fmt: skip
_KNOWN = 200_000


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents, in order."""
    return [word if word.isascii() else plain(word) for word in _WORD.findall(text.lower())]


def plain(word: str) -> str:
    """A word without the accents of its letters."""
    parts = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(_KNOWN)
def stem(word: str) -> str:
    """The stem of a word in small letters; words of one or two letters, or of other alphabets, are their own."""
    if len(word) < 3 or not word.isascii():
        return word
    word = _past(_plural(word))
    if word[-1] == "y" and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    for endings in _ENDINGS:
        word = _exchanged(word, endings)
    return _tidied(_shortened(word))


def _shape(part: str) -> str:
    """The part with every y that is a vowel written i."""
    if "y" not in part:
        return part
    shape = ""
    for letter in part:
        shape += "i" if letter == "y" and shape and shape[-1] not in "aeiou" else letter
    return shape


def _measure(part: str) -> int:
    return len(_RUNS.findall(_shape(part)))


def _has_vowel(part: str) -> bool:
    return any(letter in "aeiou" for letter in _shape(part))


def _doubled(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and word[-1] not in "aeiou"


def _plural(word: str) -> str:
    if (word.endswith("sses") and len(word) > 4) or (word.endswith("ies") and len(word) > 3):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _measure(word[:-3]) > 0 else word
    cut = 2 if word.endswith("ed") else 3 if word.endswith("ing") else 0
    if not cut or not _has_vowel(word[:-cut]):
        return word
    word = word[:-cut]
    if word.endswith(("at", "bl", "iz")):
        return word + "e"
    if _doubled(word) and word[-1] not in "lsz":
        return word[:-1]
    return word + "e" if _measure(word) == 1 and _CLOSED.search(_shape(word)) else word


def _exchanged(word: str, endings: dict[str, str]) -> str:
    for size in range(7, 2, -1):
        if word[-size:] in endings:
            rest = word[:-size]
            return rest + endings[word[-size:]] if _measure(rest) > 0 else word
    return word


def _shortened(word: str) -> str:
    for ending in sorted(_LAST, key=len, reverse=True):
        if word.endswith(ending):
            rest = word[: -len(ending)] + (ending[0] if ending in ("sion", "tion") else "")
            return rest if _measure(rest) > 1 else word
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        count = _measure(word[:-1])
        if count > 1 or (count == 1 and not _CLOSED.search(_shape(word[:-1]))):
            word = word[:-1]
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
