"""What a grid sees of a surface: its samples, what np.gradient makes of them, and how far that is off the true slope."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline.grids import Grid, Ripple, Sampled, even_grid, sampled, uneven_grid
from fallline_app.surfaces import slope_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fallline.grids.field import EdgeOrder
    from fallline_app.surfaces import Domain, Surface

    Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Spacing:
    """How a grid is spaced: so many samples along each axis, evenly or where chance puts them, and what happens at its edges."""

    samples: int
    seed: int | None
    edge_order: EdgeOrder

    def grid(self, domain: Domain) -> Grid:
        """Return the grid on a domain."""
        if self.seed is None:
            return even_grid(domain, self.samples)
        return uneven_grid(domain, self.samples, np.random.default_rng(self.seed))


@dataclass(frozen=True, eq=False)
class Look:
    """A function as a grid sees it; `ripple` is what it has besides the surface, if anything, and no sample sees."""

    surface: Surface
    spacing: Spacing
    samples: Sampled
    ripple: Ripple | None
    function: fl.Objective

    @property
    def grid(self) -> Grid:
        """Where the samples are."""
        return self.samples.grid

    @cached_property
    def seen(self) -> Numbers:
        """The slope that np.gradient makes of the samples, shape (2, x, y)."""
        return np.stack(self.samples.field)

    @cached_property
    def true(self) -> Numbers:
        """The function's own slope at each sample, shape (2, x, y)."""
        with np.errstate(all="ignore"):
            return np.reshape(slope_of(self.function)(self.grid.points()), (2, *self.grid.shape))

    @cached_property
    def error(self) -> Numbers:
        """How far one is off the other at each sample, shape (x, y)."""
        return _length(self.seen - self.true)

    @property
    def inside(self) -> float:
        """The median error inside."""
        return median(self.error[1:-1, 1:-1])

    @property
    def edges(self) -> float:
        """The median error at the edges."""
        return median(self.error[is_edge(self.grid)])


def look(surface: Surface, spacing: Spacing, ripple: float) -> Look:
    """Sample a surface with a ripple, which is so high in parts of the samples' median height, once at each point of a grid."""
    objective = surface.objective
    grid = spacing.grid(_plane(objective))
    wave = None
    # Samples may be infinite, and differences of them no numbers.
    with np.errstate(all="ignore"):
        heights = grid.sample(objective)
        heights = heights[np.isfinite(heights)]
        if ripple and heights.size:
            wave = Ripple(grid, float(f"{ripple * (np.median(heights) - heights.min()):.3g}"))
        function = objective if wave is None else rippled(objective, wave)
        return Look(surface, spacing, sampled(function, grid, spacing.edge_order), wave, function)


def rippled(objective: fl.Objective, ripple: Ripple) -> fl.Objective:
    """Return a surface with a ripple on it: another function, of which nobody knows the minima."""

    def slope(x: Any) -> Any:
        return objective.gradient(x) + ripple.gradient(x)

    has_formula = objective.gradient is not fl.objectives.no_formula
    return replace(
        objective,
        name=f"{objective.name} with a ripple",
        function=lambda x: objective(x) + ripple(x),
        gradient=slope if has_formula else fl.objectives.no_formula,
        minima=(),
        minimum=nan,
        curvature=None,
        hessian=None,
    )


def is_edge(grid: Grid) -> NDArray[np.bool_]:
    """Tell of each sample whether it is at an edge, where there is no neighbour on one side."""
    edge = np.ones(grid.shape, dtype=bool)
    edge[1:-1, 1:-1] = False
    return edge


def median(values: Numbers) -> float:
    """Return the median of those that are finite, NaN where none is."""
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if finite.size else nan


def _length(vectors: Numbers) -> Numbers:
    with np.errstate(all="ignore"):
        # Not hypot, which C libraries round as they like: the browser's numbers equal these.
        return np.asarray(np.sqrt(vectors[0] * vectors[0] + vectors[1] * vectors[1]))


def _plane(objective: fl.Objective) -> Domain:
    along_x, along_y = objective.domain
    return along_x, along_y
