"""The command line, wired in one place. Errors become exit codes here and nowhere else.

Only the module of the command that is asked for is imported, so that none waits for what the others need.
"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module
from typing import TextIO

import typer

from goldthread.errors import GoldthreadError

FAULT = 3
USAGE = 2
INTERRUPTED = 130
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
"""What is multiplied here is small: several threads wait for each other longer than they work on a busy machine."""

COMMANDS = {
    "demo": "building:demo",
    "run": "building:run",
    "init": "building:init",
    "add": "building:add",
    "suggest": "building:suggest",
    "status": "asking:status",
    "ledger": "asking:ledger",
    "problems": "asking:problems",
    "verify": "asking:verify",
    "search": "searching:search",
    "similar": "searching:similar",
    "tables": "tabulating:tables",
    "populations": "rating:populations",
    "rates": "rating:rates",
    "periods": "rating:periods",
    "brief": "briefing:brief",
    "figures": "briefing:figures",
    "export": "publishing:export",
    "findings": "findings:findings",
    "finding": "findings:finding_app",
    "plan": "plans:plan_app",
    "disclosure": "guarding:disclosure",
    "agreement": "comparing:agreement",
    "quality": "judging:quality_app",
    "reconcile": "reconciling:reconcile",
    "check": "checking:check",
    "queue": "ranking:queue",
    "stopping": "ranking:stopping",
    "decide": "deciding:decide",
    "confirm": "deciding:confirm",
    "evaluate": "measuring:evaluate",
    "simulate": "simulating:simulate",
    "serve": "serving:serve",
    "doctor": "doctor_command:doctor",
    "import": "bringing:import_file",
    "protocol": "protocols:protocol_app",
    "codebook": "codebooks:codebook_app",
    "llm": "language_models:llm_app",
}
"""Every command, in the order in which help lists them, with the place in this package where it is written."""


def command_line(only: str = "") -> typer.Typer:
    """The program with all its commands, or with the one named alone."""
    app = typer.Typer(
        name="goldthread",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Turn published reviews of death and serious harm into evidence that can be followed to the page.",
        epilog="Start with: goldthread demo",
    )
    app.callback()(_nothing)
    for name, place in COMMANDS.items():
        if only in ("", name):
            module, _, function = place.partition(":")
            found = getattr(import_module(f"goldthread.cli.{module}"), function)
            if isinstance(found, typer.Typer):
                app.add_typer(found, name=name, short_help=_in_short(str(found.info.help or "")))
            else:
                app.command(name, help=found.__doc__, short_help=_in_short(found.__doc__ or ""))(found)
    return app


def _in_short(told: str) -> str:
    """The first sentence, whole: in the list of commands it is broken over lines, never cut off."""
    return " ".join(told.split("\n\n")[0].split()).partition(". ")[0].rstrip(".")


def _nothing() -> None:
    """Nothing is asked before a command."""


def main() -> None:
    """Run the command line and leave with the exit code the contract gives it."""
    os.environ.setdefault(*_ONE_THREAD)
    for stream in (sys.stdout, sys.stderr):
        _never_refuse_a_letter(stream)
    sys.exit(run(sys.argv[1:]))


def _never_refuse_a_letter(stream: TextIO) -> None:
    """Files and pipes are UTF-8 whatever the locale; a letter that a terminal cannot show is written out."""
    if isinstance(stream, io.TextIOWrapper):
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 problems found, 2 bad usage, 3 study fault."""
    try:
        asked = next((word for word in arguments[:1] if word in COMMANDS), "")
        code = int(command_line(asked)(args=arguments, prog_name="goldthread", standalone_mode=False) or 0)
        return _stopped() if code == INTERRUPTED else code
    except GoldthreadError as error:
        return _say(str(error), error.exit_code)
    except typer.TyperException as error:
        return _misused(error)
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return _say(f"{error.filename or 'the disk'}: {error.strerror or error} — mend that and run it again", FAULT)


def _misused(error: typer.TyperException) -> int:
    """What was typed wrongly, and at which option; the help alone where nothing was typed at all."""
    message = error.format_message().rstrip(".")
    if message.startswith("Usage:"):
        sys.stderr.write(message + "\n")
        return USAGE
    return _say(f"{message} — see goldthread --help, or --help after the command", USAGE)


def _stopped() -> int:
    return _say("stopped; run the same command again to go on from here", INTERRUPTED)


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"goldthread: {message}\n")
    return code
