"""From texts of one language to rows of terms step by step, on SciPy matrices."""

import math
import unicodedata

import numpy as np
from scipy import sparse

import samestory as ss
from samestory import _core
from samestory.background import load_background
from samestory.languages import _listed_languages, stop_words, word_data
from samestory.recurring import recurring_spans
from samestory.word_vectors import word_numbers

# The C library's, which NumPy's own are not to the last bit.
log, log1p, expm1 = (
    np.vectorize(function, otypes=[float]) for function in (math.log, math.log1p, math.expm1)
)


def shortness(lengths):
    return 1 - np.clip(log(np.maximum(lengths, 1) / 20) / log(3), 0, 1)


def told_by(n, all_told=300):
    return float(np.clip(math.log(max(n, 1) / 2) / math.log(all_told / 2), 0, 1))


def word_beginning(word):
    """The first six letters, without Latin and Greek accents or the Arabic article."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFD", word)
        script = unicodedata.name(decomposed[0], "").partition(" ")[0]
        if script in ("LATIN", "GREEK"):
            bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
            word = unicodedata.normalize("NFC", bare).replace("ς", "σ")
        elif word.startswith("ال") and len(word) > 4:
            word = word[2:]
    return word[:6]


def without_spans(texts, spans):
    """The texts without their spans; each leaves a space, and no text is left without words."""
    left = list(texts)
    for row in np.unique(spans[:, 0]).tolist():
        text, parts, at = texts[row], [], 0
        for _, begin, end in spans[spans[:, 0] == row].tolist():
            parts += [text[at:begin], " "]
            at = end
        cut = "".join([*parts, text[at:]])
        left[row] = cut if any(map(str.isalnum, cut)) else text
    return left


def language_of(words, occurrences):
    """English by the background's words, else the language of most stop words."""
    total = occurrences.sum()
    known = load_background().df_of(words) > 0
    if total == 0 or occurrences[known].sum() >= 0.8 * total:
        return "en" if total else ""
    count = dict(zip(words, occurrences.tolist(), strict=True))
    shares = {
        code: sum(count.get(word, 0) for word in stop_words(code)) / total
        for code in sorted(_listed_languages())
    }
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= 0.15 else ""


def counted(documents):
    counter = ss.CountVectorizer(analyzer="unicode_word", dtype=np.float32).set_progress(False)
    try:
        counts = counter.fit_transform(documents)
    except ValueError:
        return sparse.csr_matrix((len(documents), 0), dtype=np.float32), []
    return sparse.csr_matrix(counts), counter.get_feature_names_out().tolist()


def first_of_copies(counts, times):
    """Which text each document is, by its counts and its time."""
    numbers, of_row = {}, []
    for row in range(counts.shape[0]):
        part = slice(*counts.indptr[row : row + 2])
        key = counts.indices[part].tobytes(), counts.data[part].tobytes(), times[row]
        alone = not key[0] or np.isnan(times[row])
        of_row.append(numbers.setdefault(row if alone else key, len(numbers)))
    return np.array(of_row)


def background_idf(words, prefix_of):
    background = load_background()
    n = background.n_documents
    share = np.minimum(background.df_of(words) / n, 1 - 1e-6)
    df = n * -expm1(np.bincount(prefix_of, weights=log1p(-share)))
    return background.idf_of(words), np.maximum(log((1 + n) / (30 + df)), 0)


def length_idf(counts, words, prefix_of):
    occurrences = np.asarray(counts.sum(axis=0), dtype=float).ravel()
    lengths = np.array([len(word) for word in words], dtype=float)
    mean = max(float(lengths @ occurrences) / max(occurrences.sum(), 1), 1)
    weights = 7 * np.clip(lengths / mean - 0.4, 0.1, 1)
    total = np.maximum(np.bincount(prefix_of, weights=occurrences), 1)
    return weights, np.bincount(prefix_of, weights=weights * occurrences) / total


def mixed_idf(counts, elsewhere, told):
    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = log((1 + n) / (1 + df)) + 1
    if elsewhere is not None:
        idf = told * idf + (1 - told) * elsewhere
    idf[df <= 1] *= 1 - 0.5 * told
    return idf


def lengths_of(rows):
    """Square roots of sums of squares, added column by column: NumPy's own sums are in pairs."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    norms = np.sqrt(np.bincount(row, weights=rows.data * rows.data, minlength=rows.shape[0]))
    return np.where(norms == 0, 1, norms)[row]


def unit(rows):
    rows = sparse.csr_matrix(rows)
    rows.sort_indices()
    rows.data = rows.data / lengths_of(rows)
    return rows


def weighed(counts, idf, length):
    """(1 + ln tf) idf, each row of the length."""
    rows = sparse.csr_matrix(counts, dtype=np.float64)
    rows.sort_indices()
    rows.data = (1 + log(rows.data)) * idf[rows.indices]
    rows.data = rows.data * (length / lengths_of(rows))
    return rows


def ngram_share(lengths):
    if not lengths.any():
        return 0.0
    n, median = len(lengths), max(np.median(lengths), 1)
    parts = [log(60 / median) / log(4), (n - 20) / 80, 1 - (n - 5_000) / 5_000]
    return 0.33 * float(np.clip(parts, 0, 1).prod())


def ngram_rows(counts, words):
    """Shared runs of three to five letters in words."""
    counter = ss.CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), lowercase=False)
    in_word = counter.set_progress(False).fit_transform(words)
    all_counts = sparse.csr_matrix(counts @ in_word)
    df = np.bincount(all_counts.indices, minlength=all_counts.shape[1])
    shared = all_counts[:, df > 1]
    idf = log((1 + counts.shape[0]) / (1 + df[df > 1])) + 1
    names = counter.get_feature_names_out()[df > 1].tolist()
    rows = sparse.csr_matrix(shared, dtype=np.float64)
    rows.data = (log(rows.data) + 1) * idf[rows.indices]
    return unit(rows), [f"~{name.strip()}~" for name in names]


def vectors_of(positions):
    packed = word_numbers()[:, positions].T
    return np.stack([packed >> 4, packed & 15], axis=2).reshape(len(positions), -1).astype(int) - 8


def meanings_of(counts, words):
    """Whole weights of known words, their vectors, and the shares of texts."""
    lengths = np.diff(counts.indptr)
    shares = np.where(lengths > 0, 0.1 * shortness(lengths), 0.0)
    background = load_background()
    positions = background.positions_of(words)
    is_known = sparse.csr_matrix((positions[counts.indices] >= 0, counts.indices, counts.indptr))
    shares[np.asarray(is_known.sum(axis=1)).ravel() < 0.8 * lengths] = 0
    idf = np.where(positions >= 0, background.idf_of(words), 0)
    exact = (1 + log(counts.data.astype(float))) * idf[counts.indices]
    row = np.repeat(np.arange(len(lengths)), lengths)
    whole = np.where(shares[row] > 0, np.rint(64 * exact), 0)
    weights = sparse.csr_matrix((whole, counts.indices.copy(), counts.indptr.copy()), counts.shape)
    weights.eliminate_zeros()
    shares[np.diff(weights.indptr) == 0] = 0
    used = np.flatnonzero(np.bincount(weights.indices, minlength=len(words)))
    if not shares.any():
        return None
    return weights[:, used], [words[i] for i in used], vectors_of(positions[used]), shares


def language_rows(documents, language, times=None, background=True):
    """Which text each document is, the texts' rows, names, distinct words, levels, meanings."""
    spans = recurring_spans(documents, run_words=5, edge_words=4, reach=1000, language=language)
    counts, words = counted(without_spans(documents, spans))
    times = np.zeros(len(documents)) if times is None else times
    text_of = first_of_copies(counts, times)
    counts = counts[np.unique(text_of, return_index=True)[1]]
    occurrences = np.asarray(counts.sum(axis=0), dtype=float).ravel()
    language = language or language_of(words, occurrences)
    kept = [i for i, word in enumerate(words) if word not in stop_words(language)]
    words = [words[i] for i in kept]
    counts = sparse.csr_matrix(counts[:, kept])
    numbers = {}
    prefix_of = np.array(
        [numbers.setdefault(word_beginning(word), len(numbers)) for word in words], dtype=int
    )
    places = np.arange(len(words)), prefix_of
    in_prefix = sparse.csr_matrix((np.ones(len(words)), places), shape=(len(words), len(numbers)))
    prefixes = sparse.csr_matrix(counts @ in_prefix)
    n = counts.shape[0]
    has_background = background and language == "en"
    told, elsewhere = told_by(n, 300 if has_background else 150), (None, None)
    if told < 1 and has_background:
        elsewhere = background_idf(words, prefix_of)
    elif told < 1:
        elsewhere = length_idf(counts, words, prefix_of)
    fields = [
        weighed(field, mixed_idf(field, weights, told), np.sqrt(0.5))
        for field, weights in zip((counts, prefixes), elsewhere, strict=True)
    ]
    names = [*words, *(f"{prefix}*" for prefix in numbers)]
    lengths = np.diff(counts.indptr)
    share = ngram_share(lengths)
    rows = sparse.hstack(fields, format="csr")
    if share > 0:
        ngrams, own = ngram_rows(counts, words)
        rows = unit(sparse.hstack([rows * np.sqrt(1 - share), ngrams * np.sqrt(share)]))
        names += own
    elif n > 20_000:
        rows = rows.astype(np.float32)
    rows = sparse.csr_matrix(rows)
    rows.eliminate_zeros()
    levels = np.sqrt(0.022 * np.maximum(lengths, 1.0) ** 0.3)
    has_meaning = background and language == "en" and n > 20
    return {
        "text_of_article": text_of,
        "rows": rows,
        "terms": names,
        "n_words": lengths,
        "least_similarity": levels,
        "remitted": np.full(n, 1 - told_by(n, 10)),
        "least_next": levels * np.sqrt(1 - told_by(n)),
        "compared": np.full(n, max(np.log10(max(n, 1) / 300), 0)),
        "meanings": meanings_of(counts, words) if has_meaning else None,
    }


def text_rows(documents, language, families, days, times=None):
    """What grouping needs of texts in several languages, each weighed by itself."""
    text_of = np.full(len(documents), -1)
    parts, n_texts = [], 0
    for number, name in enumerate(families):
        rows = np.flatnonzero(language == number)
        own_times = None if times is None else times[rows]
        part = language_rows([documents[row] for row in rows], name, own_times)
        text_of[rows] = part["text_of_article"] + n_texts
        n_texts += part["rows"].shape[0]
        parts.append(part)
    first = np.unique(text_of, return_index=True)[1][-n_texts:]
    earliest = np.full(n_texts, np.nan)
    np.fmin.at(earliest, text_of[text_of >= 0], days[text_of >= 0])
    names = ("n_words", "least_similarity", "remitted", "least_next", "compared")
    facts = {name: np.concatenate([part[name] for part in parts]) for name in names}
    return {
        "text_of_article": text_of,
        "rows": sparse.csr_matrix(sparse.block_diag([part["rows"] for part in parts], "csr")),
        **facts,
        "days": earliest,
        "times": None if times is None else times[first],
        "meanings": joined_meanings(parts),
    }


def joined_meanings(parts):
    """Weights, vectors and shares of all texts; None where no text has any."""
    found = [part["meanings"] for part in parts if part["meanings"] is not None]
    if not found:
        return None
    blocks = [
        sparse.csr_matrix((part["rows"].shape[0], 0))
        if part["meanings"] is None
        else part["meanings"][0]
        for part in parts
    ]
    shares = [
        np.zeros(part["rows"].shape[0]) if part["meanings"] is None else part["meanings"][3]
        for part in parts
    ]
    weights = sparse.csr_matrix(sparse.block_diag(blocks, "csr")).astype(np.int64)
    return weights, np.vstack([vectors for _, _, vectors, _ in found]), np.concatenate(shares)


def core_rows(documents, language, options, n_jobs=1, times=None, known=()):
    """The same by the core."""
    batch = _core.DocumentBatch()
    batch.fill(iter(documents), 2**62, False)
    return _core.text_rows(
        batch,
        word_data(frozenset({language})),
        options,
        languages=[language],
        language=np.zeros(len(documents), np.int32),
        times=times,
        known=list(known),
        n_threads=n_jobs,
    )
