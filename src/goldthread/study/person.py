"""Who is at work, as the journal calls them unless they say otherwise."""

from __future__ import annotations

import getpass
import os


def user_name() -> str:
    """The name this machine knows the person by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}" if hasattr(os, "getuid") else "user"
