"""Our small numeric code gives what the reference library gives."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from goldthread.learn.bayes import ComplementBayes
from goldthread.learn.descent import lowest
from goldthread.learn.logistic import Logistic, OneOfMany, balanced_worth
from goldthread.learn.meaning import Meaning
from goldthread.learn.rows import Rows
from goldthread.learn.words import Words, grams

STEMS = ["officer", "call", "record", "risk", "child", "home", "visit", "plan", "share", "delay", "train", "search"]


def _texts(count: int, seed: int) -> list[list[str]]:
    chance = np.random.default_rng(seed)
    topics = [chance.permutation(STEMS)[:6] for _ in range(4)]
    return [
        [*chance.choice(topics[n % 4], 8), *chance.choice(STEMS, 4), f"rare{int(chance.integers(60))}"]
        for n in range(count)
    ]


TEXTS = _texts(160, 1)
TOPICS = [f"topic {n % 4}" for n in range(160)]
ANSWERS = np.array([n % 4 == 0 for n in range(160)])


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Words.learned(TEXTS, least=2).rows(TEXTS)


def _theirs(rows: Rows) -> sparse.csr_matrix:
    return sparse.csr_matrix((rows.values, rows.columns, rows.starts), (len(rows), rows.width))


@pytest.mark.parametrize("longest", [1, 2])
def test_words_are_weighted_alike(longest: int) -> None:
    sizes = (1, longest)
    ours = [grams(text, longest) for text in TEXTS]
    reference = TfidfVectorizer(
        analyzer="word",
        tokenizer=str.split,
        token_pattern=None,
        ngram_range=sizes,
        sublinear_tf=True,
        min_df=2,
    )
    theirs = reference.fit_transform([" ".join(text) for text in TEXTS])
    words = Words.learned(ours, least=2)
    assert list(words.terms) == list(reference.get_feature_names_out())
    assert np.allclose(_theirs(words.rows(ours)).toarray(), theirs.toarray())


@pytest.mark.parametrize("strength", [0.1, 1.0, 20.0])
@pytest.mark.parametrize("balanced", [False, True])
def test_logistic_regression_finds_the_same_weights(rows: Rows, strength: float, balanced: bool) -> None:
    counts = balanced_worth(ANSWERS) if balanced else None
    ours = Logistic.learned(rows, ANSWERS, strength, counts, tolerance=1e-8)
    reference = LogisticRegression(C=strength, class_weight="balanced" if balanced else None, tol=1e-10, max_iter=999)
    reference.fit(_theirs(rows), ANSWERS)
    assert np.allclose(ours.weights, reference.coef_[0], atol=1e-3)
    assert ours.intercept == pytest.approx(float(reference.intercept_[0]), abs=1e-3)
    assert np.allclose(ours.chances(rows), reference.predict_proba(_theirs(rows))[:, 1], atol=1e-4)


def test_a_model_begun_from_another_ends_at_the_same_place(rows: Rows) -> None:
    half = Logistic.learned(rows.pick(range(80)), ANSWERS[:80])
    warm = Logistic.learned(rows, ANSWERS, start=half, tolerance=1e-8)
    cold = Logistic.learned(rows, ANSWERS, tolerance=1e-8)
    assert np.allclose(warm.weights, cold.weights, atol=1e-5)


def test_several_classes_are_told_apart_and_their_chances_add_up(rows: Rows) -> None:
    model = OneOfMany.learned(rows, TOPICS, 10.0, balanced=True)
    assert np.allclose(model.chances(rows).sum(axis=1), 1.0)
    assert np.mean([name == topic for (name, _), topic in zip(model.best(rows), TOPICS, strict=True)]) > 0.95


def test_complement_bayes_ranks_alike(rows: Rows) -> None:
    ours = ComplementBayes.empty(rows.width)
    ours = ours.told(rows.pick(np.flatnonzero(ANSWERS)), relevant=True)
    ours = ours.told(rows.pick(np.flatnonzero(~ANSWERS)), relevant=False)
    theirs = ComplementNB().fit(_theirs(rows), ANSWERS).feature_log_prob_
    assert np.allclose(ours.reach(rows), _theirs(rows) @ (theirs[1] - theirs[0]))


@pytest.mark.parametrize("size", [1, 4, 9])
def test_meaning_keeps_as_much_of_the_rows_as_the_exact_directions_do(rows: Rows, size: int) -> None:
    ours = rows.times_matrix(Meaning.learned(rows, size).directions)
    theirs = TruncatedSVD(size, algorithm="arpack").fit_transform(_theirs(rows))
    assert np.linalg.norm(ours) == pytest.approx(np.linalg.norm(theirs), rel=1e-3)
    assert np.allclose(ours[:, 0] @ ours[:, 0], theirs[:, 0] @ theirs[:, 0], rtol=1e-6)


def test_descent_ends_at_the_bottom_of_a_narrow_valley() -> None:
    steep = np.array([1.0, 1000.0])
    end = lowest(lambda at: (float(0.5 * steep @ (at - 3) ** 2), steep * (at - 3)), np.zeros(2), 1e-9)
    assert np.allclose(end, 3.0)
