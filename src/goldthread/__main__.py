"""`python -m goldthread` is the same as the `goldthread` command."""

from __future__ import annotations

from goldthread.cli import main

if __name__ == "__main__":
    main()
