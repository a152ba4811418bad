"""A person's query: words all required, "phrases", beginnings*, -words to leave out, OR between alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.errors import UsageError

_TERM = re.compile(r'(-?)"([^"]*)"|(-?)([^\s"]+)')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """One word, one phrase, or the beginning of a word."""

    words: tuple[str, ...]
    beginning: bool = False

    @property
    def expression(self) -> str:
        """The term as the full-text index understands it."""
        return '"' + " ".join(self.words) + '"' + ("*" if self.beginning else "")


@dataclass(frozen=True, slots=True)
class Query:
    """Every group must be met by one of its terms, and none of the unwanted terms may stand there."""

    groups: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def expression(self) -> str:
        """The whole as a full-text expression."""
        wanted = " AND ".join(f"({_either(group)})" if len(group) > 1 else _either(group) for group in self.groups)
        return f"({wanted}) NOT ({self.without})" if self.unwanted else wanted

    @property
    def without(self) -> str:
        """What is to be left out, as a full-text expression; "" for nothing."""
        return _either(self.unwanted)

    @property
    def words(self) -> str:
        """The words that are wanted, as text."""
        return " ".join(word for group in self.groups for term in group for word in term.words)


def parse(query: str) -> Query:
    """What a person asks for. Raises UsageError when nothing in it can be searched for."""
    groups: list[list[Term]] = []
    unwanted: list[Term] = []
    either = False
    for negative, term in _terms(query):
        if term is None:
            either = bool(groups)
        elif negative:
            unwanted.append(term)
            either = False
        else:
            if either:
                groups[-1].append(term)
            else:
                groups.append([term])
            either = False
    if not groups:
        raise UsageError(
            f"there is nothing to search for in {query!r}",
            mend='give words, a "phrase", a beginning* or -word to leave out; join alternatives with OR',
        )
    return Query(tuple(tuple(group) for group in groups), tuple(unwanted))


def _terms(query: str) -> Iterator[tuple[bool, Term | None]]:
    """Each term with whether it is unwanted; None stands for an OR."""
    for found in _TERM.finditer(query):
        quoted = found.group(2) is not None
        text = found.group(2) if quoted else found.group(4)
        if text == "OR" and not quoted:
            yield False, None
            continue
        words = tuple(_WORD.findall(text))
        if words:
            yield bool(found.group(1) or found.group(3)), Term(words, text.endswith("*"))


def _either(terms: tuple[Term, ...]) -> str:
    return " OR ".join(term.expression for term in terms)
