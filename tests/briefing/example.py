"""A fictional study made by rule: the same number of reviews gives the same study, letter for letter.

Every quote is cut from a text made here, through the real anchors. No real person, place or review is named.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from goldthread.analysis.records import DocumentRecord, EngineRecord, ReviewRecord, RoundRecord, StudyRecord
from goldthread.anchors import Anchor, DocumentText, anchor
from goldthread.coding.agencies import of_words
from goldthread.coding.model import Episode, Recommendation
from goldthread.extraction.model import Characteristic
from goldthread.protocol.load import load
from goldthread.protocol.model import About, Protocol
from goldthread.screening.model import Answer, CriterionAnswer, ScreeningDecision, ScreeningState
from goldthread.values import Basis, Missing, State

MADE = "2026-02-03T10:20:30+00:00"
NASTY = (
    "Officers wrote <script>alert('x')</script> & \"left\" it there, and nobody asked why the record read so.",
    '#let x = 1; #eval("2") stood in the log as *free* text $a^2$ with \\textbf{no} meaning, and was not queried.',
    '=HYPERLINK("https://example.invalid/","click") was pasted into the incident log and was never followed up.',
    "The log said {{ 7*7 }} and {% raw %}x{% endraw %}, which the supervisor did not notice when reviewing it.",
    "The multi\u00ad\nagency pro\u00ad\r\ngramme was known\r\nto officers, who did not refer the family to it.",
    "The officer listed \uf0b7 the home \uf0b7 the children \u2022 and the risk 🙂 中 ē, but did not share the list.",
    "The note ended ]]> --> </q></p></li><img src=x onerror=alert(1)> and no officer asked what it meant.",
)
MISSED = (
    "Officers who attended did not ask to see the children, and the log does not say who else lived there.",
    "No risk assessment was completed after the call, although two earlier incidents were on the system.",
    "The information held by the control room was not passed to children’s social care until nine days later.",
    "The strategy meeting went ahead without police, and its minutes were not sent to the officer in charge.",
    "Her account was taken with her partner in the room, and nobody offered to see her alone.",
    "The suspect was not arrested for eleven weeks, and the evidence from the first night was lost.",
    "The missing-person report was graded as low risk without reading the earlier four reports.",
    "The custody record shows that the appropriate adult was called only after the interview had begun.",
)
GOOD = (
    "The call handler stayed on the line for forty minutes and recorded what the child said in his own words.",
    "The neighbourhood officer visited weekly and made a full referral, which the review commends.",
    "The officer saw that bruising did not fit the account, and called a joint visit the same afternoon.",
)
DESCRIBED = ("Police attended the address at 22.10 and spoke to both adults before leaving the scene.",)
ASKED = (
    "The police should make sure that every officer who attends a domestic incident sees and speaks to each child.",
    "The partnership should agree one pathway for escalating concerns between agencies, and test it within a year.",
    "The board should ask each agency to show how it learns from reviews such as this one.",
)
CATEGORIES = ("overt_filicide", "suicide", "fatal_physical_abuse", "sudi", "child_homicide")
FORCES = ("Cleveland Police", "Durham Constabulary", "Cheshire Constabulary", "Northumbria Police")


@dataclass
class Writing:
    """A document being written: sentences go in, and come back as spans to anchor."""

    document_id: str
    pages: list[str] = field(default_factory=lambda: [""])
    spans: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, sentence: str) -> int:
        """Write a sentence; its number serves to anchor it once the text is done."""
        if len(self.pages[-1]) > 1500:
            self.pages.append("")
        page = len(self.pages) - 1
        start = len(self.pages[page])
        self.pages[page] += f"{sentence}\n"
        self.spans.append((page, start, start + len(sentence)))
        return len(self.spans) - 1

    def text(self) -> DocumentText:
        """The stored text."""
        whole = "\f".join(self.pages)
        return DocumentText(self.document_id, hashlib.sha256(whole.encode()).hexdigest(), 1, tuple(self.pages))

    def anchors(self) -> list[Anchor]:
        """An anchor for each sentence, in order."""
        text = self.text()
        return [anchor(text, text.page_starts[p] + start, text.page_starts[p] + end) for p, start, end in self.spans]


def protocol() -> Protocol:
    """The shipped protocol the example is coded with."""
    return load("police-reviews")


def study(reviews: int = 20, passages: int = 8, confirmed: bool = False, seed: int = 7) -> StudyRecord:
    """A study of so many registered reviews, of which about two in three are included."""
    dice = random.Random(seed)  # noqa: S311 (a fixed sequence is the point)
    found = tuple(_review(n, passages, dice) for n in range(1, reviews + 1))
    if confirmed:
        found = tuple(_confirmed(review) for review in found)
    return StudyRecord(
        name="Example study",
        created="2026-01-05T09:00:00+00:00",
        state="5f0c" * 16,
        reviews=found,
        rounds=(
            RoundRecord("2019-q2", "April to June 2019", "2019-04-01", "2019-06-30"),
            RoundRecord("2019-q3", "July to September 2019", "2019-07-01", "2019-09-30"),
        ),
        engines=(EngineRecord("lexicon", "1.0", reviews, "2026-02-01T08:00:00+00:00"),),
        versions={"goldthread": "0.1.0", "pypdfium2": "5.15.2"},
    )


def nothing(registered: int = 0) -> StudyRecord:
    """A study with so many registered reviews and none screened."""
    whole = study(max(registered, 1))
    bare = tuple(
        replace(r, decision=None, answers=(), characteristics=(), episodes=(), recommendations=())
        for r in whole.reviews[:registered]
    )
    return replace(whole, reviews=bare, rounds=(), engines=())


def _review(number: int, passages: int, dice: random.Random) -> ReviewRecord:
    review_id = f"R{number:04d}"
    types = (
        ("SCR", "SAR") if number == 5 else ("SAR",) if number % 4 == 0 else ("DHR",) if number % 11 == 0 else ("SCR",)
    )
    writing = Writing(f"D{number:04d}")
    case = _Case(review_id, types, writing, dice)
    left_out = {3: "duplicate", 6: "out_of_date", 9: "no_police_involvement", 15: "out_of_date"}.get(number % 20, "")
    decision: ScreeningDecision | None
    if left_out:
        case.answer("in_period" if left_out == "out_of_date" else "police_involved", Answer.UNMET)
        decision = ScreeningDecision(review_id, ScreeningState.EXCLUDED, left_out, Basis.DRAFT, "lexicon", MADE)
    elif number % 20 in (12, 18):
        state = ScreeningState.MAYBE
        decision = (
            ScreeningDecision(review_id, state, "", Basis.DRAFT, "lexicon", MADE) if number % 20 == 12 else None
        )
    else:
        case.fill(passages)
        decision = ScreeningDecision(review_id, ScreeningState.INCLUDED, "", Basis.DRAFT, "lexicon", MADE)
    return case.record(number, decision)


class _Case:
    """One review being made: values by the number of the sentence they rest on, anchored at the end."""

    def __init__(self, review_id: str, types: tuple[str, ...], writing: Writing, dice: random.Random) -> None:
        self.review_id, self.types, self.writing, self.dice = review_id, types, writing, dice
        self.values: list[tuple[str, int, str, int]] = []
        self.missing: list[tuple[str, int, Missing]] = []
        self.coded: list[tuple[int, str, str, str, str, str]] = []
        self.asked: list[tuple[int, str, str]] = []
        self.answers: list[tuple[str, Answer, int]] = []
        self.sentences = count(1)

    def write(self, words: str) -> int:
        return self.writing.add(f"{next(self.sentences)}.{self.dice.randint(1, 9)} {words}")

    def value(self, name: str, value: str, words: str, subject: int = 0) -> None:
        self.values.append((name, subject, value, self.write(words)))

    def answer(self, criterion: str, met: Answer) -> None:
        self.answers.append(
            (criterion, met, self.write(f"The period under review answers {criterion}: {met.value}."))
        )

    def fill(self, passages: int) -> None:
        dice = self.dice
        for criterion in ("in_period", "police_involved", "police_practice"):
            self.answer(criterion, Answer.MET)
        outcome = dice.choice(("death", "death", "serious_harm"))
        self.value(
            "outcome", outcome, "The subject of this review died." if outcome == "death" else "The subject was hurt."
        )
        if self.types[0] == "SCR" and outcome == "death":
            self.value(
                "death_category_child", dice.choice(CATEGORIES), "The conclusion of the inquest is set out here."
            )
        if self.types[0] == "SCR" and outcome == "serious_harm":
            self.value("harm_category_child", "neglect", "The harm was the result of neglect.")
        if self.types[0] != "SCR" and outcome == "death":
            self.value(
                "death_category_adult", dice.choice(("overdose", "ill_health")), "The cause of death was given."
            )
        self.value("force", dice.choice(FORCES), "The police force took part in this review.")
        self.value(
            "first_involvement", dice.choice(("missing_report", "domestic_incident")), "Police first heard so."
        )
        for name in dice.sample(("domestic_abuse", "missing", "mental_health", "trafficking"), 2):
            self.value("vulnerabilities", name, f"There was evidence of {name.replace('_', ' ')} in the family.")
        age = dice.randint(0, 17) if self.types[0] == "SCR" else dice.randint(20, 80)
        self.value("age", str(age), f"The subject was {age} years old at the time.", 1)
        if dice.random() < 0.6:
            self.value("sex", dice.choice(("male", "female")), "The review speaks of her or of him.", 1)
        else:
            self.missing.append(("sex", 1, Missing.WITHHELD))
        self.missing.append(("ethnicity", 1, Missing.NOT_STATED))
        self._practice(passages)

    def _practice(self, passages: int) -> None:
        themes = ("risk_identification", "risk_assessment_management", "victim_engagement", "evidence_investigation",
                  "collaborative_working", "recording_researching")  # fmt: skip
        sub = {t.id: [s.id for s in t.subthemes] for t in _PROTOCOL.codebook.themes}
        reasons = ("knowledge_attitude", "procedure_system", "resourcing", "unknown", "unknown")
        for n in range(passages):
            theme = self.dice.choice(themes)
            direction = self.dice.choices(("missed", "good", "described"), (6, 2, 1))[0]
            bank: Sequence[str] = {"good": GOOD, "described": DESCRIBED}.get(direction, MISSED + NASTY)
            why = self.dice.choice(reasons) if direction == "missed" else ""
            whose = self.dice.choice(("child", "adult", "adolescent", "")) if direction == "missed" else ""
            sentence = self.write(bank[(int(self.review_id[1:]) * 7 + n) % len(bank)])
            self.coded.append((sentence, theme, self.dice.choice([*sub[theme], ""]), direction, why, whose))
            if n % 4 == 0:
                addressee = self.dice.choice(("police", "multi_agency", "other_agency"))
                scope = "multi" if addressee == "multi_agency" else "single"
                self.asked.append((self.write(self.dice.choice(ASKED)), addressee, scope))

    def record(self, number: int, decision: ScreeningDecision | None) -> ReviewRecord:
        self.write("This review is fictional.")
        anchors = self.writing.anchors()
        kind = "/".join(self.types)
        text = self.writing.text()
        problems = ("2 of its pages are pictures of text and could not be read",) if number % 10 == 2 else ()
        document = DocumentRecord(
            document_id=text.document_id,
            file_name=f"{kind.lower().replace('/', '-')}-{number}.pdf",
            sha256=text.sha256,
            format="pdf",
            pages=len(text.pages),
            characters=len(text.text),
            problems=problems,
            duplicate_of="D0001" if number % 20 == 3 else "",
            near_duplicates=("D0001",) if number % 20 == 7 else (),
        )
        return ReviewRecord(
            review_id=self.review_id,
            title=f"{kind} concerning {'Adult' if kind == 'SAR' else 'Child'} {_name(number)} <fictional & invented>",
            citation=f"{kind} {_name(number)}",
            review_types=self.types,
            source=("nspcc", "board_sites", "scie")[number % 3],
            round="2019-q2" if number % 2 else "2019-q3",
            publication_date=f"2019-{number % 12 + 1:02d}",
            url=f"https://example.invalid/reviews/{number}",
            found_at=f"2019-07-{number % 28 + 1:02d}",
            documents=(document,),
            decision=decision,
            answers=tuple(self._answers(anchors)),
            characteristics=tuple(self._characteristics(anchors)),
            episodes=tuple(self._episodes(anchors)),
            recommendations=tuple(self._recommendations(anchors)),
        )

    def _answers(self, anchors: list[Anchor]) -> Iterator[CriterionAnswer]:
        for criterion, met, at in self.answers:
            yield CriterionAnswer(self.review_id, criterion, met, _S, "lexicon", "lexicon", 0.8, (anchors[at],))

    def _characteristics(self, anchors: list[Anchor]) -> Iterator[Characteristic]:
        for name, subject, value, at in self.values:
            yield Characteristic(
                self.review_id, subject, name, value, None, _S, "lexicon", "lexicon", 0.9, (anchors[at],)
            )
        for name, subject, missing in self.missing:
            yield Characteristic(self.review_id, subject, name, None, missing, _S, "lexicon", "lexicon", 0.5)

    def _episodes(self, anchors: list[Anchor]) -> Iterator[Episode]:
        for n, (at, theme, sub, direction, why, whose) in enumerate(self.coded, start=1):
            confidence = round(0.5 + self.dice.random() / 2, 3)
            yield Episode(
                self.review_id, f"{self.review_id}-E{n}", theme, sub, direction, why, whose, _S, "lexicon", "lexicon",
                confidence, anchors[at], of_words(anchors[at].quote, _PROTOCOL, About.CHILD),
            )  # fmt: skip

    def _recommendations(self, anchors: list[Anchor]) -> Iterator[Recommendation]:
        for n, (at, addressee, scope) in enumerate(self.asked, start=1):
            yield Recommendation(
                self.review_id, f"{self.review_id}-A{n}", anchors[at].quote, addressee, scope, _S, "lexicon",
                "lexicon", 0.7, anchors[at],
            )  # fmt: skip


_S = State.SUGGESTED
_PROTOCOL = protocol()


def _name(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _confirmed(review: ReviewRecord) -> ReviewRecord:
    return replace(
        review,
        decision=replace(review.decision, basis=Basis.CONFIRMED) if review.decision else None,
        answers=tuple(replace(x, state=State.CONFIRMED) for x in review.answers),
        characteristics=tuple(replace(x, state=State.CONFIRMED) for x in review.characteristics),
        episodes=tuple(replace(x, state=State.CONFIRMED) for x in review.episodes),
        recommendations=tuple(replace(x, state=State.CONFIRMED) for x in review.recommendations),
    )
