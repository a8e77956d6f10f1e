"""Slopes along one direction: of a function, and of its gradient."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector
from fallline.differences.bounds import Bounds, groups
from fallline.differences.complex_step import ComplexStep
from fallline.differences.evaluation import MEMORY, Evaluate, batched, singly
from fallline.differences.methods import Method, as_method
from fallline.differences.problems import Problem, as_like, assemble, state
from fallline.differences.readers import ARRAYS, NUMBERS
from fallline.differences.schemes import Scheme, central
from fallline.differences.steps import look_up, power_of_two_below, step_table

# Where v is next to nothing.
_LONGEST = 2.0**1000


class _Line(NamedTuple):
    """A point, a direction, and where f may be evaluated."""

    x: Vector
    v: Vector
    bounds: Bounds | None


def _on_line(f: Function, line: _Line, t: NDArray[Any]) -> Any:
    """Evaluate f(x + tv), t of shape (1,), or (1, m) for a vectorized f."""
    point = line.x + t[0] * line.v if t.ndim == 1 else line.x[:, None] + line.v[:, None] * t
    if line.bounds is not None and np.isrealobj(point):
        # Rounding must not carry a coordinate beyond a bound.
        shape = (-1,) + (1,) * (point.ndim - 1)
        point = np.clip(point, *(bound.reshape(shape) for bound in line.bounds))
    return f(point)


def directional(
    f: Callable[[Any], Any],
    x: Any,
    v: Any,
    method: Method | str = central,
    step: float | None = None,
    vectorized: bool = False,
    *,
    bounds: Any = None,
) -> Any:
    """Slope of a function along a direction, f′(x)·v = d/dt f(x + tv) at t = 0.

    It costs as many evaluations as the slope along one coordinate, however many coordinates there are.

    Parameters
    ----------
    f
        The function: takes what has the structure of `x`, returns one real number or an array of them; for the latter
        the result is the Jacobian's product with `v`. A vectorized one takes points of shape (n, m) and returns
        shape (*out, m).
    x
        The point, an array or a tree of arrays as for `gradient`.
    v
        The direction, of the structure of `x`, of any length: the slope is proportional to it.
    method
        A scheme, or the name of one.
    step
        The step in t. Without it no coordinate moves farther than its best fixed step, and one moves as far.
    vectorized
        Whether `f` takes a batch of points.
    bounds
        Where f may be evaluated, as for `gradient`.

    Returns
    -------
    np.float64 or NDArray[np.float64]
        Of the shape of what f returns.

    Raises
    ------
    TypeError
        If `x`, `v` or what `f` returns is not real.
    ValueError
        If `v` has another structure than `x` or is not finite, or the bounds leave no room along it.

    Examples
    --------
    >>> directional(lambda x: x[0] * x[1], [2.0, 3.0], [1.0, 1.0]).round(9)
    np.float64(5.0)
    """
    scheme = as_method(method)
    problem = state(f, x, vectorized, bounds)
    direction = _as_direction(v, problem)
    h = _step_along(direction, scheme.steps(problem.x), step, exact=isinstance(scheme, Scheme))
    line = _Line(problem.x, direction, problem.bounds)
    f_of_t = partial(_on_line, problem.f, line)
    evaluate = batched(f_of_t, ARRAYS) if problem.vectorized else singly(f_of_t, ARRAYS)
    return _slope_along(scheme, evaluate, line, h)[()]


def hessian_vector(
    f: Callable[[Any], Any],
    x: Any,
    v: Any,
    gradient: Callable[[Any], Any] | None = None,
    step: float | None = None,
    vectorized: bool = False,
    *,
    bounds: Any = None,
    memory: int = MEMORY,
) -> Any:
    """Product of the Hessian with a direction, ∇²f(x)·v, without the Hessian.

    It is the central difference of the gradient along v: 4n evaluations of `f`, or 2 of `gradient`.

    Parameters
    ----------
    f
        The function, as for `fallline.differences.gradient`; not evaluated if `gradient` is given.
    x
        The point, an array or a tree of arrays.
    v
        The direction, of the structure of `x`.
    gradient
        The slope of f by its formula, if there is one: takes and returns what has the structure of `x`.
    step
        The step in t. Without it no coordinate moves farther than its best fixed step, and one moves as far.
    vectorized
        Whether `f` takes a batch of points; `gradient` gets one at a time.
    bounds
        Where f, or its gradient, may be evaluated.
    memory
        Bytes that one batch of points, and what f makes of it, may take together.

    Returns
    -------
    NDArray[np.float64] or a tree of them
        Of the structure of `x`.

    Raises
    ------
    TypeError
        If `x`, `v` or what `f` returns is not real.
    ValueError
        If a shape does not fit, or the bounds leave no room.

    Examples
    --------
    >>> hessian_vector(lambda x: x[0] ** 2 * x[1], [1.0, 2.0], [1.0, 0.0]).round(6)
    array([4., 2.])
    >>> hessian_vector(np.sum, [1.0, 2.0], [1.0, 0.0], gradient=lambda x: x**2).round(9)
    array([2., 0.])
    """
    problem = state(f, x, vectorized, bounds)
    direction = _as_direction(v, problem)
    if gradient is not None:
        return problem.unravel(_of_formula(gradient, problem, direction, step))
    steps = look_up(step_table(central.order, derivative=2), problem.x)
    h = _step_along(direction, steps, step)
    reach = _reach(problem, direction, h)
    evaluate = problem.evaluator(NUMBERS, memory)
    pieces = problem._replace(bounds=reach).groups(central, steps)

    def slopes(point: Vector) -> NDArray[np.float64]:
        return assemble(pieces, evaluate, point)

    return problem.unravel(_along(slopes, _Line(problem.x, direction, problem.bounds), h))


def _of_formula(
    gradient: Callable[[Any], Any], problem: Problem, v: Vector, step: float | None
) -> NDArray[np.float64]:
    def slopes(point: Vector) -> Vector:
        return as_like(gradient(problem.unravel(point)), problem, "the gradient")

    h = _step_along(v, central.steps(problem.x), step)
    return _along(slopes, _Line(problem.x, v, problem.bounds), h)


def _along(slopes: Function, line: _Line, h: float) -> NDArray[np.float64]:
    return _slope_along(central, singly(partial(_on_line, slopes, line), ARRAYS), line, h)


def _as_direction(v: Any, problem: Problem) -> Vector:
    direction = as_like(v, problem, "v")
    if not np.isfinite(direction).all():
        raise ValueError(f"v must be finite, got {v!r}")
    return direction


def _step_along(v: Vector, steps: Vector, step: float | None, exact: bool = True) -> float:
    """Choose the longest step in t that moves no coordinate by more than its own."""
    if step is not None:
        if not 0.0 < step < np.inf:
            raise ValueError(f"step must be positive and finite, got {step!r}")
        return float(step)
    if not v.any():
        return 1.0
    with np.errstate(divide="ignore", over="ignore"):
        h = np.minimum((steps / np.abs(v)).min(), _LONGEST)
    return float(power_of_two_below(h) if exact else h)


def _slope_along(method: Method, evaluate: Evaluate, line: _Line, h: float) -> NDArray[np.float64]:
    origin, steps = np.zeros(1), np.array([h])
    span = _span(line)
    if span is None or isinstance(method, ComplexStep):
        slope = method.differences(evaluate, origin, steps)
    else:
        slope = assemble(list(groups(method, origin, steps, span)), evaluate, origin)
    if isinstance(method, ComplexStep):
        method.compare(evaluate, origin, slope, span)
    along: NDArray[np.float64] = slope[..., 0]
    return along


def _span(line: _Line) -> Bounds | None:
    """Find how far t may go either way, shape (1,) each."""
    if line.bounds is None:
        return None
    moves = line.v != 0.0
    ends = np.array([bound[moves] - line.x[moves] for bound in line.bounds]) / line.v[moves]
    low = ends.min(axis=0).max(initial=-np.inf)
    high = ends.max(axis=0).min(initial=np.inf)
    if low == high:
        raise ValueError(
            "bounds must leave room around x along v, got a direction that leaves them both ways"
        )
    return np.array([low]), np.array([high])


def _reach(problem: Problem, v: Vector, h: float) -> Bounds | None:
    """Narrow the bounds of x by how far it will be moved along v, so that one stencil suits all places there."""
    span = _span(_Line(problem.x, v, problem.bounds))
    if problem.bounds is None or span is None:
        return None
    [(scheme, _, [t])] = groups(central, np.zeros(1), np.array([h]), span)
    moves = np.outer([scheme.offsets[0], 0.0, scheme.offsets[-1]], t * v)
    return problem.bounds[0] - moves.min(axis=0), problem.bounds[1] - moves.max(axis=0)
