"""Slopes of any function from its values alone.

A finite-difference *scheme* is a value: where to look (offsets), how to weigh what is seen there
(coefficients), and how fast the error shrinks with the step (order). Calling it gives a slope.

The step. A derivative's error has two parts: truncation, (h/a)ᵖ where f varies over the length a, and
roundoff, ε·b/h where its values change by their own size over the length b. From x alone nobody can say which
lengths those are; they lie somewhere between 1 and |x|. So each coordinate gets the step that is best in the
worst case, truncation over the shorter of the two and roundoff over the longer:

    h^(p+1) = ε · max(1, |x|) · min(1, |x|)ᵖ

which is the well-known ε^(1/2) for one-sided and ε^(1/3) for central differences where |x| is 1. A coordinate
below 2⁻²⁷ counts as 0, which tells of no length but 1; above 2²⁷ the step grows in proportion to it. The step is
rounded to a power of two and the difference is divided by the realised x₊ − x₋, so that the step itself
adds no error.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Vector, as_number, as_numbers, as_reals, as_vector

# ε = 2⁻⁵²; the exponents that `frexp` gives; how many powers of two from 1 the two lengths may lie apart.
_BITS = 52
_SMALLEST_EXPONENT, _LARGEST_EXPONENT = -1073, 1024
_REACH = 27


@dataclass(frozen=True, repr=False)
class Scheme:
    """A finite difference: f′(x) ≈ Σ cₖ f(x + oₖh) / h, along each coordinate.

    Parameters
    ----------
    name
        What `gradient` and people call it.
    offsets
        Where f is evaluated, in steps from x; in increasing order.
    coefficients
        The weight of each of those values.
    order
        The error falls as hᵒʳᵈᵉʳ.

    Raises
    ------
    ValueError
        If the offsets do not increase, are not as many as the coefficients, or a straight line gets a wrong slope.

    Notes
    -----
    The method of undetermined coefficients: Fornberg, "Generation of finite difference formulas on arbitrarily
    spaced grids", Mathematics of Computation 51 (1988).

    Examples
    --------
    >>> central
    central difference: order 2, 2 evaluations a coordinate
    >>> central(lambda x: x[0] ** 2 + 3 * x[1], [2.0, 1.0])
    array([4., 3.])
    """

    name: str
    offsets: tuple[float, ...]
    coefficients: tuple[float, ...]
    order: int

    def __post_init__(self) -> None:
        """Refuse what is not a stencil."""
        if len(self.offsets) != len(self.coefficients):
            raise ValueError(
                f"{len(self.offsets)} offsets need as many coefficients, got {len(self.coefficients)}"
            )
        if list(self.offsets) != sorted(set(self.offsets)):
            raise ValueError(f"offsets must be in increasing order, got {self.offsets}")
        moments = [
            sum(c * o**k for c, o in zip(self.coefficients, self.offsets, strict=True)) for k in (0, 1)
        ]
        if not np.allclose(moments, [0.0, 1.0], rtol=0.0, atol=1e-9):
            raise ValueError(
                f"coefficients must give 0 for f = 1 and 1 for f = x, got {moments[0]} and {moments[1]}"
            )

    def __repr__(self) -> str:
        count = len(self._moving_weights)
        plural = "s" if count > 1 else ""
        shared = ", 1 shared" if self._centre_weight else ""
        return f"{self.name} difference: order {self.order}, {count} evaluation{plural} a coordinate{shared}"

    def __call__(self, f: Function, x: ArrayLike) -> Vector:
        """Slope of `f` at `x`, shape (n,), by the best fixed step; one call of `f` where `f.vectorized` is true."""
        point = as_vector(x)
        return self.slope(f, point, self.steps(point), getattr(f, "vectorized", False))

    def evaluations(self, n: int) -> int:
        """Count the points that one slope in `n` dimensions looks at."""
        return n * len(self._moving_weights) + (self._centre_weight != 0.0)

    def steps(self, x: Vector) -> Vector:
        """Best fixed step of each coordinate of `x`, shape (n,): see the module's text."""
        steps: Vector = self._step_of_exponent.take(np.frexp(x)[1], mode="wrap")
        return steps

    def slope(self, f: Function, x: Vector, h: Vector | float, vectorized: bool) -> Vector:
        """Slope of `f` at `x`, shape (n,), by the steps `h`, shape (n,) or ().

        A step too small to move its coordinate gives NaN, with NumPy's warning.
        """
        moved = x + h * self._offsets
        width = moved[-1] - moved[0]
        centre = self._centre_weight != 0.0
        values = (_evaluate_at_once if vectorized else _evaluate_singly)(f, x, moved[self._moving], centre)
        base = self._centre_weight * values[0] if centre else 0.0
        slope: Vector = (self._moving_weights @ values[centre:].reshape(-1, x.size) + base) / width
        return slope

    @cached_property
    def _offsets(self) -> NDArray[np.float64]:
        return np.array([[offset] for offset in self.offsets])

    @cached_property
    def _moving(self) -> NDArray[np.bool_]:
        return np.array([offset != 0.0 for offset in self.offsets])

    @cached_property
    def _weights(self) -> NDArray[np.float64]:
        return np.array(self.coefficients) * (self.offsets[-1] - self.offsets[0])

    @cached_property
    def _moving_weights(self) -> NDArray[np.float64]:
        weights: Vector = self._weights[self._moving]
        return weights

    @cached_property
    def _centre_weight(self) -> float:
        return float(self._weights[~self._moving].sum())

    @cached_property
    def _step_of_exponent(self) -> Vector:
        # A table, because it is quicker than the formula and has a step even for NaN, whose exponent can be anything.
        # Negative exponents stand at its end, where an index that wraps around finds them.
        exponent = np.r_[0 : _LARGEST_EXPONENT + 1, _SMALLEST_EXPONENT:0]
        length = np.where(exponent < -_REACH, 0, exponent)
        longer = np.maximum(length, 0)
        shorter = np.maximum(np.minimum(length, 0), length - _REACH)
        power = np.rint((longer + self.order * shorter - _BITS) / (self.order + 1))
        steps: Vector = np.ldexp(1.0, power.astype(np.intc))
        return steps


@lru_cache(maxsize=8)
def _own_coordinate(n: int) -> NDArray[np.bool_]:
    return np.eye(n, dtype=bool)[:, None, :]


def _evaluate_at_once(f: Function, x: Vector, moved: NDArray[np.float64], centre: bool) -> Vector:
    points = np.where(_own_coordinate(x.size), moved, x[:, None, None]).reshape(x.size, -1)
    if centre:
        points = np.concatenate([x[:, None], points], axis=1)
    return as_numbers(f(points), points.shape[1])


def _evaluate_singly(f: Function, x: Vector, moved: NDArray[np.float64], centre: bool) -> Vector:
    values = [as_number(f(x.copy()))] if centre else []
    for row in moved:
        for i, coordinate in enumerate(row):
            point = x.copy()
            point[i] = coordinate
            values.append(as_number(f(point)))
    return np.array(values)


forward = Scheme("forward", offsets=(0.0, 1.0), coefficients=(-1.0, 1.0), order=1)
backward = Scheme("backward", offsets=(-1.0, 0.0), coefficients=(-1.0, 1.0), order=1)
central = Scheme("central", offsets=(-1.0, 1.0), coefficients=(-0.5, 0.5), order=2)

SCHEMES = (forward, backward, central)


def gradient(
    f: Function,
    x: ArrayLike,
    method: Scheme | str = central,
    step: ArrayLike | None = None,
    vectorized: bool = False,
) -> NDArray[np.float64]:
    """Slope of a function at a point, from the function's values alone.

    Parameters
    ----------
    f
        The function: takes what has the shape of `x`, returns one real number. A vectorized one takes points of
        shape (n, m) and returns their values, shape (m,).
    x
        The point: a number, a vector of shape (n,), or an array of any shape.
    method
        A scheme, or the name of one: "forward", "backward", "central".
    step
        The distance h between evaluations, in the units of `x`: one for all coordinates, or one for each.
        Without it each coordinate gets its best fixed step.
    vectorized
        Whether `f` takes a batch of points; then it is called once. Objectives say so themselves.

    Returns
    -------
    NDArray[np.float64]
        ∂f/∂x, of the shape of `x`.

    Raises
    ------
    TypeError
        If `x` or what `f` returns is not real.
    ValueError
        If the method is unknown, a step is not positive and finite, or a shape does not fit.

    Examples
    --------
    >>> gradient(lambda x: x**2, 3.0)
    array(6.)
    >>> gradient(lambda x: (x**2).sum(axis=0), [1.0, 2.0], vectorized=True)
    array([2., 4.])
    >>> gradient(np.sum, np.ones((2, 2)), method="forward")
    array([[1., 1.],
           [1., 1.]])
    """
    scheme = _scheme(method)
    point = as_reals(x)
    flat = point.ravel()
    h = scheme.steps(flat) if step is None else _given_steps(step, point)
    together = vectorized or getattr(f, "vectorized", False)
    whole = f if together or point.ndim == 1 else lambda p: f(p.reshape(point.shape))
    return scheme.slope(whole, flat, h, together).reshape(point.shape)


def _scheme(method: Scheme | str) -> Scheme:
    if isinstance(method, Scheme):
        return method
    for scheme in SCHEMES:
        if scheme.name == method:
            return scheme
    names = ", ".join(scheme.name for scheme in SCHEMES)
    raise ValueError(f"method must be a scheme or one of {names}, got {method!r}")


def _given_steps(step: ArrayLike, x: NDArray[np.float64]) -> Vector:
    h = as_reals(step, "step")
    if not (np.isfinite(h) & (h > 0.0)).all():
        raise ValueError(f"step must be positive and finite, got {step!r}")
    if h.ndim and h.shape != x.shape:
        raise ValueError(f"step must be one number or have the shape of x, {x.shape}, got shape {h.shape}")
    return np.broadcast_to(h, x.shape).ravel()
