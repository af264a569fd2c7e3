"""Times of every kind mean the same."""

import datetime

import numpy as np
import pytest
import scipy.sparse as sp

import samestory as ss

HOURS = np.array([0, 1, 2, 5, 9, 30, 31, 32, 60, 61])
START = datetime.datetime(2024, 3, 30, 20, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def rows():
    return sp.csr_matrix(np.ones((len(HOURS), 1)))


def as_datetimes():
    return [None if h == 9 else START + datetime.timedelta(hours=int(h)) for h in HOURS]


def as_pandas():
    pandas = pytest.importorskip("pandas")
    return pandas.Series(pandas.to_datetime(as_datetimes(), utc=True)).dt.tz_convert("Europe/Rome")


def as_datetime64():
    naive = [None if t is None else t.replace(tzinfo=None) for t in as_datetimes()]
    return np.array(naive, dtype="datetime64[s]")


def as_strings():
    return ["" if t is None else t.isoformat() for t in as_datetimes()]


@pytest.mark.parametrize("times", [as_datetimes, as_pandas, as_datetime64, as_strings])
@pytest.mark.parametrize(
    "gap", [datetime.timedelta(hours=3), np.timedelta64(180, "m"), 3 / 24], ids=str
)
def test_dates_of_any_kind(rows, times, gap):
    numbers = np.where(HOURS == 9, np.nan, HOURS.astype(float))
    expected = ss.similarity_join(rows, threshold=0.5, times=numbers, max_gap=3)
    found = ss.similarity_join(rows, threshold=0.5, times=times(), max_gap=gap)
    assert abs(found - expected).nnz == 0
    assert expected[3, 2] == 1  # a gap of exactly 3 hours is inside
    assert expected[4].nnz == len(HOURS) - 1  # no time meets every other


def test_half_life_halves(rows):
    result = ss.similarity_join(
        rows, threshold=0.2, times=as_datetimes(), half_life=datetime.timedelta(hours=1)
    )
    assert result[0, 1] == 0.5
    assert result[0, 2] == 0.25
    assert result[0, 3] == 0


def test_mixed_or_meaningless_times_are_refused(rows):
    with pytest.raises(TypeError, match="both dates or both numbers"):
        ss.similarity_join(
            rows, rows, threshold=0.5, times=as_datetimes(), times_y=HOURS, max_gap=1
        )
    with pytest.raises(TypeError, match="a number where times are numbers"):
        ss.similarity_join(rows, threshold=0.5, times=HOURS, max_gap=datetime.timedelta(1))
    with pytest.raises(ValueError, match="entry 1, 'soon'"):
        ss.similarity_join(rows[:2], threshold=0.5, times=["2024-01-01", "soon"], max_gap=1)
    with pytest.raises(ValueError, match="without times_y"):
        ss.similarity_join(rows, rows, threshold=0.5, times=HOURS, max_gap=1)
