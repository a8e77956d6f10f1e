"""A function and a point of any shape, as a function of a vector: what all differences work on."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Function, Vector, as_reals, check_function
from fallline.differences.bounds import Bounds, Group, as_bounds, groups
from fallline.differences.complex_step import ComplexStep
from fallline.differences.evaluation import Evaluate, batched, by_workers, refuse_another_shape, singly
from fallline.differences.methods import Method
from fallline.differences.readers import Reader
from fallline.differences.workers import Workers
from fallline.trees import Branch, Leaf, is_tree, ravel


class Problem(NamedTuple):
    """A function, the vector it is looked at, and the way from that vector to what the function takes.

    Parameters
    ----------
    f
        Takes a point of shape (n,), or if vectorized points of shape (n, m).
    x
        The point, shape (n,).
    unravel
        Gives a vector the structure that the user's point has.
    vectorized
        Whether f takes a batch of points.
    bounds
        Where f may be evaluated.
    """

    f: Function
    x: Vector
    unravel: Leaf | Branch
    vectorized: bool
    bounds: Bounds | None

    def evaluator(self, reader: Reader, memory: int, workers: Workers | None = None) -> Evaluate:
        """Choose how to evaluate."""
        if self.vectorized:
            return batched(self.f, reader, memory, workers)
        return singly(self.f, reader) if workers is None else by_workers(self.f, workers, reader)

    def groups(self, method: Method, h: Vector | float) -> list[Group]:
        """Give each coordinate a scheme, of the method's order, and a step, that the bounds allow."""
        steps = np.broadcast_to(h, self.x.shape)
        if self.bounds is None or isinstance(method, ComplexStep):
            # A complex point has the real part of x.
            return [(method, np.arange(self.x.size), steps)]
        return list(groups(method, self.x, steps, self.bounds))

    def slopes(self, method: Method, evaluate: Evaluate, h: Vector | float) -> NDArray[np.float64]:
        """Slopes along all coordinates, shape (*out, n)."""
        if self.bounds is None:
            slopes = method.differences(evaluate, self.x, h)
        else:
            slopes = assemble(self.groups(method, h), evaluate, self.x)
        self.verify(method, evaluate, slopes)
        return slopes

    def verify(self, method: Method, evaluate: Evaluate, slopes: NDArray[np.float64]) -> None:
        """Have the complex step compared with a difference; schemes need no such thing."""
        if isinstance(method, ComplexStep):
            method.compare(evaluate, self.x, slopes, self.bounds)


def state(f: Callable[[Any], Any], x: Any, vectorized: bool, bounds: Any = None) -> Problem:
    """Put a user's function and point into the form that differences work on."""
    check_function(f)
    point, unravel = as_point(x)
    together = vectorized or getattr(f, "vectorized", False)
    if not together and not (isinstance(unravel, Leaf) and len(unravel.shape) == 1):
        f = partial(_on_structure, f, unravel)
    return Problem(f, point, unravel, together, None if bounds is None else as_bounds(bounds, point, unravel))


def _on_structure(f: Callable[[Any], Any], unravel: Leaf | Branch, vector: NDArray[Any]) -> Any:
    return f(unravel(vector))


def as_point(x: Any, name: str = "x") -> tuple[Vector, Leaf | Branch]:
    """Take an array or a tree of them as a vector, and the way back."""
    if not isinstance(x, np.ndarray) and is_tree(x):
        return ravel(x, name)
    array = as_reals(x, name)
    return array.ravel(), _array(array.shape)


@lru_cache(maxsize=16)
def _array(shape: tuple[int, ...]) -> Leaf:
    return Leaf(0, int(np.prod(shape)), shape)


def as_like(value: Any, problem: Problem, name: str) -> Vector:
    """Take what has the structure of the point as a vector, shape (n,).

    Raises
    ------
    ValueError
        If it has another structure.
    """
    vector, own = as_point(value, name)
    _refuse_another(own, problem, f"{name} must have")
    return vector


def _refuse_another(own: Leaf | Branch, problem: Problem, demand: str) -> None:
    if own != problem.unravel:
        shape = problem.unravel.shape if isinstance(problem.unravel, Leaf) else "its tree"
        got = f"shape {own.shape}" if isinstance(own, Leaf) else "another tree"
        raise ValueError(f"{demand} the shape of x, {shape}, got {got}")


def as_steps(step: Any, method: Method, problem: Problem) -> Vector | float:
    """Take the user's steps, one or one for each coordinate; without any, the best fixed ones.

    Raises
    ------
    ValueError
        If a step is not positive and finite, or their shape does not fit.
    """
    if step is None:
        return method.steps(problem.x)
    h, own = as_point(step, "step")
    if not (np.isfinite(h) & (h > 0.0)).all():
        raise ValueError(f"step must be positive and finite, got {step!r}")
    if isinstance(own, Leaf) and own.shape == ():
        return float(h[0])
    _refuse_another(own, problem, "step must be one number or have")
    return h


def assemble(pieces: Sequence[Group], evaluate: Evaluate, x: Vector) -> NDArray[np.float64]:
    """Slopes along the coordinates of all pieces, in the order of their indices, shape (*out, n)."""
    centre = None
    if len(pieces) > 1 and any(scheme.uses_centre for scheme, _, _ in pieces):
        centre = evaluate(x, np.empty((0, 0)), True, range(0))[..., 0]
    slopes: NDArray[np.float64] | None = None
    for scheme, coordinates, h in pieces:
        part = scheme.differences(evaluate, x, h, coordinates, centre)
        if slopes is None:
            slopes = np.empty((*part.shape[:-1], sum(len(piece[1]) for piece in pieces)))
        refuse_another_shape(part, slopes)
        slopes[..., coordinates] = part
    assert slopes is not None
    return slopes


def cut(pieces: Sequence[Group], size: int) -> Iterator[Group]:
    """Cut pieces into smaller ones, of `size` coordinates at most."""
    for scheme, coordinates, h in pieces:
        for start in range(0, len(coordinates), size):
            part = slice(start, start + size)
            yield scheme, coordinates[part], h[part]
