"""The command line, wired in one place. Errors become exit codes here and nowhere else."""

from __future__ import annotations

import sys

import sqlalchemy as sa
import typer

from goldthread.cli import (
    asking,
    bringing,
    building,
    checking,
    comparing,
    deciding,
    guarding,
    measuring,
    publishing,
    ranking,
    searching,
    serving,
    simulating,
)
from goldthread.cli.doctor_command import doctor
from goldthread.cli.language_models import llm_app
from goldthread.cli.protocols import protocol_app
from goldthread.errors import GoldthreadError

FAULT = 3
USAGE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="goldthread",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Turn published reviews of death and serious harm into evidence that can be followed to the page.",
    epilog="Start with: goldthread demo",
)

for command in (
    building.demo,
    building.run,
    building.init,
    building.add,
    building.suggest,
    asking.status,
    asking.ledger,
    asking.problems,
    asking.verify,
    searching.search,
    searching.similar,
    publishing.tables,
    publishing.brief,
    publishing.export,
    guarding.disclosure,
    comparing.agreement,
    checking.check,
    ranking.queue,
    ranking.stopping,
    deciding.decide,
    deciding.confirm,
    measuring.evaluate,
    simulating.simulate,
    serving.serve,
    doctor,
):
    app.command(help=command.__doc__)(command)
app.command("import", help=bringing.import_file.__doc__)(bringing.import_file)
app.add_typer(protocol_app, name="protocol")
app.add_typer(llm_app, name="llm")


def main() -> None:
    """Run the command line and leave with the exit code the contract gives it."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 problems found, 2 bad usage, 3 study fault."""
    try:
        return int(app(args=arguments, prog_name="goldthread", standalone_mode=False) or 0)
    except GoldthreadError as error:
        return _say(str(error), error.exit_code)
    except typer.TyperException as error:
        return _say(f"{error} — see goldthread --help, or --help after the command", USAGE)
    except (typer.Abort, KeyboardInterrupt):
        return _say("stopped; run the same command again to go on from here", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except sa.exc.OperationalError as error:
        return _say(
            f"the study's database cannot be used: {error.orig} — check the disk and who else has it open", FAULT
        )
    except OSError as error:
        return _say(f"{error.filename or 'the disk'}: {error.strerror or error} — mend that and run it again", FAULT)


def _say(message: str, code: int) -> int:
    sys.stderr.write(f"goldthread: {message}\n")
    return code
