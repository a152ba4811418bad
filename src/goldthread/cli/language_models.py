"""Commands about language models, and what a person allows when one is asked. The key is read here alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from goldthread.assist.llm.settings import Settings
from goldthread.assist.llm.spending import Ceiling, Estimate, ceiling
from goldthread.cli.output import Json, aligned, count, say, show, show_json
from goldthread.errors import UsageError
from goldthread.study.engines.asking import Consent, remote_message
from goldthread.study.engines.suggesting import Told
from goldthread.study.study import open_study

KEY = "GOLDTHREAD_LLM_KEY"

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The study's folder.")]
Budget = Annotated[str, typer.Option("--budget", help='The most llm may spend: "5 GBP" or "200000 tokens".')]
Yes = Annotated[bool, typer.Option("--yes", help="Let llm take what it estimates, without asking.")]
AllowRemote = Annotated[
    bool, typer.Option("--allow-remote", help="Let llm send the texts to a server that is not this machine.")
]
Pseudonymise = Annotated[bool, typer.Option("--pseudonymise", help="Stand in for people's names before llm sends.")]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help=f"A file with the server's key; else {KEY} is looked at.")
]

llm_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Set, show and turn off the language model a study may ask. It is off from the start.

    Examples:

      goldthread llm set study --address http://127.0.0.1:8080/v1 --model qwen3-14b
      goldthread llm off study
    """,
)


@llm_app.command("set")
def set_model(
    folder: Folder,
    address: Annotated[str, typer.Option("--address", help="The server, like http://127.0.0.1:8080/v1.")],
    model: Annotated[str, typer.Option("--model", help="The model's name, as the server knows it.")],
    context: Annotated[int, typer.Option("--context", help="Tokens the model takes in all.")] = 16_384,
    reply: Annotated[int, typer.Option("--reply", help="Tokens a reply may fill.")] = 2_048,
    price_in: Annotated[float, typer.Option("--price-in", help="Price of 1,000 tokens sent.")] = 0.0,
    price_out: Annotated[float, typer.Option("--price-out", help="Price of 1,000 tokens received.")] = 0.0,
    currency: Annotated[str, typer.Option("--currency", help="What prices are in.")] = "GBP",
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for one reply.")] = 300.0,
) -> None:
    """Name the server and model this study may ask. Nothing is sent, and no key is stored.

    Examples:

      goldthread llm set study --address http://127.0.0.1:8080/v1 --model qwen3-14b
      goldthread llm set study --address https://llm.example.org/v1 --model big --price-in 0.002 --price-out 0.006
    """
    given = Settings(
        address=address,
        model=model,
        context=context,
        reply=reply,
        price_in=price_in,
        price_out=price_out,
        currency=currency,
        timeout=timeout,
    )
    with open_study(folder) as study:
        before = study.language_model.settings
        if before:
            given = replace(given, patience=before.patience, attempts=before.attempts)
        study.language_model.set(given)
    say(f"Language model: {described(given)}.")
    if not given.is_local:
        say(f"{remote_message(given)} Each run must allow it with --allow-remote.")
    say(f"Next: goldthread suggest {folder} --engine llm")


@llm_app.command("show")
def show_model(folder: Folder, as_json: Json = False) -> None:
    """Show the study's language model and its settings.

    Examples:

      goldthread llm show study
      goldthread llm show study --json
    """
    with open_study(folder) as study:
        settings = study.language_model.settings
    facts = {"on": settings is not None, **(asdict(settings) if settings else {})}
    if as_json:
        show_json(facts)
    else:
        show(aligned([(name.replace("_", " "), _worded(value)) for name, value in facts.items()]))


@llm_app.command("off")
def turn_off(folder: Folder) -> None:
    """Ask no language model any more. What one suggested stays, as suggestions.

    Examples:

      goldthread llm off study
    """
    with open_study(folder) as study:
        was = study.language_model.turn_off()
    say("The language model is off." if was else "No language model was set; it is off.")


def described(settings: Settings | None) -> str:
    """The state of a study's language model in a few words."""
    if settings is None:
        return "off; none is asked and nothing leaves this machine"
    where = "this machine" if settings.is_local else f"NOT this machine: {settings.host}"
    return f"on: {settings.model} at {settings.address} ({where})"


def consented(budget: str, yes: bool, allow_remote: bool, pseudonymise: bool, key_file: Path | None) -> Consent:
    """What the options and the person at the terminal allow."""

    def agree(estimate: Estimate, settings: Settings) -> Ceiling:
        say(estimated(estimate, settings))
        if yes:
            return Ceiling(tokens=estimate.most.tokens)
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError(
                "nobody is here to agree to what this may take, so nothing was sent",
                mend='give --budget "200000 tokens" (or an amount of money), or accept the estimate with --yes',
            )
        text = typer.prompt("The most it may spend (Enter for the estimate, Ctrl-C to stop)", default="", err=True)
        return ceiling(text, settings) if text else Ceiling(tokens=estimate.most.tokens)

    return Consent(_key(key_file), allow_remote, pseudonymise, budget, agree)


def estimated(estimate: Estimate, settings: Settings) -> str:
    """The estimate as a person reads it."""
    asked = estimate.questions - estimate.answered
    money = f", {estimate.most.money:,.2f} {settings.currency}" if settings.is_priced else ""
    known = f" ({estimate.answered:,} more were answered before, at no cost)" if estimate.answered else ""
    return (
        f"{count(estimate.reviews, 'review')} to read: {count(asked, 'question')} to {described(settings)[4:]}"
        f"{known}; at most about {estimate.most.tokens:,} tokens{money}."
    )


def tell(told: Told) -> None:
    """Say what asking came to."""
    say(f"{count(told.asked, 'question')} asked, {told.reused:,} answered before; {told.spent.tokens:,} tokens.")
    if told.discarded:
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in sorted(told.discarded.items()))
        say(f"Discarded because the text does not bear them out: {reasons}.")
    if told.unanswered:
        say(f"{count(told.unanswered, 'question')} had no readable answer; run it again to ask only those.")
    if told.stopped:
        say(f"Stopped early: {told.stopped}. What was done is kept; run it again to go on from here.")


def told_facts(told: Told) -> Mapping[str, object]:
    """The same as data."""
    return {
        "asked": told.asked,
        "reused": told.reused,
        "unanswered": told.unanswered,
        "discarded": dict(told.discarded),
        "tokens": told.spent.tokens,
        "cost": round(told.spent.money, 6),
        "stopped": told.stopped,
    }


def _key(key_file: Path | None) -> str:
    """The key, from the file named or the environment; "" where there is none, as with most local servers."""
    if key_file is None:
        return os.environ.get(KEY, "").strip()
    if not key_file.is_file():
        raise UsageError("there is no such key file", where=str(key_file), mend="check the path")
    return key_file.read_text(encoding="utf-8").strip()


def _worded(value: object) -> object:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
