"""How long to wait before a server is asked again."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST, MOST = 1.0, 60.0  # seconds


def wait(attempt: int, retry_after: str = "", now: datetime | None = None) -> float:
    """Seconds to wait after the given attempt (from 1): what the server asks for, else 1, 2, 4, … up to 60.

    `retry_after` is the header of that name: seconds, or an HTTP date (RFC 9110, 10.2.3). What is neither counts
    as not given.
    """
    asked = _seconds(retry_after, now or datetime.now(UTC))
    return asked if asked is not None else min(MOST, FIRST * 2.0 ** (attempt - 1))


def _seconds(retry_after: str, now: datetime) -> float | None:
    text = retry_after.strip()
    if text.isdecimal() and len(text) < 9:
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
