"""Documents to sparse matrices: scikit-learn's text vectorizers on a C++ core."""

from samestory.vectorizers.count import CountVectorizer
from samestory.vectorizers.hashing import HashingVectorizer
from samestory.vectorizers.language import language_analyzer
from samestory.vectorizers.preprocessing import (
    strip_accents_ascii,
    strip_accents_unicode,
    strip_tags,
)
from samestory.vectorizers.stop_words import ENGLISH_STOP_WORDS
from samestory.vectorizers.tfidf import TfidfVectorizer
from samestory.vectorizers.transformer import TfidfTransformer

__all__ = [
    "ENGLISH_STOP_WORDS",
    "CountVectorizer",
    "HashingVectorizer",
    "TfidfTransformer",
    "TfidfVectorizer",
    "language_analyzer",
    "strip_accents_ascii",
    "strip_accents_unicode",
    "strip_tags",
]
