"""Passages on professional practice: who acted, and whether the report judges it.

A sentence is about practice when it names an actor, or carries one over from the sentence before by a
pronoun. It is judged when cues of failing or praise stand in it, else described when the actor does
something. The reviewers' own enquiries, addresses and legal formulas are not practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.documents.model import BlockKind, Role
from goldthread.extraction.cues import Hit
from goldthread.extraction.guards import within_name
from goldthread.extraction.reading import SHORT_NAME, Reading, Said, clause_start
from goldthread.protocol.lexicon import Lexicon

MISSED, GOOD, DESCRIBED = "missed", "good", "described"
_PRONOUN_REACH = 2
_NEGATION = "negation"
_FLIP_REACH = 60
_SECTION_SAYS = 2.0
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
        self.last_actor = -10

    def judge(self, said: Said) -> Passage | None:
        if not said.is_prose or said.role in _SKIPPED_ROLES:
            return None
        own = self._names_actor(said)
        carried = not own and self._carries(said)
        if own or carried:
            self.last_actor = said.place
        if not (own or carried) or self._of_the_reviewers(said):
            return None
        after = said.has(self.afterwards)
        missed, good = (0.0, 0.0) if after or self._not_judging(said, own) else self._points(said)
        others = 0.4 if not own and said.has(self.others) else 1.0
        missed, good = missed * others, good * others
        if max(missed, good) >= 1.0:
            direction = MISSED if missed >= good else GOOD
            return Passage(said, direction, max(missed, good), min(missed, good), own, after)
        if said.has(self.action):
            return Passage(said, DESCRIBED, 1.0 if own else 0.6, max(missed, good), own, after)
        return None

    def _names_actor(self, said: Said) -> bool:
        if SHORT_NAME in said.groups:
            return True
        names = self.lexicon.names_of_agencies
        return said.has(self.actor) and any(
            hit.group in self.actor and not within_name(hit, said, names) for hit in said.hits
        )

    def _not_judging(self, said: Said, own: bool) -> bool:
        cues = self.lexicon.practice
        alleged = said.has(cues.alleged) and not said.has(cues.found)
        return alleged or said.has(self.lexicon.recommendations.asks) or (own and self._only_object(said))

    def _only_object(self, said: Said) -> bool:
        """Whether the actor is only told, called or asked: what is judged is what somebody else did."""
        objects = said.of(self.as_object)
        return bool(objects) and all(
            any(held.start <= hit.start and hit.end <= held.end for held in objects) for hit in said.of(self.actor)
        )

    def _of_the_reviewers(self, said: Said) -> bool:
        """Whether it tells how the review itself was done, is a legal formula, or says there is nothing to tell."""
        cues = self.lexicon.practice
        if said.has(cues.boilerplate) or said.has(cues.uninvolved) or said.has(cues.uninvolved_before):
            return True
        return said.has(cues.own_enquiry) and not said.has(cues.found)

    def _carries(self, said: Said) -> bool:
        since = said.place - self.last_actor
        if since > _PRONOUN_REACH:
            return False
        listed = said.kind is BlockKind.LIST_ITEM or said.role in _LISTING
        if listed and since == 1 and not said.has(self.others) and said.has(self.missed):
            return True
        return said.has(self.carried) and any(
            hit.group in self.carried and hit.start - said.start < 60 for hit in said.hits
        )

    def _points(self, said: Said) -> tuple[float, float]:
        missed = good = 0.0
        for hit in said.hits:
            is_missed, is_good = hit.group in self.missed, hit.group in self.good
            if not is_missed and not is_good:
                continue
            weight = self.lexicon.groups[hit.group].weight
            if self._flipped(said, hit):
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


def neighbours(reading: Reading, said: Said) -> Iterator[Said]:
    """The sentences just before and after, in the same section."""
    for place in (said.place - 1, said.place + 1):
        if 0 <= place < len(reading.said) and reading.said[place].role is said.role:
            yield reading.said[place]
