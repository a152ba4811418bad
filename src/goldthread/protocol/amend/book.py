"""Amending the codebook: codes added, described, moved, merged, split and retired, their cues carried along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from goldthread.errors import UsageError
from goldthread.protocol.amend.changes import (
    AddCode,
    DescribeCode,
    MergeCodes,
    MoveCode,
    NewCode,
    OfCodebook,
    RetireCode,
    SplitCode,
)
from goldthread.protocol.amend.cues import known_by, merged_cues, without_cues
from goldthread.protocol.amend.editing import edited
from goldthread.protocol.amend.naming import code_at, find, taken, theme_at
from goldthread.protocol.amend.speaking import renamed
from goldthread.protocol.codebook import Codebook, Place, Subtheme, Theme
from goldthread.protocol.model import Protocol


@singledispatch
def with_code(change: OfCodebook, protocol: Protocol) -> Protocol:  # noqa: ARG001 - the kinds of change use it
    """The protocol after a change to its codebook. Raises UsageError when the change does not fit it."""
    raise UsageError(f"{change!r} is no change of a codebook")


@with_code.register
def _add(change: AddCode, protocol: Protocol) -> Protocol:
    book = protocol.codebook
    if not change.below:
        _fresh([change.code], book, ("", ""))
        grown = _with_themes(protocol, (*book.themes, _theme(change.code)))
        return known_by(grown, (change.code.id, ""), change.code.cues)
    place = _theme_only(change.below, book, "a sub-theme stands below a theme")
    theme = theme_at(place, book)
    _offered(theme, place, book)
    _fresh([change.code], book, (theme.id, change.code.id))
    grown = _with_theme(protocol, edited(theme, subthemes=(*theme.subthemes, _subtheme(change.code))))
    return known_by(grown, (theme.id, change.code.id), change.code.cues)


@with_code.register
def _describe(change: DescribeCode, protocol: Protocol) -> Protocol:
    place = find(change.code, protocol.codebook)
    code = code_at(place, protocol.codebook)
    beside = [one for one in _beside(place, protocol.codebook) if one.id != code.id]
    if change.label.casefold() in {one.label.casefold() for one in beside}:
        raise UsageError(f"there is a code called “{change.label}” beside it", mend="choose another name")
    return _with(protocol, place, edited(code, label=change.label, definition=change.definition))


@with_code.register
def _move(change: MoveCode, protocol: Protocol) -> Protocol:
    book = protocol.codebook
    place = find(change.code, book)
    below = _theme_only(change.below, book, "a sub-theme is moved below a theme")
    if not place[1]:
        raise UsageError(
            f"“{book.label_of(place)}” is a theme, and only sub-themes are moved",
            mend="merge it into another theme instead",
        )
    if place[0] == below[0]:
        raise UsageError(f"“{book.label_of(place)}” stands there already", mend="choose another theme")
    sub, target = code_at(place, book), theme_at(below, book)
    _offered(target, below, book)
    once = sub.once_below if isinstance(sub, Subtheme) else ()
    moved = edited(sub, once_below=tuple(dict.fromkeys((*once, place[0]))))
    left = _without(protocol, place)
    return renamed(
        _with_theme(left, edited(target, subthemes=(*target.subthemes, moved))), place, (below[0], place[1])
    )


@with_code.register
def _merge(change: MergeCodes, protocol: Protocol) -> Protocol:
    return _taken_up(protocol, find(change.code, protocol.codebook), find(change.into, protocol.codebook))


@with_code.register
def _split(change: SplitCode, protocol: Protocol) -> Protocol:
    book = protocol.codebook
    place = find(change.code, book)
    _fresh(change.parts, book, place)
    theme = theme_at(place, book)
    if change.into:
        target = find(change.into, book)
        _offered(code_at(target, book), target, book)
        if target == place:
            raise UsageError(f"“{book.label_of(place)}” is the code they have", mend="choose another code")
    if place[1]:
        at = [sub.id for sub in theme.subthemes].index(place[1]) + 1
        made = (*theme.subthemes[:at], *map(_subtheme, change.parts), *theme.subthemes[at:])
        grown = _with_theme(protocol, edited(theme, subthemes=made))
    else:
        at = [one.id for one in book.themes].index(theme.id) + 1
        new = tuple(edited(_theme(part), actions=theme.actions) for part in change.parts)
        grown = _with_themes(protocol, (*book.themes[:at], *new, *book.themes[at:]))
    for part in change.parts:
        grown = known_by(grown, (place[0], part.id) if place[1] else (part.id, ""), part.cues)
    return grown


@with_code.register
def _retire(change: RetireCode, protocol: Protocol) -> Protocol:
    book = protocol.codebook
    place = find(change.code, book)
    if change.instead:
        return _taken_up(protocol, place, find(change.instead, book))
    code = code_at(place, book)
    if code.retired:
        raise UsageError(f"“{book.label_of(place)}” is retired already", mend="see what was amended")
    if not place[1] and len(book.offered) == 1:
        raise UsageError("this is the last theme the codebook offers", mend="add another one first")
    gone = [place, *((place[0], sub.id) for sub in theme_at(place, book).subthemes if not place[1])]
    return without_cues(_with(protocol, place, edited(code, retired=True)), gone)


def _taken_up(protocol: Protocol, place: Place, into: Place) -> Protocol:
    """One code taken up into another: its former names, its cues, and all that speaks of it go along."""
    book = protocol.codebook
    code, other = code_at(place, book), code_at(into, book)
    if place == into or (not place[1] and into[0] == place[0]):
        raise UsageError(f"“{book.label_of(place)}” cannot be taken up into itself", mend="choose another code")
    _offered(other, into, book)
    if isinstance(code, Theme) and code.subthemes and into[1]:
        raise UsageError(
            f"“{code.label}” has sub-themes, which cannot stand below a sub-theme",
            mend="move or merge its sub-themes first, or merge it into a theme",
        )
    changed: dict[str, object] = {"formerly": tuple(dict.fromkeys((*other.formerly, code.id, *code.formerly)))}
    if isinstance(other, Subtheme):
        once = (place[0], *(code.once_below if isinstance(code, Subtheme) else ()))
        changed["once_below"] = tuple(dict.fromkeys((*other.once_below, *(one for one in once if one != into[0]))))
    elif isinstance(code, Theme):
        changed["subthemes"] = (
            *other.subthemes,
            *(edited(sub, once_below=_once(sub, code.id)) for sub in code.subthemes),
        )
        changed |= {
            name: tuple(dict.fromkeys((*getattr(other, name), *getattr(code, name))))
            for name in ("actions", "questions", "resources")
        }
    kept = _without(_with(protocol, into, edited(other, **changed)), place)
    kept = renamed(kept, place, into)
    if isinstance(code, Theme) and not into[1]:
        for sub in code.subthemes:
            kept = renamed(kept, (place[0], sub.id), (into[0], sub.id))
    return merged_cues(kept, place, into)


def _once(sub: Subtheme, theme: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*sub.once_below, theme)))


def _theme(new: NewCode) -> Theme:
    return Theme(id=new.id, label=new.label, definition=new.definition)


def _subtheme(new: NewCode) -> Subtheme:
    return Subtheme(id=new.id, label=new.label, definition=new.definition)


def _fresh(new: Sequence[NewCode], book: Codebook, place: Place) -> None:
    """Refuse an id that any code has or had, and a name that another code beside the place has."""
    used = taken(book)
    labels = {one.label.casefold() for one in _beside(place, book)}
    for one in new:
        if one.id in used or one.label.casefold() in labels:
            raise UsageError(
                f"the codebook has, or once had, a code called “{one.label}” ({one.id})",
                mend="choose another name",
            )
        used.add(one.id)
        labels.add(one.label.casefold())


def _beside(place: Place, book: Codebook) -> Sequence[Theme | Subtheme]:
    """The codes of the same level: all themes, or the sub-themes of the same theme."""
    return theme_at(place, book).subthemes if place[1] else book.themes


def _theme_only(code: str, book: Codebook, why: str) -> Place:
    place = find(code, book)
    if place[1]:
        raise UsageError(f"“{book.label_of(place)}” is a sub-theme", mend=f"{why}: name one")
    return place


def _offered(code: Theme | Subtheme, place: Place, book: Codebook) -> None:
    if code.retired or theme_at(place, book).retired:
        raise UsageError(f"“{book.label_of(place)}” is retired", mend="choose a code that is offered")


def _with(protocol: Protocol, place: Place, code: Theme | Subtheme) -> Protocol:
    if isinstance(code, Theme):
        return _with_theme(protocol, code)
    theme = theme_at(place, protocol.codebook)
    return _with_theme(
        protocol, edited(theme, subthemes=tuple(code if sub.id == place[1] else sub for sub in theme.subthemes))
    )


def _without(protocol: Protocol, place: Place) -> Protocol:
    book = protocol.codebook
    if not place[1]:
        return _with_themes(protocol, tuple(theme for theme in book.themes if theme.id != place[0]))
    theme = theme_at(place, book)
    return _with_theme(protocol, edited(theme, subthemes=tuple(sub for sub in theme.subthemes if sub.id != place[1])))


def _with_theme(protocol: Protocol, changed: Theme) -> Protocol:
    return _with_themes(
        protocol, tuple(changed if theme.id == changed.id else theme for theme in protocol.codebook.themes)
    )


def _with_themes(protocol: Protocol, themes: tuple[Theme, ...]) -> Protocol:
    return edited(protocol, codebook=edited(protocol.codebook, themes=themes))
