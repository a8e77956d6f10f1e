"""The complex step: a slope without cancellation, where a function takes complex numbers and is analytic."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fallline.arrays import Function, Vector, as_vector, check_function
from fallline.differences.evaluation import Coordinates, Evaluate, batched, singly
from fallline.differences.schemes import central

_TRIALS = 4
# What times a step of 1e-20 is no normal number any more.
_UNSEEN = 1e-287
# In steps of the central difference. A function that cancels inside errs by more than its value shows; over a longer
# way that counts for less, so that a disagreement is one only if it stays.
_WIDTHS = (1.0, 128.0)
_EPSILON = float(np.finfo(float).eps)


@dataclass(frozen=True, repr=False)
class ComplexStep:
    """The complex step: f′(x) ≈ Im f(x + ih) / h, along each coordinate.

    It subtracts nothing, so h can be so small that truncation, h²·f‴/6, vanishes too: the slope is right to the last
    digits. But f has to compute with complex numbers, as analytic functions do. `abs`, `real`, `conj`, `norm`,
    comparisons of complex numbers and conversions to float give a wrong slope without an error; therefore the slope
    is compared once with a central difference along one direction, which moves all coordinates.

    Parameters
    ----------
    name
        What `gradient` and people call it.
    step
        The distance h, in the units of x.
    check
        Whether to compare, which takes 4 real evaluations. A coordinate that stands at one of its bounds takes no part.

    Notes
    -----
    Squire and Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40 (1998);
    Martins, Sturdza and Alonso, "The complex-step derivative approximation", ACM TOMS 29 (2003).

    Examples
    --------
    >>> complex_step
    complex step: order 2, 1 evaluation a coordinate, 4 for the check
    >>> complex_step(lambda x: np.exp(x[0]) * x[1], [0.0, 2.0])
    array([2., 1.])
    """

    name: str = "complex"
    step: float = 1e-20
    check: bool = True

    order = 2
    uses_centre = False

    def __post_init__(self) -> None:
        """Refuse what is no step."""
        if not 0.0 < self.step < np.inf:
            raise ValueError(f"step must be positive and finite, got {self.step}")

    def __repr__(self) -> str:
        check = f", {_TRIALS} for the check" if self.check else ", unchecked"
        return f"{self.name} step: order {self.order}, 1 evaluation a coordinate{check}"

    def __call__(self, f: Function, x: ArrayLike) -> Vector:
        """Slope of `f` at `x`, shape (n,); in one batch where `f.vectorized` is true."""
        check_function(f)
        point = as_vector(x)
        evaluate = batched(f) if getattr(f, "vectorized", False) else singly(f)
        slope = self.differences(evaluate, point, self.step)
        self.compare(evaluate, point, slope)
        return slope

    def evaluations(self, n: int) -> int:
        """Count the points that one slope in `n` dimensions looks at."""
        return n + self.check * _TRIALS

    def steps(self, x: Vector) -> Vector:
        """Return the step of each coordinate of `x`, shape (n,)."""
        return np.full(x.shape, self.step)

    def differences(
        self,
        evaluate: Evaluate,
        x: Vector,
        h: Vector | float,
        coordinates: Coordinates | None = None,
        centre: NDArray[Any] | None = None,
    ) -> NDArray[np.float64]:
        """Slopes along some coordinates, as `Scheme.differences`, without the check."""
        along = x if coordinates is None else x[coordinates]
        moved = (along + 1j * h)[None, :]
        values = evaluate(x, moved, False, range(x.size) if coordinates is None else coordinates)
        slopes: NDArray[np.float64] = values.imag / h
        return slopes

    def compare(
        self,
        evaluate: Evaluate,
        x: Vector,
        slopes: NDArray[np.float64],
        bounds: tuple[Vector, Vector] | None = None,
    ) -> None:
        """Compare slopes, shape (*out, n), with a central difference along one direction.

        Raises
        ------
        ValueError
            If they disagree by more than both can err, which means that f is not analytic there.
        """
        if not self.check:
            return
        found = [_disagreement(evaluate, x, slopes, _direction(x, bounds, _WIDTHS[0]))]
        if found[0] is None:
            return
        found.append(_disagreement(evaluate, x, slopes, _direction(x, bounds, _WIDTHS[1])))
        if found[1] is None or found[1].share < 0.25 * found[0].share:
            return
        raise ValueError(
            f"the complex step says that f changes by {found[1].said:.6g} where a central difference says "
            f"{found[1].seen:.6g}: f is not analytic at x (abs, real, norm, comparisons, conversions to float); "
            'use method="central", or ComplexStep(check=False) if you know better'
        )


class _Disagreement(NamedTuple):
    """How f is said to change along a direction, how it is seen to, and the difference's share of the change."""

    said: float
    seen: float
    share: float


def _disagreement(
    evaluate: Evaluate, x: Vector, slopes: NDArray[np.float64], d: Vector
) -> _Disagreement | None:
    """Compare the change from x − d to x + d by the slopes and by the values, beyond what the latter can err."""
    with np.errstate(invalid="ignore"):
        ends = np.array([np.ravel(_value(evaluate, x + s * d)) for s in (1.0, -1.0, 0.5, -0.5)])
        wide, narrow = ends[0] - ends[1], 2.0 * (ends[2] - ends[3])
        said = np.ravel(slopes @ (2.0 * d))
        size = np.ravel(np.abs(slopes) @ (2.0 * np.abs(d))) + np.abs(narrow)
        allowed = (
            8.0 * np.abs(wide - narrow) + 1e-6 * size + 256.0 * _EPSILON * np.abs(ends).max(axis=0) + _UNSEEN
        )
        # Values that do not change at all say nothing of a change that is smaller than their roundoff.
        wrong = np.flatnonzero((np.abs(said - narrow) > allowed) & (ends != ends[0]).any(axis=0))
    found = [
        _Disagreement(float(said[i]), float(narrow[i]), float(abs(said[i] - narrow[i]) / size[i]))
        for i in wrong
    ]
    return max(found, key=lambda one: one.share, default=None)


def _direction(x: Vector, bounds: tuple[Vector, Vector] | None, width: float) -> Vector:
    """Choose a step for every coordinate at once, none of a size or sign that another has by design."""
    i = np.arange(1, x.size + 1)
    d = width * central.steps(x) * (0.5 + 0.5 * (i * 0.6180339887498949 % 1.0))
    if bounds is not None:
        d = np.minimum(d, np.minimum(x - bounds[0], bounds[1] - x))
    direction: Vector = np.where(i * 1.4142135623730951 % 1.0 < 0.5, -d, d)
    return direction


def _value(evaluate: Evaluate, x: Vector) -> NDArray[np.float64]:
    value: NDArray[np.float64] = evaluate(x, np.empty((0, 0)), True, range(0))[..., 0]
    return value


complex_step = ComplexStep()
