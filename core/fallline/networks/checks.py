"""What a network is given, checked once, before anything is computed."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import as_reals
from fallline.networks.forward import Model
from fallline.networks.products import Array


def as_sizes(sizes: Any) -> tuple[int, ...]:
    """Take the number of units of each layer, from features to outputs.

    Raises
    ------
    TypeError
        If they are not whole numbers.
    ValueError
        If there are fewer than two, or one is below 1.

    Examples
    --------
    >>> as_sizes([2, 8, 1])
    (2, 8, 1)
    """
    array = np.asarray(sizes)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise TypeError(
            f"sizes must be whole numbers, from features to outputs, such as [2, 8, 1]; got {sizes!r}"
        )
    if len(array) < 2 or (array < 1).any():
        raise ValueError(f"sizes must hold at least features and outputs, each at least 1; got {sizes!r}")
    return tuple(int(size) for size in array)


def as_parameters(theta: ArrayLike, size: int, columns: bool = False) -> NDArray[np.float64]:
    """Take a flat vector of parameters; NaN and infinity are let through, as what became of a run that diverged.

    With `columns` a matrix of several such vectors will do, (size, p).

    Raises
    ------
    ValueError
        If it does not hold `size` numbers.

    Examples
    --------
    >>> as_parameters([1, 2], 2)
    array([1., 2.])
    """
    array = as_reals(theta, "theta")
    if array.shape != (size,) and not (columns and array.shape[:1] == (size,) and array.ndim == 2):
        raise ValueError(
            f"theta must be a vector of {size} parameters, got shape {array.shape}; network.initial(rng) makes one"
        )
    return np.ascontiguousarray(array)


def as_samples(given: ArrayLike, features: int) -> NDArray[np.float64]:
    """Take samples as rows, (m, features).

    Raises
    ------
    ValueError
        If the shape does not fit, or a number is not finite.

    Examples
    --------
    >>> as_samples([[1, 2]], 2)
    array([[1., 2.]])
    """
    samples = as_reals(given, "X")
    if samples.ndim != 2 or samples.shape[1] != features:
        hint = "; use X[:, None]" if samples.ndim == 1 and features == 1 else ""
        raise ValueError(
            f"X must have shape (samples, {features}), one column for each feature; got {samples.shape}{hint}"
        )
    if not np.isfinite(samples).all():
        row, column = np.argwhere(~np.isfinite(samples))[0]
        raise ValueError(
            f"X must be finite, got {samples[row, column]} in row {row}, column {column}; "
            "leave such samples out or fill them in"
        )
    return samples


def as_targets(y: ArrayLike, kind: str, outputs: int, count: int) -> Array:
    """Take one target for each of `count` samples, with the samples last: classes (m,), or numbers (outputs, m).

    Raises
    ------
    TypeError
        If classes are not whole numbers.
    ValueError
        If the shape does not fit, a class has no output, or a number is not finite.

    Examples
    --------
    >>> as_targets([2, 0], "classes", 3, 2)
    array([2, 0])
    """
    array = np.asarray(y)
    if array.ndim == 0 or len(array) != count:
        raise ValueError(f"y must hold one target for each of the {count} samples, got shape {array.shape}")
    if kind == "own":
        return array.T
    return _as_classes(array, outputs) if kind == "classes" else _as_numbers(array, outputs)


def _as_classes(y: Array, outputs: int) -> Array:
    if y.ndim != 1:
        raise ValueError(f"y must hold one class for each sample, shape (samples,); got {y.shape}")
    if y.dtype.kind == "f" and (y == np.rint(y)).all():
        y = y.astype(np.intp)
    if y.dtype.kind not in "iub":
        raise TypeError(
            f"y must hold classes as whole numbers from 0, got {y.dtype}; np.unique numbers others"
        )
    classes = max(outputs, 2)
    low, high = int(y.min()), int(y.max())
    if low < 0 or high >= classes:
        raise ValueError(
            f"y must hold classes from 0 to {classes - 1} for {outputs} outputs, got {low} to {high}"
        )
    return y.astype(np.float64 if outputs == 1 else np.intp, copy=False)


def _as_numbers(y: Array, outputs: int) -> Array:
    numbers = as_reals(y, "y")
    if numbers.shape != (len(numbers), outputs) and not (numbers.ndim == 1 and outputs == 1):
        raise ValueError(
            f"y must have shape (samples, {outputs}), one column for each output; got {numbers.shape}"
        )
    if not np.isfinite(numbers).all():
        raise ValueError("y must be finite; leave such samples out or fill them in")
    return np.ascontiguousarray(numbers.reshape(-1, outputs).T)


def check_own_functions(model: Model, x: Array, y: Array, method: str) -> None:
    """Refuse what mixes samples or units, for the methods that look at each by itself.

    Raises
    ------
    ValueError
        If the user's activation does not work number by number, or the user's loss not sample by sample.
    """
    if model.activation.kink == "unknown":
        _check_elementwise(model, x, method)
    if model.loss.targets == "own":
        _check_separable(model, x, y, method)


def _check_elementwise(model: Model, x: Array, method: str) -> None:
    name = model.activation.name
    for layer in range(len(model.layers) - 1):
        z = model.sums(layer, x)
        x = model.activate(z)
        if x.shape != z.shape or x.dtype.kind != "f":
            raise ValueError(
                f"the activation {name} must return floats of its argument's shape {z.T.shape}, "
                f"got {x.dtype} of shape {x.T.shape}"
            )
        # Numbers that work together give something else in other company.
        company = np.concatenate([z.ravel(), z.ravel() + 1.0])[:, None]
        alone = np.asarray(model.activation.value(company))[: z.size].reshape(z.shape)
        if not np.allclose(alone, x, rtol=1e-9, atol=1e-12, equal_nan=True):
            raise ValueError(
                f'method="{method}" needs an activation that works number by number, and {name} mixes them (as '
                'batch normalisation and softmax do); use method="naive" or "spsa"'
            )


def _check_separable(model: Model, x: Array, y: Array, method: str) -> None:
    z = model.outputs(x)
    values = model.loss(z, y).values()
    refused = f'method="{method}" needs a loss that is a mean over samples'
    instead = 'return a loss for each sample, shape (samples,), or use method="naive" or "spsa"'
    if values.shape != (z.shape[1],):
        raise ValueError(f"{refused}, and this one returned shape {values.shape}: {instead}")
    company = model.loss(np.concatenate([z, z + 1.0], axis=1), np.concatenate([y, y], axis=-1)).values()
    if not np.allclose(company[: len(values)], values, rtol=1e-9, atol=1e-12, equal_nan=True):
        raise ValueError(
            f"{refused}, and in this one a sample's loss depends on the others (a batch statistic?): {instead}"
        )
