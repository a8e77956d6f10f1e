from typing import Any, NamedTuple

import autograd.numpy as anp  # type: ignore[import-untyped]
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import rosen, rosen_der  # type: ignore[import-untyped]
from scipy.optimize._numdiff import approx_derivative  # type: ignore[import-untyped]
from tests.core.differences.cases import each_method, together_or_not

from fallline.differences import gradient
from fallline.differences.stochastic import RandomDirections, spsa

x = np.array([0.4, 1.3, -0.7, 2.1])


class Layer(NamedTuple):
    weights: Any
    bias: Any


def network(parameters: Any) -> Any:
    weights, bias = parameters["hidden"]
    hidden = anp.tanh(anp.array([0.5, -1.0]) @ weights + bias)
    return anp.sum((hidden @ parameters["out"][0]) ** 2) * parameters["out"][1]


PARAMETERS: dict[str, Any] = {
    "hidden": Layer(np.linspace(-1, 1, 6).reshape(2, 3), np.array([0.1, 0.2, 0.3])),
    "out": [np.linspace(0.5, 1.5, 3), 2.0],
}


def points(x: Any) -> Any:
    return np.stack([x[0] * x[1], np.sin(x[2]), x[0] ** 2 + x[3]])


# Trees


@each_method
def test_gradient_of_a_tree_is_autograds(method: Any) -> None:
    exact = grad(network)({**PARAMETERS, "hidden": tuple(PARAMETERS["hidden"])})

    slope = gradient(network, PARAMETERS, method)

    worst = 1e-6 if method.order == 1 else 1e-8
    assert type(slope["hidden"]) is Layer
    np.testing.assert_allclose(slope["hidden"].weights, exact["hidden"][0], atol=worst)
    np.testing.assert_allclose(slope["hidden"].bias, exact["hidden"][1], atol=worst)
    np.testing.assert_allclose(slope["out"][0], exact["out"][0], atol=worst)
    np.testing.assert_allclose(slope["out"][1], exact["out"][1], atol=worst)
    assert slope["out"][1].shape == ()


def test_step_and_bounds_can_be_trees() -> None:
    p = {"a": np.array([1.0, 2.0]), "b": 3.0}
    step = {"a": np.array([0.5, 0.25]), "b": 0.125}
    seen: list[Any] = []

    def f(p: Any) -> float:
        seen.append([*p["a"], float(p["b"])])
        return 0.0

    gradient(f, p, "central", step, bounds=({"a": np.array([0.5, 1.75]), "b": 2.875}, None))

    assert seen == [[0.5, 2, 3], [1, 1.75, 3], [1, 2, 2.875], [1.5, 2, 3], [1, 2.25, 3], [1, 2, 3.125]]


def test_equal_arrays_in_a_list_stay_a_list() -> None:
    slope = gradient(lambda p: (p[0] @ p[1]).sum(), [np.ones(2), 2 * np.ones(2)])

    assert isinstance(slope, list)
    np.testing.assert_allclose(slope, [[2, 2], [1, 1]], rtol=1e-9)


def test_vectorized_function_of_a_tree_gets_columns() -> None:
    slope = gradient(lambda p: p[0] * p[2], {"a": [1.0, 2.0], "b": 3.0}, vectorized=True)

    np.testing.assert_allclose(slope["a"], [3.0, 0.0], atol=1e-9)
    assert slope["b"] == pytest.approx(1.0)


@pytest.mark.parametrize("step", [{"a": [1.0]}, {"b": [1.0, 1.0]}, np.ones(2)])
def test_steps_of_another_tree_are_refused(step: Any) -> None:
    with pytest.raises(ValueError, match="step must be one number or have the shape of x, its tree, got"):
        gradient(lambda p: p["a"].sum(), {"a": [1.0, 2.0]}, step=step)


# Properties

vectors = hnp.arrays(np.float64, 4, elements=st.floats(-2, 2))


@each_method
@given(a=st.floats(-3, 3), b=st.floats(-3, 3), x=vectors)
def test_gradient_is_linear_in_the_function(method: Any, a: float, b: float, x: Any) -> None:
    def f(x: Any) -> Any:
        return np.sin(x).sum() + x[0] * x[1]

    def g(x: Any) -> Any:
        return np.exp(x[2]) * x[3]

    step = None if method.name == "complex" else 2.0**-10
    whole = gradient(lambda x: a * f(x) + b * g(x), x, method, step)

    parts = a * gradient(f, x, method, step) + b * gradient(g, x, method, step)
    np.testing.assert_allclose(whole, parts, atol=1e-10)


@each_method
@given(shape=hnp.array_shapes(min_dims=0, max_dims=3, max_side=3), data=st.data())
def test_shape_changes_no_slope(method: Any, shape: tuple[int, ...], data: Any) -> None:
    x = data.draw(hnp.arrays(np.float64, shape, elements=st.floats(-2, 2)))

    slope = gradient(lambda x: np.sin(x).sum(), x, method)

    flat = gradient(lambda x: np.sin(x).sum(), x.ravel(), method)
    assert slope.shape == shape
    assert slope.ravel().tolist() == flat.tolist()


# Accuracy beside SciPy's 3-point

SCALES = np.logspace(-8, 8, 33)
CURVES = [
    (np.log, lambda x: 1 / x),
    (np.sin, np.cos),
    (np.sqrt, lambda x: 0.5 / np.sqrt(x)),
    (np.square, lambda x: 2 * x),
]


def worst_digits(slope: Any, f: Any, exact: Any, places: Any) -> float:
    with np.errstate(all="ignore"):
        errors = [abs(np.ravel(slope(f, x))[0] / exact(x) - 1.0) for x in places]
    return max(error if np.isfinite(error) else 1e9 for error in errors)


@pytest.mark.parametrize(("f", "exact"), CURVES, ids=["log", "sin", "sqrt", "square"])
def test_central_keeps_four_digits_at_every_scale(f: Any, exact: Any) -> None:
    assert worst_digits(gradient, f, exact, SCALES) < 1e-4


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("f", "exact"), CURVES[:3], ids=["log", "sin", "sqrt"])
def test_scipys_three_points_lose_all_digits_at_some_scale(f: Any, exact: Any) -> None:
    assert worst_digits(approx_derivative, f, exact, SCALES) > 0.1


def test_central_is_as_close_as_scipys_three_points_where_x_is_about_one() -> None:
    places = np.random.default_rng(5).uniform(-2, 2, (50, 5))
    ours = [np.abs(gradient(rosen, x) - rosen_der(x)).max() for x in places]
    theirs = [np.abs(approx_derivative(rosen, x) - rosen_der(x)).max() for x in places]

    # Our steps are powers of two, a quarter longer than theirs at one.
    assert np.median(np.array(ours) / theirs) < 3.0


# Hostile inputs


@together_or_not
def test_function_of_several_values_is_sent_to_jacobian(vectorized: bool) -> None:
    with pytest.raises(
        (TypeError, ValueError), match=r"jacobian|must return shape \(8,\) for 8 points, got \(3, 8\)"
    ):
        gradient(points, x, vectorized=vectorized)


def test_function_that_returns_one_number_in_an_array_will_do() -> None:
    assert gradient(lambda x: x[:1] ** 2, x) == pytest.approx([0.8, 0, 0, 0])


def test_single_precision_is_taken_as_double() -> None:
    kinds = set()

    def f(x: Any) -> Any:
        kinds.add(x.dtype)
        return np.sin(x).sum()

    slope = gradient(f, x.astype(np.float32))

    assert kinds == {np.dtype(np.float64)}
    assert slope.dtype == np.float64
    np.testing.assert_allclose(slope, np.cos(x.astype(np.float32).astype(float)), rtol=1e-9)


@pytest.mark.parametrize("empty", [[], np.ones((0, 3)), {"a": np.ones(0)}])
def test_empty_point_is_refused(empty: Any) -> None:
    with pytest.raises(ValueError, match="x must hold at least one number"):
        gradient(np.sum, empty)


def test_infinite_values_make_slopes_that_are_not_finite() -> None:
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = gradient(lambda x: np.log(x).sum(), [0.0, 1.0], "forward")

    assert np.isinf(slope[0]) or np.isnan(slope[0])


@pytest.mark.parametrize("option", [{"step": 0.1}, {"bounds": (0.0, 1.0)}])
def test_automatic_method_takes_nothing_that_it_chooses_itself(option: Any) -> None:
    with pytest.raises(ValueError, match=f"method='automatic' takes no {next(iter(option))}, got"):
        gradient(rosen, x, "automatic", **option)


@pytest.mark.parametrize(
    "how", [{}, {"workers": map}, {"vectorized": True}, {"vectorized": True, "memory": 100}]
)
def test_automatic_method_gives_the_estimate(how: Any) -> None:
    def f(p: Any) -> Any:
        return rosen(p["x"]) if isinstance(p, dict) else rosen(p)

    slope = gradient(f, {"x": x}, "automatic", **how)

    np.testing.assert_allclose(slope["x"], rosen_der(x), rtol=1e-9)


def test_automatic_method_spreads_its_evaluations_over_workers() -> None:
    seen: list[int] = []

    def spread(function: Any, items: Any) -> Any:
        seen.append(len(items))
        return map(function, items)

    gradient(rosen, x, "automatic", workers=spread)

    assert sum(seen) >= 6 * x.size


def test_automatic_method_keeps_to_its_memory() -> None:
    widths = []

    def f(p: Any) -> Any:
        widths.append(p.shape[1])
        return (p**2).sum(axis=0)

    gradient(f, np.linspace(1.0, 2.0, 1000), "automatic", vectorized=True, memory=10**6)

    assert max(widths) * 8 * 1000 <= 10**6


@pytest.mark.parametrize("method", ["spsa", RandomDirections("gaussian", directions=3)])
@pytest.mark.parametrize("vectorized", [False, True])
def test_random_directions_take_trees_and_batches(method: Any, vectorized: bool) -> None:
    def f(p: Any) -> Any:
        return rosen(p if vectorized else np.append(p["x"], p["last"]))

    tree, chance = {"x": x[:-1], "last": x[-1]}, np.random.default_rng
    slope = gradient(f, tree, method, vectorized=vectorized, rng=chance(3))

    expected = (spsa if method == "spsa" else method)(rosen, x, rng=chance(3))
    np.testing.assert_allclose([*slope["x"], slope["last"]], expected, rtol=1e-12)


def test_random_directions_are_the_same_at_the_same_point() -> None:
    there = np.linspace(1.0, 2.0, 64)
    first, again, elsewhere = (gradient(rosen, point, "spsa", step=1e-3) for point in (there, there, -there))

    assert first.tolist() == again.tolist()
    assert abs(np.sign(first) @ np.sign(elsewhere)) < 40


@pytest.mark.parametrize("option", [{"bounds": (0.0, 1.0)}, {"workers": 2}])
def test_random_directions_refuse_what_they_cannot_heed(option: Any) -> None:
    with pytest.raises(ValueError, match=f"takes no {next(iter(option))}, got"):
        gradient(rosen, x, "spsa", **option)
