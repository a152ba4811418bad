from __future__ import annotations

import pytest

from goldthread.documents.model import Role
from goldthread.extraction.category import categories, first_told
from goldthread.protocol.lexicon import CueGroup, FieldCues

from .pages import Laid, heading, lexicon, para, reading

CAUSE = FieldCues(
    values={"suicide": ("suicide",), "accident": ("accident",)},
    guards=("negation", "hypothetical"),
    conclusion=5.0,
    headline=3.0,
    roles={"recommendations": 0.0},
)
WORDS = lexicon(
    fields={"cause": CAUSE},
    conclusion=("ends",),
    suicide=["suicide", "took (his|her) own life"],
    accident=["accident*"],
    negation=["no evidence", "not"],
    hypothetical=["risk of"],
    ends=["conclusion was"],
)


def found(*blocks: Laid | str, multiple: bool = False, cues: FieldCues = CAUSE) -> list[str]:
    return [each.value for each in categories([reading(WORDS, *blocks)], cues, WORDS, multiple)]


def test_the_value_with_most_said_for_it_is_found_with_its_sentences() -> None:
    told = reading(WORDS, "He took his own life. It was called suicide. There had been an accident once.")
    (best,) = categories([told], CAUSE, WORDS, multiple=False)
    assert best.value == "suicide"
    assert [anchor.quote for anchor in best.anchors] == ["He took his own life.", "It was called suicide."]
    assert 0.5 < best.confidence < 1


def test_what_the_conclusion_says_beats_what_the_narrative_mentions() -> None:
    blocks = (
        para("The conclusion was.", Role.INVESTIGATION),
        para("Accident.", Role.INVESTIGATION),
        para("He had spoken of suicide. He took his own life, some thought. Suicide was feared.", Role.CHRONOLOGY),
    )
    assert found(*blocks) == ["accident"]


def test_a_headline_weighs_more_and_a_section_may_weigh_nothing() -> None:
    assert found(heading("Accident at work"), "He spoke of suicide and suicide.") == ["accident"]
    assert found(para("Train staff on suicide.", Role.RECOMMENDATIONS)) == []


@pytest.mark.parametrize("text", ["There was no evidence of suicide.", "She was at risk of suicide."])
def test_guarded_cues_count_for_nothing(text: str) -> None:
    assert found(text) == []


def test_a_field_with_several_values_has_each_that_passes() -> None:
    assert set(found("He took his own life after an accident.", multiple=True)) == {"suicide", "accident"}


def test_nothing_below_the_threshold_is_found() -> None:
    high = CAUSE.model_copy(update={"threshold": 2.0})
    assert found("It was suicide.", cues=high) == []
    assert found("It was suicide. Suicide, then.", cues=high) == ["suicide"]


def test_confidence_falls_when_another_value_is_close() -> None:
    def sure(*texts: str) -> float:
        return categories([reading(WORDS, *texts)], CAUSE, WORDS, multiple=False)[0].confidence

    alone = sure("Suicide and suicide again.")
    contested = sure("Suicide and suicide again.", "An accident.")
    assert alone > contested


def test_a_group_s_weight_counts() -> None:
    heavy = lexicon(fields={"cause": CAUSE}, suicide=["suicide"], accident=CueGroup(cues=("accident",), weight=3.0))
    told = reading(heavy, "Suicide, suicide. Accident.")
    assert categories([told], CAUSE, heavy, multiple=False)[0].value == "accident"


def test_all_documents_of_a_review_are_read_together() -> None:
    first, second = reading(WORDS, "An accident."), reading(WORDS, "Suicide. Suicide.")
    assert categories([first, second], CAUSE, WORDS, multiple=False)[0].value == "suicide"
    assert categories([], CAUSE, WORDS, multiple=False) == []


def test_a_long_review_must_say_more_for_a_value_to_count() -> None:
    cues = CAUSE.model_copy(update={"length": 2})
    assert found("It was suicide.", "It rained.", cues=cues) == ["suicide"]
    assert found("It was suicide.", "It rained.", "It rained.", cues=cues) == []
    assert found("It was suicide.", "Suicide.", "It rained.", cues=cues) == ["suicide"]


TOLD = lexicon(
    death=["died"],
    harm=["injur*"],
    either=["died or was injured"],
    heard=["the report"],
    call=["called"],
    first=["first"],
)


def outcome(*blocks: Laid | str, **settings: object) -> list[str]:
    cues = FieldCues.model_validate(
        {"values": {"death": ["death"], "harm": ["harm"]}, "guards": [], "roles": {}, **settings}
    )
    return [each.value for each in categories([reading(TOLD, *blocks)], cues, TOLD, multiple=False)]


def test_what_the_opening_says_outweighs_what_is_told_later() -> None:
    told = (para("He died at home on that day.", Role.SUMMARY), *[para("He was injured.", Role.CHRONOLOGY)] * 3)
    assert outcome(*told) == ["harm"]
    assert outcome(*told, opening=5.0) == ["death"]


def test_a_sentence_of_every_outcome_tells_none() -> None:
    assert outcome("A review is held if she died or was injured.") == ["death"]
    assert outcome("A review is held if she died or was injured.", unless=["either"]) == []


def test_cues_may_be_asked_to_stand_in_certain_sentences() -> None:
    assert outcome("She died.", within=["heard"]) == []
    assert outcome("She died, the report says.", within=["heard"]) == ["death"]


def test_the_first_value_told_is_less_sure_than_one_said_to_be_the_first() -> None:
    cues = FieldCues(values={"death": ("death",), "call": ("call",)}, guards=(), near=("first",), within=("heard",))
    plain = first_told([reading(TOLD, "He called the report. She died, the report says.")], cues, TOLD)
    said = first_told([reading(TOLD, "He called the report. She died first, the report says.")], cues, TOLD)
    assert [each.value for each in (*plain, *said)] == ["call", "death"]
    assert plain[0].confidence < 0.5 < said[0].confidence
    assert first_told([reading(TOLD, "She died.")], cues, TOLD) == []
