"""The protocols tables are computed under."""

from __future__ import annotations

import pytest

from goldthread.protocol.load import load
from goldthread.protocol.model import Protocol


@pytest.fixture(scope="session")
def police() -> Protocol:
    return load("police-reviews")
