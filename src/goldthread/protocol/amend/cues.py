"""The cues of codes that are added, merged or retired: the first engine goes on finding what it found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from goldthread.protocol.amend.editing import edited
from goldthread.protocol.codebook import Place
from goldthread.protocol.lexicon import CueGroup, PracticeCues
from goldthread.protocol.model import Protocol

_GIVEN = 2.0
"""What a phrase that a person gives for a code weighs: twice a general cue, being meant for this code alone."""
Groups = dict[str, tuple[str, ...]]


def known_by(protocol: Protocol, place: Place, cues: Sequence[str]) -> Protocol:
    """The protocol with phrases by which a code is found; as it is where there are none."""
    if not cues:
        return protocol
    name = f"amended_{'_'.join(filter(None, place))}"
    lexicon = protocol.lexicon
    practice = lexicon.practice
    part = {"subthemes": practice.subthemes | {place[1]: (name,)}} if place[1] else {}
    part = part or {"themes": practice.themes | {place[0]: (name,)}}
    groups = lexicon.groups | {name: CueGroup(cues=tuple(cues), weight=_GIVEN)}
    return edited(protocol, lexicon=edited(lexicon, groups=groups, practice=edited(practice, **part)))


def merged_cues(protocol: Protocol, place: Place, into: Place) -> Protocol:
    """The protocol in which what spoke for one code speaks for the one it became part of."""
    practice = protocol.lexicon.practice
    own = practice.subthemes.get(place[1], ()) if place[1] else practice.themes.get(place[0], ())
    themes, subthemes = dict(practice.themes), dict(practice.subthemes)
    (subthemes if place[1] else themes).pop(place[1] or place[0], None)
    if into[1]:
        _more(subthemes, into[1], own)
    if not into[1] or not place[1]:
        _more(themes, into[0], own if place[0] != into[0] else ())
    other = into[0] if practice.other_theme == place[0] and not place[1] else practice.other_theme
    return _with(protocol, practice, themes, subthemes, other)


def without_cues(protocol: Protocol, places: Iterable[Place]) -> Protocol:
    """The protocol in which nothing speaks for these codes any more."""
    practice = protocol.lexicon.practice
    themes, subthemes, other = dict(practice.themes), dict(practice.subthemes), practice.other_theme
    for place in places:
        (subthemes if place[1] else themes).pop(place[1] or place[0], None)
        other = "" if place == (other, "") else other
    return _with(protocol, practice, themes, subthemes, other)


def _more(groups: Groups, code: str, more: tuple[str, ...]) -> None:
    if more:
        groups[code] = tuple(dict.fromkeys((*groups.get(code, ()), *more)))


def _with(protocol: Protocol, practice: PracticeCues, themes: Groups, subthemes: Groups, other: str) -> Protocol:
    changed = edited(practice, themes=themes, subthemes=subthemes, other_theme=other)
    return edited(protocol, lexicon=edited(protocol.lexicon, practice=changed))
