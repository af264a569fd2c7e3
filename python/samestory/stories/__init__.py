"""From articles to stories: `find_stories` and what it returns."""

from samestory.stories.advice import Advice, Change, Why
from samestory.stories.evidence import Evidence
from samestory.stories.explanation import Explanation, Neighbour, TermWeight
from samestory.stories.find import find_stories
from samestory.stories.model import Stories
from samestory.stories.story import Story

__all__ = [
    "Advice",
    "Change",
    "Evidence",
    "Explanation",
    "Neighbour",
    "Stories",
    "Story",
    "TermWeight",
    "Why",
    "find_stories",
]

# What lower layers ask for, and the modules that have it: see `samestory._lookup`.
BY_NAME = {"count_background": "background"}
