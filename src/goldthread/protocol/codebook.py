"""The codebook: what may be said about one passage, where each code stands, and what became of former ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from goldthread.protocol.record import Id, Record, Value

Place = tuple[str, str]
"""Where a passage is coded: a theme and a sub-theme, "" where it has none."""


class Subtheme(Record):
    """A narrower code below a theme.

    `formerly` are ids of codes that became this one, `once_below` themes it stood below before; a `retired` code is
    counted still and offered no more.
    """

    id: Id
    label: str
    definition: str = ""
    formerly: tuple[str, ...] = ()
    once_below: tuple[str, ...] = ()
    retired: bool = False


class Resource(Record):
    """Something to read on a theme. `about` says in a team's own words what it is for."""

    title: str
    publisher: str = ""
    about: str = ""
    url: str = ""


class Theme(Record):
    """A code of the framework; `actions` are the plan actions its findings bear on by default.

    `questions`, for a team to ask itself, and `resources`, to read on, go into themed briefings. `formerly` and
    `retired` mean what they mean for sub-themes; those of a retired theme are retired with it.
    """

    id: Id
    label: str
    definition: str = ""
    subthemes: tuple[Subtheme, ...] = ()
    actions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = ()
    formerly: tuple[str, ...] = ()
    retired: bool = False


class Audience(Record):
    """A sector that a briefing is for: its agencies, its addressees, and those it shares where words name it."""

    id: Id
    label: str
    agencies: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


class Codebook(Record):
    """What may be said about one passage on professional practice.

    `agencies` are those whose practice a passage speaks of. `vulnerabilities` names the field whose values a passage
    may also have; a protocol without that field codes none.
    """

    title: str
    actor: str
    directions: tuple[Value, ...]
    explanations: tuple[Value, ...]
    whose: tuple[Value, ...] = ()
    agencies: tuple[Value, ...] = ()
    audiences: tuple[Audience, ...] = ()
    vulnerabilities: str = "vulnerabilities"
    themes: tuple[Theme, ...]

    @cached_property
    def offered(self) -> tuple[Theme, ...]:
        """The themes a passage may be newly coded with, each with the sub-themes that are offered."""
        return tuple(
            theme.model_copy(update={"subthemes": tuple(sub for sub in theme.subthemes if not sub.retired)})
            for theme in self.themes
            if not theme.retired
        )

    @cached_property
    def places(self) -> frozenset[Place]:
        """Every theme, and every sub-theme below its theme, retired ones too."""
        return frozenset(
            {(theme.id, "") for theme in self.themes}
            | {(theme.id, sub.id) for theme in self.themes for sub in theme.subthemes}
        )

    def home(self, theme: str, subtheme: str = "") -> Place:
        """Where a passage coded so belongs now: with the code that took its code up, or below the theme it went to.

        What no code knows is given back as it is, a sub-theme nobody knows left out.
        """
        if subtheme and (found := self._homes[1].get(subtheme)):
            return found
        return self._homes[0].get(theme, (theme, ""))

    def knows(self, theme: str) -> bool:
        """Whether a theme is one of the codebook's, now or by a former name."""
        return theme in self._homes[0]

    def offer(self, theme: str, subtheme: str = "") -> Place:
        """Where a passage may be newly put: its home, without what is retired."""
        theme, subtheme = self.home(theme, subtheme)
        offered = {one.id: {sub.id for sub in one.subthemes} for one in self.offered}
        if theme not in offered:
            return "", ""
        return theme, subtheme if subtheme in offered[theme] else ""

    def gone_from(self, theme: str) -> set[str]:
        """The sub-themes that stood below a theme once."""
        return {sub.id for one in self.themes for sub in one.subthemes if theme in sub.once_below}

    def label_of(self, place: Place) -> str:
        """A place in words: "Collaborative working › Roles"."""
        theme = next((one for one in self.themes if one.id == place[0]), None)
        sub = next((one for one in (theme.subthemes if theme else ()) if one.id == place[1]), None)
        words = theme.label if theme else place[0] or "no theme"
        return f"{words} › {sub.label if sub else place[1]}" if place[1] else words

    @cached_property
    def _homes(self) -> tuple[dict[str, Place], dict[str, Place]]:
        """Where former and present themes, and former and present sub-themes, are to be found."""
        themes: dict[str, Place] = {}
        subthemes: dict[str, Place] = {}
        for names, place in self._named():
            for name in names:
                themes.setdefault(name, place)
                subthemes.setdefault(name, place)
        for theme in self.themes:
            themes[theme.id] = (theme.id, "")
            subthemes.update({sub.id: (theme.id, sub.id) for sub in theme.subthemes})
        return themes, subthemes

    def _named(self) -> Iterator[tuple[tuple[str, ...], Place]]:
        for theme in self.themes:
            yield theme.formerly, (theme.id, "")
            for sub in theme.subthemes:
                yield sub.formerly, (theme.id, sub.id)
