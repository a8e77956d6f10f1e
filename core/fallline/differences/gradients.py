"""The gradient of a function of one value, and the Jacobian of a function of several."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from fallline.differences.evaluation import MEMORY
from fallline.differences.methods import Method, as_method
from fallline.differences.problems import as_steps, assemble, cut, state
from fallline.differences.readers import ARRAYS, NUMBERS
from fallline.differences.schemes import central
from fallline.differences.stochastic import RandomDirections, chance_of, spsa
from fallline.differences.workers import Map, employed


def gradient(
    f: Callable[[Any], Any],
    x: Any,
    method: Method | RandomDirections | str = central,
    step: Any = None,
    vectorized: bool = False,
    *,
    bounds: Any = None,
    workers: int | Map | None = None,
    memory: int = MEMORY,
    rng: np.random.Generator | None = None,
) -> Any:
    """Slope of a function at a point, from the function's values alone.

    Parameters
    ----------
    f
        The function: takes what has the structure of `x`, as float64, and returns one real number. A vectorized one
        takes points of shape (n, m) and returns their values, shape (m,).
    x
        The point: a number, a vector of shape (n,), an array of any shape, or a tree of arrays: a dictionary, a named
        tuple, or a list or tuple that holds arrays, nested as you like. Integers are taken as floats.
    method
        A scheme, or the name of one: "forward", "backward", "central", "central4", "central6", "central8", "complex";
        or "automatic", which chooses the step of each coordinate by what it sees of f (see `estimate_gradient`);
        or "spsa" or other `RandomDirections`, two evaluations for each, right on average only.
    step
        The distance h between evaluations, in the units of `x`: one for all coordinates, or one for each.
        Without it each coordinate gets its best fixed step, which supposes that f computes in float64.
    vectorized
        Whether `f` takes a batch of points. Objectives say so themselves.
    bounds
        Where f may be evaluated: a pair (low, high), each a number, None, or of the structure of `x`; or
        `scipy.optimize.Bounds`. Near a bound the stencil looks to one side, or the step shrinks, at the same order.
    workers
        A number of processes, -1 for one on each core; or any callable like the built-in `map`, such as that of a
        pool. Starting processes takes a part of a second each time: keep a pool where that matters.
    memory
        Bytes that one batch of points, and what f makes of it, may take together. A batch of points takes a quarter of
        it, but never less than one point.
    rng
        The source of chance of random directions. Without one they follow from `x`, so that they can be repeated.

    Returns
    -------
    NDArray[np.float64] or a tree of them
        ∂f/∂x, of the structure of `x`. Where a value of f is NaN or infinite, the slopes that need it are NaN or infinite.

    Raises
    ------
    TypeError
        If `x` or what `f` returns is not real, or f cannot be sent to other processes.
    ValueError
        If the method is unknown, a step is not positive and finite, a shape does not fit, the bounds leave no room,
        or the complex step is used on a function that is not analytic.

    Examples
    --------
    >>> import numpy as np
    >>> gradient(lambda x: x**2, 3.0)
    array(6.)
    >>> gradient(lambda x: (x**2).sum(axis=0), [1.0, 2.0], vectorized=True)
    array([2., 4.])
    >>> gradient(np.sum, np.ones((2, 2)), method="forward")
    array([[1., 1.],
           [1., 1.]])
    >>> gradient(lambda p: p["scale"] * p["x"].sum(), {"scale": 3.0, "x": np.ones(2)})
    {'scale': array(2.), 'x': array([3., 3.])}
    >>> gradient(lambda x: x * np.log1p(x), 0.0, bounds=(0.0, None)).round(9) + 0.0
    np.float64(0.0)
    """
    if isinstance(method, RandomDirections) or method == "spsa":
        return _random(
            spsa if method == "spsa" else method, f, x, step, vectorized, rng, bounds=bounds, workers=workers
        )
    if method == "automatic":
        return _automatic(f, x, step, bounds, vectorized=vectorized, workers=workers, memory=memory)
    scheme = as_method(method, also=("automatic", "spsa"))
    problem = state(f, x, vectorized, bounds)
    h = as_steps(step, scheme, problem)
    if workers is None:
        slope = problem.slopes(scheme, problem.evaluator(NUMBERS, memory), h)
    else:
        with employed(workers, problem.f) as staff:
            slope = problem.slopes(scheme, problem.evaluator(NUMBERS, memory, staff), h)
    return problem.unravel(slope)


def _automatic(f: Callable[[Any], Any], x: Any, step: Any, bounds: Any, **how: Any) -> Any:
    from fallline.differences.automatic import estimate_gradient

    _refuse("automatic", step=step, bounds=bounds)
    return estimate_gradient(f, x, **how).value


def _random(
    method: Any, f: Callable[[Any], Any], x: Any, step: Any, vectorized: bool, rng: Any, **others: Any
) -> Any:
    _refuse(method, **others)
    problem = state(f, x, vectorized)
    directions = method if step is None else replace(method, step=step)
    return problem.unravel(
        directions.slope(problem.f, problem.x, rng or chance_of(problem.x), problem.vectorized)
    )


def _refuse(method: Any, **options: Any) -> None:
    for name, value in options.items():
        if value is not None:
            raise ValueError(
                f"method={method!r} takes no {name}, got {value!r}; leave it out or choose a scheme"
            )


def jacobian(
    f: Callable[[Any], Any],
    x: Any,
    method: Method | str = central,
    step: Any = None,
    vectorized: bool = False,
    *,
    bounds: Any = None,
    workers: int | Map | None = None,
    memory: int = MEMORY,
) -> Any:
    """Slopes of all values of a function, Jᵢⱼ = ∂fᵢ/∂xⱼ, from the values alone.

    It costs as many evaluations as the gradient of one value.

    Parameters
    ----------
    f
        The function: takes what has the structure of `x`, as float64, and returns an array of real numbers, of the same
        shape at each point. A vectorized one takes points of shape (n, m) and returns shape (*out, m).
    x, method, step, vectorized, bounds, workers, memory
        As for `gradient`; there is no automatic method.

    Returns
    -------
    NDArray[np.float64] or a tree of them
        Shape (*out, *x.shape); for a tree, a tree of such arrays.

    Raises
    ------
    TypeError, ValueError
        As `gradient`; also if f returns different shapes at different points.

    Examples
    --------
    >>> import numpy as np
    >>> jacobian(lambda x: np.array([x[0] * x[1], x[0] ** 2, 1.0]), [2.0, 3.0]).round(9)
    array([[3., 2.],
           [4., 0.],
           [0., 0.]])
    """
    scheme = as_method(method)
    problem = state(f, x, vectorized, bounds)
    pieces = problem.groups(scheme, as_steps(step, scheme, problem))
    with employed(workers, problem.f) as staff:
        evaluate = problem.evaluator(ARRAYS, memory, staff)
        # One coordinate at a time, unless more points are evaluated together, keeps few values beside the result.
        together = problem.vectorized or staff is not None
        size = int(memory // (32 * problem.x.size * scheme.evaluations(1))) if together else 1
        slopes = assemble(list(cut(pieces, max(1, size))), evaluate, problem.x)
        problem.verify(scheme, evaluate, slopes)
    return problem.unravel(slopes)
