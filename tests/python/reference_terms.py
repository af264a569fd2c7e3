"""From texts of one language to rows of terms step by step, on SciPy matrices."""

import unicodedata

import numpy as np
from scipy import sparse

import samestory as ss
from samestory import _core
from samestory.background import load_background
from samestory.languages import _listed_languages, stop_words, word_data
from samestory.recurring import recurring_spans
from samestory.word_vectors import word_numbers


def shortness(lengths):
    return 1 - np.clip(np.log(np.maximum(lengths, 1) / 20) / np.log(3), 0, 1)


def told_by(n, all_told=300):
    return float(np.clip(np.log(max(n, 1) / 2) / np.log(all_told / 2), 0, 1))


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
    df = n * -np.expm1(np.bincount(prefix_of, weights=np.log1p(-share)))
    return background.idf_of(words), np.maximum(np.log((1 + n) / (30 + df)), 0)


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
    idf = np.log((1 + n) / (1 + df)) + 1
    if elsewhere is not None:
        idf = told * idf + (1 - told) * elsewhere
    idf[df <= 1] *= 1 - 0.5 * told
    return idf


def unit(rows):
    norms = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1), dtype=float).ravel())
    return sparse.diags(1 / np.where(norms == 0, 1, norms)) @ rows


def weighed(counts, idf):
    rows = sparse.csr_matrix(counts, dtype=np.float64)
    rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
    return unit(rows)


def ngram_share(lengths):
    if not lengths.any():
        return 0.0
    n, median = len(lengths), max(np.median(lengths), 1)
    parts = [np.log(60 / median) / np.log(4), (n - 20) / 80, 2 - n / 5_000]
    return 0.33 * float(np.clip(parts, 0, 1).prod())


def ngram_rows(counts, words):
    """Shared runs of three to five letters in words."""
    counter = ss.CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), lowercase=False)
    in_word = counter.set_progress(False).fit_transform(words)
    all_counts = sparse.csr_matrix(counts @ in_word)
    df = np.bincount(all_counts.indices, minlength=all_counts.shape[1])
    shared = all_counts[:, df > 1]
    idf = np.log((1 + counts.shape[0]) / (1 + df[df > 1])) + 1
    names = counter.get_feature_names_out()[df > 1].tolist()
    return weighed(shared, idf), [f"~{name.strip()}~" for name in names]


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
    exact = (1 + np.log(counts.data.astype(float))) * idf[counts.indices]
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
    told, elsewhere = told_by(n), (None, None)
    if told < 1 and background and language == "en":
        elsewhere = background_idf(words, prefix_of)
    elif told < 1:
        elsewhere = length_idf(counts, words, prefix_of)
    fields = [
        weighed(field, mixed_idf(field, weights, told)) * np.sqrt(0.5)
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
    rows = sparse.csr_matrix(rows)
    rows.eliminate_zeros()
    levels = np.sqrt(np.minimum(0.022 * np.maximum(lengths, 1.0) ** 0.3, 0.3))
    has_meaning = background and language == "en" and n > 20
    return {
        "text_of_article": text_of,
        "rows": rows,
        "terms": names,
        "n_words": lengths,
        "least_similarity": levels,
        "remitted": np.full(n, 1 - told_by(n, 10)),
        "least_next": levels * np.sqrt(1 - told),
        "meanings": meanings_of(counts, words) if has_meaning else None,
    }


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
