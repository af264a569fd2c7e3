"""A pytest plug-in that puts samestory's four classes in the place of scikit-learn's.

Run scikit-learn's own tests against them with::

    pytest -p swap_vectorizers --pyargs sklearn.feature_extraction.tests.test_text
"""

import sklearn.feature_extraction
import sklearn.feature_extraction.text as theirs

import samestory as ours

for _name in ("CountVectorizer", "HashingVectorizer", "TfidfTransformer", "TfidfVectorizer"):
    setattr(theirs, _name, getattr(ours, _name))
sklearn.feature_extraction.TfidfVectorizer = ours.TfidfVectorizer
