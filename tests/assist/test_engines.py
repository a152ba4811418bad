from __future__ import annotations

import pytest

from goldthread.assist.engines import engine, installed
from goldthread.assist.lexicon.engine import LexiconEngine
from goldthread.errors import UsageError


def test_the_lexicon_engine_comes_in_by_the_same_door_as_any_other() -> None:
    assert "lexicon" in installed()
    assert isinstance(engine("lexicon"), LexiconEngine)


def test_an_engine_nobody_installed_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="oracle") as caught:
        engine("oracle")
    assert "lexicon" in caught.value.mend
