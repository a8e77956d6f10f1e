"""What a network learns from: made, painted or brought, parted into what it sees and what it is tested on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

import fallline as fl
from fallline_app.painting import REACH, decode, placed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Points = NDArray[np.float64]
    Targets = NDArray[Any]

MAKERS: dict[str, Callable[..., tuple[Points, Targets]]] = {
    "circles": fl.datasets.circles,
    "moons": fl.datasets.moons,
    "xor": fl.datasets.xor,
    "spirals": fl.datasets.spirals,
    "gaussians": fl.datasets.gaussians,
    "checkerboard": fl.datasets.checkerboard,
    "tilted_plane": fl.datasets.tilted_plane,
    "bumps": fl.datasets.bumps,
}
# Of these the targets are numbers.
HEIGHTS = ("tilted_plane", "bumps")
PAINTED, FILE = "painted", "file"
# As many points and columns as can still be told apart, and drawn.
MOST_CLASSES, MOST_COLUMNS, MOST_ROWS = 8, 12, 2000
# The room around the points, as a share of their extent.
ROOM = 0.08
NAMES = ("A", "B")

# What a network can be given of a point: what it is called, and how Python writes it.
INPUTS = {
    "x": "x",
    "y": "y",
    "x²": "x**2",
    "y²": "y**2",
    "xy": "x * y",
    "sin 4x": "np.sin(4 * x)",
    "sin 4y": "np.sin(4 * y)",
}


@dataclass(frozen=True, eq=False)
class Data:
    """Points and targets to learn from, and others to be tested on.

    `points` and `test` have shape (n, columns), of which the map shows the first two; `region` is the part of the plane
    that it shows, and `names` says what the columns are called. Targets are classes, which `kinds` names, or numbers of
    what `target` is called, in units of `spread` around `middle`. `held` is the share that was held back, and where a
    class is missing, `trouble` says so.
    """

    points: Points
    targets: Targets
    test: Points
    test_targets: Targets
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    region: tuple[tuple[float, float], tuple[float, float]]
    held: float
    trouble: str = ""
    target: str = ""
    middle: float = 0.0
    spread: float = 1.0

    @property
    def is_classed(self) -> bool:
        """Whether targets are classes, and not numbers."""
        return bool(self.kinds)

    @property
    def outputs(self) -> int:
        """How many outputs a network needs: one for numbers and for two classes, else one for each."""
        return len(self.kinds) if len(self.kinds) > 2 else 1

    @property
    def reach(self) -> float:
        """How far numbers are from their middle at most, in units of `spread`."""
        return float(np.abs(np.concatenate([self.targets, self.test_targets])).max(initial=0.0)) or 1.0


def made(name: str, count: int, noise: float, seed: int, held: float) -> Data:
    """Make points of two classes, or with a number each."""
    points, targets = MAKERS[name](count, noise=noise, rng=seed)
    data = _parted(points, targets, seed, held, ("x", "y"), NAMES, _square(points))
    return replace(data, kinds=(), target="z") if name in HEIGHTS else data


def painted(text: str, seed: int, held: float) -> Data:
    """Read points that somebody painted.

    Raises
    ------
    ValueError
        If the text is none of painted points.
    """
    grid, classes = decode(text)
    counts = np.bincount(classes, minlength=2)
    region = ((-REACH, REACH), (-REACH, REACH))
    if counts.min() < 2:
        trouble = (
            f"There are {counts[0]} points of class A and {counts[1]} of class B: paint at least two of each."
        )
        nobody = np.empty((0, 2)), np.empty(0, np.int64)
        return Data(placed(grid), classes, *nobody, ("x", "y"), NAMES, region, held, trouble)
    return _parted(placed(grid), classes, seed, held, ("x", "y"), NAMES, region)


def brought(table: fl.datasets.Table, seed: int, held: float) -> Data:
    """Take a table's columns on one scale: mean 0 and standard deviation 1 of those that are learnt from."""
    rows = some_rows(len(table.y), seed)
    targets = table.y[rows].astype(np.int64 if table.classes else np.float64)
    held = _enough(held, targets)
    points, targets, test, test_targets = fl.datasets.split(table.X[rows], targets, held, chance(seed))
    points, scaling = fl.datasets.standardise(points)
    test = scaling(test)
    region = _region(np.concatenate([points, test])[:, :2])
    data = Data(points, targets, test, test_targets, table.names, table.classes, region, held)
    return data if table.classes else _scaled(replace(data, target=table.target))


def _scaled(data: Data) -> Data:
    """Take numbers on the scale of their columns: mean 0 and standard deviation 1 of those that are learnt from."""
    targets, scaling = fl.datasets.standardise(data.targets[:, None])
    test = scaling(data.test_targets[:, None])
    (middle,), (spread,) = scaling.mean.tolist(), scaling.spread.tolist()
    return replace(data, targets=targets[:, 0], test_targets=test[:, 0], middle=middle, spread=spread)


def some_rows(count: int, seed: int) -> NDArray[np.intp]:
    """Return which rows of a table are taken: all, or of very many some by chance."""
    if count <= MOST_ROWS:
        return np.arange(count)
    return np.sort(np.random.default_rng([seed, 3]).permutation(count)[:MOST_ROWS])


def nothing(trouble: str) -> Data:
    """Return no points, and what to do about it."""
    points, classes = np.empty((0, 2)), np.empty(0, np.int64)
    region = ((-REACH, REACH), (-REACH, REACH))
    return Data(points, classes, points, classes, ("x", "y"), NAMES, region, 0.3, trouble)


def read_table(content: bytes, target: str | None = None) -> fl.datasets.Table:
    """Read a file that a network of this page can learn from.

    Raises
    ------
    ValueError
        If it is no table, or has too few or too many columns or classes, or a class of a single row; the message says
        what to do.
    """
    table = fl.datasets.read_csv(content, target=target)
    if not table.classes and _are_classes(table.y):
        table = fl.datasets.read_csv(content, target=target, classes=True)
    check_table(table)
    return table


def _are_classes(numbers: Targets) -> bool:
    """Whether numbers are meant as classes: a few whole ones that come again and again, or a single one."""
    kinds = np.unique(numbers)
    few = len(kinds) <= MOST_CLASSES and len(kinds) < len(numbers) and (kinds == np.rint(kinds)).all()
    return bool(few or len(kinds) == 1)


def check_table(table: fl.datasets.Table) -> None:
    """Refuse a table that a network of this page cannot learn from."""
    columns, kinds = len(table.names), len(table.classes)
    if not 2 <= columns <= MOST_COLUMNS:
        raise ValueError(
            f"there are {columns} columns of numbers beside {table.target!r}; from 2 to {MOST_COLUMNS} can be drawn"
        )
    if kinds > MOST_CLASSES:
        raise ValueError(
            f"column {table.target!r}, which is to be predicted, holds {kinds} classes; at most {MOST_CLASSES} can be told apart here"
        )
    if not kinds:
        return
    counts = np.bincount(table.y.astype(np.int64), minlength=kinds)
    if counts.min() < 2:
        lone = table.classes[int(counts.argmin())]
        raise ValueError(
            f"class {lone!r} of {table.target!r} has a single row; each needs two, to learn and to test"
        )


def given(points: Points, inputs: tuple[str, ...]) -> Points:
    """Return what a network is given of points of the plane, shape (n, inputs)."""
    known = {"np": np, "x": points[:, 0], "y": points[:, 1]}
    return np.stack([eval(INPUTS[name], known) for name in inputs], axis=1)


def _parted(
    points: Points,
    targets: Targets,
    seed: int,
    held: float,
    names: tuple[str, ...],
    kinds: tuple[str, ...],
    region: tuple[tuple[float, float], tuple[float, float]],
) -> Data:
    held = _enough(held, targets)
    return Data(*fl.datasets.split(points, targets, held, chance(seed)), names, kinds, region, held)


def chance(seed: int) -> np.random.Generator:
    """Return what parts the points: with the numbers that made them, it would hold back one side of a circle."""
    return np.random.default_rng([seed, 1])


def _enough(held: float, targets: Targets) -> float:
    """Return a share of which every class gives at least one: of few points, more must be held back."""
    counts = np.bincount(targets) if targets.dtype.kind in "iu" else np.array([len(targets)])
    return max(held, min(0.5, float(np.ceil(51.0 / counts[counts > 0].min())) / 100.0))


def _square(points: Points) -> tuple[tuple[float, float], tuple[float, float]]:
    low, high = points.min(axis=0), points.max(axis=0)
    middle, half = (low + high) / 2.0, (0.5 + ROOM) * float((high - low).max())
    (left, bottom), (right, top) = np.round(middle - half, 3).tolist(), np.round(middle + half, 3).tolist()
    return (left, right), (bottom, top)


def _region(points: Points) -> tuple[tuple[float, float], tuple[float, float]]:
    low, high = points.min(axis=0), points.max(axis=0)
    room = ROOM * np.where(high > low, high - low, 1.0)
    (left, bottom), (right, top) = (low - room).tolist(), (high + room).tolist()
    return (left, right), (bottom, top)
