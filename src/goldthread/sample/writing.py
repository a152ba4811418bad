"""Writing a whole report from the facts of a case, and with it the record of what is true in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from goldthread.sample.bank import Deck, bank, fitting, told, weighted
from goldthread.sample.case import Case, in_words
from goldthread.sample.notes import Notes, Passage, agency_passages, police_passages, recommendations
from goldthread.sample.report import Box, Bullets, Grid, Heading, Paragraph, Part, Report
from goldthread.sample.wording import Wording

KINDS = {
    "SCR": "Serious Case Review",
    "LCSPR": "Local Child Safeguarding Practice Review",
    "CPR": "Child Practice Review",
    "SAR": "Safeguarding Adult Review",
    "APR": "Adult Practice Review",
    "DHR": "Domestic Homicide Review",
}
_WORDS_A_PAGE = {"board": 590, "council": 760, "plain": 520}
_FIXED_PAGES = 5


class Writer:
    """Writes one report. Everything drawn by chance comes from the case, so the same case reads the same."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.rng = case.rng("text")
        self.wording = Wording(case, self.rng)
        self.notes = Notes()
        self._parts: list[Part] = []
        self._section, self._count, self._words = 0, 0, 0
        story = bank("narrative")
        self._filler = Deck(self.rng, story["filler"])
        self._footnotes = Deck(self.rng, story["notes"]["text"])
        self._clock = case.incident - timedelta(days=730)
        self._entries = Deck(self.rng, _entries(case))

    def write(self) -> Report:
        """The full report, of about the size its role asks for."""
        case = self.case
        passages = police_passages(case, self.wording, self.rng, self.notes)
        self._introduction()
        self._terms_and_method()
        self._family()
        self._chronology()
        self._background([passage for passage in passages if passage.section == "background"])
        self._analysis([passage for passage in passages if passage.section != "background"])
        self._conclusion()
        self._recommendations()
        self._appendices()
        return self._report(tuple(self._parts))

    def summary(self) -> Report:
        """A short document of about two pages that says what happened and nothing about practice."""
        self._introduction(full=False)
        self._heading("About this summary")
        self._paragraph(bank("narrative")["introduction"][5])
        self._paragraph("This is a summary. The full report has not been published, at the request of the family.")
        self._heading("What we learned")
        self._parts.append(Box("Learning", tuple(self.rng.sample(bank("learning")["points"], 4))))
        for text in self._filler.hand(3):
            self._paragraph(text)
        return self._report(tuple(self._parts), contents=False)

    def brief(self) -> Report:
        """The same findings with no padding: the shortest report that still has the truth of a full one."""
        passages = police_passages(self.case, self.wording, self.rng, self.notes)
        self._introduction(full=False)
        self._family()
        self._heading("Findings")
        for passage in passages:
            self._paragraph(passage.text)
        self._recommendations()
        return self._report(tuple(self._parts), contents=False)

    def entries(self, count: int) -> list[str]:
        """More everyday contacts, for a document that must be long."""
        return [self._entry() for _ in range(count)]

    def executive(self, full: Notes) -> Report:
        """An executive summary that repeats the recommendations of the full report."""
        self._introduction(full=False)
        self._heading("Main findings")
        for known in full.practice:
            if known.actor == "police" and known.direction == "missed":
                self._paragraph(known.quote)
        self._heading("Recommendations")
        for number, asked in enumerate(full.recommendations, 1):
            self._parts.append(Paragraph(asked.text, f"Recommendation {number}", together=True))
        return self._report(tuple(self._parts), contents=False)

    def _report(self, parts: tuple[Part, ...], *, contents: bool = True) -> Report:
        case = self.case
        kind = " and ".join(KINDS[code] for code in case.role.types)
        if case.role.part == "out_of_jurisdiction":
            kind = "Significant Case Review"
        author = Random(f"{case.seed}/{case.index}/author").choice(  # noqa: S311 - repeatable, not secret
            ("Lead reviewer: Independent Reviewer 1", "Overview author: Independent Author 2", "Chair: Panel Chair 3")
        )
        return Report(
            title=case.title,
            kind=kind,
            board=case.board,
            author=author,
            published=in_words(case.published),
            house=case.role.house,
            area=case.place["area"],
            parts=parts,
            contents=contents,
        )

    # -- small moves -------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        self._section, self._count = self._section + 1, 0
        self._parts.append(Heading(text, str(self._section)))

    def _paragraph(self, text: str, *, note: str = "", together: bool = False) -> None:
        self._count += 1
        self._words += len(text.split())
        self._parts.append(Paragraph(text, f"{self._section}.{self._count}", note, together))

    def _say(self, text: str, **more: str) -> str:
        filled = self.wording.fill(text, **more)
        self._paragraph(filled, together=True)
        return filled

    # -- sections ----------------------------------------------------------------------------------

    def _introduction(self, *, full: bool = True) -> None:
        case, notes, story = self.case, self.notes, bank("narrative")
        self._heading("Introduction")
        self._say(story["introduction"][0])
        self._incident()
        if text := case.profile.get("perpetrator_text"):
            quote = self._say(text)
            notes.value("suspect_age", str(case.person_age), None, quote, subject=1)
        quote = self._say("The local authority for the area in which {S} lived is {LA}.")
        notes.value("local_authority", case.place["area"], None, quote)
        if case.role.part == "no_police":
            quote = self._say(bank("aftermath")["no_police"])
            notes.value("police_involved", "none", None, quote)
        if not full:
            return
        if case.role.part == "out_of_jurisdiction":
            self._say(
                "This review was carried out under the national guidance for Scotland on Significant Case Reviews."
            )
        for text in story["introduction"][1:]:
            self._say(text)

    def _incident(self) -> None:
        case, notes = self.case, self.notes
        quote = self.wording.fill(case.profile["incident"])
        self._paragraph(f"{quote} {self.wording.fill(case.profile['summary'])}", together=True)
        withheld = case.role.part == "date_unclear"
        day, missing = (None, "withheld") if withheld else (case.incident.isoformat(), None)
        notes.value("incident_date", day, missing, quote)
        notes.value("outcome", case.profile["outcome"], None, quote)
        self._harm(quote)
        notes.value("age", str(case.age), None, quote, subject=1)

    def _harm(self, quote: str) -> None:
        """The category and the context of death or harm; a joint review has them for child and adult."""
        case, kind = self.case, "death" if self.case.profile["outcome"] == "death" else "harm"
        about = "child" if case.child else "adult"
        self.notes.value(f"{kind}_category_{about}", case.profile["category"], None, quote)
        self.notes.value(f"context_{about}", case.profile["context"], None, quote)
        if len(case.role.types) > 1:
            self.notes.value(f"{kind}_category_adult", case.profile["adult_category"], None, quote)
            self.notes.value("context_adult", case.profile["adult_context"], None, quote)

    def _terms_and_method(self) -> None:
        story = bank("narrative")
        self._heading("Terms of reference")
        self._paragraph("The panel was asked to answer the following questions.")
        self._parts.append(Bullets(tuple(self.wording.fill(text) for text in story["terms"])))
        self._heading("Methodology")
        methods = story["methods"].get(self.case.role.types[-1], story["methods"]["other"])
        method, method_text = self.rng.choice(methods)
        background, background_text = self.rng.choice(list(story["backgrounds"].items()))
        for text in story["methodology"]:
            quote = self._say(text, method=method_text, background=background_text, familysection="4")
            if "{method}" in text:
                self.notes.value("methodology", method, None, quote)
            if "{background}" in text:
                self.notes.value("lead_reviewer", background, None, quote)

    def _family(self) -> None:
        case, notes, words = self.case, self.notes, bank("identity")
        self._heading("The family" if case.child else "The person")
        columns = ("Name used", "Relationship", "Age")
        self._parts.append(Grid("Family composition", columns, tuple(self._members()), (4, 5, 2)))
        notes.value("sex", case.sex, None, self._say(words["sex"][0][case.sex]), subject=1)
        self._other_subjects()
        notes.value(
            "living_place",
            case.profile["living"],
            None,
            self._say(words["living"][case.profile["living"]]),
            subject=1,
        )
        for name in ("ethnicity", "disability"):
            self._identity(name)
        if case.child:
            self._identity("child_protection_plan")
        else:
            notes.value("child_protection_plan", None, "not_applicable", subject=1)
        for name, text in case.profile["vulnerabilities"].items():
            notes.value("vulnerabilities", name, None, self._say(text))
        self._denials()

    def _members(self) -> Iterator[tuple[str, str, str]]:
        case = self.case
        yield (case.label, "Subject of this review", case.age_words)
        for n in range(1, 1 + case.profile.get("siblings", 0)):
            yield (f"Sibling {n}", "Sibling", str(case.age + n))
        others = bank("identity")["family"]["child" if case.child else "adult"]
        for name, relation, youngest, oldest in others:
            if name != case.person:
                low, high = (max(youngest, case.age + 18), max(oldest, case.age + 24))
                if not case.child:
                    low, high = max(18, case.age - 15), min(88, case.age + 15)
                yield (name, relation, str(self.rng.randint(low, high)))
        yield (case.person, "See section 1", str(case.person_age))

    def _other_subjects(self) -> None:
        """Brothers and sisters, or the second person a joint review is about, are subjects too."""
        case = self.case
        for number in range(1, 1 + case.profile.get("siblings", 0)):
            quote = self._say(f"Sibling {number} was aged {case.age + number} at that time.")
            self.notes.value("age", str(case.age + number), None, quote, subject=1 + number)
        if "second" in case.profile:
            age = str(self.rng.randint(*case.profile["second_ages"]))
            self.notes.value("age", age, None, self._say(case.profile["second"], second=age), subject=2)

    def _identity(self, name: str) -> None:
        entry = weighted(self.rng, bank("identity")[name])
        quote = self._say(entry["text"]) if "text" in entry else ""
        self.notes.value(name, entry.get("value"), entry.get("missing"), quote, subject=1)

    def _denials(self) -> None:
        contexts = {*self.case.profile["contexts"], *self.case.profile["vulnerabilities"]}
        denials = [text for name, text in bank("learning")["negations"].items() if name not in contexts]
        if "exploitation" in contexts:
            denials = [text for text in denials if "exploitation" not in text and "trafficking" not in text]
        self._paragraph(" ".join(self.wording.fill(text) for text in Deck(self.rng, denials).hand(3)))

    def _chronology(self) -> None:
        case = self.case
        self._heading("Summary of events")
        self._paragraph(
            "The table sets out the main contacts in the order in which they happened. It is not complete."
        )
        count = min(60, 8 + case.role.pages)
        days = sorted(self.wording.day() for _ in range(count))
        deck = Deck(self.rng, self._events())
        rows = []
        for day in days:
            entry = deck.deal()
            rows.append(
                (self.wording.say(day).removeprefix("a day in "), self.wording.fill(entry["text"]), entry["agency"])
            )
        self._parts.append(Grid("Chronology of key events", ("Date", "Event", "Agency"), tuple(rows), (3, 8, 3)))
        self._words += sum(len(row[1].split()) + 9 for row in rows)

    def _events(self) -> list[dict[str, str]]:
        known = any(known.actor == "police" and known.direction != "described" for known in self.notes.practice)
        known = known and self.case.role.part != "post_incident_learning"
        events = fitting(bank("narrative")["events"], self.case.contexts)
        return [entry for entry in events if known or not entry.get("police")]

    def _background(self, passages: list[Passage]) -> None:
        self._heading("What agencies knew")
        for passage in passages:
            for sentence in self._quotes(passage.text, "described"):
                self._paragraph(f"{sentence} {self._entry()}", together=True)
        target = self.case.role.pages * 110
        while self._words < target:
            self._paragraph(" ".join(self._entry() for _ in range(self.rng.randint(2, 4))), note=self._note())

    def _quotes(self, text: str, direction: str) -> list[str]:
        return [known.quote for known in self.notes.practice if known.direction == direction and known.quote in text]

    def _entry(self) -> str:
        opening = self.rng.choice(bank("narrative")["openings"]["text"])
        actor, action, result = self._entries.deal()
        self._clock += timedelta(days=self.rng.randint(2, 20))
        if self._clock > self.case.incident - timedelta(days=60):
            self._clock = self.case.incident - timedelta(days=self.rng.randint(600, 730))
        now, later = self._clock, self._clock + timedelta(days=40)
        dated = self.wording.fill(
            f"{opening}{actor[0].lower()}{actor[1:]} {action}. ",
            date=self.wording.say(now),
            month=self.wording.say_month(now),
        )
        return dated + self.wording.fill(result, month=self.wording.say_month(later))

    def _note(self) -> str:
        return self._footnotes.deal() if self.rng.random() < 0.1 else ""

    def _analysis(self, passages: list[Passage]) -> None:
        passages = passages + agency_passages(self.case, self.wording, self.rng, self.notes)
        order = [*bank("narrative")["themes"]]
        sections = sorted({passage.section for passage in passages}, key=order.index)
        target = (self.case.role.pages - _FIXED_PAGES) * _WORDS_A_PAGE[self.case.role.house]
        points = Deck(self.rng, bank("learning")["points"])
        start, room = self._words, max(0, target - self._words)
        for number, section in enumerate(sections, 1):
            self._heading(bank("narrative")["themes"][section])
            for passage in (passage for passage in passages if passage.section == section):
                self._paragraph(passage.text, together=True, note=self._note())
                if self.rng.random() < 0.3:
                    self._say(self.rng.choice(told(bank("learning")["hypotheticals"], self.case.contexts)))
            self._fill_to(start + room * number // len(sections))
            if number % 2 == 1:
                self._parts.append(Box("Learning point", tuple(points.hand(1))))

    def _fill_to(self, words: int) -> None:
        while self._words < words:
            if self.rng.random() < 0.3:
                self._say(self._filler.deal())
            else:
                self._paragraph(" ".join(self._entry() for _ in range(self.rng.randint(2, 4))), note=self._note())

    def _conclusion(self) -> None:
        self._heading("Conclusion")
        for text in bank("narrative")["conclusion"]["text"]:
            self._say(text)
        if self.case.role.part in ("no_police_learning", "post_incident"):
            self._paragraph("The review identified no learning for the police.")

    def _recommendations(self) -> None:
        self._heading("Recommendations")
        self._paragraph("The recommendations below have been accepted by the agencies to which they are addressed.")
        for number, text in enumerate(recommendations(self.case, self.wording, self.rng, self.notes), 1):
            self._parts.append(Paragraph(text, f"Recommendation {number}", together=True))

    def _appendices(self) -> None:
        story = bank("narrative")
        self._parts.append(Heading("Glossary", "Appendix A"))
        rows = tuple((entry["term"], entry["meaning"]) for entry in story["glossary"])
        self._parts.append(Grid("Terms used in this report", ("Term", "Meaning"), rows, (2, 8)))
        self._parts.append(Heading("References", "Appendix B"))
        self._parts.append(Bullets(tuple(self.wording.fill(text) for text in story["references"]["text"])))


def _entries(case: Case) -> list[tuple[str, str, str]]:
    """Every everyday contact the grammar can make for a case of this kind."""
    agencies = fitting(bank("chronicle")["agency"], case.contexts)
    return [
        (actor, action, result)
        for agency in agencies
        for actor in agency["actors"]
        for action, *results in agency["deeds"]
        for result in results
    ]
