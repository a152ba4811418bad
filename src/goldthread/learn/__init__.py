"""Learning from labelled text with numpy alone: sparse rows, weighted words, two classifiers, and meaning by LSA.

scikit-learn and scipy together weigh more than half of everything else installed, so what little is needed of them is
here, small, deterministic, and held against them in the tests.
"""
