"""A quote must say its value where that can be checked without understanding it."""

from __future__ import annotations

import pytest

from goldthread.assist.llm.support import bears_out
from tests.assist.llm.reports import PROTOCOL

FIELDS = PROTOCOL.field_by_id


@pytest.mark.parametrize(
    ("field", "value", "quote", "holds"),
    [
        ("age", "43", "Mr Ashdown, aged 43", True),
        ("age", "15", "a fifteen-year-old boy", True),
        ("age", "34", "she was thirty-four years old", True),
        ("age", "30", "she was thirty years old", True),
        ("age", "34", "she was thirty years old", False),
        ("age", "0", "a baby of ten months", True),
        ("age", "10", "a baby of 10 months", False),
        ("age", "15", "aged 15 years and 3 months", True),
        ("age", "0", "an adult", False),
        ("event_date", "2017-05-12", "died on 12 May 2017", True),
        ("event_date", "2017-05", "died on 12 May 2017", True),
        ("event_date", "2017-05-12", "died on 12/05/2017", True),
        ("event_date", "2017", "during the summer of 2017", True),
        ("event_date", "2017-05-13", "died on 12 May 2017", False),
        ("event_date", "2017-05-12", "died on 12 May", False),
        ("force", "Northmoor Police", "officers of Northmoor Police came", True),
        ("force", "Northmoor Police", "officers came", False),
        ("outcome", "death", "anything at all", True),
    ],
)
def test_the_quote_says_the_value_or_it_does_not(field: str, value: str, quote: str, holds: bool) -> None:
    assert bears_out(FIELDS[field], value, quote) is holds
