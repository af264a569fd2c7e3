"""Checks of parameters, with the types and the messages of scikit-learn's errors."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

import numpy as np

from samestory.vectorizers.estimator import sklearn_config


class InvalidParameterError(ValueError, TypeError):
    """A parameter has a value of the wrong type or out of its range."""


@dataclass(frozen=True)
class Rule:
    """A value that a parameter may have, and how a message names it."""

    text: str
    holds: Callable[[Any], bool]


def one_of(*options: str) -> Rule:
    """One of some strings."""
    named = ", ".join(repr(option) for option in options)
    return Rule(
        f"a str among {{{named}}}", lambda value: isinstance(value, str) and value in options
    )


def instance_of(kind: type, name: str | None = None) -> Rule:
    """An instance of a type."""
    return Rule(f"an instance of {name or kind.__name__!r}", lambda value: isinstance(value, kind))


def integer(least: int, most: int | None = None, shown_end: str = "inf)") -> Rule:
    """A whole number in a range."""
    return Rule(
        f"an int in the range [{least}, {shown_end}",
        lambda value: (
            isinstance(value, Integral)
            and least <= int(value)
            and (most is None or int(value) <= most)
        ),
    )


FRACTION = Rule(
    "a float in the range [0.0, 1.0]",
    lambda value: (
        isinstance(value, Real) and not isinstance(value, Integral) and bool(0 <= float(value) <= 1)
    ),
)
NONE = Rule("None", lambda value: value is None)
CALLABLE = Rule("a callable", callable)
BOOLEAN = Rule(
    "an instance of 'bool' or an instance of 'numpy.bool'",
    lambda value: isinstance(value, bool | np.bool_),
)
ITERABLE = Rule("an object implementing '__iter__'", lambda value: hasattr(value, "__iter__"))

ANALYZERS = ("word", "char", "char_wb", "unicode_word")

TEXT_RULES: dict[str, tuple[Rule, ...]] = {
    "input": (one_of("filename", "file", "content"),),
    "encoding": (instance_of(str),),
    "decode_error": (one_of("strict", "ignore", "replace"),),
    "strip_accents": (one_of("ascii", "unicode"), NONE, CALLABLE),
    "lowercase": (BOOLEAN,),
    "preprocessor": (CALLABLE, NONE),
    "tokenizer": (CALLABLE, NONE),
    "stop_words": (one_of("english"), instance_of(list), NONE),
    "token_pattern": (instance_of(str), NONE),
    "ngram_range": (instance_of(tuple),),
    "analyzer": (one_of(*ANALYZERS), CALLABLE),
    "binary": (BOOLEAN,),
    "n_jobs": (Rule("an int other than 0", lambda v: isinstance(v, Integral) and v != 0), NONE),
}
HASHING_RULES = TEXT_RULES | {
    "n_features": (integer(1, 2**31 - 2, f"{2**31 - 1})"),),
    "norm": (one_of("l1", "l2"), NONE),
    "alternate_sign": (BOOLEAN,),
}
COUNT_RULES = TEXT_RULES | {
    "max_df": (FRACTION, integer(1)),
    "min_df": (FRACTION, integer(1)),
    "max_features": (integer(1), NONE),
    "vocabulary": (instance_of(Mapping, "collections.abc.Mapping"), ITERABLE, NONE),
}
WEIGHT_RULES: dict[str, tuple[Rule, ...]] = {
    "norm": (one_of("l1", "l2"), NONE),
    "use_idf": (BOOLEAN,),
    "smooth_idf": (BOOLEAN,),
    "sublinear_tf": (BOOLEAN,),
}


def check_parameters(estimator: Any, rules: Mapping[str, tuple[Rule, ...]]) -> None:
    """Refuse the first parameter, by name, that satisfies none of its rules."""
    if sklearn_config("skip_parameter_validation", False):
        return
    for name, value in estimator.get_params(deep=False).items():
        allowed = rules.get(name, ())
        if allowed and not any(rule.holds(value) for rule in allowed):
            *most, last = (rule.text for rule in allowed)
            wanted = f"{', '.join(most)} or {last}" if most else last
            message = (
                f"The {name!r} parameter of {type(estimator).__name__} must be {wanted}. "
                f"Got {value!r} instead."
            )
            raise _error_class()(message)


def _error_class() -> type[Exception]:
    module = sys.modules.get("sklearn.utils._param_validation")
    kind: type[Exception] = getattr(module, "InvalidParameterError", InvalidParameterError)
    return kind
