"""How long a server is left alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldthread.transport.backoff import MOST, wait

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def test_waits_double_up_to_a_minute() -> None:
    assert [wait(n) for n in range(1, 9)] == [1, 2, 4, 8, 16, 32, MOST, MOST]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("soon", 2.0),
        ("-5", 2.0),
        ("1e9", 2.0),
        ("", 2.0),
    ],
)
def test_what_the_server_asks_for_is_heeded_where_it_can_be_read(header: str, seconds: float) -> None:
    assert wait(2, header, NOON) == seconds
