from __future__ import annotations

from goldthread.scoring.matching import matching
from tests.scoring.labelled import passage, said, sentence


def test_a_passage_that_shares_any_of_a_sentences_place_is_on_it() -> None:
    touching, before, after = passage(19, 30), passage(0, 10), passage(20, 30)
    assert matching(sentence(10, 20), [touching, before, after]) == [touching]


def test_the_passage_with_the_longest_shared_stretch_is_best() -> None:
    little, much = passage(0, 12), passage(12, 20)
    assert matching(sentence(10, 20), [little, much]) == [much, little]


def test_of_equally_good_passages_the_first_is_best() -> None:
    first, second = passage(10, 20, 0.1), passage(10, 20, 0.9)
    assert matching(sentence(10, 20), [first, second])[0] is first


def test_words_match_across_line_ends_and_their_hyphens() -> None:
    here = passage(0, 1, quote="The constables did not re\u00ad\ncord the risk\nof harm.")
    assert matching(said("The constables did not record the risk of harm."), [here]) == [here]


def test_four_fifths_of_the_shorter_ones_words_are_needed() -> None:
    label = said("one two three four five")
    enough, short = passage(0, 1, quote="one two three four other"), passage(0, 1, quote="one two three other else")
    assert matching(label, [enough, short]) == [enough]


def test_fewer_than_four_words_match_nothing() -> None:
    assert matching(said("What was found"), [passage(0, 1, quote="What was found")]) == []


def test_a_passage_of_two_sentences_is_on_both_by_words() -> None:
    both = passage(0, 1, quote="Officers went to the house at noon. They left no note for anyone there.")
    assert matching(said("Officers went to the house at noon."), [both]) == [both]
    assert matching(said("They left no note for anyone there."), [both]) == [both]
