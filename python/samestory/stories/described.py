"""What is found for all stories at once, when first asked for."""

from __future__ import annotations

from functools import cached_property

from samestory.similarity.reused import TextReuse
from samestory.stories.copied import Copied, copied, reuse_of
from samestory.stories.earliest import earliest_ids
from samestory.stories.grouping import Grouping
from samestory.stories.keywords import all_keywords
from samestory.stories.lineage import ids_of
from samestory.stories.profiles import Profiles, profiles

_N_KEYWORDS = 8


class DescribedGrouping(Grouping):
    """A grouping, with ids, keywords and what else is known of all its stories."""

    @cached_property
    def ids(self) -> list[str]:
        """The id of each story."""
        lineage = None if self.past is None else self.past.lineage
        return ids_of(self.labels, lineage, earliest_ids(self))

    @cached_property
    def text_reuse(self) -> TextReuse:
        """The pairs of articles of different outlets, one of which has half of the other's text."""
        return reuse_of(self.articles)

    @cached_property
    def copied(self) -> Copied:
        """From which earlier article of its story each article has most of its text."""
        return copied(self, self.text_reuse)

    @cached_property
    def profiles(self) -> Profiles:
        """What stands out in each story."""
        return profiles(self)

    @cached_property
    def keywords(self) -> list[list[str]]:
        """The keywords of each story."""
        return all_keywords(self, self.profiles.columns, self.profiles.centres, _N_KEYWORDS)
