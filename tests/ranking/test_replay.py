"""A replay shows each record once, the likeliest first, and is the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from sklearn.svm import LinearSVC

from goldthread.learn.margin import shares
from goldthread.learn.rows import Rows
from goldthread.ranking.learner import Learner, costs
from goldthread.ranking.replay import Priors, drawn, replay
from goldthread.ranking.terms import Terms, leading_terms, terms_of, together, weighted

BOAT = "The harbour patrol searched the stolen boat and its crew at the quay"
FILLER = (
    "The flooded school moved its lessons to the village hall",
    "A heron nests beside the old mill and its weir",
    "Bakers in the market town raised the price of bread",
    "The choir rehearsed in the chapel on the second evening",
)
RELEVANT = [n % 15 == 0 for n in range(300)]
TEXTS = [f"{BOAT if yes else FILLER[n % 4]} entry {n % 7} page {n % 11} word{n}" for n, yes in enumerate(RELEVANT)]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return weighted([terms_of(text) for text in TEXTS])


def test_rare_relevant_records_come_first(rows: Rows) -> None:
    made = replay(rows, RELEVANT, drawn(RELEVANT, 1))
    assert made.measures.records == 298
    assert made.measures.atd is not None
    assert made.measures.atd < 15
    assert made.measures.wss95 is not None
    assert made.measures.wss95 > 0.85


def test_every_record_is_shown_at_most_once_and_no_prior(rows: Rows) -> None:
    priors = drawn(RELEVANT, 2)
    made = replay(rows, RELEVANT, priors)
    assert len(set(made.order)) == len(made.order)
    assert not {priors.relevant, priors.irrelevant} & set(made.order)
    found = sum(RELEVANT[row] for row in made.order)
    assert found == sum(RELEVANT) - 1
    assert RELEVANT[made.order[-1]]


def test_one_seed_gives_one_order(rows: Rows) -> None:
    assert replay(rows, RELEVANT, drawn(RELEVANT, 5)) == replay(rows, RELEVANT, drawn(RELEVANT, 5))
    assert len({drawn(RELEVANT, seed) for seed in range(8)}) > 4


def test_priors_are_drawn_as_the_peer_draws_them() -> None:
    """ASReview 3: `check_random_state(seed).choice(rows of the kind, 1, replace=False)`, begun anew for each kind."""
    chance = np.random.RandomState(3)
    kept = np.flatnonzero(RELEVANT)
    assert drawn(RELEVANT, 3).relevant == chance.choice(kept, 1, replace=False)[0]
    assert not RELEVANT[drawn(RELEVANT, 3).irrelevant]


def test_all_relevant_leaves_nothing_to_save() -> None:
    texts = weighted([terms_of(text) for text in TEXTS[:20]])
    made = replay(texts, [True] * 20, drawn([True] * 20, 1))
    assert made.priors.irrelevant == -1
    assert (made.measures.records, made.measures.n95) == (19, 19)
    assert made.measures.wss95 == pytest.approx(-0.05)


def test_one_relevant_is_the_prior_and_leaves_nothing_to_find() -> None:
    labels = [n == 4 for n in range(20)]
    made = replay(weighted([terms_of(text) for text in TEXTS[:20]]), labels, drawn(labels, 1))
    assert made.priors.relevant == 4
    assert made.order == ()
    assert made.measures.wss95 is None


def test_records_without_text_are_shown_in_the_end() -> None:
    labels = [n % 15 == 0 for n in range(60)]
    texts = ["" if n in (7, 15) else text for n, text in enumerate(TEXTS[:60])]
    made = replay(weighted([terms_of(text) for text in texts]), labels, Priors(0, 1))
    assert set(made.order) >= {15, 30, 45}


def test_no_text_at_all_goes_by_row() -> None:
    labels = [n in (0, 9) for n in range(10)]
    assert replay(weighted([terms_of("")] * 10), labels, Priors(0, 1)).order == (2, 3, 4, 5, 6, 7, 8, 9)


def test_however_many_are_irrelevant_they_weigh_a_thirtieth() -> None:
    worth = costs(np.array([True] * 3 + [False] * 500))
    assert worth[:3].sum() / worth[3:].sum() == pytest.approx(30)
    assert worth.mean() == pytest.approx(0.1)


def test_answers_given_at_once_or_one_by_one_teach_the_same(rows: Rows) -> None:
    one, other = Learner(rows, 1e-9), Learner(rows, 1e-9)
    for row in range(40):
        one.told(row, relevant=RELEVANT[row])
        other.told(row, relevant=RELEVANT[row])
        other.reach()
    assert np.allclose(one.reach(), other.reach(), atol=1e-6)


def test_the_margin_machine_is_that_of_the_reference_library(rows: Rows) -> None:

    table = sparse.csr_matrix((rows.values, rows.columns, rows.starts), (len(rows), rows.width))
    signs, worth = np.where(RELEVANT, 1.0, -1.0), costs(np.array(RELEVANT))
    reference = LinearSVC(loss="squared_hinge", C=1.0, tol=1e-10, max_iter=100_000)
    reference.fit(table, signs, sample_weight=worth)
    made = shares((table @ table.T).toarray(), signs, worth, np.zeros(300), 1e-10)
    assert np.allclose(rows.gathered(made), reference.coef_[0], atol=1e-4)
    assert made.sum() == pytest.approx(float(reference.intercept_[0]), abs=1e-4)


def test_terms_survive_being_kept() -> None:
    counted = leading_terms("officer officer visited the child and the child spoke " * 30)
    again = Terms.from_bytes(counted.to_bytes())
    assert again.numbers.tolist() == counted.numbers.tolist()
    assert again.counts.tolist() == counted.counts.tolist()
    assert sorted(counted.counts.tolist()) == [30, 30, 60, 60]


def test_pairs_of_words_are_terms_in_their_order() -> None:
    assert len(terms_of("risk assessed").numbers) == 3
    shared = set(terms_of("risk assessed").numbers.tolist()) & set(terms_of("assessed risk").numbers.tolist())
    assert len(shared) == 2


def test_the_terms_of_several_documents_are_added() -> None:
    one = terms_of("risk risk plan")
    both = together([one, terms_of("risk")])
    assert int(both.counts.max()) == 3
    assert len(both.numbers) == len(one.numbers)
