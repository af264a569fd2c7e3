"""scikit-learn's estimator conventions, without importing scikit-learn."""

import inspect
import sys
from typing import Any, Self


class NotFittedError(ValueError, AttributeError):
    """An estimator was used before it was fitted."""


def not_fitted_error(message: str) -> Exception:
    """Make the error that scikit-learn would raise, of its own class where it is imported."""
    sklearn_exceptions = sys.modules.get("sklearn.exceptions")
    if sklearn_exceptions is None:
        return NotFittedError(message)
    error: Exception = sklearn_exceptions.NotFittedError(message)
    return error


def sklearn_config(name: str, default: Any) -> Any:
    """One of scikit-learn's global options, where it is imported."""
    sklearn = sys.modules.get("sklearn")
    config: dict[str, Any] = getattr(sklearn, "get_config", dict)()
    return config.get(name, default)


def as_configured(matrix: Any) -> Any:
    """Give a CSR array back as scikit-learn does: a matrix, unless configured otherwise."""
    import scipy.sparse as sp

    if sklearn_config("sparse_interface", "spmatrix") == "sparray":
        return getattr(sp, f"{matrix.format}_array")(matrix) if sp.isspmatrix(matrix) else matrix
    if sp.isspmatrix(matrix):
        return matrix
    return getattr(sp, f"{matrix.format}_matrix")(matrix)


class Estimator:
    """Parameters by name, cloning, printing and tags, as scikit-learn expects of an estimator."""

    @classmethod
    def _get_param_names(cls) -> list[str]:
        parameters = inspect.signature(cls.__init__).parameters.values()
        return sorted(
            p.name
            for p in parameters
            if p.name != "self" and p.kind not in (p.VAR_KEYWORD, p.VAR_POSITIONAL)
        )

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters.

        Parameters
        ----------
        deep : bool, default=True
            Include the parameters of parameters that are estimators.

        Returns
        -------
        dict
            Parameter names and their values.
        """
        parameters: dict[str, Any] = {}
        for name in self._get_param_names():
            value = getattr(self, name)
            if deep and hasattr(value, "get_params") and not isinstance(value, type):
                parameters |= {f"{name}__{k}": v for k, v in value.get_params().items()}
            parameters[name] = value
        return parameters

    def set_params(self, **params: Any) -> Self:
        """Set parameters by name.

        Parameters
        ----------
        **params : dict
            Parameter names and their new values; ``a__b`` sets `b` of the estimator `a`.

        Returns
        -------
        self : object
            The estimator itself.
        """
        valid = self._get_param_names()
        nested: dict[str, dict[str, Any]] = {}
        for key, value in params.items():
            name, delimiter, rest = key.partition("__")
            if name not in valid:
                raise ValueError(
                    f"Invalid parameter {name!r} for estimator {self}. "
                    f"Valid parameters are: {valid!r}."
                )
            if delimiter:
                nested.setdefault(name, {})[rest] = value
            else:
                setattr(self, name, value)
        for name, values in nested.items():
            getattr(self, name).set_params(**values)
        return self

    def __repr__(self) -> str:
        defaults = inspect.signature(type(self).__init__).parameters
        changed = (
            f"{name}={value!r}"
            for name, value in self.get_params(deep=False).items()
            if repr(value) != repr(defaults[name].default)
        )
        return f"{type(self).__name__}({', '.join(changed)})"

    def _is_fitted(self) -> bool:
        return any(name.endswith("_") and not name.startswith("__") for name in vars(self))

    def _check_is_fitted(self, message: str | None = None) -> None:
        if not self._is_fitted():
            raise not_fitted_error(
                message
                or f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with "
                "appropriate arguments before using this estimator."
            )

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import Tags, TargetTags

        return Tags(
            estimator_type=None,
            target_tags=TargetTags(required=False),
            transformer_tags=None,
            regressor_tags=None,
            classifier_tags=None,
        )

    def get_metadata_routing(self) -> Any:
        """Return what scikit-learn asks for when its metadata routing is on: no request."""
        from sklearn.utils.metadata_routing import MetadataRequest

        return MetadataRequest(owner=self)
