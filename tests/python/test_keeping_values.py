"""Cells of any kind that tables hold, kept and given back."""

import datetime
import decimal
import json
import uuid

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.keeping.values import decode, encode

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(st.characters()),
    st.binary(),
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
    st.timedeltas(),
    st.decimals(allow_nan=False),
    st.uuids(),
    st.complex_numbers(allow_nan=False),
)
VALUES = st.recursive(
    SCALARS,
    lambda inside: st.one_of(
        st.lists(inside, max_size=4),
        st.tuples(inside, inside),
        st.dictionaries(st.text() | st.integers(), inside, max_size=4),
        st.sets(st.integers() | st.text(), max_size=4),
    ),
)


def again(value):
    return decode(json.loads(json.dumps(encode(value))))


@given(VALUES)
def test_every_value_comes_back(value):
    found = again(value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "value",
    [
        np.int64(3),
        np.float32(0.5),
        np.bool_(True),
        np.datetime64("2024-05-01"),
        np.timedelta64(5, "s"),
        np.str_("a"),
        pd.Timestamp("2024-05-01 12:00:00.000000001"),
        pd.Timestamp("2024-05-01", tz="Europe/Berlin"),
    ],
)
def test_numbers_and_moments_of_other_libraries_come_back(value):
    found = again(value)
    assert found == value
    assert type(found) is type(value)


def test_numbers_of_thousands_of_digits_come_back():
    assert again([10**5000, -(10**5000)]) == [10**5000, -(10**5000)]


def test_what_is_missing_stays_missing():
    assert again(pd.NaT) is pd.NaT
    assert again(pd.NA) is pd.NA
    assert again([float("nan")])[0] != again([float("nan")])[0]
    assert np.isnat(again(np.datetime64("NaT")))


def test_arrays_in_cells_come_back():
    found = again(np.array([[1.5, 2.0]], np.float32))
    assert found.dtype == np.float32
    assert found.tolist() == [[1.5, 2.0]]


def test_other_kinds_are_refused():
    with pytest.raises(TypeError, match="a value of type object"):
        encode(object())
    nested: list = []
    for _ in range(5000):
        nested = [nested]
    with pytest.raises(TypeError, match="nested more than 100"):
        encode(nested)


@pytest.mark.parametrize(
    "forged",
    [
        {"is": "pickle", "of": "x"},
        {"of": "x"},
        {"is": "numpy", "of": ["|O", 1]},
        {"is": "numpy", "of": ["<V999999999", 1]},
        {"is": "numpy", "of": ["<U4000000000", "a"]},
        {"is": "array", "of": ["<f8", ["a"]]},
        {"is": "date", "of": "2024-99-01"},
        {"is": "duration", "of": [1e30, 0, 0]},
        {"is": "uuid", "of": 5},
        {"is": "dict", "of": [[[], 1]]},
        {"is": [], "of": 1},
        {"is": "set", "of": [[1]]},
        {"is": "bytes", "of": "zz"},
        {"is": "decimal", "of": "x"},
        {"is": "missing", "of": "x"},
        {"is": "timestamp", "of": ["ns", 10**30, None]},
        {"is": "timestamp", "of": ["weeks", 1, None]},
        {"is": "timestamp", "of": ["s", 1, "Atlantis/Harbour"]},
    ],
)
def test_forged_values_are_refused(forged):
    with pytest.raises(ValueError):
        decode(forged)


def test_these_are_the_classes_meant():
    assert again(decimal.Decimal("1.50")).as_tuple() == decimal.Decimal("1.50").as_tuple()
    assert isinstance(again(uuid.UUID(int=5)), uuid.UUID)
