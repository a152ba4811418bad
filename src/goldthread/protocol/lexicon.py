"""The words an engine looks for: cues as data, in named groups that protocols map to their own ids.

A cue is a phrase in the small language of `goldthread.protocol.phrases`.

Groups live in shared files (`shared/police.toml`) that a protocol's `lexicon.toml` includes; a group
written in the including file replaces the included one of the same name, or adds to it under `[more]`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator

from goldthread.errors import ProtocolError
from goldthread.protocol.phrases import check
from goldthread.protocol.record import Record

SHIPPED = Path(__file__).parent / "data"


class CueGroup(Record):
    """Phrases that say the same thing; `weight` is how strongly one of them says it.

    Guards of the groups `despite` do not take them away.

    As a guard, a group reaches `reach` characters (0: as far as guards do by default) to the cue after it, or with
    `follows` to the one before it. It guards nothing inside a phrase of `unless_in` (“no doubt”), nor over a word of
    `presupposing` (“did not recognise that …”). The groups `along` guard wherever it does.
    """

    cues: tuple[str, ...]
    weight: float = Field(default=1.0, gt=0)
    despite: tuple[str, ...] = ()
    reach: int = Field(default=0, ge=0)
    follows: bool = False
    unless_in: tuple[str, ...] = ()
    presupposing: tuple[str, ...] = ()
    along: tuple[str, ...] = ()

    @field_validator("cues")
    @classmethod
    def _readable(cls, cues: tuple[str, ...]) -> tuple[str, ...]:
        for cue in cues:
            check(cue)
        return cues


class PartCues(Record):
    """How it is told what part an actor had in what happened. Every entry but the values names cue groups.

    The actor deals with somebody where one of `dealing` stands near its name, and in `deeds` that only it does. That
    was only `after` the event where the sentence says so, or comes to the `scene` of one and has none of `during`;
    `after_alone` says so without naming the actor. A sentence of `aside` tells no part: advice to call the police.
    Where another field has one of the values of `late`, what it did counts as after unless there is one of `during`.
    `values` maps `before`, `after` and `none` to values.
    """

    actor: tuple[str, ...] = ()
    dealing: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_alone: tuple[str, ...] = ()
    scene: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    late: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    guards: tuple[str, ...] = ("hypothetical",)
    values: dict[str, str] = Field(default_factory=dict)


class FieldCues(Record):
    """How one field is read.

    `values` maps a value id to cue groups. A value needs `threshold` points, and in a review
    of more than `length` sentences (0: any) in proportion more. `guards` says which groups
    make a cue count for nothing when they stand before it in its clause. `roles`, `conclusion` and
    `headline` multiply the points of cues in a section of that role, in the conclusion, in a headline.
    `near` and `far` are groups that speak for and against a candidate in their sentence (ages and dates); with
    `near_only` one that nothing speaks for counts for nothing. A gazetteer's names are looked for in headings,
    in the first `front` sentences, and in sentences with a cue of `within`; without either, everywhere.
    `otherwise` is the value when the account was read and no cue was found; its evidence is the account.
    `practice` maps `judged`, `described`, `afterwards` and `none` to values, for fields that follow from the practice
    passages. `bands` maps a value to the ages (both ends included) that imply it. `given` limits the values
    by another field's value: other field → its value → the values that remain possible.

    `opening` and `about` multiply the points of cues, and of dates, where the report says what it is about, and in
    a sentence that names its subject. Cues in a sentence with one of `unless` count for nothing, and so, in a field
    of `values`, do those in one without any of `within`. `by_type` are values that follow from what the review is in
    law: value → review types. `withheld` and `unclear` are groups that say why there is no value. Silence counts for
    something (`otherwise`, and `none` of `practice`) only after `silence` sentences. `place_of` names fields of
    places that tell the nation when nothing else does. Where the opening has one of `several`, the rows of a table
    with one of `rows` give the ages of further subjects. With `first` the value is that of the first sentence with a
    cue, one with a cue of `near` before all others, in roles that count for anything. `held` is what words for the
    event count for, towards a date, that stand in one of the next sentences without a date of its own.

    `harmed` maps a value to words for people (“woman”, “boy”) that say it where they are said of whoever was harmed:
    before a verb of `befalls` (“died”), after one of `done_to` (“assaulted”). `named` does so with titles and
    pronouns beside the subject's name. `presumed` are values that reports of some types have by their nature: value →
    review types; `addressed` those of reports whose line of addressees (`addressee`) begins with one of the groups.
    A group of `beside` counts fully only in the headline, in the conclusion, and in sentences with one of the groups
    it maps to. `rest` is the value that is left when no cue was found: other field → its value → the value; `without`
    are groups that do not count: other field → its value → groups. `part` reads the part an actor had. With `one`
    there is no value where two names are as much at issue as each other. `calibration` bends the confidence of a
    value to the share that are right (`goldthread.extraction.found.calibrated`).
    """

    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    guards: tuple[str, ...] = ("negation", "hypothetical", "attribution")
    threshold: float = 1.0
    length: int = Field(default=0, ge=0)
    roles: dict[str, float] = Field(default_factory=dict)
    conclusion: float = 1.0
    headline: float = 1.0
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    near_only: bool = False
    within: tuple[str, ...] = ()
    front: int = Field(default=0, ge=0)
    otherwise: str = ""
    practice: dict[str, str] = Field(default_factory=dict)
    bands: dict[str, tuple[int, int]] = Field(default_factory=dict)
    given: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    opening: float = 1.0
    about: float = 1.0
    unless: tuple[str, ...] = ()
    by_type: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    withheld: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    silence: int = Field(default=0, ge=0)
    place_of: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    first: bool = False
    held: float = 0.0
    harmed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    befalls: tuple[str, ...] = ()
    done_to: tuple[str, ...] = ()
    named: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    presumed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    beside: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    rest: dict[str, dict[str, str]] = Field(default_factory=dict)
    without: dict[str, dict[str, tuple[str, ...]]] = Field(default_factory=dict)
    part: PartCues | None = None
    calibration: tuple[float, float] = (0.0, 1.0)
    one: bool = False
    addressed: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    addressee: tuple[str, ...] = ()


class PracticeCues(Record):
    """How passages on professional practice are found and coded. Every entry names cue groups.

    `perhaps_actor` are words that mean the actor unless the document speaks more of its `rivals` (an officer
    in a prison). `deeds` are what only the actor does, said without naming it: “he was arrested”. `as_object` is
    the actor only told, called or asked by somebody else; `afterwards` what it does once all is over. `uninvolved`
    says that the actor had no part, `uninvolved_before` that it had none before the event; neither is practice.
    `idioms` only contain a word of judgement: “failed to stop”, “as well as”. What is `alleged` is not judged
    unless the sentence also says what was `found`.
    """

    actor: tuple[str, ...] = ()
    perhaps_actor: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()
    as_object: tuple[str, ...] = ()
    afterwards: tuple[str, ...] = ()
    uninvolved: tuple[str, ...] = ()
    uninvolved_before: tuple[str, ...] = ()
    alleged: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    carried_by: tuple[str, ...] = ()
    action: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    own_enquiry: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    other_agencies: tuple[str, ...] = ()
    themes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    subthemes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    explanations: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    whose: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    other_theme: str = ""
    unexplained: str = ""
    directions: dict[str, str] = Field(
        default_factory=lambda: {"missed": "missed", "good": "good", "described": "described"}
    )


class AgencyCues(Record):
    """How it is told whose practice a passage speaks of. Every entry but `several` names cue groups.

    `cues` maps an agency to its words. Words of `of_children` mean that agency in a review of children and those of
    `of_adults` in any other (“the social worker”). `names` only contain such a word (“police station”). The agency
    `several` stands for agencies that are spoken of together (`together`) where none is named.
    """

    cues: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    of_children: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    of_adults: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    names: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    several: str = ""


class RecommendationCues(Record):
    """How recommendations are found, and to whom they are addressed. Every entry names cue groups.

    `asks` is said outright; `heading` announces that what is listed below it is asked for; `modal` and
    `imperative` only count where recommendations stand, and not in a sentence of `not_asks`; nothing counts
    in one of `never_asks`.
    """

    asks: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    imperative: tuple[str, ...] = ()
    not_asks: tuple[str, ...] = ()
    never_asks: tuple[str, ...] = ()
    addressees: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    several: str = ""
    other: str = ""
    scopes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    single_scope: str = ""
    several_scope: str = ""


class Lexicon(Record):
    """All cues of a protocol.

    A report's name for its subject begins with one of `subject_titles` (“child”, “mr”); `subject_words` are groups
    that mean the subject without a name (“the deceased”); a name follows one of `subject_after` (“death of”).
    """

    include: tuple[str, ...] = ()
    groups: dict[str, CueGroup] = Field(default_factory=dict)
    fields: dict[str, FieldCues] = Field(default_factory=dict)
    practice: PracticeCues = PracticeCues()
    agencies: AgencyCues = AgencyCues()
    recommendations: RecommendationCues = RecommendationCues()
    names_of_agencies: tuple[str, ...] = ()
    conclusion: tuple[str, ...] = ()
    subject_titles: tuple[str, ...] = ()
    subject_words: tuple[str, ...] = ()
    subject_after: tuple[str, ...] = ()

    def named(self) -> dict[str, tuple[str, ...]]:
        """Every place that names cue groups, for checking: key → group names."""
        places: dict[str, tuple[str, ...]] = {
            "names_of_agencies": self.names_of_agencies,
            "conclusion": self.conclusion,
            "subject_words": self.subject_words,
            "negation": self._known(("negation",)),
        }
        for field, cues in self.fields.items():
            guards = cues.guards if "guards" in cues.model_fields_set else self._known(cues.guards)
            places[f"fields.{field}.guards"] = guards
            for key in (
                "near",
                "far",
                "within",
                "unless",
                "withheld",
                "unclear",
                "several",
                "rows",
                "befalls",
                "done_to",
                "addressee",
            ):
                places[f"fields.{field}.{key}"] = getattr(cues, key)
            for key, entry in cues.part or ():
                if isinstance(entry, tuple):
                    places[f"fields.{field}.part.{key}"] = entry
            for key in ("values", "harmed", "named", "beside", "addressed"):
                places |= {f"fields.{field}.{key}.{value}": groups for value, groups in getattr(cues, key).items()}
        parts = (("agencies", self.agencies), ("practice", self.practice), ("recommendations", self.recommendations))
        for name, part in parts:
            for key, entry in part:
                if isinstance(entry, tuple):
                    places[f"{name}.{key}"] = entry
                elif isinstance(entry, dict) and key != "directions":
                    places |= {f"{name}.{key}.{id_}": groups for id_, groups in entry.items()}
        for group, cues_of_group in self.groups.items():
            guard = (*cues_of_group.along, *cues_of_group.unless_in, *cues_of_group.presupposing)
            if guard:
                places[f"groups.{group}"] = guard
        return places

    def all_guards(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        """These groups and those that guard along with them."""
        known = [self.groups[group] for group in groups if group in self.groups]
        return (*groups, *(along for each in known for along in each.along))

    def _known(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(group for group in groups if group in self.groups)


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of the protocol in `folder`, with its included files merged in.

    An included file is looked for in the folder itself, then beside it, then among the shipped ones. A
    folder without `lexicon.toml` has an empty lexicon. Raises ProtocolError.
    """
    path = folder / "lexicon.toml"
    if not path.exists():
        return Lexicon()
    merged = _merged(path, folder, ())
    try:
        lexicon = Lexicon.model_validate(merged)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise ProtocolError(first["msg"], where=f"{path}: {key}", mend="correct this key of the lexicon") from wrong
    for place, groups in lexicon.named().items():
        for group in groups:
            if group not in lexicon.groups:
                raise ProtocolError(
                    f"there is no cue group “{group}”",
                    where=f"{path}: {place}",
                    mend=f"write [groups.{group}] or include the file that has it",
                )
    return lexicon


def included_files(folder: Path) -> dict[str, Path]:
    """The files a protocol's lexicon includes, by the name it uses: what must be copied along with it."""
    path = folder / "lexicon.toml"
    if not path.exists():
        return {}
    return {name: _find(name, folder, path) for name in _load(path).get("include", ())}


def _merged(path: Path, folder: Path, seen: tuple[Path, ...]) -> dict[str, Any]:
    if path in seen:
        raise ProtocolError("the lexicon includes itself", where=str(path), mend="take the include out")
    own = _load(path)
    merged: dict[str, Any] = {}
    for name in own.get("include", ()):
        _lay_over(merged, _merged(_find(name, folder, path), folder, (*seen, path)))
    more = own.pop("more", {})
    _lay_over(merged, own)
    for group, cues in more.items():
        if group not in merged.get("groups", {}):
            raise ProtocolError(f"[more.{group}] adds to a group that is not there", where=str(path))
        known = merged["groups"][group]
        merged["groups"][group] = {**known, "cues": [*known["cues"], *cues]}
    return merged


def _lay_over(under: dict[str, Any], over: dict[str, Any]) -> None:
    for key, value in over.items():
        if key == "groups":
            under["groups"] = {**under.get("groups", {}), **value}
        elif isinstance(value, dict) and isinstance(under.get(key), dict):
            _lay_over(under[key], value)
        else:
            under[key] = value


def _find(name: str, folder: Path, asked_by: Path) -> Path:
    for base in (folder, folder.parent, SHIPPED):
        if (base / name).is_file():
            return base / name
    raise ProtocolError(
        f"the included file “{name}” was not found",
        where=str(asked_by),
        mend=f"put it at {folder / name}, or take it out of `include`",
    )


def _load(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ProtocolError(str(wrong), where=str(path), mend="correct the TOML at this place") from wrong
