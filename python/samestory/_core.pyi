"""
The compiled core of samestory; its Python modules are the public interface.
"""
from __future__ import annotations
import collections.abc
import numpy
import numpy.typing
import typing
__all__: list[str] = ['AnalyzerOptions', 'Background', 'ByLength', 'CharacterClasses', 'CorpusCounts', 'Dendrogram', 'DictSnapshot', 'DocumentBatch', 'FeatureCounter', 'FeatureHasher', 'JoinMemory', 'JoinTuning', 'LanguageIdentifier', 'Lookup', 'MergeSearch', 'Range', 'RecurringKinds', 'SimilarityJoiner', 'SmoothingOptions', 'StoryOptions', 'StoryTree', 'TermOptions', 'TextCounter', 'TextRows', 'Vocabulary', 'WordData', 'WordWeights', 'WorthOptions', 'active_instruction_set', 'average_linkage', 'average_linkage_of_rows', 'busy_wait', 'candidate_pairs', 'check_compressed', 'checked_csr', 'code_point', 'compared_lines', 'connected_components', 'differing_code_points', 'disc_placement', 'give_back_gaps', 'granularity_of', 'graph_layout', 'group_centres', 'group_columns', 'group_texts', 'instruction_sets', 'joined_columns', 'leiden', 'narrowed_pairs', 'normalize_rows', 'prior_facts', 'recurring_lines', 'recurring_spans', 'row_hashes', 'set_unicode_changes', 'shared_passages', 'shingle_rows', 'smooth_rows', 'smoothing_weights', 'split_words', 'story_labels', 'story_tree', 'strongest_neighbors', 'text_rows', 'text_rows_of', 'unicode_version', 'unprintable_code_points', 'weighed_fields', 'word_beginning']
class Dendrogram:
    """
    Merges of rows, the most similar first.
    """
    def labels_after(self, n_merges: typing.SupportsInt | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.int64]:
        ...
    def linkage(self) -> numpy.typing.NDArray[numpy.float64]:
        """
        SciPy's linkage matrix; trees that remain join at 1.
        """
    def merges_at(self, similarity: typing.SupportsFloat | typing.SupportsIndex) -> int:
        ...
    @property
    def left(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def n_merges(self) -> int:
        ...
    @property
    def n_rows(self) -> int:
        ...
    @property
    def right(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def similarity(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def size(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
class SmoothingOptions:
    """
    Which neighbours smooth a row.
    """
    def __init__(self) -> None:
        ...
    @property
    def background_rank(self) -> int:
        ...
    @background_rank.setter
    def background_rank(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def factor_of_short(self) -> float:
        ...
    @factor_of_short.setter
    def factor_of_short(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def in_full_from(self) -> float:
        ...
    @in_full_from.setter
    def in_full_from(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def n_neighbors(self) -> int:
        ...
    @n_neighbors.setter
    def n_neighbors(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def power_of_long(self) -> float:
        ...
    @power_of_long.setter
    def power_of_long(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def power_of_short(self) -> float:
        ...
    @power_of_short.setter
    def power_of_short(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class JoinTuning:
    """
    Sizes that no result depends on; for tests.
    """
    def __init__(self) -> None:
        ...
    @property
    def chunk_rows(self) -> int:
        ...
    @chunk_rows.setter
    def chunk_rows(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def cut_share_threshold(self) -> float:
        ...
    @cut_share_threshold.setter
    def cut_share_threshold(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def cut_share_top_n(self) -> float:
        ...
    @cut_share_top_n.setter
    def cut_share_top_n(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def dense_share(self) -> float:
        ...
    @dense_share.setter
    def dense_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def tile_rows(self) -> int:
        ...
    @tile_rows.setter
    def tile_rows(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
class JoinMemory:
    """
    Bytes that a join takes beside its result.
    """
    @property
    def held(self) -> int:
        ...
    @property
    def lists(self) -> int:
        ...
    @property
    def per_thread(self) -> int:
        ...
class SimilarityJoiner:
    """
    A join prepared once, computed in blocks.
    """
    def __init__(self, x: typing.Any, y: typing.Any, *, threshold: typing.SupportsFloat | typing.SupportsIndex | None = None, top_n: typing.SupportsInt | typing.SupportsIndex | None = None, times: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, times_y: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, max_gap: typing.SupportsFloat | typing.SupportsIndex | None = None, half_life: typing.SupportsFloat | typing.SupportsIndex | None = None, normalize: bool = True, triangle: bool = False, tuning: JoinTuning = ..., n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> None:
        ...
    def all(self, list_bytes: typing.SupportsInt | typing.SupportsIndex = 1073741824) -> tuple:
        """
        (data, indices, indptr, shape) of the whole result; lists of all rows at once where they take no more than `list_bytes`.
        """
    def memory(self) -> JoinMemory:
        """
        Bytes that it takes beside the result.
        """
    def pairs(self, begin: typing.SupportsInt | typing.SupportsIndex, end: typing.SupportsInt | typing.SupportsIndex) -> tuple:
        """
        (i, j, similarity) with i < j, for a block of a symmetric join's own order.
        """
    def rows(self, wanted: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> tuple:
        """
        Some rows of the result.
        """
class DocumentBatch:
    """
    Texts read in place.
    """
    def __init__(self) -> None:
        ...
    def __len__(self) -> int:
        ...
    def append(self, document: typing.Any, take_bytes: bool = False) -> bool:
        ...
    def append_arrow(self, column: typing.Any) -> int:
        ...
    def fill(self, source: collections.abc.Iterator, max_bytes: typing.SupportsInt | typing.SupportsIndex, take_bytes: bool) -> typing.Any:
        ...
    @property
    def is_ascii(self) -> bool:
        ...
class WordWeights:
    """
    How much words say of what a text is about.
    """
    def __init__(self, words: DocumentBatch, weights: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], others: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class AnalyzerOptions:
    """
    From a document to its terms.
    """
    def __init__(self, tokens: str, lowercase: bool, accents: str, min_n: typing.SupportsInt | typing.SupportsIndex, max_n: typing.SupportsInt | typing.SupportsIndex, stop_words: collections.abc.Sequence[str]) -> None:
        ...
class Vocabulary:
    """
    Sorted terms.
    """
    def __len__(self) -> int:
        ...
    def columns(self) -> dict:
        ...
    def pruned(self, keep: collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]) -> Vocabulary:
        ...
    def terms(self) -> list:
        ...
class Lookup:
    """
    Terms to columns.
    """
    @typing.overload
    def __init__(self, options: AnalyzerOptions, vocabulary: Vocabulary) -> None:
        ...
    @typing.overload
    def __init__(self, options: AnalyzerOptions, columns: dict) -> None:
        ...
class FeatureCounter:
    """
    Counts features that Python found.
    """
    def __init__(self, columns: dict, learns: bool) -> None:
        ...
    def add(self, features: typing.Any) -> None:
        ...
    def finish(self) -> tuple:
        ...
class FeatureHasher:
    """
    Hashes features that Python found.
    """
    def __init__(self, n_features: typing.SupportsInt | typing.SupportsIndex, alternate_sign: bool) -> None:
        ...
    def add(self, features: typing.Any) -> None:
        ...
    def finish(self) -> tuple:
        ...
class DictSnapshot:
    """
    Tells whether a dict has been changed.
    """
    def __init__(self, items: dict) -> None:
        ...
    def matches(self, items: dict) -> bool:
        ...
class CorpusCounts:
    """
    Counts of a collection, rows not yet in order.
    """
    def document_frequencies(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    def take_rows(self, dtype: str, columns: typing.Annotated[numpy.typing.ArrayLike, numpy.int32] | None, n_columns: typing.SupportsInt | typing.SupportsIndex, idf: typing.Any = None, binary: bool = False, sublinear: bool = False, norm: str = '', n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> tuple:
        ...
    def total_counts(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def n_features(self) -> int:
        ...
    @property
    def n_rows(self) -> int:
        ...
class TextCounter:
    """
    Counts the terms of a collection.
    """
    def __init__(self, options: AnalyzerOptions, lookup: Lookup = None) -> None:
        ...
    def add(self, documents: DocumentBatch, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> None:
        ...
    def finish(self, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
        ...
    def finish_hashed(self, dtype: str, n_features: typing.SupportsInt | typing.SupportsIndex, alternate_sign: bool, binary: bool, norm: str, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> tuple:
        ...
class LanguageIdentifier:
    """
    The language of a text.
    """
    def __init__(self, trigrams: typing.Annotated[numpy.typing.ArrayLike, numpy.uint64], offsets: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], languages: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8], weights: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8], handicaps: typing.Annotated[numpy.typing.ArrayLike, numpy.int32], scripts: typing.Annotated[numpy.typing.ArrayLike, numpy.uint32], families: typing.Annotated[numpy.typing.ArrayLike, numpy.int32]) -> None:
        ...
    def identify(self, documents: DocumentBatch, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
        """
        The language of each text, -1 where no letter tells, and its lead.
        """
class CharacterClasses:
    """
    Which of up to eight classes the characters of a text are of.
    """
    def __init__(self, table: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8]) -> None:
        ...
    def of(self, text: str) -> int:
        """
        The classes in a text, a bit each.
        """
    def of_all(self, documents: DocumentBatch, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.uint8]:
        """
        The classes in each text, a bit each.
        """
class WorthOptions:
    """
    The constants of a branch's worth.
    """
    def __init__(self) -> None:
        ...
    @property
    def at_once_days(self) -> float:
        ...
    @at_once_days.setter
    def at_once_days(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def chance(self) -> float:
        ...
    @chance.setter
    def chance(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def large(self) -> float:
        ...
    @large.setter
    def large(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def least_room(self) -> float:
        ...
    @least_room.setter
    def least_room(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def next_days(self) -> float:
        ...
    @next_days.setter
    def next_days(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def next_floor(self) -> float:
        ...
    @next_floor.setter
    def next_floor(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def silence(self) -> float:
        ...
    @silence.setter
    def silence(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def silence_days(self) -> float:
        ...
    @silence_days.setter
    def silence_days(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def unknown_silence(self) -> float:
        ...
    @unknown_silence.setter
    def unknown_silence(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class StoryTree:
    """
    The dendrogram over granularity.
    """
    @property
    def is_leaf(self) -> numpy.typing.NDArray[numpy.bool]:
        ...
    @property
    def is_part(self) -> numpy.typing.NDArray[numpy.bool]:
        ...
    @property
    def linkage(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def n_articles(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def n_texts(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def next(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def price(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def silence(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def silhouette(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def similarity(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def within(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def worth(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
class Background:
    """
    In how many texts of news words stand.
    """
    def __init__(self, terms: bytes, frequencies: typing.Annotated[numpy.typing.ArrayLike, numpy.uint32], n_texts: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
class WordData:
    """
    What is known of words beforehand.
    """
    def __init__(self, stop_words: collections.abc.Mapping[str, collections.abc.Sequence[str]], background: Background = None, vectors: typing.Any = None, other_stop_words: typing.Any = None, own: Background = None, own_language: str = '') -> None:
        ...
    def language_of(self, words: collections.abc.Sequence[str], counts: typing.Annotated[numpy.typing.ArrayLike, numpy.float64]) -> str:
        """
        The language that words show, each of which stands so often; empty if none.
        """
    def weights(self, language: str) -> WordWeights:
        """
        How much words of a language say of what a text is about.
        """
class ByLength:
    """
    A number that depends on how long texts are.
    """
    def __init__(self, of_short: typing.SupportsFloat | typing.SupportsIndex, of_long: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def of_long(self) -> float:
        ...
    @of_long.setter
    def of_long(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def of_short(self) -> float:
        ...
    @of_short.setter
    def of_short(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class MergeSearch:
    """
    How thoroughly a dendrogram is built.
    """
    @property
    def min_pair(self) -> float:
        ...
    @min_pair.setter
    def min_pair(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def min_similarity(self) -> float:
        ...
    @min_similarity.setter
    def min_similarity(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def n_candidates(self) -> int:
        ...
    @n_candidates.setter
    def n_candidates(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def slack(self) -> float:
        ...
    @slack.setter
    def slack(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class Range:
    """
    From which number to which a share falls or grows.
    """
    def __init__(self, start: typing.SupportsFloat | typing.SupportsIndex, end: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def end(self) -> float:
        ...
    @end.setter
    def end(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def start(self) -> float:
        ...
    @start.setter
    def start(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class RecurringKinds:
    """
    What is looked for that recurs, and where.
    """
    lines: bool
    @property
    def edge_words(self) -> int:
        ...
    @edge_words.setter
    def edge_words(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def reach(self) -> int:
        ...
    @reach.setter
    def reach(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def run_words(self) -> int:
        ...
    @run_words.setter
    def run_words(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
class TermOptions:
    """
    The constants between texts and rows.
    """
    ngram_many: Range
    ngram_texts: Range
    ngram_words: Range
    recurring: RecurringKinds
    told: Range
    use_background: bool
    @property
    def chance_told(self) -> float:
        ...
    @chance_told.setter
    def chance_told(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def embeddings_share(self) -> float:
        ...
    @embeddings_share.setter
    def embeddings_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def english_known(self) -> float:
        ...
    @english_known.setter
    def english_known(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def least_known(self) -> float:
        ...
    @least_known.setter
    def least_known(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def least_stop_words(self) -> float:
        ...
    @least_stop_words.setter
    def least_stop_words(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def length_least(self) -> float:
        ...
    @length_least.setter
    def length_least(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def length_less(self) -> float:
        ...
    @length_less.setter
    def length_less(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def length_size(self) -> float:
        ...
    @length_size.setter
    def length_size(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def level_exponent(self) -> float:
        ...
    @level_exponent.setter
    def level_exponent(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def level_factor(self) -> float:
        ...
    @level_factor.setter
    def level_factor(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def max_ngram(self) -> int:
        ...
    @max_ngram.setter
    def max_ngram(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def meaning_above(self) -> int:
        ...
    @meaning_above.setter
    def meaning_above(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def meaning_share(self) -> float:
        ...
    @meaning_share.setter
    def meaning_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def min_ngram(self) -> int:
        ...
    @min_ngram.setter
    def min_ngram(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def most_unknown(self) -> float:
        ...
    @most_unknown.setter
    def most_unknown(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def ngram_share(self) -> float:
        ...
    @ngram_share.setter
    def ngram_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def prefix_length(self) -> int:
        ...
    @prefix_length.setter
    def prefix_length(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def prefix_share(self) -> float:
        ...
    @prefix_share.setter
    def prefix_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def single_weight(self) -> float:
        ...
    @single_weight.setter
    def single_weight(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def unknown_share(self) -> float:
        ...
    @unknown_share.setter
    def unknown_share(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
class StoryOptions:
    """
    The constants between rows and stories.
    """
    growth: ByLength
    of_few: MergeSearch
    of_many: MergeSearch
    of_some: MergeSearch
    price: ByLength
    smoothing: SmoothingOptions
    terms: TermOptions
    worth: WorthOptions
    @typing.overload
    def __init__(self) -> None:
        ...
    @typing.overload
    def __init__(self, other: StoryOptions) -> None:
        ...
    def search_for(self, n_texts: typing.SupportsInt | typing.SupportsIndex) -> MergeSearch:
        ...
    def shortness(self, n_words: typing.SupportsInt | typing.SupportsIndex) -> float:
        ...
    @property
    def fading_days(self) -> float:
        ...
    @fading_days.setter
    def fading_days(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def fading_floor(self) -> float:
        ...
    @fading_floor.setter
    def fading_floor(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def list_bytes(self) -> int:
        ...
    @list_bytes.setter
    def list_bytes(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def long_words(self) -> float:
        ...
    @long_words.setter
    def long_words(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def many_texts(self) -> int:
        ...
    @many_texts.setter
    def many_texts(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def max_gap(self) -> float | None:
        ...
    @max_gap.setter
    def max_gap(self, arg0: typing.SupportsFloat | typing.SupportsIndex | None) -> None:
        ...
    @property
    def n_neighbors(self) -> int:
        ...
    @n_neighbors.setter
    def n_neighbors(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
    @property
    def short_words(self) -> float:
        ...
    @short_words.setter
    def short_words(self, arg0: typing.SupportsFloat | typing.SupportsIndex) -> None:
        ...
    @property
    def some_texts(self) -> int:
        ...
    @some_texts.setter
    def some_texts(self, arg0: typing.SupportsInt | typing.SupportsIndex) -> None:
        ...
class TextRows:
    """
    Distinct texts as rows, and what is known of them.
    """
    def group(self, options: StoryOptions, must_link: typing.Any = None, cannot_link: typing.Any = None, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> dict:
        """
        The texts' stories. The rows go over into the result, so that it can be asked once, but for those of texts with meanings.
        """
    def rows_with_meaning(self, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
        """
        A copy of the rows, with the vectors of short texts to their right.
        """
    def terms(self) -> list:
        """
        The names of the columns.
        """
    @property
    def compared(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def days(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def language(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def least_next(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def least_similarity(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def meanings(self) -> typing.Any:
        """
        (weights, words, vectors, shares) of short texts, or None.
        """
    @property
    def n_words(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def remitted(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
    @property
    def rows(self) -> tuple:
        """
        A copy of the rows; empty once they have gone over into the result of `group`.
        """
    @property
    def text_of_article(self) -> numpy.typing.NDArray[numpy.int64]:
        ...
    @property
    def times(self) -> numpy.typing.NDArray[numpy.float64]:
        ...
def active_instruction_set() -> str:
    """
    The instruction set in use; SAMESTORY_INSTRUCTION_SET overrides it.
    """
def average_linkage(graph: typing.Any, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> Dendrogram:
    ...
def average_linkage_of_rows(rows: typing.Any, pairs: typing.Any, min_similarity: typing.SupportsFloat | typing.SupportsIndex = 0.0, must_link: typing.Any = None, cannot_link: typing.Any = None, slack: typing.SupportsFloat | typing.SupportsIndex = ..., min_pair: typing.SupportsFloat | typing.SupportsIndex = 0.0, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> Dendrogram:
    ...
def busy_wait(seconds: typing.SupportsFloat | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> None:
    """
    Sleep on worker threads: how tests try interruption and progress.
    """
def candidate_pairs(rows: typing.Any, graph: typing.Any, n_candidates: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
    ...
def check_compressed(indptr: typing.Any, indices: typing.Any, n_values: typing.SupportsInt | typing.SupportsIndex, n_major: typing.SupportsInt | typing.SupportsIndex, n_minor: typing.SupportsInt | typing.SupportsIndex, axis: str, name: str) -> None:
    """
    Refuse index arrays of a CSR or CSC matrix that are not sound.
    """
def checked_csr(matrix: typing.Any, name: str) -> tuple:
    """
    Check a CSR matrix and return its canonical (data, indices, indptr, shape).
    """
def code_point(code: typing.SupportsInt | typing.SupportsIndex) -> tuple[int, int, list[int]]:
    """
    (flags, lowercase, without accents) of a code point, as the core has it.
    """
def compared_lines(text: DocumentBatch, date_names: DocumentBatch) -> list:
    """
    What the lines of texts are compared by.
    """
def connected_components(graph: typing.Any, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.int64]:
    ...
def differing_code_points() -> list[int]:
    """
    Code points of which the running Python has other properties.
    """
def disc_placement(wanted: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], radii: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], gap: typing.SupportsFloat | typing.SupportsIndex) -> numpy.typing.NDArray[numpy.float64]:
    ...
def give_back_gaps() -> None:
    """
    Give the system back what lies free between small pieces of memory.
    """
def granularity_of(factor: typing.SupportsFloat | typing.SupportsIndex) -> float:
    ...
def graph_layout(links: typing.Any, masses: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], start: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], n_early: typing.SupportsInt | typing.SupportsIndex = 100, n_late: typing.SupportsInt | typing.SupportsIndex = 200, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> numpy.typing.NDArray[numpy.float64]:
    ...
def group_centres(rows: typing.Any, members: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], starts: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.int64]:
    ...
def group_columns(rows: typing.Any, members: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], starts: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], is_left_out: typing.Annotated[numpy.typing.ArrayLike, numpy.uint8], n: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.int32]:
    ...
def group_texts(rows: typing.Any, options: StoryOptions, *, n_words: typing.Annotated[numpy.typing.ArrayLike, numpy.int64] | None = None, least_similarity: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, times: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, remitted: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, least_next: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, compared: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, must_link: typing.Any = None, cannot_link: typing.Any = None, graph: typing.Any = None, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> dict:
    """
    Rows to stories: graph, weights, smoothed rows, pairs and the dendrogram.
    """
def instruction_sets() -> list[str]:
    """
    Instruction sets that this build and processor can run, the best last.
    """
def joined_columns(counts: typing.Any, target: typing.Annotated[numpy.typing.ArrayLike, numpy.int32], n_targets: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
    ...
def leiden(graph: typing.Any, objective: str, resolution: typing.SupportsFloat | typing.SupportsIndex, seed: typing.SupportsInt | typing.SupportsIndex, n_runs: typing.SupportsInt | typing.SupportsIndex, max_iterations: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.int64]:
    ...
def narrowed_pairs(pairs: typing.Any, graph: typing.Any, n_candidates: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
    ...
def normalize_rows(values: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], offsets: numpy.ndarray[typing.Any, numpy.dtype[typing.Any]], norm: str, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> None:
    """
    Divide the rows of a CSR matrix by their norms, in place.
    """
def prior_facts(n_words: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], language: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], n_texts: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], options: TermOptions = ...) -> dict:
    """
    What stands in for what small corpora do not tell, from the number of words.
    """
def recurring_lines(titles: DocumentBatch, texts: DocumentBatch, date_names: DocumentBatch, weights: WordWeights, *, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> numpy.typing.NDArray[numpy.int64]:
    """
    Lines that are not of their articles: document, line, whether it is a link.
    """
def recurring_spans(documents: DocumentBatch, weights: WordWeights, *, run_words: typing.SupportsInt | typing.SupportsIndex = 0, edge_words: typing.SupportsInt | typing.SupportsIndex = 0, lines: bool = False, reach: typing.SupportsInt | typing.SupportsIndex = 0, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> numpy.typing.NDArray[numpy.int64]:
    """
    What recurs in texts that share nothing else: document, begin and end of each part.
    """
def row_hashes(counts: typing.Any, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> numpy.typing.NDArray[numpy.uint64]:
    ...
def set_unicode_changes(changes: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex, typing.SupportsInt | typing.SupportsIndex, collections.abc.Sequence[typing.SupportsInt | typing.SupportsIndex]]]) -> None:
    """
    Make the tables agree with (code, flags, lowercase, without accents).
    """
def shared_passages(documents: DocumentBatch, pairs: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], length: typing.SupportsInt | typing.SupportsIndex, *, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> numpy.typing.NDArray[numpy.int64]:
    """
    A row a passage: pair, begin and end in the first text, in the second, words.
    """
def shingle_rows(documents: DocumentBatch, length: typing.SupportsInt | typing.SupportsIndex, *, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> tuple:
    """
    (data, indices, indptr, shape) of the shingles of two texts or more, and how many distinct ones each text has.
    """
def smooth_rows(rows: typing.Any, weights: typing.Any, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> tuple:
    ...
def smoothing_weights(graph: typing.Any, shortness: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], least_similarity: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], n_threads: typing.SupportsInt | typing.SupportsIndex = 1, days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, scale: typing.SupportsFloat | typing.SupportsIndex = 1.0, floor: typing.SupportsFloat | typing.SupportsIndex = 1.0, options: SmoothingOptions = ...) -> tuple:
    ...
def split_words(options: AnalyzerOptions, text: str) -> list:
    """
    The words of one text, in order.
    """
def story_labels(linkage: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], text_of_article: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], n_texts: typing.SupportsInt | typing.SupportsIndex, granularity: typing.SupportsFloat | typing.SupportsIndex, cannot_link: typing.Any = None) -> numpy.typing.NDArray[numpy.int64]:
    """
    Labels of articles at a granularity: 0 the largest story, -1 an article of no text.
    """
def story_tree(linkage: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], n_articles: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], growth: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], price: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], group: typing.Annotated[numpy.typing.ArrayLike, numpy.int64] | None = None, remitted: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, least_next: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, compared: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, options: WorthOptions = ...) -> StoryTree:
    ...
def strongest_neighbors(graph: typing.Any, n_neighbors: typing.SupportsInt | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, scale: typing.SupportsFloat | typing.SupportsIndex = 1.0, floor: typing.SupportsFloat | typing.SupportsIndex = 1.0) -> tuple:
    ...
def text_rows(documents: DocumentBatch, words: WordData, options: StoryOptions, *, languages: collections.abc.Sequence[str], language: typing.Annotated[numpy.typing.ArrayLike, numpy.int32], days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, times: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, embeddings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, known: collections.abc.Sequence[tuple[typing.SupportsInt | typing.SupportsIndex, collections.abc.Sequence[str], typing.Annotated[numpy.typing.ArrayLike, numpy.int64], DocumentBatch]] = [], n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> TextRows:
    """
    Texts to unit-length rows of terms.
    """
def text_rows_of(rows: collections.abc.Sequence[typing.Any], text_of_article: typing.Annotated[numpy.typing.ArrayLike, numpy.int64], options: StoryOptions, *, days: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, times: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, embeddings: typing.Annotated[numpy.typing.ArrayLike, numpy.float64] | None = None, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> TextRows:
    """
    Rows that somebody else made of distinct texts, a matrix a language.
    """
def unicode_version() -> str:
    """
    The Unicode version of the core's own tables.
    """
def unprintable_code_points() -> list[tuple[int, bool]]:
    """
    (code point, case-ignorable) of what is unassigned or controls the format.
    """
def weighed_fields(left: typing.Any, right: typing.Any, left_idf: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], right_idf: typing.Annotated[numpy.typing.ArrayLike, numpy.float64], left_scale: typing.SupportsFloat | typing.SupportsIndex, right_scale: typing.SupportsFloat | typing.SupportsIndex, single: bool, n_threads: typing.SupportsInt | typing.SupportsIndex = 1) -> tuple:
    ...
def word_beginning(word: str, length: typing.SupportsInt | typing.SupportsIndex = 6) -> str:
    """
    The first letters of a word, without Latin and Greek accents or the Arabic article.
    """
__version__: str
