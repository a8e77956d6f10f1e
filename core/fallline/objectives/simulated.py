"""Objectives made of a simulation: any function of plain numbers that returns one."""

from collections.abc import Callable
from functools import partial
from math import nan
from typing import Any

import numpy as np

from fallline.arrays import Points, as_number
from fallline.objectives.objective import Objective, no_formula


def black_box(
    simulation: Callable[..., Any],
    domain: tuple[tuple[float, float], ...],
    start: tuple[float, ...],
    name: str = "Black box",
) -> Objective:
    """Make an objective of a simulation, which is called with one number after the other and of which nothing is known.

    Parameters
    ----------
    simulation
        A function of n numbers that returns one real number. It may branch and loop as it likes, since it is called for
        one point at a time.
    domain
        The part worth looking at: (low, high) of each number.
    start
        A point inside it.
    name
        What people call it.

    Raises
    ------
    ValueError
        If `domain` and `start` are not of one length.
    TypeError
        When it is evaluated, if the simulation returns no real number.

    Examples
    --------
    >>> f = black_box(lambda a, b: 1.0 if a > b else 0.0, domain=((0.0, 1.0), (0.0, 1.0)), start=(0.9, 0.1))
    >>> f(np.array([0.9, 0.1])), f(np.array([[0.9, 0.1], [0.1, 0.9]]))
    (1.0, array([1., 0.]))
    """
    if len(domain) != len(start):
        raise ValueError(f"domain and start must be of one length, got {len(domain)} and {len(start)}")
    return Objective(
        name=name,
        function=partial(_answer, simulation),
        gradient=no_formula,
        domain=domain,
        start=start,
        minima=(),
        minimum=nan,
    )


def _answer(simulation: Callable[..., Any], x: Points) -> Any:
    if x.ndim == 1:
        return as_number(simulation(*x.tolist()))
    return np.array([as_number(simulation(*point)) for point in x.T.tolist()])
