"""A person's query: words all required, "phrases", beginnings*, -words to leave out, OR between alternatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldthread.documents.weighty import SHORTEST, heavier
from goldthread.errors import UsageError
from goldthread.learn.stems import stem, words

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
        return _quoted(" ".join(self.words), self.beginning)


@dataclass(frozen=True, slots=True)
class Query:
    """Every group must be met by one of its terms, and none of the unwanted terms may stand there."""

    groups: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()

    @property
    def expression(self) -> str:
        """The whole as a full-text expression."""
        return self._whole([in_words(group) for group in self.groups])

    @property
    def without(self) -> str:
        """What is to be left out, as a full-text expression; "" for nothing."""
        return in_words(self.unwanted) if self.unwanted else ""

    @property
    def words(self) -> str:
        """The words that are wanted, as text."""
        return " ".join(word for term in self.terms for word in term.words)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every wanted term."""
        return tuple(term for group in self.groups for term in group)

    def narrowed(self, tiers: Mapping[Term, int]) -> str:
        """The whole, where one of these terms weighs so much that it is in its tier; "" when that can not be told.

        A term in tier 0 is enough wherever it stands. No term is asked for twice: the index would count it twice.
        """
        heavy = _heavy({term: tier for term, tier in tiers.items() if tier})
        plain = {term for term, tier in tiers.items() if not tier}
        if plain.issuperset(self.terms) or not (heavy or plain):
            return ""
        if not plain:
            return self._whole([*map(in_words, self.groups), heavy])
        parts = [_mixed(group, plain, heavy) for group in self.groups]
        return self._whole(parts)

    def _whole(self, parts: Iterable[str]) -> str:
        wanted = " AND ".join(parts)
        return f"({wanted}) NOT {self.without}" if self.unwanted else wanted

    def seeker(self) -> Callable[[str], bool]:
        """Tells whether a stem is one that is wanted."""
        known_stems = _stems(self.terms)
        whole = {known for known, beginning in known_stems if not beginning}
        beginnings = tuple(known for known, beginning in known_stems if beginning)
        return lambda known: known in whole or known.startswith(beginnings)


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


def _stems(terms: Iterable[Term]) -> list[tuple[str, bool]]:
    """The stem of every word, and whether it is only the beginning of one."""
    return [
        (stem(word), term.beginning and at == len(term.words) - 1)
        for term in terms
        for at, piece in enumerate(term.words)
        for word in words(piece)
    ]


def in_words(terms: Iterable[Term]) -> str:
    """Any of the terms, as a full-text expression."""
    return f"words : ({' OR '.join(term.expression for term in terms)})"


def _mixed(group: Sequence[Term], plain: Collection[Term], heavy: str) -> str:
    """A group in which some terms are enough by themselves, the others only beside something heavy."""
    enough, others = [term for term in group if term in plain], [term for term in group if term not in plain]
    if not enough or not others:
        return in_words(group)
    return f"({in_words(enough)} OR ({in_words(others)} AND {heavy}))" if heavy else in_words(enough)


def _heavy(tiers: Mapping[Term, int]) -> str:
    """Any word of the terms weighing as much as its tier; "" when none is ever weighed."""
    written = [
        _quoted(one, beginning)
        for term, tier in tiers.items()
        for known, beginning in _stems([term])
        if len(known) >= SHORTEST
        for one in heavier(known, tier)
    ]
    return f"weighty : ({' OR '.join(written)})" if written else ""


def _quoted(text: str, beginning: bool) -> str:
    return f'"{text}"{"*" if beginning else ""}'
