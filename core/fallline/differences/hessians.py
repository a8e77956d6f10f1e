"""The Hessian of a function, from its values alone."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector
from fallline.differences.bounds import Group, fit
from fallline.differences.evaluation import MEMORY, Evaluate, singly
from fallline.differences.problems import as_steps, assemble, state
from fallline.differences.readers import ARRAYS, NUMBERS
from fallline.differences.schemes import Scheme, central
from fallline.differences.stencils import stencil, weights
from fallline.differences.steps import look_up, step_table
from fallline.differences.workers import Map, employed
from fallline.trees import Leaf


def hessian(
    f: Callable[[Any], Any],
    x: Any,
    step: Any = None,
    vectorized: bool = False,
    *,
    bounds: Any = None,
    workers: int | Map | None = None,
    memory: int = MEMORY,
) -> NDArray[np.float64]:
    """Second derivatives of a function at a point, ∂²f/∂xᵢ∂xⱼ, from the function's values alone.

    Off the diagonal the central difference along one coordinate of the central difference along the other, on it the
    second difference: both of order 2, exactly symmetric. It costs 2n² + 1 evaluations; the part that is
    wanted along one direction costs 4n: see `hessian_vector`. Coordinates near a bound cost more.

    Parameters
    ----------
    f
        The function, as for `gradient`.
    x
        The point: a number, an array of any shape, or a tree of arrays.
    step
        The distance h between evaluations, in the units of `x`: one for all coordinates, or one for each.
        Without it each coordinate gets the best fixed step of a second difference, ε^(1/4) where |x| is 1.
    vectorized, bounds, workers, memory
        As for `gradient`.

    Returns
    -------
    NDArray[np.float64]
        Symmetric, shape (*x.shape, *x.shape); for a tree of n numbers (n, n), in the order of `trees.ravel`.

    Raises
    ------
    TypeError, ValueError
        As `gradient`.

    Notes
    -----
    Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 25.3.23 and 25.3.26.

    Examples
    --------
    >>> hessian(lambda x: x[0] ** 2 * x[1], [1.0, 2.0]).round(6)
    array([[4., 2.],
           [2., 0.]])
    """
    problem = state(f, x, vectorized, bounds)
    h = np.broadcast_to(
        look_up(step_table(central.order, derivative=2), problem.x)
        if step is None
        else as_steps(step, central, problem),
        problem.x.shape,
    )
    which = np.zeros(problem.x.size, np.intp)
    if problem.bounds is not None:
        which, h = fit(_stencils(), problem.x, h, problem.bounds)
    with employed(workers, problem.f) as staff:
        evaluate = problem.evaluator(NUMBERS, memory, staff)
        matrix = _matrix(evaluate, problem.x, which, h)
    return matrix.reshape(problem.unravel.shape * 2) if isinstance(problem.unravel, Leaf) else matrix


def _matrix(evaluate: Evaluate, x: Vector, which: NDArray[np.intp], h: Vector) -> NDArray[np.float64]:
    matrix = np.empty((x.size, x.size))
    centre = evaluate(x, np.empty((0, 0)), True, range(0))[0]
    for i in range(x.size):
        matrix[i, i] = _second(evaluate, x, i, _stencils()[which[i]], h[i], centre)
        matrix[i, :i] = matrix[:i, i] = _mixed(evaluate, x, i, which, h)
    return matrix


def _second(evaluate: Evaluate, x: Vector, i: int, scheme: Scheme, h: float, centre: float) -> float:
    offsets = tuple(sorted({*scheme.offsets, 0.0}))
    moving = np.array([offset for offset in offsets if offset != 0.0])
    values = evaluate(x, x[i] + h * moving[:, None], False, range(i, i + 1))
    # The weights sum to 0, that of the centre included.
    weight = [w for w, o in zip(weights(offsets, derivative=2), offsets, strict=True) if o != 0.0]
    return float(weight @ (values - centre)) / h**2


def _mixed(evaluate: Evaluate, x: Vector, i: int, which: NDArray[np.intp], h: Vector) -> NDArray[np.float64]:
    """Differentiate the slopes along the coordinates before i along coordinate i, shape (i,)."""
    if i == 0:
        return np.empty(0)
    pieces = list(_pieces(which[:i], h))

    def slopes(moved: Vector) -> NDArray[np.float64]:
        return assemble(pieces, evaluate, moved)

    scheme = _stencils()[which[i]]
    row: NDArray[np.float64] = scheme.differences(singly(slopes, ARRAYS), x, h[i : i + 1], range(i, i + 1))
    return row[:, 0]


def _pieces(which: NDArray[np.intp], h: Vector) -> Iterator[Group]:
    for k, scheme in enumerate(_stencils()):
        own = np.flatnonzero(which == k)
        if own.size:
            yield scheme, own, h[own]


@lru_cache(maxsize=1)
def _stencils() -> tuple[Scheme, ...]:
    # One-sided stencils of four points have a second derivative of order 2, as the central one of three points has.
    return central, stencil(range(4)), stencil(range(-3, 1))
