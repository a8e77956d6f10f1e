from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, rosen, rosen_der  # type: ignore[import-untyped]
from scipy.optimize._numdiff import approx_derivative  # type: ignore[import-untyped]

from fallline.differences import backward, central, gradient
from fallline.differences.schemes import SCHEMES

x = np.array([0.3, 1.2, -0.7, 2.0])
each_scheme = pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.name)


class Fenced:
    """A function that remembers where it was evaluated, and refuses to be evaluated outside its bounds."""

    def __init__(self, f: Any, low: Any, high: Any) -> None:
        self.f, self.low, self.high, self.points = f, low, high, 0

    def __call__(self, x: Any) -> Any:
        assert (x >= self.low).all()
        assert (x <= self.high).all()
        self.points += 1
        return self.f(x)


@each_scheme
@given(
    below=st.lists(st.just(0.0) | st.floats(1e-3, 1).map(lambda room: room**3), min_size=4, max_size=4),
    above=st.lists(st.floats(1e-3, 1).map(lambda room: room**3), min_size=4, max_size=4),
    scale=st.sampled_from([1e-6, 1.0, 1e6]),
)
def test_no_scheme_looks_beyond_the_bounds(scheme: Any, below: Any, above: Any, scale: float) -> None:
    low, high = scale * (x - below), scale * (x + above)
    f = Fenced(np.sum, low, high)

    gradient(f, np.clip(scale * x, low, high), scheme, bounds=(low, high))

    assert f.points > 0


@given(st.floats(0.01, 1e30), st.floats(1e-3, 1e30))
def test_a_step_that_is_far_too_long_is_shortened(step: float, room: float) -> None:
    f = Fenced(np.sum, -1e10, 1e-5 + room)

    slope = gradient(f, [-1e10, 1e-5], step=step, bounds=(f.low, f.high))

    assert slope == pytest.approx([1.0, 1.0], rel=1e-3)


def test_room_that_was_rounded_up_is_not_used_up() -> None:
    f = Fenced(np.sum, -(2.0**33), -1e-7)

    slope = gradient(f, [f.low], "forward", step=1e12, bounds=(f.low, f.high))

    assert f.high - f.low == 2.0**33
    assert slope == pytest.approx([1.0])


@each_scheme
@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_at_a_bound_the_order_is_kept(scheme: Any, side: float) -> None:
    bounds = (0.0, None) if side > 0 else (None, 0.0)
    h = 10.0 ** (-2 if scheme.order < 4 else -1)

    wide, narrow = (abs(gradient(np.exp, 0.0, scheme, s, bounds=bounds) - 1.0) for s in (2 * h, h))

    assert wide / narrow > 1.3 * 2.0 ** (scheme.order - 1)


@pytest.mark.parametrize("room", [0.0, 1e-7, 1e-6, 1e-5, 1.0])
def test_slope_near_bounds_is_as_close_as_scipys(room: float) -> None:
    bounds = (x - room, x + np.array([1, 1, 1e-5, 1e-6]))

    ours = gradient(rosen, x, bounds=bounds)

    theirs = approx_derivative(rosen, x, bounds=bounds)
    assert np.abs(ours - rosen_der(x)).max() < 3 * np.abs(theirs - rosen_der(x)).max() + 1e-9


def test_bounds_far_away_change_nothing() -> None:
    assert gradient(rosen, x, bounds=(-10, 10)).tobytes() == gradient(rosen, x).tobytes()


def test_only_coordinates_near_a_bound_are_treated_differently() -> None:
    slope = gradient(rosen, x, bounds=([x[0], -9, x[2], -9], None))

    assert slope[[1, 3]].tolist() == gradient(rosen, x)[[1, 3]].tolist()


def test_backward_at_its_lower_bound_looks_forward() -> None:
    f = Fenced(lambda x: x[0] ** 2, 1.0, np.inf)

    assert gradient(f, [1.0], backward, bounds=(1.0, None)) == pytest.approx([2.0], rel=1e-6)
    assert f.points == 2


def test_value_at_x_is_shared_by_all_that_look_to_one_side() -> None:
    f = Fenced(rosen, 0.0, 1.0)

    gradient(f, [0.0, 1.0, 0.0, 1.0], bounds=(0.0, 1.0))

    assert f.points == 4 * 2 + 1


@pytest.mark.parametrize("vectorized", [False, True])
@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(x - 1e-6, x + 1.0),
        (x - 1e-6, None),
        ((x - 1e-6).tolist(), np.inf),
        (x - 1e-6, [np.inf, np.inf, np.inf, np.inf]),
    ],
)
def test_bounds_come_in_many_forms(bounds: Any, vectorized: bool) -> None:
    f = Fenced(rosen, x - 1e-6, np.inf)
    f.low = f.low[:, None] if vectorized else f.low

    slope = gradient(f, x, vectorized=vectorized, bounds=bounds)

    np.testing.assert_allclose(slope, rosen_der(x), rtol=1e-6)


def test_bounds_broadcast_to_a_matrix() -> None:
    slope = gradient(lambda x: (x**2).sum(), np.ones((2, 3)), bounds=([1.0, 0.0, 0.0], [[2.0], [3.0]]))

    np.testing.assert_allclose(slope[:, 1:], 2 * np.ones((2, 2)), rtol=1e-8)


def test_coordinate_without_room_is_named() -> None:
    with pytest.raises(
        ValueError, match=r"bounds must leave room around x, got \[1\.2, 1\.2\] around 1\.2 at coordinate 1"
    ):
        gradient(rosen, x, bounds=([-9, 1.2, -9, -9], [9, 1.2, 9, 9]))


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        (3.0, r"bounds must be a pair \(low, high\), got 3\.0"),
        ([(0, 1), (0, 1), (0, 1)], r"bounds must be a pair \(low, high\), got \["),
        ((1.0, 0.0), "bounds must be in order, got low 1.0 and high 0.0 for coordinate 0"),
        ((np.nan, 0.0), "bounds must be in order, got low nan"),
        ((0.0, 5.0), r"x must lie within its bounds, got -0\.7 outside \[0\.0, 5\.0\] at coordinate 2"),
        ((np.zeros(3), 5.0), r"bounds\[0\] must broadcast to the shape of x, \(4,\), got shape \(3,\)"),
        (({"a": 1.0}, 5.0), r"bounds\[0\] must be one number, or a tree of the same shapes as x"),
    ],
)
def test_bounds_that_are_none_are_refused(bounds: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        gradient(rosen, x, bounds=bounds)


def test_bounds_that_hold_no_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match=r"bounds\[1\] must hold real numbers, got"):
        gradient(rosen, x, bounds=(0.0, ["a"]))


def test_scheme_of_ones_own_keeps_within_bounds_too() -> None:
    from fallline.differences import stencil

    f = Fenced(rosen, x, np.inf)

    slope = gradient(f, x, stencil([-1.5, -0.5, 1.0]), bounds=(x, None))

    np.testing.assert_allclose(slope, rosen_der(x), rtol=1e-6)


def test_central_shrinks_before_it_looks_to_one_side() -> None:
    f = Fenced(np.sum, 1.0 - 4e-6, 2.0)

    gradient(f, [1.0], central, bounds=(f.low, f.high))

    assert f.points == 2
