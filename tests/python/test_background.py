import time

import numpy as np
import pytest

from samestory import DamagedFileError, find_stories, load_stories
from samestory.background import Background, load_background, pack, unpack
from samestory.keeping.container import write_container

TABLE = Background(["parliament", "parliamentary", "the"], [40, 20, 990], 1000)


def test_the_shipped_table_is_large_sorted_and_consistent():
    table = load_background()
    assert len(table) >= 100_000
    assert table.terms == sorted(set(table.terms))
    assert table.df.min() >= 1
    assert table.df.max() <= table.n_documents
    assert load_background() is table


def test_the_shipped_table_is_small_and_quick_to_read():
    data = pack(load_background())
    assert len(data) < 1_500_000
    best = min(_cpu_seconds(data) for _ in range(5))
    assert best < 0.03


def _cpu_seconds(data):
    start = time.process_time()
    unpack(data)
    return time.process_time() - start


def test_df_of_an_unknown_term_is_zero():
    assert TABLE.df_of(["the", "zyzzyva", "parliament"]).tolist() == [990, 0, 40]
    assert Background([], [], 10).df_of(["the"]).tolist() == [0]
    assert TABLE.df_of([]).tolist() == []


def test_idf_falls_with_frequency_and_never_below_zero():
    idf = TABLE.idf_of(["zyzzyva", "parliament", "the"], least_df=30)
    np.testing.assert_allclose(idf, [np.log(1001 / 30), np.log(1001 / 70), 0.0])


def test_what_is_added_to_frequencies_grows_with_the_table_up_to_that_of_the_shipped_one():
    assert load_background().least_df == pytest.approx(30, rel=0.02)
    assert [Background([], [], n).least_df for n in (1, 4000, 10**6)] == [1.0, 2.0, 30.0]
    np.testing.assert_allclose(TABLE.idf_of(["parliament"]), [np.log(1001 / 41)])


def test_coverage_counts_occurrences():
    assert TABLE.coverage(["the", "the", "parlement", "parliament"]) == 0.75
    assert TABLE.coverage([]) == 1.0


def test_coverage_tells_english_from_other_languages():
    table = load_background()
    english = "the minister told parliament on tuesday that the bridge would be closed"
    czech = "ministr řekl úterý parlamentu že most bude uzavřen kvůli povodním"
    assert table.coverage(english.split()) > 0.95
    assert table.coverage(czech.split()) < 0.6


def test_prefixes_join_terms_as_if_independent():
    table = TABLE.prefixes(5)
    assert table.terms == ["parli", "the"]
    assert table.df.tolist() == [round(1000 * (1 - 0.96 * 0.98)), 990]
    assert TABLE.prefixes(5, leave_out=["the"]).terms == ["parli"]
    assert TABLE.prefixes(5) is table


def test_prefix_of_a_term_in_every_document_is_in_every_document():
    assert Background(["aa", "ab"], [10, 10], 10).prefixes(1).df.tolist() == [10]


def test_prefixes_of_nothing():
    assert len(TABLE.prefixes(3, leave_out=TABLE.terms)) == 0


def test_a_prefix_needs_a_character():
    with pytest.raises(ValueError, match="at least 1, got 0"):
        TABLE.prefixes(0)


@pytest.mark.parametrize(
    "table", [TABLE, Background([], [], 0), Background(["né"], [70000], 70001)]
)
def test_pack_and_unpack_are_inverse(table):
    again = unpack(pack(table))
    assert again.terms == table.terms
    assert again.df.tolist() == table.df.tolist()
    assert again.n_documents == table.n_documents


@pytest.mark.parametrize("position", range(len(pack(TABLE))))
def test_a_damaged_byte_is_noticed(position):
    data = bytearray(pack(TABLE))
    data[position] ^= 0xFF
    with pytest.raises(ValueError, match="damaged|cut short|not a table"):
        unpack(bytes(data))


@pytest.mark.parametrize("length", [0, 5, 20, 30, -1])
def test_a_short_file_is_noticed(length):
    with pytest.raises(ValueError, match="cut short|not a table"):
        unpack(pack(TABLE)[:length])


def test_lengths_that_differ_are_refused():
    with pytest.raises(ValueError, match="2 terms and 1 frequencies"):
        Background(["a", "b"], [1], 3)


def test_a_frequency_above_the_documents_is_refused():
    with pytest.raises(ValueError, match=r"at most n_documents \(3\), got 4"):
        Background(["a"], [4], 3)


# -- of one's own ----------------------------------------------------------------------------

GERMAN = [
    "Die Brücke über die Orrin bleibt bis Freitag gesperrt, sagte der Bürgermeister",
    "Der Bürgermeister sagte, die Brücke werde im Mai wieder für den Verkehr geöffnet",
    "Im Mai beginnt der Käsemarkt, und der Bürgermeister eröffnet ihn",
    "Die Fähre lief in der Nacht auf ein Riff, alle wurden gerettet",
]


def test_words_of_articles_are_counted_once_a_text():
    background = Background.from_articles([*GERMAN, GERMAN[0], "The bridge is closed to traffic"])
    assert (background.n_documents, background.language) == (4, "de")
    words = ["bürgermeister", "brücke", "mai", "fähre", "bridge"]
    assert background.df_of(words).tolist() == [3, 2, 2, 0, 0]
    assert background.terms == sorted(set(background.terms))
    everything = Background.from_articles([*GERMAN, "The bridge is closed"], language="")
    assert everything.n_documents == 5


def test_tables_of_parts_merged_are_that_of_the_whole():
    whole = Background.from_articles(GERMAN, least_texts=1)
    parts = [Background.from_articles(GERMAN[i::2], least_texts=1) for i in (0, 1)]
    merged = parts[0].merge(parts[1])
    assert merged.terms == whole.terms
    assert merged.df.tolist() == whole.df.tolist()
    assert (merged.n_documents, merged.language) == (whole.n_documents, "de")
    with pytest.raises(ValueError, match="different languages, 'de' and ''"):
        whole.merge(TABLE)


def test_a_table_comes_back_from_its_file(tmp_path):
    background = Background.from_articles(GERMAN)
    again = Background.load(background.save(tmp_path / "de.samestory"))
    assert (again.terms, again.df.tolist()) == (background.terms, background.df.tolist())
    assert repr(again) == repr(background)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("df", np.array([1, 2, 5000], np.uint32), "counts more than 1,000"),
        ("df", np.array([1], np.uint32), "has shape"),
        ("about", {"n_documents": -1, "language": ""}, "no number of documents"),
        ("about", {}, "no number of documents"),
    ],
)
def test_forged_tables_are_errors(tmp_path, name, value, message):
    path = tmp_path / "own.samestory"
    write_container(path, "background", 1, TABLE._parts() | {name: value})
    with pytest.raises(DamagedFileError, match=message):
        Background.load(path)


def test_terms_out_of_order_are_an_error(tmp_path):
    path = tmp_path / "own.samestory"
    write_container(path, "background", 1, Background(["b", "a", "a"], [1, 1, 1], 9)._parts())
    with pytest.raises(DamagedFileError, match="not sorted"):
        Background.load(path)


def test_a_background_of_ones_own_weighs_few_articles(tmp_path):
    # "Gericht" is in every article of the archive and says nothing, "Riff" in none.
    archive = [f"Das Gericht sagte in Fall {i}, die Klage sei unzulässig" for i in range(80)]
    pair = ["Gericht: Fähre lief auf ein Riff", "Fähre auf Riff, sagt das Gericht"]
    other = ["Gericht hebt Urteil gegen Bäcker auf"]
    background = Background.from_articles(archive)
    rows = [{"text": text, "language": "de"} for text in [*pair, *other]]
    own = find_stories(rows, background=background, progress=False)
    without = find_stories(rows, progress=False)

    def weight(stories, word):
        weights = {term: weight for term, weight, _ in stories.explain(0, 1).terms}
        return weights[word] / stories.explain(0, 1).score

    assert weight(own, "gericht") < 0.5 * weight(without, "gericht")
    assert weight(own, "riff") > weight(without, "riff")
    # It is kept with the stories, for the articles of tomorrow.
    again = load_stories(own.save(tmp_path / "a.samestory"))
    kept = again.evidence.basis.options.own_background
    assert (kept.terms, kept.language) == (background.terms, "de")


def test_a_background_of_another_language_leaves_english_as_it_is():
    rows = ["Ferry sinks off Tarn", "Tarn ferry sinks", "Cheese fair opens"]
    german = Background.from_articles(GERMAN)
    own = find_stories(rows, background=german, progress=False)
    usual = find_stories(rows, progress=False)
    assert (own.evidence.rows != usual.evidence.rows).nnz == 0


@pytest.mark.parametrize("background", ["none", 3, Background([], [], 0)])
def test_what_is_no_background_is_refused(background):
    with pytest.raises(ValueError, match="background="):
        find_stories(["Ferry sinks", "Ferry sinks off"], background=background)
    with pytest.raises(ValueError, match="least_texts=0"):
        Background.from_articles(GERMAN, least_texts=0)
    with pytest.raises(ValueError, match="is in the language 'fr'"):
        Background.from_articles(GERMAN, language="fr")
