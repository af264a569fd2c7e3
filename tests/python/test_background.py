import time

import numpy as np
import pytest

from samestory.background import Background, load_background, pack, unpack

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
    idf = TABLE.idf_of(["zyzzyva", "parliament", "the"])
    np.testing.assert_allclose(idf, [np.log(1001 / 30), np.log(1001 / 70), 0.0])


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
