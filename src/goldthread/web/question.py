"""What a briefing is asked for in an address: its kind, what is counted, and how it is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from goldthread.briefing.options import Options
from goldthread.disclosure.policy import Policy
from goldthread.study.publishing.publication import Publication
from goldthread.study.study import Study
from goldthread.values import Basis
from goldthread.web.wiring import number_of

USUAL = "practice"


@dataclass(frozen=True, slots=True)
class Question:
    """One briefing as asked for. `where` are filters as people write them; `reviews` and `context` are review ids."""

    kind: str
    basis: Basis
    rounds: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    fewest: int = 1

    @classmethod
    def of(cls, query: QueryParams, known: Mapping[str, object]) -> Question:
        """The question an address asks; an unknown kind is the usual one."""
        kind = query.get("kind", USUAL)
        several = {name: tuple(filter(None, map(str.strip, query.getlist(name)))) for name in _SEVERAL}
        return cls(
            kind if kind in known else USUAL,
            Basis.CONFIRMED if query.get("basis") == "confirmed" else Basis.DRAFT,
            several["round"],
            several["where"],
            several["theme"],
            several["audience"],
            several["review"],
            several["context"],
            number_of(query, "fewest"),
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether it is about less than the whole study."""
        narrowed = (self.rounds, self.where, self.themes, self.audiences, self.reviews, self.context)
        return any(narrowed) or self.fewest > 1

    def on_everything(self) -> Question:
        """The same kind and basis, narrowed by nothing."""
        return Question(self.kind, self.basis)

    def fields(self) -> list[tuple[str, str]]:
        """The question as the fields of a form."""
        several = (
            ("round", self.rounds),
            ("where", self.where),
            ("theme", self.themes),
            ("audience", self.audiences),
            ("review", self.reviews),
            ("context", self.context),
            ("fewest", (str(self.fewest),) if self.fewest > 1 else ()),
        )
        rest = [(name, value) for name, values in several for value in values]
        return [("kind", self.kind), ("basis", self.basis.value), *rest]

    def address(self, path: str, **more: str) -> str:
        """An address under which the same is asked."""
        return f"{path}?{urlencode([*self.fields(), *((name, value) for name, value in more.items() if value)])}"

    def on(self, **changed: object) -> Question:
        """The same with something changed."""
        return replace(self, **changed)  # type: ignore[arg-type]

    def made(self, study: Study) -> Publication:
        """The briefing. Raises UsageError for a filter, round, theme or review that does not exist."""
        policy = Policy(self.fewest)
        options = Options(self.themes, self.audiences, self.reviews, self.context, policy)
        return study.press.brief(self.kind, self.basis, study.filters(self.where), self.rounds, options)


_SEVERAL = ("round", "where", "theme", "audience", "review", "context")
