"""Passages on professional practice: who acted, and whether the report judges it.

A sentence is about practice when it names an actor, or carries one over from the sentence before by a
pronoun. It is judged when cues of failing or praise stand in it, else described when the actor does
something. The reviewers' own enquiries, addresses and legal formulas are not practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.cues import Hit
from goldthread.extraction.guards import part_of_idiom, within_name
from goldthread.extraction.reading import SHORT_NAME, Reading, Said, clause_start
from goldthread.protocol.lexicon import Lexicon

MISSED, GOOD, DESCRIBED = "missed", "good", "described"
_PRONOUN_REACH = 2
_NEGATION = "negation"
_FLIP_REACH = 60
_DENIAL = ("negation_verb",)
_DENIED_WITHIN = 12
_UNSURE_REACH, _DENSE = 8, 0.03  # sentences since the actor's own name; share of sentences that have it
_MAINLY = 0.15  # share of sentences that name the actor in a report mainly about it
_SECTION_SAYS = 2.0
_OTHERS, _WEAK = 0.2, 0.2  # what a judgement counts for that may be of somebody else
_LIST = re.compile(r"[\w' ]{0,20}(?:,| and| or|/)[\w', ]{0,40}")
_LISTING = frozenset({Role.CONCERNS, Role.FINDINGS, Role.LEARNING})
_SKIPPED_ROLES = frozenset({Role.REFERENCES, Role.FRONT})


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence on practice, before it is coded. `points` are those of its direction."""

    said: Said
    direction: str
    points: float
    rival: float
    own_actor: bool
    afterwards: bool = False


def passages(reading: Reading, lexicon: Lexicon) -> list[Passage]:
    """Every passage on the practice of the protocol's actor, in reading order."""
    if not lexicon.practice.actor:
        return []
    finder = _Finder(reading, lexicon)
    return [passage for said in reading.said if (passage := finder.judge(said))]


def actor_groups(reading: Reading, lexicon: Lexicon) -> frozenset[str]:
    """The groups that name the actor in this document; words it shares with others only where those are fewer."""
    cues = lexicon.practice
    sure = sum(len(reading.by_group.get(group, ())) for group in cues.actor)
    rivals = sum(len(reading.by_group.get(group, ())) for group in cues.rivals)
    return frozenset((*cues.actor, *(cues.perhaps_actor if sure >= rivals else ())))


class _Finder:
    """Walks a document once, remembering the last sentence that named an actor."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        cues = lexicon.practice
        self.reading, self.lexicon = reading, lexicon
        self.actor, self.carried = actor_groups(reading, lexicon), frozenset(cues.carried_by)
        self.as_object, self.afterwards = frozenset(cues.as_object), frozenset(cues.afterwards)
        self.action = frozenset(cues.action)
        self.missed, self.good = frozenset(cues.missed), frozenset(cues.good)
        self.others = frozenset(cues.other_agencies)
        self.sure, self.last_sure = frozenset(cues.actor), -_UNSURE_REACH - 1
        told = {said.place for said, _ in reading.hits_of(cues.actor)}
        share = len(told) / max(1, len(reading.said))
        self.dense, self.about_actor = share > _DENSE, share > _MAINLY
        self.last_actor = -10
        self.last_leads = True
        self.last_of_reviewers = -10

    def judge(self, said: Said) -> Passage | None:
        """The passage a sentence is, or None when it is none."""
        if not said.is_prose or said.role in _SKIPPED_ROLES:
            return None
        own = self._names_actor(said)
        done = not own and said.has(self.lexicon.practice.deeds)
        carried = not own and not done and self._carries(said)
        if (own and not self._only_object(said)) or done or carried:
            self.last_actor = said.place
        if own:
            self.last_leads = self._leads(said)
        if not (own or done or carried) or self._of_the_reviewers(said, carried):
            return None
        after = said.has(self.afterwards)
        missed, good = (0.0, 0.0) if after or self._not_judging(said, own) else self._points(said)
        factor = 1.0 if own else (_OTHERS if said.has(self.others) else 1.0) * (1.0 if self.last_leads else _WEAK)
        missed, good = missed * factor, good * factor
        if max(missed, good) >= 1.0:
            direction = MISSED if missed >= good else GOOD
            return Passage(said, direction, max(missed, good), min(missed, good), own, after)
        if done or (said.has(self.action) and not self._nothing_done(said, own)):
            return Passage(said, DESCRIBED, 1.0 if own else 0.6, max(missed, good), own or done, after)
        return None

    def _nothing_done(self, said: Said, own: bool) -> bool:
        """Whether the actor is only asked for a change, or only told, called or asked by somebody."""
        return said.has(self.lexicon.recommendations.asks) or (own and self._only_object(said))

    def _names_actor(self, said: Said) -> bool:
        if SHORT_NAME in said.groups:
            return True
        names = self.lexicon.names_of_agencies
        found = {hit.group for hit in said.of(self.actor) if not within_name(hit, said, names)}
        if not found.isdisjoint(self.sure):
            self.last_sure = said.place
            return True
        return bool(found) and (self.dense or said.place - self.last_sure <= _UNSURE_REACH)

    def _not_judging(self, said: Said, own: bool) -> bool:
        cues = self.lexicon.practice
        told = said.has(cues.alleged) or said.has(self.lexicon.recommendations.asks)
        return (told and not said.has(cues.found)) or (own and self._only_object(said))

    def _only_object(self, said: Said) -> bool:
        """Whether the actor is only told, called or asked: what is judged is what somebody else did."""
        objects = said.of(self.as_object)
        return bool(objects) and all(
            any(held.start <= hit.start and hit.end <= held.end for held in objects) for hit in said.of(self.actor)
        )

    def _of_the_reviewers(self, said: Said, carried: bool) -> bool:
        """Whether it tells how the review itself was done, is a legal formula, or says there is nothing to tell."""
        goes_on = carried and said.place - self.last_of_reviewers == 1 and said.has(self.carried)
        if self._about_the_review(said) or (goes_on and not said.has(self.lexicon.practice.found)):
            self.last_of_reviewers = said.place
            return True
        return False

    def _about_the_review(self, said: Said) -> bool:
        cues = self.lexicon.practice
        if said.has(cues.boilerplate) or said.has(cues.uninvolved) or said.has(cues.uninvolved_before):
            return True
        return said.has(cues.own_enquiry) and not said.has(cues.found)

    def _carries(self, said: Said) -> bool:
        since = said.place - self.last_actor
        if since > (_PRONOUN_REACH if self.about_actor else 1) or not (self.about_actor or self.last_leads):
            return False
        listed = said.kind is BlockKind.LIST_ITEM or said.role in _LISTING
        if listed and since == 1 and not said.has(self.others) and said.has(self.missed):
            return True
        return said.has(self.carried) and any(
            hit.group in self.carried and hit.start - said.start < 60 for hit in said.hits
        )

    def _leads(self, said: Said) -> bool:
        """Whether a sentence that names the actor is about it, rather than about somebody named before it."""
        first = next((hit for hit in said.hits if hit.group in self.others or hit.group in self.actor), None)
        return first is None or first.group in self.actor or SHORT_NAME in said.groups

    def _whose(self, said: Said, cue: Hit) -> float:
        """What a judgement counts for: less when somebody else stands between it and the actor."""
        if not said.has(self.others):
            return 1.0
        agents = self._agents(said)
        before = [hit for hit in agents if hit.end <= cue.start]
        after = [hit for hit in agents if hit.start >= cue.end]
        nearest = before[-1] if before else after[0] if after else None
        if nearest is None or nearest.group in self.actor or not said.has(self.actor):
            return 1.0
        beside = [hit for hit in agents if hit.group in self.actor]
        if any(_joined(self.reading.low, hit, nearest) for hit in beside):
            return 1.0
        return _OTHERS

    def _agents(self, said: Said) -> list[Hit]:
        """Who is named in a sentence, but for the actor where it is only told or asked."""
        objects = said.of(self.as_object)
        return [
            hit
            for hit in said.hits
            if hit.group in self.others
            or (hit.group in self.actor and not any(o.start <= hit.start and hit.end <= o.end for o in objects))
        ]

    def _points(self, said: Said) -> tuple[float, float]:
        missed = good = 0.0
        cues = self.lexicon.practice
        idioms = said.has(cues.idioms)
        for hit in said.hits:
            is_missed, is_good = hit.group in self.missed, hit.group in self.good
            if not (is_missed or is_good) or (idioms and within_name(hit, said, cues.idioms)):
                continue
            weight = self.lexicon.groups[hit.group].weight * self._whose(said, hit)
            if self._flipped(said, hit) or (is_good and self._denied(said, hit)):
                is_missed, is_good = is_good, is_missed
            missed += weight * is_missed
            good += weight * is_good
        if said.role is Role.GOOD_PRACTICE:
            good += _SECTION_SAYS
        elif said.kind is BlockKind.LIST_ITEM and self.reading.under(said, self.lexicon.recommendations.heading):
            missed += _SECTION_SAYS
        return missed, good

    def _flipped(self, said: Said, cue: Hit) -> bool:
        """Whether a negation in the cue's clause turns its meaning round (“no evidence that … failed”)."""
        if _NEGATION not in said.groups:
            return False
        before = [
            hit
            for hit in said.hits
            if hit.group == _NEGATION and hit.end <= cue.start and cue.start - hit.end <= _FLIP_REACH
        ]
        if not before:
            return False
        begin = clause_start(self.reading.low, said.start, cue.start)
        return any(hit.start >= begin for hit in before)

    def _denied(self, said: Said, cue: Hit) -> bool:
        """Whether praise is denied where it stands: “not timely”, “not always effective”, but “not only prompt”."""
        begin = clause_start(self.reading.low, said.start, cue.start)
        return any(
            begin <= hit.start
            and 0 < cue.start - hit.end <= _DENIED_WITHIN
            and not part_of_idiom(said, hit, self.lexicon.groups[hit.group])
            for hit in said.of(_DENIAL)
        )


def _joined(low: str, one: Hit, other: Hit) -> bool:
    """Whether two names stand side by side in a list: “police, social workers and health visitors”."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return start >= end or bool(_LIST.fullmatch(low, start, end))


def neighbours(reading: Reading, said: Said) -> Iterator[Said]:
    """The sentences just before and after, in the same section."""
    for place in (said.place - 1, said.place + 1):
        if 0 <= place < len(reading.said) and reading.said[place].role is said.role:
            yield reading.said[place]
