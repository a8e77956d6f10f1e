"""How a family of objectives names and starts its members of each dimension."""

import numpy as np


def named(family: str, n: int) -> str:
    """Name the member of a family in `n` dimensions; the plane goes without saying.

    Parameters
    ----------
    family
        What people call the function.
    n
        How many coordinates.

    Raises
    ------
    TypeError
        If `n` is no whole number.
    ValueError
        If `n` is below 1.

    Examples
    --------
    >>> named("Levy", 2), named("Levy", 3)
    ('Levy', 'Levy in 3 dimensions')
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer):
        raise TypeError(f"n must be a whole number of coordinates, got {n!r}")
    if n < 1:
        raise ValueError(f"n must be at least 1, got {n}")
    return family if n == 2 else f"{family} in {n} dimension{'s' if n > 1 else ''}"


def alternating(n: int, first: float, second: float) -> tuple[float, ...]:
    """Make a point of `n` coordinates that takes two values in turn.

    Parameters
    ----------
    n
        How many coordinates.
    first, second
        The values.

    Examples
    --------
    >>> alternating(3, 1.0, -2.0)
    (1.0, -2.0, 1.0)
    """
    return tuple(second if i % 2 else first for i in range(n))
