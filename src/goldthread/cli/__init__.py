"""The command line."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `goldthread` command; the rest is imported only when it is called."""
    from goldthread.cli.app import main as run_main  # noqa: PLC0415 - keeps `import goldthread.cli` light

    run_main()
