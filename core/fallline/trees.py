"""Trees of arrays, such as the parameters of a network, as one vector and back.

A tree is a dictionary, a named tuple, or a list or tuple that holds at least one array or tree. Lists and tuples of
plain numbers are arrays, as everywhere in NumPy, so [1.0, 2.0] is a vector and [np.ones(2), np.ones(2)] is a tree.
"""

from collections.abc import Iterator
from copy import copy
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fallline.arrays import Vector


class Leaf(NamedTuple):
    """An array's place in the vector: from `start`, in the order of its elements, of the shape `shape`.

    Examples
    --------
    >>> Leaf(1, 3, (2,))(np.array([5.0, 6.0, 7.0]))
    array([6., 7.])
    """

    start: int
    stop: int
    shape: tuple[int, ...]

    def __call__(self, vector: NDArray[Any]) -> Any:
        """Take the array out of the last axis of `vector`, as a view where that is possible."""
        return vector[..., self.start : self.stop].reshape(vector.shape[:-1] + self.shape)


class Branch(NamedTuple):
    """A container: what makes one out of its parts, and how each of the parts is made.

    Examples
    --------
    >>> Branch(list, (Leaf(0, 1, (1,)), Leaf(1, 3, (2,))))(np.array([5.0, 6.0, 7.0]))
    [array([5.]), array([6., 7.])]
    """

    make: Any
    parts: tuple["Leaf | Branch", ...]

    def __call__(self, vector: NDArray[Any]) -> Any:
        """Make the tree out of the last axis of `vector`."""
        return self.make([part(vector) for part in self.parts])


class _Dictionary(NamedTuple):
    # Copied, so that ordered and default dictionaries stay what they are.
    empty: dict[Any, Any]
    keys: tuple[Any, ...]

    def __call__(self, values: list[Any]) -> dict[Any, Any]:
        filled = copy(self.empty)
        filled.update(zip(self.keys, values, strict=True))
        return filled


def is_tree(x: Any) -> bool:
    """Say whether `x` is a tree of arrays rather than one array.

    Parameters
    ----------
    x
        Whatever may be one.

    Examples
    --------
    >>> is_tree({"weights": [1.0, 2.0]}), is_tree([1.0, 2.0])
    (True, False)
    """
    if isinstance(x, list | tuple):
        return hasattr(x, "_fields") or any(isinstance(part, np.ndarray) or is_tree(part) for part in x)
    return isinstance(x, dict)


def ravel(x: Any, name: str = "x") -> tuple[Vector, Leaf | Branch]:
    """Lay a tree of arrays out as one vector.

    Parameters
    ----------
    x
        A tree of arrays, or one array, of integers or floats.
    name
        What the errors call it.

    Returns
    -------
    tuple
        The numbers as float64, a copy, shape (n,), in the order in which the tree holds them; and a function that
        makes the tree out of a vector again. The latter also takes arrays of shape (..., n), whose leading axes
        each array of the tree then has.

    Raises
    ------
    TypeError
        If a part of the tree does not hold real numbers; the message names the part.
    ValueError
        If there are no numbers at all, or a part is ragged.

    Examples
    --------
    >>> vector, unravel = ravel({"weights": np.ones((2, 2)), "bias": 3})
    >>> vector
    array([1., 1., 1., 1., 3.])
    >>> unravel(2 * vector)
    {'weights': array([[2., 2.],
           [2., 2.]]), 'bias': array(6.)}
    """
    leaves = list(_leaves(x, name))
    stops = list(accumulate(leaf.size for leaf in leaves))
    if not stops or stops[-1] == 0:
        raise ValueError(f"{name} must hold at least one number, got {x!r}")
    places = iter(Leaf(stop - leaf.size, stop, leaf.shape) for leaf, stop in zip(leaves, stops, strict=True))
    return np.concatenate([leaf.ravel() for leaf in leaves]), _structure(x, places)


def place(x: Any, number: int) -> tuple[Any, ...]:
    """Say where in a tree a number of its vector stands: the keys on the way, then the index in the array.

    Parameters
    ----------
    x
        A tree of arrays, or one array.
    number
        Which element of the vector that `ravel` makes of it, from 0.

    Examples
    --------
    >>> place({"bias": 3, "weights": np.ones((2, 2))}, 2)
    ('weights', 0, 1)
    """
    for key, part in _children(x) if _is_branch(x) else ():
        size = sum(leaf.size for leaf in _leaves(part, ""))
        if number < size:
            return key, *place(part, number)
        number -= size
    return tuple(map(int, np.unravel_index(number, np.shape(x))))


def _children(x: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(x, dict):
        return iter(x.items())
    return zip(x._fields, x, strict=True) if hasattr(x, "_fields") else iter(enumerate(x))


def _leaves(x: Any, name: str) -> Iterator[NDArray[np.float64]]:
    if _is_branch(x):
        for key, part in _children(x):
            yield from _leaves(part, f"{name}.{key}" if hasattr(x, "_fields") else f"{name}[{key!r}]")
        return
    array = np.asarray(x)
    if array.dtype.kind not in "iuf":
        raise TypeError(
            f"{name} must hold real numbers, got {array.dtype} from {type(x).__name__}; arrays, numbers, and lists, "
            "tuples, named tuples and dictionaries of them will do"
        )
    yield array.astype(np.float64, copy=False)


def _is_branch(x: Any) -> bool:
    # An empty list among arrays is an empty branch, so that the tree keeps its shape.
    return is_tree(x) or (isinstance(x, list | tuple) and not x)


def _structure(x: Any, places: Iterator[Leaf]) -> Leaf | Branch:
    if not _is_branch(x):
        return next(places)
    make: Any
    if isinstance(x, dict):
        empty = copy(x)
        empty.clear()
        make = _Dictionary(empty, tuple(x))
    else:
        make = getattr(type(x), "_make", type(x))
    return Branch(make, tuple(_structure(part, places) for _, part in _children(x)))
