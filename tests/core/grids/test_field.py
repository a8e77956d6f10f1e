"""The slope field against np.gradient, bit for bit, and its memory against tracemalloc."""

import tracemalloc
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallline import grids
from fallline.grids.field import _slabs

EDGES: list[Literal[1, 2]] = [1, 2]

each_edge = pytest.mark.parametrize("edge_order", EDGES)


def uneven(count: int, seed: int) -> Any:
    return np.cumsum(np.random.default_rng(seed).uniform(0.1, 1.0, count))


def theirs(samples: Any, grid: grids.Grid, edge_order: Literal[1, 2]) -> list[Any]:
    slopes: Any = np.gradient(samples, *grid.axes, edge_order=edge_order)
    return list(slopes) if isinstance(slopes, tuple) else [slopes]


def assert_is_numpys(samples: Any, grid: grids.Grid, edge_order: Literal[1, 2], workspace: int) -> None:
    ours = grids.gradient_field(samples, grid, edge_order, workspace)
    for slope, reference in zip(ours, theirs(samples, grid, edge_order), strict=True):
        assert slope.dtype == reference.dtype
        assert slope.tobytes() == reference.tobytes()


SHAPES = [(3,), (50,), (1000,), (7, 5), (3, 90), (90, 3), (12, 11, 10), (3, 4, 40), (5, 4, 3, 6)]


@each_edge
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("spacing", ["even", "linspace", "uneven"])
@pytest.mark.parametrize("workspace", [1, 3000, 10**9])
def test_field_has_numpys_bits_however_it_is_cut(
    shape: Any, spacing: str, workspace: int, edge_order: Literal[1, 2]
) -> None:
    makers: dict[str, Callable[[int, int], Any]] = {
        "even": lambda n, k: 0.25 * np.arange(n) - k,
        "linspace": lambda n, k: np.linspace(-0.7 - k, 1.3, n),
        "uneven": uneven,
    }
    grid = grids.Grid(tuple(makers[spacing](n, k) for k, n in enumerate(shape)))
    samples = np.random.default_rng(1).normal(size=shape)

    assert_is_numpys(samples, grid, edge_order, workspace)


@each_edge
@pytest.mark.parametrize("odd", [0, 1, 20, 38])
def test_axis_that_is_uneven_in_one_place_has_numpys_bits_everywhere(
    odd: int, edge_order: Literal[1, 2]
) -> None:
    gaps = np.full(39, 0.1875)
    gaps[odd] = 0.3
    grid = grids.Grid((np.r_[0.0, np.cumsum(gaps)], np.array([0.0, 1.0, 3.0])))
    samples = np.random.default_rng(2).normal(size=(40, 3))

    for workspace in (1, 600, 900):
        assert_is_numpys(samples, grid, edge_order, workspace)


@settings(max_examples=60)
@given(
    gaps=st.lists(st.sampled_from([0.5, 0.75]), min_size=2, max_size=30),
    edge_order=st.sampled_from(EDGES),
    workspace=st.integers(1, 1500),
)
def test_no_pattern_of_gaps_changes_a_bit(gaps: Any, edge_order: Literal[1, 2], workspace: int) -> None:
    grid = grids.Grid((np.r_[0.0, np.cumsum(gaps)],))
    samples = np.random.default_rng(3).normal(size=grid.shape)

    assert_is_numpys(samples, grid, edge_order, workspace)


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64, np.int8, np.uint8, np.int32, np.int64])
def test_field_has_numpys_type(kind: Any) -> None:
    grid = grids.Grid((uneven(30, 1), uneven(20, 2)))
    samples = np.random.default_rng(4).integers(0, 100, (30, 20)).astype(kind)

    assert_is_numpys(samples, grid, 2, 1000)


def test_nan_spoils_its_neighbours_and_not_itself() -> None:
    samples = np.arange(7.0)
    samples[3] = np.nan

    (slope,) = grids.gradient_field(samples, grids.Grid((np.arange(7.0),)), workspace=1)

    assert np.flatnonzero(np.isnan(slope)).tolist() == [2, 4]


@given(st.integers(2, 60), st.integers(1, 5000))
def test_slabs_fill_every_row_once_and_see_beyond_their_own(length: int, workspace: int) -> None:
    slabs = list(_slabs((length, 3), 0, workspace))

    filled = [row for slab in slabs for row in range(slab.target.start, slab.target.stop)]
    assert filled == list(range(length))
    for slab in slabs:
        seen = range(slab.taken.start, slab.taken.stop)
        assert len(seen) >= min(3, length)
        assert max(slab.target.start - 1, 0) in seen
        assert min(slab.target.stop, length - 1) in seen
        assert seen[slab.kept] == range(slab.target.start, slab.target.stop)


# Accuracy


@each_edge
def test_field_nears_the_slope_as_the_square_of_the_spacing(edge_order: Literal[1, 2]) -> None:
    def error(count: int) -> float:
        grid = grids.even_grid([(0.0, 2.0), (0.0, 2.0)], count)
        x, y = np.meshgrid(*grid.axes, indexing="ij")
        along_x, along_y = grids.gradient_field(np.sin(x) * np.exp(y), grid, edge_order)
        inside = (slice(1, -1),) * 2
        errors = (along_x - np.cos(x) * np.exp(y), along_y - np.sin(x) * np.exp(y))
        return float(max(np.abs(e if edge_order == 2 else e[inside]).max() for e in errors))

    assert error(41) / error(81) == pytest.approx(4.0, rel=0.1)


def test_parabola_on_an_uneven_grid_has_its_exact_slope() -> None:
    x = uneven(40, 5)

    (slope,) = grids.gradient_field(x**2, grids.Grid((x,)), edge_order=2)

    np.testing.assert_allclose(slope, 2.0 * x, rtol=1e-10)


# Memory


def peak(work: Callable[[], Any]) -> int:
    tracemalloc.start()
    try:
        kept = work()
        return tracemalloc.get_traced_memory()[1] if kept is not None else 0
    finally:
        tracemalloc.stop()


BIG = [(2_000_000,), (1500, 1400), (130, 120, 110), (1_000_000, 2), (2, 700_000)]


@pytest.mark.parametrize("shape", BIG, ids=str)
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_memory_is_what_was_said_before(shape: Any, kind: Any) -> None:
    grid = grids.Grid(tuple(uneven(n, k) for k, n in enumerate(shape)))
    samples = np.ones(shape, kind)

    used = peak(lambda: grids.gradient_field(samples, grid, workspace=1_000_000))

    said = grids.field_memory(shape, samples.itemsize, workspace=1_000_000)
    result = len(shape) * samples.nbytes
    assert used == pytest.approx(said, rel=0.05)
    assert used <= result + 1_100_000


@pytest.mark.parametrize("shape", [(2_000_000,), (1500, 1400), (130, 120, 110)], ids=str)
@pytest.mark.parametrize("even", [True, False])
def test_numpys_own_memory_is_what_was_said_before(shape: Any, even: bool) -> None:
    axes = [np.arange(n) * 0.5 if even else uneven(n, k) for k, n in enumerate(shape)]
    samples = np.ones(shape)

    used = peak(lambda: np.gradient(samples, *axes))

    assert used == pytest.approx(grids.numpy_memory(shape, even), rel=0.05)


# What is refused


@pytest.mark.parametrize(
    ("samples", "edge_order", "error", "message"),
    [
        (4.0, 1, ValueError, r"np.gradient of one number is \(\): it takes samples of a function"),
        ([1.0, 2.0], 1, ValueError, r"must have the shape of the grid, \(3,\), got \(2,\)"),
        ([[1.0, 2.0, 3.0]], 1, ValueError, r"must have the shape of the grid, \(3,\), got \(1, 3\)"),
        ([True, False, True], 1, TypeError, "samples must be real numbers, got bool"),
        ([1j, 2j, 3j], 1, TypeError, "samples must be real numbers, got complex128"),
        (["a", "b", "c"], 1, TypeError, "samples must be real numbers"),
        ([1.0, 2.0, 3.0], 3, ValueError, "edge_order must be 1 or 2, got 3"),
        ([1.0, 2.0, 3.0], 0, ValueError, "edge_order must be 1 or 2, got 0"),
    ],
)
def test_samples_that_have_no_slope_are_refused(
    samples: Any, edge_order: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        grids.gradient_field(samples, grids.Grid((np.arange(3.0),)), edge_order)


def test_second_order_at_the_edges_needs_three_samples() -> None:
    grid = grids.Grid((np.arange(2.0), np.arange(3.0)))

    with pytest.raises(ValueError, match="edge_order 2 needs at least 3 samples along each axis"):
        grids.gradient_field(np.ones((2, 3)), grid, edge_order=2)
