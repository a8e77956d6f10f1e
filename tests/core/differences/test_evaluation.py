import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from fallline.differences import central, central8, forward, gradient, hessian, jacobian
from fallline.differences.evaluation import MEMORY

MEGABYTE = 10**6


def peak(run: Callable[[], object]) -> int:
    """The most bytes that were held at once while something ran, beside what was held before."""
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        run()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def chained(x: Any) -> Any:
    return (100.0 * (x[1:] - x[:-1] ** 2) ** 2 + (1.0 - x[:-1]) ** 2).sum(axis=0)


def cheap(x: Any) -> Any:
    return x[0] * x[-1]


@pytest.mark.parametrize("memory", [2 * MEGABYTE, MEMORY, 64e6])
def test_gradient_of_a_vectorized_function_keeps_to_its_memory(memory: int) -> None:
    x = np.linspace(0.5, 1.5, 2000)

    held = peak(lambda: gradient(chained, x, vectorized=True, memory=memory))

    assert held < memory + 3 * MEGABYTE
    assert 8 * x.size * 2 * x.size > 60 * MEGABYTE


# With the smaller one each batch is a single point, and there are as many results as points.
@pytest.mark.parametrize("memory", [MEGABYTE, MEMORY])
def test_gradient_whose_batch_would_take_gigabytes_keeps_to_its_memory(memory: int) -> None:
    x = np.linspace(0.5, 1.5, 20_000)

    held = peak(lambda: gradient(cheap, x, vectorized=True, memory=memory))

    assert held < memory + 3 * MEGABYTE
    assert 8 * x.size * 2 * x.size > 6000 * MEGABYTE


@pytest.mark.parametrize("vectorized", [False, True])
def test_values_of_another_shape_are_refused_and_not_spread(vectorized: bool) -> None:
    def shrinking(x: Any) -> Any:
        return np.ones((1 if x[2] != 1.0 else 3, *x.shape[1:]))

    with pytest.raises(ValueError, match=r"same shape at every point, got \(1,\) after \(3,\)"):
        jacobian(shrinking, np.ones(3), vectorized=vectorized, memory=1)


def test_jacobian_keeps_to_its_memory_beside_its_result() -> None:
    x = np.linspace(0.5, 1.5, 800)
    result = 8 * x.size * x.size

    for vectorized in (False, True):
        held = peak(lambda v=vectorized: jacobian(np.sin, x, vectorized=v, memory=4 * MEGABYTE))  # type: ignore[misc]

        assert held < result + 7 * MEGABYTE


def test_hessian_keeps_to_its_memory_beside_its_result() -> None:
    x = np.linspace(0.5, 1.5, 200)

    held = peak(lambda: hessian(chained, x, vectorized=True, memory=MEGABYTE))

    assert held < 8 * x.size * x.size + 4 * MEGABYTE


@pytest.mark.parametrize("scheme", [forward, central, central8], ids=lambda scheme: scheme.name)
@pytest.mark.parametrize("memory", [1, 1000, 10_000])
def test_parts_give_what_the_whole_gives(scheme: Any, memory: int) -> None:
    x = np.linspace(0.5, 1.5, 7)

    in_parts = gradient(chained, x, scheme, vectorized=True, memory=memory)

    np.testing.assert_array_equal(in_parts, gradient(chained, x, scheme, vectorized=True))
    np.testing.assert_allclose(
        jacobian(np.cos, x, scheme, vectorized=True, memory=memory), jacobian(np.cos, x, scheme), atol=1e-13
    )


def test_every_point_is_evaluated_once_whatever_the_parts() -> None:
    x, seen = np.linspace(0.5, 1.5, 7), []

    def f(points: Any) -> Any:
        seen.extend(points.T.tolist())
        return points.sum(axis=0)

    gradient(f, x, forward, vectorized=True, memory=700)

    assert seen[0] == x.tolist()
    assert len(seen) == len({tuple(point) for point in seen}) == 8
