"""Stencils of one's own: the weights of any offsets, solved exactly."""

from collections.abc import Iterable
from functools import lru_cache
from math import factorial, isfinite
from typing import TYPE_CHECKING

from fallline.differences.schemes import Scheme

if TYPE_CHECKING:
    from fractions import Fraction


def stencil(offsets: Iterable[float], name: str = "") -> Scheme:
    """Make the scheme of highest order that looks at given offsets.

    The weights solve Σ cₖ oₖʲ = [j = 1] for j = 0 … K − 1, in exact fractions; the order is the number of further
    powers for which the sum stays right, which symmetric offsets raise by one.

    Parameters
    ----------
    offsets
        Where f is evaluated, in steps from x: at least two different numbers, in any order.
    name
        What to call the scheme; the offsets unless it is given.

    Raises
    ------
    ValueError
        If there are less than two offsets, two are equal, or one is not finite.

    Notes
    -----
    Fornberg, "Generation of finite difference formulas on arbitrarily spaced grids", Mathematics of Computation 51
    (1988). An offset whose weight is 0 is left out, as the middle of a central difference.

    Examples
    --------
    >>> stencil([0, 1, 2])
    (0, 1, 2) difference: order 2, 2 evaluations a coordinate, 1 shared
    >>> stencil([0, 1, 2]).coefficients
    (-1.5, 2.0, -0.5)
    >>> from fallline import gradient
    >>> gradient(lambda x: x**3, 2.0, method=stencil([-2, -1, 1, 2], name="five-point")).round(9)
    np.float64(12.0)
    """
    places = tuple(sorted(float(offset) for offset in offsets))
    if len(places) < 2 or len(set(places)) < len(places) or not all(map(isfinite, places)):
        raise ValueError(f"offsets must be at least two different finite numbers, got {places}")
    return _solved(places, name or f"({', '.join(f'{place:g}' for place in places)})")


@lru_cache(maxsize=64)
def weights(offsets: tuple[float, ...], derivative: int) -> tuple[float, ...]:
    """Weigh the values at `offsets` for a derivative: Σ wₖ oₖʲ = j! [j = derivative], j = 0 … K − 1, each rounded once.

    Examples
    --------
    >>> weights((-1.0, 0.0, 1.0), derivative=2)
    (1.0, -2.0, 1.0)
    """
    return tuple(float(weight) for weight in _exact_weights(offsets, derivative))


@lru_cache(maxsize=64)
def _solved(offsets: tuple[float, ...], name: str) -> Scheme:
    kept = [(o, c) for o, c in zip(offsets, _exact_weights(offsets, 1), strict=True) if c]
    order = len(offsets) - 1
    while sum(c * _fraction(o) ** (order + 1) for o, c in kept) == 0:
        order += 1
    return Scheme(name, tuple(o for o, _ in kept), tuple(float(c) for _, c in kept), order)


def _exact_weights(offsets: tuple[float, ...], derivative: int) -> "list[Fraction]":
    """Differentiate each Lagrange polynomial of the offsets at 0."""
    nodes = [_fraction(offset) for offset in offsets]
    found = []
    for k, node in enumerate(nodes):
        polynomial = [_fraction(factorial(derivative))]
        for other in nodes[:k] + nodes[k + 1 :]:
            polynomial = _times_line(polynomial, -other, node - other)
        found.append(polynomial[derivative] if derivative < len(polynomial) else _fraction(0))
    return found


def _times_line(polynomial: "list[Fraction]", constant: "Fraction", divisor: "Fraction") -> "list[Fraction]":
    """Multiply a polynomial, its coefficients in rising powers, by (t + constant) / divisor."""
    zero = _fraction(0)
    shifted, scaled = [zero, *polynomial], [*(constant * c for c in polynomial), zero]
    return [(a + b) / divisor for a, b in zip(shifted, scaled, strict=True)]


def _fraction(number: float) -> "Fraction":
    from fractions import Fraction

    return Fraction(number)
