"""The project's own gates: `python scripts/gates.py [--root DIR] [GATE...]`.

Each gate names what is wrong and where. Exit 0 when nothing is, 1 otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from gate_commands import command_faults
from gate_imports import undeclared_imports
from gate_lengths import too_long
from gate_links import broken_links
from gate_locks import unlocked
from gate_words import forbidden_words

GATES: dict[str, Callable[[Path], list[str]]] = {
    "lengths": too_long,
    "words": forbidden_words,
    "links": broken_links,
    "locks": unlocked,
    "imports": undeclared_imports,
    "commands": command_faults,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the named gates, or all, and print what they find."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gates", nargs="*", metavar="GATE", help=f"any of {', '.join(GATES)}; all by default")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    options = parser.parse_args(arguments)
    if unknown := set(options.gates) - set(GATES):
        parser.error(f"no such gate: {', '.join(sorted(unknown))}")
    failed = False
    for name in options.gates or GATES:
        problems = GATES[name](options.root)
        failed |= bool(problems)
        print(f"{name}: {f'{len(problems)} to mend' if problems else 'clean'}")
        for problem in problems:
            print(f"  {problem}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
