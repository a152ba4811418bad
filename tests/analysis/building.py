"""Studies built case by case: a small protocol, reviews with real anchors, random studies, published margins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from hypothesis import strategies as st

from goldthread.analysis.records import DocumentRecord, ReviewRecord, RoundRecord, StudyRecord
from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.protocol.model import Protocol
from goldthread.protocol.vocabulary import permitted
from goldthread.screening.model import Answer, CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.values import Basis, Missing, State, Unit

_SERIAL = count(1)


def words(review_id: str, quote: str) -> Anchor:
    """An anchor on `quote` in a real stored text of that review."""
    text = f"The overview report for {review_id} says: {quote} That is what it says."
    document = DocumentText(f"{review_id}-d1", f"{abs(hash(text)):x}", 1, ("Title page", text))
    start = document.text.index(quote)
    return anchor(document, start, start + len(quote))


def characteristic(
    review_id: str,
    field: str,
    value: str | Missing,
    *,
    subject: int = 0,
    state: State = State.CONFIRMED,
    confidence: float = 1.0,
    anchored: Sequence[Anchor] = (),
) -> Characteristic:
    missing = value if isinstance(value, Missing) else None
    stated = None if missing else str(value)
    anchors = tuple(anchored) or (() if missing else (words(review_id, f"{field} is {value} ({subject})."),))
    return Characteristic(review_id, subject, field, stated, missing, state, "coder", "person", confidence, anchors)


def episode(
    review_id: str,
    theme: str,
    *,
    subtheme: str = "",
    direction: str = "missed",
    explanation: str = "",
    whose: str = "",
    state: State = State.CONFIRMED,
) -> Episode:
    n = next(_SERIAL)
    return Episode(
        review_id=review_id,
        episode_id=f"e{n}",
        theme=theme,
        subtheme=subtheme,
        direction=direction,
        explanation=explanation,
        whose=whose,
        state=state,
        author="coder",
        engine="person",
        confidence=0.9,
        anchor=words(review_id, f"Passage {n} on {theme or 'practice'}, {direction}."),
    )


def recommendation(review_id: str, addressee: str, scope: str, *, state: State = State.CONFIRMED) -> Recommendation:
    n = next(_SERIAL)
    found = words(review_id, f"Recommendation {n}: change it.")
    return Recommendation(review_id, f"r{n}", found.quote, addressee, scope, state, "coder", "person", 0.9, found)


def decided(review_id: str, status: str, basis: Basis = Basis.CONFIRMED) -> ScreeningDecision | None:
    """The decision that puts a review in a status: included, maybe, unscreened, or the id of a reason."""
    if status == "unscreened":
        return None
    if status in ("included", "maybe"):
        return ScreeningDecision(review_id, ScreeningState(status), "", basis, "coder", "2020-01-01")
    return ScreeningDecision(review_id, ScreeningState.EXCLUDED, status, basis, "coder", "2020-01-01")


def review(
    review_id: str,
    types: Sequence[str] = ("SCR",),
    *,
    status: str = "included",
    basis: Basis = Basis.CONFIRMED,
    source: str = "nspcc",
    round: str = "r1",
    published: str = "2019-03-01",
    pages: int = 20,
    characteristics: Iterable[Characteristic] = (),
    episodes: Iterable[Episode] = (),
    recommendations: Iterable[Recommendation] = (),
    answers: Iterable[CriterionAnswer] = (),
) -> ReviewRecord:
    return ReviewRecord(
        review_id=review_id,
        title=f"Review {review_id}",
        citation=f"{types[0] if types else 'Review'} {review_id}",
        review_types=tuple(types),
        source=source,
        round=round,
        publication_date=published,
        url="",
        found_at="2019-04-01",
        documents=(DocumentRecord(f"{review_id}-d1", f"{review_id}.pdf", "0" * 64, "pdf", pages, pages * 2000),),
        decision=decided(review_id, status, basis),
        answers=tuple(answers),
        characteristics=tuple(characteristics),
        episodes=tuple(episodes),
        recommendations=tuple(recommendations),
    )


def answered(review_id: str, criterion: str, met: Answer) -> CriterionAnswer:
    found = words(review_id, f"On {criterion} it is {met.value}.")
    return CriterionAnswer(review_id, criterion, met, State.SUGGESTED, "machine", "lexicon", 0.8, (found,))


def study(reviews: Iterable[ReviewRecord], rounds: Sequence[str] = ("r1", "r2")) -> StudyRecord:
    return StudyRecord(
        name="test",
        created="2020-01-01",
        state="0f0f",
        reviews=tuple(reviews),
        rounds=tuple(RoundRecord(name, f"Round {name}") for name in rounds),
        engines=(),
        versions={},
    )


STATES = st.sampled_from([State.CONFIRMED, State.SUGGESTED, State.SUGGESTED, State.REJECTED, State.SUPERSEDED])


@st.composite
def random_characteristics(draw: st.DrawFn, review_id: str, protocol: Protocol) -> list[Characteristic]:
    """Values and missing of any field, in any state, with at most one confirmed value where only one may be."""
    subjects = draw(st.integers(1, 3))
    made = []
    for field in draw(st.lists(st.sampled_from(protocol.fields), max_size=12, unique_by=lambda field: field.id)):
        values = permitted(field.id, protocol) or ("0", "3", "17", "44", "2016-05", "Kent Police")
        for subject in range(1, subjects + 1) if field.unit is not Unit.REVIEW else (0,):
            confirmed = False
            for _ in range(draw(st.integers(1, 3))):
                state = draw(STATES)
                if state is State.CONFIRMED and confirmed and not field.multiple:
                    continue
                confirmed = confirmed or state is State.CONFIRMED
                value = draw(st.sampled_from([*values, *Missing]))
                made.append(
                    characteristic(
                        review_id, field.id, value, subject=subject, state=state, confidence=draw(st.floats(0, 1))
                    )
                )
    return made


@st.composite
def random_reviews(draw: st.DrawFn, review_id: str, protocol: Protocol) -> ReviewRecord:
    book, asked = protocol.codebook, protocol.recommendations
    kinds = [kind.id for kind in protocol.review_types]
    statuses = ["included", "included", "included", "maybe", "unscreened", *(one.id for one in protocol.reasons)]

    def pick(values: Sequence[object]) -> str:
        return draw(st.sampled_from(["", *(value.id for value in values)]))  # type: ignore[attr-defined]

    episodes = []
    for _ in range(draw(st.integers(0, 4))):
        theme = draw(st.sampled_from([None, *book.themes]))
        episodes.append(
            episode(
                review_id,
                theme.id if theme else "",
                subtheme=pick(theme.subthemes) if theme else "",
                direction=draw(st.sampled_from([value.id for value in book.directions])),
                explanation=pick(book.explanations),
                whose=pick(book.whose),
                state=draw(STATES),
            )
        )
    return review(
        review_id,
        draw(st.lists(st.sampled_from(kinds), max_size=2, unique=True)),
        status=draw(st.sampled_from(statuses)),
        basis=draw(st.sampled_from(list(Basis))),
        source=draw(st.sampled_from([source.id for source in protocol.sources])),
        round=draw(st.sampled_from(["r1", "r2"])),
        published=draw(st.sampled_from(["", "2014", "2015-04", "2019-03-01"])),
        pages=draw(st.integers(0, 60)),
        characteristics=draw(random_characteristics(review_id, protocol)),
        episodes=episodes,
        recommendations=[
            recommendation(review_id, pick(asked.addressees), pick(asked.scopes), state=draw(STATES))
            for _ in range(draw(st.integers(0, 2)))
        ],
    )


@st.composite
def random_studies(draw: st.DrawFn, protocol: Protocol, most: int = 6) -> StudyRecord:
    """Any study of up to `most` reviews."""
    return study(draw(random_reviews(f"v{n}", protocol)) for n in range(draw(st.integers(0, most))))
