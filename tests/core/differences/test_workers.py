import multiprocessing.pool
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
import pytest
from scipy.optimize import rosen, rosen_der, rosen_hess  # type: ignore[import-untyped]

from fallline.differences import central, forward, gradient, hessian, jacobian

x = np.array([0.3, 1.2, -0.7, 2.0])


def counting_map(calls: list[int], function: Any, items: Any) -> Any:
    results = [function(item) for item in items]
    calls.append(len(results))
    return results


def tree_loss(tree: Any) -> Any:
    return rosen(tree["x"])


def failing(x: Any) -> Any:
    raise KeyError("a fault of f")


def ending(x: Any) -> Any:
    import os

    os._exit(3)


@pytest.mark.parametrize("scheme", [forward, central, "complex"])
@pytest.mark.parametrize("vectorized", [False, True])
def test_map_gives_the_same_bits(scheme: Any, vectorized: bool) -> None:
    calls: list[int] = []

    slope = gradient(rosen, x, scheme, vectorized=vectorized, workers=partial(counting_map, calls))

    assert slope.tobytes() == gradient(rosen, x, scheme).tobytes()
    assert calls


def test_each_evaluation_is_an_item() -> None:
    calls: list[int] = []

    gradient(rosen, x, central, workers=partial(counting_map, calls))

    assert calls == [8]


@pytest.mark.parametrize("vectorized", [False, True])
def test_jacobian_and_hessian_are_spread_too(vectorized: bool) -> None:
    with ThreadPoolExecutor(2) as pool:
        slopes = jacobian(np.sin, x, vectorized=vectorized, workers=pool.map)
        curvature = hessian(rosen, x, vectorized=vectorized, workers=pool.map)

    np.testing.assert_allclose(slopes, np.diag(np.cos(x)), atol=1e-9)
    np.testing.assert_allclose(curvature, rosen_hess(x), atol=1e-4)


def test_futures_are_waited_for() -> None:
    with ThreadPoolExecutor(2) as pool:

        def dask_like(function: Any, items: Any) -> Any:
            return [pool.submit(function, item) for item in items]

        slope = gradient(rosen, x, workers=dask_like)

    assert slope.tobytes() == gradient(rosen, x).tobytes()


def test_pool_of_threads_will_do() -> None:
    with multiprocessing.pool.ThreadPool(2) as pool:
        slope = gradient(lambda p: rosen(p["x"]), {"x": x}, workers=pool.map)

    np.testing.assert_allclose(slope["x"], rosen_der(x), rtol=1e-7)


def test_processes_evaluate_functions_of_trees() -> None:
    slope = gradient(tree_loss, {"x": x}, workers=2)

    assert slope["x"].tobytes() == gradient(rosen, x).tobytes()


def test_fault_of_the_function_arrives_as_it_is() -> None:
    with pytest.raises(KeyError, match="a fault of f"):
        gradient(failing, x, workers=2)


def test_process_that_ends_is_reported() -> None:
    with pytest.raises(RuntimeError, match="a worker process ended before its work"):
        gradient(ending, x, workers=2)


def test_function_that_cannot_be_sent_is_refused_with_advice() -> None:
    with pytest.raises(
        TypeError, match=r"workers=2 sends f to other processes, but it cannot be pickled .*ThreadPool"
    ):
        gradient(lambda x: x.sum(), x, workers=2)


@pytest.mark.parametrize("workers", [None, 1, np.int64(1)])
def test_one_worker_is_no_pool(workers: Any) -> None:
    slope = gradient(lambda x: rosen(x), x, workers=workers)

    assert slope.tobytes() == gradient(rosen, x).tobytes()


@pytest.mark.parametrize("workers", [0, -2])
def test_number_that_is_none_is_refused(workers: int) -> None:
    with pytest.raises(ValueError, match="workers must be positive, or -1 for one process on each core, got"):
        gradient(rosen, x, workers=workers)


@pytest.mark.parametrize("workers", ["2", 2.0, True])
def test_worker_that_is_none_is_refused(workers: Any) -> None:
    with pytest.raises(TypeError, match="workers must be an int or a map-like callable, got"):
        gradient(rosen, x, workers=workers)


def test_pool_in_the_place_of_its_map_is_refused_with_advice() -> None:
    with ThreadPoolExecutor(1) as pool, pytest.raises(TypeError, match=r"got .*; pass its map"):
        gradient(rosen, x, workers=pool)  # type: ignore[arg-type]
