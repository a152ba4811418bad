"""Coded passages of the whole study by any combination of filters, as cited extracts to gather into findings."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goldthread.analysis.catalogue import Listed, included, narrow, tallies
from goldthread.analysis.passages import CODES, LIVE, counted, reviews_of
from goldthread.analysis.passages import tallies as code_tallies
from goldthread.analysis.period import Dated, Period, event_field
from goldthread.coding.model import Episode
from goldthread.store.evidence import Asked
from goldthread.study.desk import Desk
from goldthread.study.findings.desk import stamp
from goldthread.study.narrowing import Tallies
from goldthread.values import Basis, State
from goldthread.web.screens.reviews import chosen_of
from goldthread.web.wiring import bench, is_part, number_of, page, query_of, shown
from goldthread.web.wording import shown as as_read

SIZE = 40
_ALIKE = 20
_OWN = frozenset({"theme", "direction", "screening_state", "work", "reason"})


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for: codes, characteristics of the reviews, and a period."""

    codes: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]
    period: Period | None
    basis: Basis | None
    """Only what counts on it; None for every passage."""
    kept: tuple[Listed, ...]

    @property
    def key(self) -> Hashable:
        """The same as something to know it by."""
        return frozenset(self.codes.items()), frozenset(self.about.items()), self.period, self.basis

    @property
    def states(self) -> frozenset[str]:
        """The states of the passages asked for."""
        counting = frozenset({State.CONFIRMED.value}) if self.basis is Basis.CONFIRMED else LIVE
        asked = self.codes.get("state", counting)
        return asked if self.basis is None else asked & counting

    @property
    def asked(self) -> Asked:
        """The same as a query of the store."""
        narrowed = self.about or self.period or self.basis
        codes = {**self.codes, "state": self.states} if self.basis else self.codes
        return Asked(codes, frozenset(item.review_id for item in self.kept) if narrowed else None)


def evidence(request: Request) -> Response:
    """The passages an address asks for, and what each further filter would leave."""
    desk, at = bench(request).desk, number_of(request.query_params, "at")
    about, asked, listed = _about(desk), _question(request), desk.catalogue()
    found = desk.evidence(asked.asked, SIZE * (at - 1), SIZE)
    cited = {item.review_id: item for item in listed}
    board = desk.findings.board()
    return page(
        request,
        "_evidence.html" if is_part(request) else "evidence.html",
        screen="evidence",
        found=found,
        extracts=[
            (one, cited[one.review_id], _citation(one, cited[one.review_id].citation)) for one in found.episodes
        ],
        codes=CODES,
        about=about,
        chosen={**asked.codes, **asked.about},
        period=asked.period,
        dated=bool(event_field(desk.protocol)),
        tallies=desk.narrowings.of(asked.key, lambda: _tallies(desk, asked)),
        basis=asked.basis,
        on=lambda basis: query_of(request, basis=basis, at=None, added=None),
        counting=included(listed, Basis.DRAFT),
        counted_of=_counted(desk, asked),
        theme_number={theme.id: n % 12 for n, theme in enumerate(desk.protocol.codebook.themes)},
        findings=[(one, f"{one.finding_id}:{stamp(one)}") for one in board.standing],
        bearing=desk.findings.bearing(),
        into=request.query_params.get("into", ""),
        added=next((one for one in board.standing if one.finding_id == request.query_params.get("added")), None),
        size=SIZE,
        at=at,
        back=query_of(request, added=None),
        turned=lambda number: query_of(request, at=number if number > 1 else None, added=None),
        without_one=lambda name, gone: _without(request, name, gone),
        without_period=query_of(request, by=None, first=None, last=None, at=None, added=None),
    )


def _tallies(desk: Desk, asked: Question) -> Tallies:
    """The reviews each id of each code and characteristic would leave, all else staying as asked."""
    passages = desk.passages()
    if asked.basis is Basis.CONFIRMED:
        passages = tuple(one for one in passages if one.state == State.CONFIRMED.value)
    coded = reviews_of(passages, asked.codes)
    counting = desk.catalogue() if asked.basis is None else _on(desk, desk.catalogue(), asked.basis)
    within = _in_period(desk, tuple(one for one in counting if one.review_id in coded), asked.period)
    return {
        **code_tallies(passages, asked.codes, asked.asked.reviews),
        **tallies(within, asked.about, _about(desk)),
    }


def _counted(desk: Desk, asked: Question) -> Tallies:
    """Of the passages asked for, on whatever basis, those that count on each: "passages" and "reviews"."""
    listed = desk.catalogue()
    key = (asked.key, "counted")

    def count() -> Tallies:
        found = counted(
            desk.passages(), asked.codes, asked.asked.reviews, {basis: included(listed, basis) for basis in Basis}
        )
        return {basis.value: {"passages": here[0], "reviews": here[1]} for basis, here in found.items()}

    return desk.narrowings.of(key, count)


def _on(desk: Desk, listed: tuple[Listed, ...], basis: Basis) -> tuple[Listed, ...]:
    inside = included(desk.catalogue(), basis)
    return tuple(item for item in listed if item.review_id in inside)


def _about(desk: Desk) -> tuple[str, ...]:
    return tuple(name for name in desk.facets if name not in _OWN)


def _question(request: Request) -> Question:
    desk = bench(request).desk
    about, period = chosen_of(request, _about(desk)), period_of(request)
    written = request.query_params.get("basis", "")
    basis = Basis(written) if written in list(Basis) else None
    kept = _in_period(desk, narrow(desk.catalogue(), about), period)
    return Question(chosen_of(request, CODES), about, period, basis, _on(desk, kept, basis) if basis else kept)


def period_of(request: Request) -> Period | None:
    """The years an address narrows to; None where it names none."""
    query = request.query_params
    first, last = (number_of(query, name, 0, 0) or None for name in ("first", "last"))
    by = Dated.HAPPENED if query.get("by") == Dated.HAPPENED else Dated.PUBLISHED
    return Period(by, first, last) if first or last else None


def _in_period(desk: Desk, listed: tuple[Listed, ...], period: Period | None) -> tuple[Listed, ...]:
    if period is None:
        return listed
    within = desk.in_period(period)
    return tuple(item for item in listed if item.review_id in within)


def _citation(one: Episode, cited: str) -> str:
    """A passage as it is pasted into a document: the words, then whose they are."""
    return _quoted(one.anchor.quote, cited, one.anchor.page)


def _quoted(words: str, cited: str, number: int) -> str:
    return f"“{as_read(words)}” [{cited}, p. {number}]"


def _without(request: Request, name: str, gone: str) -> str:
    kept = [value for value in request.query_params.getlist(name) if value != gone]
    rest = query_of(request, **{name: None, "at": None, "added": None})
    return rest + "".join(f"{'&' if '?' in rest else '?'}{name}={value}" for value in kept)


def all_as_text(request: Request) -> Response:
    """Every passage asked for, with its citation, as plain text to paste."""
    return Response("\n\n".join(_texts(request)), media_type="text/plain; charset=utf-8")


def _texts(request: Request) -> Iterator[str]:
    desk = bench(request).desk
    cited = {item.review_id: item.citation for item in desk.catalogue()}
    for one in desk.evidence(_question(request).asked, 0, 5000).episodes:
        yield _citation(one, cited[one.review_id])


def like(request: Request) -> Response:
    """Passages of any review that say something like one passage, coded or not."""
    here = bench(request)
    place = request.query_params.get("at", "")
    quote = here.desk.quote(place)
    waiting = None if here.learning.ready() else here.learning
    hits = here.study.similar(place, limit=_ALIKE) if waiting is None else ()
    cited = {item.review_id: item for item in here.desk.catalogue()}
    found = [(one, cited[one.review_id]) for one in hits]
    return page(
        request,
        "_alike.html" if is_part(request) else "alike.html",
        screen="evidence",
        quote=quote,
        waiting=waiting,
        counting=included(here.desk.catalogue(), Basis.DRAFT),
        hits=[(one, item, _quoted(one.quote, item.citation, one.page)) for one, item in found],
    )


routes: list[Route] = [
    shown("/evidence", evidence),
    shown("/evidence.txt", all_as_text),
    shown("/evidence/like", like),
]
