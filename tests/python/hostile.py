"""Matrices and Arrow columns that lie about themselves, and every call that takes one.

Run as a program, in a process of its own that may end: `hostile.py PLACE KIND FIRST COUNT`. What is
being tried stands in the file PLACE, so that the test can say what ended the process.
"""

import json
import random
import resource
import sys
import traceback
import warnings
from pathlib import Path

import numpy as np
import scipy.sparse as sp

import samestory as ss
from samestory import _core

KINDS = ("f4", "f8", "f2", "g", "i1", "i8", "u1", "u8", "?", "c16", "O", ">f8", ">i4", "U3")
INDEX_KINDS = ("i4", "i8", "i2", "u4", "u8", ">i4", "f8", "O", "?")
FORMATS = ("csr", "csr", "csr", "csc", "coo", "bsr", "dia", "lil", "dok", "dense")
EXTREMES = (-1, -2, 2**31 - 1, 2**31, -(2**31), 2**62, 2**63 - 1, -(2**63), 100, 7)
MEMORY = 6 * 2**30
CLEAR = (ValueError, TypeError, MemoryError)
CLEAR_IN_CORE = (*CLEAR, IndexError, OverflowError)


class Csr:
    """Looks like CSR to the core, and to nobody else."""

    def __init__(self, data, indices, indptr, shape):
        self.data, self.indices, self.indptr, self.shape = data, indices, indptr, shape


def values(rng, n, kind):
    numbers = np.round(rng.random(n) * 3, 1)
    if kind == "O":
        return np.array([None, "a", 1.5, object()] * n, dtype=object)[:n]
    if kind in "U3":
        return np.array(["abc"] * n, dtype="U3")
    return numbers.astype(kind)


def sound_csr(rng, kind, square):
    n_rows = int(rng.integers(0, 8))
    n_columns = n_rows if square else int(rng.integers(0, 8))
    dense = np.round(rng.random((n_rows, n_columns)) * (rng.random((n_rows, n_columns)) < 0.5), 1)
    rows = sp.csr_matrix((dense + dense.T) / 2 if square else dense)
    return values(rng, rows.nnz, kind) if kind not in ("f4", "f8") else rows.data.astype(kind), rows


def spoiled(rng, array):
    """The array with something wrong about it."""
    array = np.array(array)
    change = rng.integers(0, 12)
    if change < 4 and array.size and array.dtype.kind in "iuf":
        extreme = EXTREMES[rng.integers(0, len(EXTREMES))]
        with np.errstate(all="ignore"):
            array.flat[rng.integers(0, array.size)] = np.array(extreme).astype(array.dtype)
        return array
    if change == 4:
        return array[: int(rng.integers(0, array.shape[0] + 1))] if array.ndim else array
    if change == 5:
        return np.concatenate([array, array, array]) if array.ndim else array
    if change == 6:
        return array[::-1]
    if change == 7:
        return array.reshape(1, -1)
    if change == 8:
        return None
    if change == 9:
        return array.tolist()
    if change == 10:
        return np.repeat(array, 2, axis=0)[::2] if array.ndim else array
    return np.zeros(0, dtype=array.dtype)


def spoiled_values(rng, data):
    data = np.array(data)
    if data.size and data.dtype.kind == "f" and rng.random() < 0.7:
        extremes = (np.nan, np.inf, -np.inf, 1e308, -1e308, 1e-308, -0.0, 1e30)
        with np.errstate(all="ignore"):
            data.flat[rng.integers(0, data.size)] = extremes[rng.integers(0, len(extremes))]
        return data
    return spoiled(rng, data)


def spoiled_shape(rng, shape):
    changes = (
        lambda a, b: (a + 1, b),
        lambda a, b: (a, b - 1),
        lambda a, b: (-a - 1, b),
        lambda a, b: (a, 2**31 + 5),
        lambda a, b: (2**40, b),
        lambda a, b: (a, 2**40),
        lambda a, b: (2**62, 2**62),
        lambda a, b: (a,),
        lambda a, b: (a, b, 1),
        lambda a, b: (float(a), b),
        lambda a, b: (b, a),
        lambda a, b: None,
        lambda a, b: (2**63 - 1, 2**63 - 1),
    )
    return changes[rng.integers(0, len(changes))](*shape)


PARTS = {
    "csr": ("indptr", "indices", "data"),
    "csc": ("indptr", "indices", "data"),
    "bsr": ("indptr", "indices", "data"),
    "coo": ("row", "col", "data"),
    "dia": ("offsets", "data"),
    "lil": ("rows", "data"),
}


def spoil(rng, matrix):
    if isinstance(matrix, np.ndarray):
        return
    if matrix.format in ("csr", "csc", "bsr") and rng.random() < 0.3:
        matrix.has_sorted_indices = matrix.has_canonical_format = True
    if rng.random() < 0.15:
        matrix._shape = spoiled_shape(rng, (*matrix.shape, 1)[:2])
        return
    if matrix.format == "dok":
        matrix._dict[(int(EXTREMES[rng.integers(0, len(EXTREMES))]), 0)] = 1.0
        return
    parts = PARTS[matrix.format]
    part = parts[rng.integers(0, len(parts))]
    if rng.random() < 0.02:
        matrix.__dict__.pop(part, None)
        return
    old = getattr(matrix, part)
    new = spoiled_values(rng, old) if part == "data" else spoiled(rng, old)
    setattr(matrix, part, new)


def hostile_matrix(seed):
    """A matrix with up to three things wrong, and what it is."""
    rng = np.random.default_rng(seed)
    kind = KINDS[rng.integers(0, len(KINDS))] if rng.random() < 0.6 else "f8"
    index = INDEX_KINDS[rng.integers(0, len(INDEX_KINDS))] if rng.random() < 0.3 else "i4"
    form = FORMATS[rng.integers(0, len(FORMATS))]
    data, rows = sound_csr(rng, kind, square=rng.random() < 0.7)
    if form == "dense":
        dense = rows.toarray()
        return values(rng, dense.size, kind).reshape(dense.shape)
    plain = rows.asformat(form)
    family = "array" if rng.random() < 0.5 else "matrix"
    matrix = getattr(sp, f"{form}_{family}")(plain)
    if form in ("csr", "csc", "coo"):
        matrix.data = values(rng, len(matrix.data), kind) if form != "csr" else data
        for part in PARTS[form][:2]:
            setattr(matrix, part, getattr(matrix, part).astype(index))
    n_wrong = int(rng.integers(0, 4))
    for _ in range(n_wrong):
        try:
            spoil(rng, matrix)
        except (AttributeError, TypeError, ValueError, OverflowError, IndexError):
            continue  # SciPy itself did not let it be spoiled
    return matrix


def hostile_core_matrix(seed):
    """The same for the core, which takes anything with the attributes of CSR."""
    rng = np.random.default_rng(seed)
    kind = KINDS[rng.integers(0, len(KINDS))] if rng.random() < 0.3 else ("f8", "f4")[seed % 2]
    index = INDEX_KINDS[rng.integers(0, len(INDEX_KINDS))] if rng.random() < 0.2 else "i4"
    data, rows = sound_csr(rng, kind, square=rng.random() < 0.8)
    raw = Csr(data, rows.indices.astype(index), rows.indptr.astype(index), rows.shape)
    for _ in range(int(rng.integers(0, 3))):
        part = ("indptr", "indices", "data", "shape")[rng.integers(0, 4)]
        old = getattr(raw, part)
        if old is None:
            continue
        if part == "shape":
            raw.shape = spoiled_shape(rng, (*old, 1)[:2])
        else:
            setattr(raw, part, spoiled_values(rng, old) if part == "data" else spoiled(rng, old))
    return raw


GOOD = sp.csr_matrix(np.round(np.random.default_rng(0).random((5, 6)), 2))
TEXTS = ["rain floods the valley", "valley floods after rain", "an election is called", "a b c d"]


class Bringing:
    """A vectorizer that makes what it was given."""

    def __init__(self, matrix):
        self.matrix = matrix

    def fit_transform(self, texts):
        return self.matrix


def public_calls():
    """Every public function that takes a matrix, by name."""
    terms = ss.CountVectorizer().fit(TEXTS)
    transformer = ss.TfidfTransformer().fit(GOOD)
    neighbors = ss.SimilarityNeighborsTransformer(n_neighbors=2, n_jobs=1).fit(GOOD)
    n = {"n_jobs": 1}
    return {
        "similarity_join": lambda m: ss.similarity_join(m, threshold=0.3, **n),
        "similarity_join top_n": lambda m: ss.similarity_join(m, top_n=2, n_jobs=2),
        "similarity_join Y": lambda m: ss.similarity_join(GOOD, m, threshold=0.3, **n),
        "similarity_join X": lambda m: ss.similarity_join(m, GOOD, top_n=1, normalize=False, **n),
        "similarity_blocks": lambda m: list(ss.similarity_blocks(m, threshold=0.3, **n)),
        "similarity_to_parquet": lambda m: ss.similarity_to_parquet("/dev/null", m, threshold=0.5),
        "near_duplicates": lambda m: ss.near_duplicates(m, **n) if not dense(m) else None,
        "average_linkage": lambda m: ss.average_linkage(m, **n),
        "connected_components": lambda m: ss.connected_components(m),
        "leiden": lambda m: ss.leiden(m, n_runs=1, **n),
        "StoryClusterer": lambda m: ss.StoryClusterer(**n).fit(m),
        "SimilarityNeighborsTransformer": lambda m: ss.SimilarityNeighborsTransformer(
            n_neighbors=2, **n
        ).fit_transform(m),
        "SimilarityNeighborsTransformer.transform": lambda m: neighbors.transform(m),
        "explain_pair": lambda m: ss.explain_pair(m, m),
        "explain_pair row": lambda m: ss.explain_pair(GOOD[0], m),
        "TfidfTransformer.fit": lambda m: ss.TfidfTransformer().fit_transform(m),
        "TfidfTransformer.partial_fit": lambda m: ss.TfidfTransformer().partial_fit(m),
        "TfidfTransformer.transform": lambda m: transformer.transform(m),
        "CountVectorizer.inverse_transform": lambda m: terms.inverse_transform(m),
        "find_stories": lambda m: ss.find_stories(
            TEXTS, vectorizer=Bringing(m), progress=False, **n
        ),
    }


def dense(matrix):
    return not sp.issparse(matrix)


def core_calls():
    """Every function of the core that takes a matrix, by name."""
    graph = sp.csr_matrix(np.eye(5) + 0.5)
    one, two = np.ones(5), np.zeros((5, 2))

    def size(m):
        return len(m.indptr) - 1 if isinstance(m.indptr, np.ndarray) else 1

    def width(m):
        return min(abs(int(m.shape[1])), 2**20) if m.shape and len(m.shape) == 2 else 1

    def joined(x, y=None, **options):
        joiner = _core.SimilarityJoiner(x, y, **options)
        joiner.memory()
        joiner.rows([0])
        return joiner.all()

    return {
        "checked_csr": lambda m: _core.checked_csr(m, "m"),
        "check_compressed": lambda m: _core.check_compressed(
            m.indptr, m.indices, len(m.data), *m.shape, "rows", "m"
        ),
        "SimilarityJoiner": lambda m: joined(m, threshold=0.3),
        "SimilarityJoiner top_n": lambda m: joined(m, top_n=2, n_threads=2),
        "SimilarityJoiner y": lambda m: joined(GOOD, m, top_n=2),
        "SimilarityJoiner pairs": lambda m: _core.SimilarityJoiner(m, None, threshold=0.2).pairs(
            0, size(m)
        ),
        "average_linkage": lambda m: _core.average_linkage(m).linkage(),
        "connected_components": lambda m: _core.connected_components(m),
        "leiden": lambda m: _core.leiden(m, "cpm", 0.1, 0, 1, 3),
        "candidate_pairs": lambda m: _core.candidate_pairs(m, m, 3),
        "candidate_pairs graph": lambda m: _core.candidate_pairs(GOOD, m, 3),
        "narrowed_pairs": lambda m: _core.narrowed_pairs(m, m, 2),
        "average_linkage_of_rows": lambda m: _core.average_linkage_of_rows(m, m).linkage(),
        "average_linkage_of_rows pairs": lambda m: _core.average_linkage_of_rows(
            GOOD, m, must_link=np.array([[0, 1]]), cannot_link=np.array([[1, 2]])
        ),
        "smooth_rows": lambda m: _core.smooth_rows(m, m),
        "smooth_rows weights": lambda m: _core.smooth_rows(GOOD, m),
        "smoothing_weights": lambda m: _core.smoothing_weights(
            m, np.ones(size(m)), np.zeros(size(m)), days=np.arange(size(m)) * 1.0
        ),
        "strongest_neighbors": lambda m: _core.strongest_neighbors(m, 2),
        "joined_columns": lambda m: _core.joined_columns(m, np.zeros(width(m), dtype=np.int32), 1),
        "weighed_fields": lambda m: _core.weighed_fields(
            m, m, np.ones(width(m)), np.ones(width(m)), 0.5, 0.5, False
        ),
        "row_hashes": lambda m: _core.row_hashes(m),
        "graph_layout": lambda m: _core.graph_layout(m, one, two, 2, 2),
        "group_centres": lambda m: _core.group_centres(m, np.arange(4), np.array([0, 2, 4])),
        "group_columns": lambda m: _core.group_columns(
            m, np.arange(4), np.array([0, 2, 4]), np.zeros(width(m), dtype=np.uint8), 3
        ),
        "group_texts": lambda m: _core.group_texts(m, _core.StoryOptions())["tree"].linkage,
        "group_texts meanings": lambda m: _core.group_texts(
            graph, _core.StoryOptions(), meanings=(m, np.ones((width(m), 4), np.int8), one / 2)
        ),
        "normalize_rows": lambda m: _core.normalize_rows(np.array(m.data), m.indptr, "l2"),
    }


def hostile_lengths(rng, n):
    """A number of entries that may be wrong, and entries that may be wild."""
    size = max(0, n + int(rng.integers(-2, 3))) if rng.random() < 0.5 else n
    array = rng.random(size)
    if size and rng.random() < 0.5:
        wild = (np.nan, np.inf, -np.inf, 1e308, -1, 2**40, -(2**40))
        array[rng.integers(0, size)] = wild[rng.integers(0, len(wild))]
    return array


def whole(rng, n, dtype):
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (hostile_lengths(rng, n) * 6).astype(dtype)


def companion_calls(seed):
    """Sound matrices, with arrays beside them that do not fit."""
    rng = np.random.default_rng(seed)
    m = sp.csr_matrix(np.round(rng.random((5, 5)), 2))
    graph = sp.csr_matrix((m + m.T) / 2)

    def a(n=5):
        return hostile_lengths(rng, n)

    def pairs():
        return rng.integers(-1, 6, (2, 2)) if rng.random() < 0.7 else a()

    tuning = _core.JoinTuning()
    for name in ("tile_rows", "chunk_rows"):
        if rng.random() < 0.5:
            setattr(tuning, name, int(EXTREMES[rng.integers(0, len(EXTREMES))]))
    options = _core.StoryOptions()
    if rng.random() < 0.5:
        options.n_neighbors = int(EXTREMES[rng.integers(0, len(EXTREMES))])
    smoothing = _core.SmoothingOptions()
    if rng.random() < 0.5:
        smoothing.n_neighbors = smoothing.background_rank = int(rng.integers(-3, 9))
    n = int(rng.choice([-3, 0, 1, 2, 100, 2**40]))
    merges = [[0, 1], [2, 3], [5, 6]] if rng.random() < 0.5 else rng.integers(-1, 9, (3, 2))
    linkage = np.column_stack([merges, rng.random((3, 1)), np.ones(3)])
    vocabulary = {f"w{i}": int(v) for i, v in enumerate(whole(rng, 4, np.int64))}
    analyzer = _core.AnalyzerOptions("word", True, "", 1, 1, [])
    return {
        "SimilarityJoiner": lambda: _core.SimilarityJoiner(
            m, None, top_n=n, times=a(), max_gap=float(rng.random()), tuning=tuning
        ).all(int(rng.choice([0, -1, 2**40]))),
        "SimilarityJoiner rows": lambda: _core.SimilarityJoiner(m, m, threshold=0.5).rows(
            [int(v) for v in whole(rng, 3, np.int64)]
        ),
        "SimilarityJoiner pairs": lambda: _core.SimilarityJoiner(m, None, threshold=0.5).pairs(
            int(rng.integers(-9, 9)), int(rng.choice([-1, 3, 5, 6, 2**60]))
        ),
        "joined_columns": lambda: _core.joined_columns(m, whole(rng, 5, np.int32), n),
        "weighed_fields": lambda: _core.weighed_fields(m, graph, a(), a(), 0.5, 0.5, True),
        "smoothing_weights": lambda: _core.smoothing_weights(
            graph, a(), a(), days=a(), options=smoothing
        ),
        "strongest_neighbors": lambda: _core.strongest_neighbors(graph, n, days=a()),
        "candidate_pairs": lambda: _core.candidate_pairs(m, graph, n),
        "narrowed_pairs": lambda: _core.narrowed_pairs(graph, graph, n),
        "average_linkage_of_rows": lambda: _core.average_linkage_of_rows(
            m, graph, must_link=pairs(), cannot_link=pairs()
        ),
        "graph_layout": lambda: _core.graph_layout(graph, a(), a(10).reshape(-1, 2), 2, 2),
        "disc_placement": lambda: _core.disc_placement(
            rng.random((5, 2)), np.clip(a(), -1, 100), 0.1
        ),
        "group_centres": lambda: _core.group_centres(
            m, whole(rng, 5, np.int64), whole(rng, 3, np.int64)
        ),
        "group_columns": lambda: _core.group_columns(
            m, np.arange(4), np.array([0, 2, 4]), whole(rng, 5, np.uint8), n
        ),
        "group_texts": lambda: _core.group_texts(
            m,
            options,
            n_words=whole(rng, 5, np.int64),
            least_similarity=a(),
            days=a(),
            times=a(),
            must_link=pairs(),
            cannot_link=pairs(),
        ),
        "group_texts graph": lambda: _core.group_texts(m, options, graph=graph),
        "prior_facts": lambda: _core.prior_facts(
            whole(rng, 5, np.int64), whole(rng, 5, np.int64), whole(rng, 3, np.int64)
        ),
        "story_labels": lambda: _core.story_labels(
            linkage, whole(rng, 5, np.int64), n, float(rng.random()), pairs()
        ),
        "text_rows known": lambda: weighed_with_known(rng),
        "story_tree": lambda: _core.story_tree(
            linkage, a(), a(), a(), a(), whole(rng, 5, np.int64), a(), a()
        ),
        "labels_after": lambda: _core.average_linkage_of_rows(m, graph).labels_after(n),
        "leiden": lambda: _core.leiden(graph, "modularity", float(a(1).sum()), 0, n % 7, n % 5),
        "Lookup": lambda: _core.Lookup(analyzer, vocabulary),
        "FeatureCounter": lambda: counted(vocabulary),
        "take_rows": lambda: taken(rng, analyzer),
        "normalize_rows": lambda: _core.normalize_rows(
            rng.random(9), whole(rng, 4, np.int64), "l1"
        ),
        "pruned": lambda: counted_text(analyzer)[1].pruned(whole(rng, 9, bool)),
    }


def counted(vocabulary):
    counter = _core.FeatureCounter(vocabulary, False)
    counter.add(list(vocabulary))
    return counter.finish()


def weighed_with_known(rng):
    """New texts weighed with frequencies of known ones that cannot be, as often as not."""
    texts = _core.DocumentBatch()
    texts.fill(iter(["rain falls", "snow fell"]), 2**62, False)
    known = (int(rng.integers(-2, 9)), ["rain", "snow"], whole(rng, 2, np.int64), texts)
    return _core.text_rows(
        texts,
        _core.WordData({}),
        _core.StoryOptions(),
        languages=["xx"],
        language=whole(rng, 2, np.int32),
        known=[known] * int(rng.integers(0, 3)),
    )


def counted_text(analyzer):
    batch = _core.DocumentBatch()
    for text in TEXTS:
        batch.append(text)
    counter = _core.TextCounter(analyzer)
    counter.add(batch)
    return counter.finish()


def taken(rng, analyzer):
    counts, vocabulary = counted_text(analyzer)
    columns = whole(rng, len(vocabulary), np.int32) - 1
    n = int(rng.choice([0, 1, 5, len(vocabulary)]))
    return counts.take_rows("float64", columns, n, hostile_lengths(rng, n))


def hostile_arrow(seed):
    """An Arrow column of texts of which something is wrong."""
    import pyarrow as pa

    rng = random.Random(seed)
    while True:
        try:
            return drawn_arrow(pa, rng)
        except ValueError:
            continue  # pyarrow itself did not let it be made


def drawn_arrow(pa, rng):
    n = rng.randint(0, 9)
    texts = [None if rng.random() < 0.1 else "äb" * rng.randint(0, 12) for _ in range(n)]
    kind = rng.choice(["string", "large_string", "binary", "string_view", "dictionary"])
    if kind == "dictionary":
        keys = pa.array(
            [rng.randint(0, 3) for _ in range(n)],
            type=rng.choice([pa.int8(), pa.int32(), pa.uint64()]),
        )
        words = ["rain", "flood", "valley", "election"]
        keep = rng.randint(0, 4)
        return pa.DictionaryArray.from_arrays(keys, pa.array(words[:keep], pa.string()), safe=False)
    sound = (
        pa.array(texts, type=getattr(pa, kind)())
        if kind != "binary"
        else pa.array([None if t is None else t.encode() for t in texts], pa.binary())
    )
    buffers = [None if b is None else bytearray(b.to_pybytes()) for b in sound.buffers()]
    for _ in range(rng.randint(0, 3)):
        which = rng.randrange(1, len(buffers))
        if buffers[which]:
            place = rng.randrange(len(buffers[which]))
            buffers[which][place] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
    offset = rng.choice([0, 0, 0, 1]) if n else 0
    made = [None if b is None else pa.py_buffer(bytes(b)) for b in buffers]
    return pa.Array.from_buffers(sound.type, n - offset, made, -1, offset)


class NotValidated:
    """An Arrow column that nothing but its buffers can be asked of."""

    def __init__(self, array):
        self._array = array

    def __arrow_c_array__(self, requested_schema=None):
        return self._array.__arrow_c_array__(requested_schema)

    def __iter__(self):
        raise ValueError("samestory reads this column from its buffers alone")


def arrow_calls():
    import pyarrow as pa

    fitted = ss.CountVectorizer().fit(TEXTS)
    return {
        "CountVectorizer": lambda c: ss.CountVectorizer().fit_transform(c),
        "CountVectorizer capsules": lambda c: fitted.transform(NotValidated(c)),
        "TfidfVectorizer": lambda c: ss.TfidfVectorizer(analyzer="char_wb").fit_transform(
            pa.chunked_array([c, c])
        ),
        "HashingVectorizer": lambda c: ss.HashingVectorizer(n_features=16).transform(c),
        "DocumentBatch": lambda c: _core.DocumentBatch().append_arrow(c),
        "read_articles": lambda c: ss.read_articles(pa.table({"text": c})),
        "read_articles column": lambda c: ss.read_articles(c),
    }


def ours(error):
    """Whether an error was raised by this project's own code, not by something it had called."""
    frames = traceback.extract_tb(error.__traceback__)
    return "samestory" in Path(frames[-1].filename).parts or frames[-1].filename == __file__


def attempt(call, argument, clear, in_core):
    """Say what is unclear about how a call ends; None for a result or a clear error."""
    try:
        call(*argument)
    except clear as error:
        if str(error) and (in_core or ours(error) or isinstance(error, MemoryError)):
            return None
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} from {where.filename}:{where.lineno}: {error}"
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} from {where.filename}:{where.lineno}: {error}"
    return None


def cases(kind, seed):
    """(name, call, its argument, clear errors, whether it is the core itself) of one seed."""
    if kind == "public":
        for name, call in PUBLIC.items():
            yield name, call, (hostile_matrix(seed),), CLEAR, False
    elif kind == "core":
        for name, call in CORE.items():
            yield name, call, (hostile_core_matrix(seed),), CLEAR_IN_CORE, True
    elif kind == "companions":
        for name, call in companion_calls(seed).items():
            yield name, call, (), CLEAR_IN_CORE, True
    else:
        for name, call in ARROW.items():
            yield name, call, (hostile_arrow(seed),), (*CLEAR, AttributeError), False


PUBLIC = public_calls()
CORE = core_calls()
ARROW = {}


def main(place, kind, first, count):
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if kind == "arrow":
        ARROW.update(arrow_calls())
    unclear = []
    with open(place, "w", encoding="utf-8") as now:
        for seed in range(first, first + count):
            for name, call, argument, clear, in_core in cases(kind, seed):
                now.seek(0)
                now.write(f"{kind} seed {seed}: {name}".ljust(80))
                now.flush()
                said = attempt(call, argument, clear, in_core)
                if said is not None:
                    unclear.append(f"seed {seed}: {name}: {said}")
    print(json.dumps(unclear))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
