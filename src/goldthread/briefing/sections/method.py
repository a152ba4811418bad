"""The appendix on method, written from what was really done in the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from goldthread.analysis.believed import beliefs, golds, standing_in_words, targets_of_protocol
from goldthread.analysis.records import DocumentRecord, ReviewRecord, RoundRecord
from goldthread.briefing.blocks import Block, Heading, Inline, Items, LiveFigure, Words
from goldthread.briefing.formats.paper import bound
from goldthread.briefing.scope import screening_evidence
from goldthread.briefing.sections.front import registered
from goldthread.briefing.sections.quotes import bounds
from goldthread.briefing.sections.tables import Place, printed
from goldthread.briefing.sections.writer import Writer
from goldthread.briefing.words.phrases import counted
from goldthread.briefing.words.wording import inline, paragraph, say
from goldthread.values import Basis, State


def section(writer: Writer) -> tuple[Block, ...]:
    """The whole appendix."""
    study, protocol = writer.scope.study, writer.scope.protocol
    opening = paragraph(
        "method.study",
        study=study.name,
        created=study.created,
        protocol=protocol.title,
        id=protocol.id,
        version=protocol.edition,
        made=writer.made,
        state=study.state[:12] or "0",
    )
    parts: tuple[tuple[str, Callable[[Writer], Iterable[Block]]], ...] = (
        ("identify", _identify),
        ("documents", _documents),
        ("select", _select),
        ("code", _code),
        *([] if writer.options.policy.is_open else [("protected", _protected)]),
        ("count", _count),
        ("quote", _quote),
        ("print", _print),
        *([] if _has_limits(writer) else [("limits", lambda w: (limits(w),))]),
        ("software", _software),
    )
    blocks: list[Block] = [Heading(say("section.method"), 1, "method"), opening]
    for name, write in parts:
        blocks += [Heading(say(f"method.{name}"), 2, f"method-{name}"), *write(writer)]
    return tuple(blocks)


def _has_limits(writer: Writer) -> bool:
    """Whether a section of the briefing says what it cannot say, so that the method need not."""
    return any(section.show == "limits" for section in writer.template.sections)


def _ids(writer: Writer, keep: Callable[[ReviewRecord], bool]) -> tuple[str, ...]:
    return tuple(r.review_id for r in writer.scope.registered if keep(r))


def _identify(writer: Writer) -> Iterable[Block]:
    scope = writer.scope
    known = {r.round: r for r in scope.study.rounds}
    rounds = []
    for name in dict.fromkeys(r.round for r in scope.registered):
        ids = _ids(writer, lambda r, name=name: r.round == name)  # type: ignore[misc]
        label = known[name].label or name if name in known else name or say("method.no_round")
        figure = writer.index.public(counted(len(ids), "review"), f"Registered in {label}", ids)
        rounds.append((Words(f"{label}{_window(known.get(name))}: "), figure))
    if rounds:
        yield paragraph("method.rounds_lead")
        yield Items(tuple(rounds))
    labels = {source.id: source.label for source in scope.protocol.sources}
    sources = []
    for source, number in Counter(r.source for r in scope.registered).most_common():
        label = labels.get(source, source or say("flow.no_source"))
        ids = _ids(writer, lambda r, source=source: r.source == source)  # type: ignore[misc]
        sources.append(
            (Words(f"{label}: "), writer.index.public(counted(number, "review"), f"Found at: {label}", ids))
        )
    if sources and not any(r.source for r in scope.registered):
        yield paragraph("method.no_source")
    elif sources:
        yield paragraph("method.sources_lead", registered=registered(writer))
        yield Items(tuple(sources))
    found = sorted(r.found_at[:10] for r in scope.registered if r.found_at)
    if found:
        yield paragraph(
            "method.found" if found[0] != found[-1] else "method.found_once", first=found[0], last=found[-1]
        )


def _window(known: RoundRecord | None) -> str:
    if known is None or not (known.opens or known.closes):
        return ""
    key = "round_dates" if known.opens and known.closes else "round_from" if known.opens else "round_until"
    return " " + say(f"method.{key}", opens=known.opens, closes=known.closes).strip()


def _documents(writer: Writer) -> Iterable[Block]:
    pairs = [(r, d) for r in writer.scope.registered for d in r.documents]
    if not pairs:
        yield paragraph("method.no_files")
        return
    documents = [d for _, d in pairs]
    texts = [d for d in documents if not d.duplicate_of]
    formats = Counter(d.format.upper() or "unknown" for d in documents)
    yield paragraph(
        "method.files",
        documents=_documents_figure(writer, pairs, "Documents"),
        were="was" if len(pairs) == 1 else "were",
        pages=counted(sum(d.pages for d in texts), "page"),
        characters=counted(sum(d.characters for d in texts), "character"),
        formats=[f"{name} {number:,}" for name, number in formats.most_common()],
    )
    copies = [pair for pair in pairs if pair[1].duplicate_of]
    near = [pair for pair in pairs if pair[1].near_duplicates]
    for key, group in (("exact", copies), ("near", near)):
        if group:
            verb = "is" if len(group) == 1 else "are"
            yield paragraph(
                f"method.{key}", number=_documents_figure(writer, group, say(f"method.{key}_claim")), verb=verb
            )
    yield from _problems(pairs)


def _documents_figure(writer: Writer, pairs: list[tuple[ReviewRecord, DocumentRecord]], claim: str) -> LiveFigure:
    text = counted(len(pairs), "document")
    ids = tuple(dict.fromkeys(review.review_id for review, _ in pairs))
    return writer.index.public(text[:1].upper() + text[1:], f"{claim}: {text}", ids)


def _problems(pairs: list[tuple[ReviewRecord, DocumentRecord]]) -> Iterable[Block]:
    found = [(r, d, problem) for r, d in pairs for problem in d.problems]
    if not found:
        yield paragraph("method.no_problems")
        return
    yield paragraph("method.problems")
    yield Items(
        tuple(inline("method.problem", file=d.file_name, citation=r.citation, problem=p) for r, d, p in found)
    )


def _select(writer: Writer) -> Iterable[Block]:
    scope = writer.scope
    tables = printed(writer, Place.METHOD)
    if not tables:
        yield from _criteria(writer)
        yield from _reasons(writer)
    if scope.registered:
        yield paragraph("method.deciders", deciders=_deciders(writer))
    yield from tables


def _criteria(writer: Writer) -> Iterable[Block]:
    criteria = tuple((Words(c.question),) for c in writer.scope.protocol.criteria)
    yield paragraph("method.criteria" if criteria else "method.no_criteria")
    if criteria:
        yield Items(criteria, ordered=True)


def _reasons(writer: Writer) -> Iterable[Block]:
    scope = writer.scope
    lines = []
    for reason, ids in scope.left_out.items():
        label = scope.reason_labels.get(reason, reason)
        left_out = tuple(r for r in scope.registered if r.review_id in set(ids))
        anchors = screening_evidence(left_out, scope)
        figure = writer.index.public(counted(len(ids), "review"), f"Left out: {label}", ids, anchors)
        lines.append((Words(f"{label}: "), figure))
    yield paragraph("method.reasons" if lines else "method.no_reasons")
    if lines:
        yield Items(tuple(lines))


def _deciders(writer: Writer) -> list[str]:
    decisions = [r.decision for r in writer.scope.registered]
    persons = sum(d is not None and d.basis is Basis.CONFIRMED for d in decisions)
    machine = sum(d is not None and d.basis is Basis.DRAFT for d in decisions)
    counts = (("by_person", persons), ("by_machine", machine), ("no_decision", len(decisions) - persons - machine))
    return [say(f"method.{key}", number=f"{number:,}") for key, number in counts if number]


def _code(writer: Writer) -> Iterable[Block]:
    scope = writer.scope
    engines = tuple(
        inline("method.engine", name=e.name, version=e.version, reviews=counted(e.reviews, "review"), last=e.last_run)
        for e in scope.study.engines
    )
    yield paragraph("method.engines" if engines else "method.no_engines")
    if engines:
        yield Items(engines)
        yield from _believed(writer)
    characteristics = [
        c for r in scope.included for c in r.characteristics if c.value is not None and scope.counts(c.state)
    ]
    states = [item.state for group in (characteristics, scope.episodes, scope.recommendations) for item in group]
    confirmed = states.count(State.CONFIRMED)
    yield paragraph(
        "method.coded",
        characteristics=counted(len(characteristics), "characteristic"),
        passages=counted(len(scope.episodes), "passage"),
        recommendations=counted(len(scope.recommendations), "recommendation"),
        confirmed=f"{confirmed:,}" if confirmed else "none",
        were="was" if confirmed == 1 else "were",
    )
    book = scope.protocol.codebook
    yield paragraph(
        "method.framework",
        title=book.title,
        themes=counted(len(book.themes), "theme"),
        directions=counted(len(book.directions), "direction"),
        explanations=counted(len(book.explanations), "kind of explanation", "kinds of explanation"),
    )


def _believed(writer: Writer) -> Iterable[Block]:
    """How often the engines were right when somebody measured it, target by target."""
    scope = writer.scope
    found = beliefs(scope.study, scope.protocol, targets_of_protocol(scope.protocol), scope.registered)
    told = [belief for belief in found if belief.is_measured]
    if not told:
        yield paragraph("method.not_measured")
        return
    yield paragraph("method.measured", golds=list(golds(told)))
    yield Items(
        tuple(
            inline(
                "method.believed",
                engine=f"{belief.engine} {belief.version}",
                target=belief.label,
                kinds=[f"{kind} {standing_in_words(at)}" for kind, at in belief.by_kind],
            )
            for belief in told
        )
    )
    if len(told) < len(found):
        yield paragraph("method.rest_not_measured")


def _protected(writer: Writer) -> Iterable[Block]:
    yield paragraph("protection.method", policy=writer.options.policy.describe())


def _count(_: Writer) -> Iterable[Block]:
    yield paragraph("method.counting")


def _quote(writer: Writer) -> Iterable[Block]:
    rule = bounds()
    yield paragraph("method.quoting", shortest=rule.shortest, longest=rule.longest, **writer.limits)
    yield paragraph("method.showing")


def _print(_: Writer) -> Iterable[Block]:
    yield paragraph("method.printing", reviews=bound("reviews"), lines=bound("lines"))


def limits(writer: Writer) -> Items:
    """What this briefing cannot say, from the facts of the study."""
    scope = writer.scope
    lines: list[tuple[Inline, ...]] = []
    confirmed = sum(e.state is State.CONFIRMED for e in scope.episodes)
    if scope.basis is Basis.DRAFT and not confirmed:
        lines.append(inline("limits.draft"))
    elif scope.basis is Basis.DRAFT:
        passages = counted(len(scope.episodes), "coded passage")
        lines.append(inline("limits.partly", confirmed=f"{confirmed:,}", all=passages))
    lines += [inline("limits.published"), inline("limits.deficit"), inline("limits.missing")]
    faulty = [(r, d) for r in scope.registered for d in r.documents if d.problems]
    if faulty:
        lines.append(inline("limits.scanned", problems=_documents_figure(writer, faulty, "Documents with problems")))
    if len(scope.included) < 30:
        lines.append(inline("limits.number"))
    lines.append(inline("method.withheld"))
    return Items(tuple(lines))


def _software(writer: Writer) -> Iterable[Block]:
    versions = [f"{name} {version}" for name, version in sorted(writer.scope.study.versions.items())]
    if versions:
        yield paragraph("method.versions", versions=versions)
    yield paragraph("method.reproduce")
