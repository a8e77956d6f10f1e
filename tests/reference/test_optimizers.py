"""Our optimizers against PyTorch's and optax's, step by step; against SciPy's where those have none. One table, `ROWS`.

`make_traces.py` says how the stored traces were made.
"""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import mpmath  # type: ignore[import-untyped]
import numpy as np
import pytest
import scipy.optimize  # type: ignore[import-untyped]
import scipy.sparse.linalg  # type: ignore[import-untyped]

import fallline as fl
from fallline.optimizers.newton import hessian
from fallline.optimizers.quasi_newton import two_loops

with np.load(Path(__file__).with_name("traces.npz")) as stored:
    ABOUT: dict[str, Any] = json.loads(str(stored["about"]))
    SLOPES, VALUES, KEPT, POINTS = stored["slopes"], stored["values"], stored["kept"], stored["points"]

START = np.array(ABOUT["start"])


def walk(optimizer: Any, slopes: Any = SLOPES, values: Any = VALUES, start: Any = START) -> Any:
    """Points that our optimizer visits when it is given slopes, and values where it asks for them."""
    x, state, points = start, optimizer.init(start), []
    for slope, value in zip(slopes, values, strict=True):
        problem = (lambda _, value=value: value, None) if getattr(optimizer, "needs_objective", False) else ()
        x, state = optimizer.step(x, slope, state, *problem)
        points.append(x)
    return np.array(points)


def assert_equal_but_rounding(ours: Any, theirs: Any) -> None:
    # Where a coordinate crosses 0 only the digits of the places it came from can agree.
    reach = np.abs(theirs).max(axis=0)
    np.testing.assert_array_less(np.abs(ours - theirs), 1e-12 * np.abs(theirs) + 1e-14 * reach + 1e-300)


def assert_follows_trace(optimizer: Any) -> None:
    theirs = POINTS[[eval(case) for case in ABOUT["cases"]].index(optimizer)]

    assert_equal_but_rounding(walk(optimizer)[KEPT], theirs)


def assert_follows_barzilai_and_borwein(optimizer: Any) -> None:
    """Each step by equations 5 and 6 of the paper, with 50 digits, from where ours had come to."""
    mpmath.mp.dps = 50
    points = [START, *walk(optimizer)]
    lengths = [mpmath.mpf(optimizer.rate)]
    for k in range(1, len(SLOPES)):
        s = [mpmath.mpf(b) - mpmath.mpf(a) for a, b in zip(points[k - 1], points[k], strict=True)]
        y = [mpmath.mpf(b) - mpmath.mpf(a) for a, b in zip(SLOPES[k - 1], SLOPES[k], strict=True)]
        ss, sy, yy = mpmath.fdot(s, s), mpmath.fdot(s, y), mpmath.fdot(y, y)
        if sy > 0:
            lengths.append(ss / sy if optimizer.length == "long" else sy / yy)
        else:
            # A step too short to move the point tells nothing new.
            lengths.append(mpmath.sqrt(ss / yy) if ss else lengths[-1])

    theirs = [
        [float(mpmath.mpf(x) - length * mpmath.mpf(g)) for x, g in zip(point, slope, strict=True)]
        for point, slope, length in zip(points[:-1], SLOPES, lengths, strict=True)
    ]
    np.testing.assert_allclose(points[1:], theirs, rtol=1e-12, atol=1e-12)


def assert_follows_spall(optimizer: Any) -> None:
    """Spall's equations with 50 digits, and the shaking that the seed stands for."""
    mpmath.mp.dps = 50
    x, theirs = mpmath.matrix([1, -2, 3]), []
    for k in range(200):
        a = optimizer.rate / mpmath.mpf(k + 1 + optimizer.stability) ** optimizer.alpha
        c = optimizer.c / mpmath.mpf(k + 1) ** optimizer.gamma
        shake = mpmath.matrix(np.random.default_rng((optimizer.seed, k)).choice((-1, 1), 3).tolist())
        up, down = (sum((i + 1) * one**2 for i, one in enumerate(x + sign * c * shake)) for sign in (1, -1))
        x = mpmath.matrix([one - a * (up - down) / (2 * c * d) for one, d in zip(x, shake, strict=True)])
        theirs.append([float(one) for one in x])
    ours, state = np.array([1.0, -2.0, 3.0]), optimizer.init(np.zeros(3))
    points = []
    for _ in range(200):
        ours, state = optimizer.step(ours, np.full(3, np.nan), state, lambda x: np.arange(1.0, 4.0) @ x**2)
        points.append(ours)

    # The difference of two values costs digits, the more the higher they lie above their difference.
    np.testing.assert_allclose(points, theirs, rtol=1e-12, atol=1e-12)


def positive_pairs() -> list[tuple[Any, Any]]:
    """Random moves, and changes of slope by curvatures that differ from move to move, from 1 to 10."""
    rng = np.random.default_rng(5)
    moves = rng.standard_normal((200, 5))
    turns = [np.linalg.qr(rng.standard_normal((5, 5)))[0] for _ in moves]
    return [
        (s, turn @ (rng.uniform(1.0, 10.0, 5) * (turn.T @ s))) for s, turn in zip(moves, turns, strict=True)
    ]


def assert_learns_as_scipys_bfgs(optimizer: Any) -> None:
    theirs = scipy.optimize.BFGS(init_scale="auto")
    theirs.initialize(5, "inv_hess")
    inverse = np.zeros((0, 0))
    for s, y in positive_pairs():
        theirs.update(s, y)
        inverse = optimizer._learn(s, y, inverse)

        matrix = theirs.get_matrix()
        np.testing.assert_allclose(inverse, matrix, rtol=1e-12, atol=1e-12 * np.abs(matrix).max())
    assert_comes_down_as_fast_as(optimizer, "BFGS")


def assert_turns_as_scipys_lbfgs(optimizer: Any) -> None:
    pairs = positive_pairs()
    for end in range(1, len(pairs)):
        last = tuple(pairs[max(0, end - optimizer.history_size) : end])
        s, y = last[-1]
        # SciPy's product begins with H = I; in units in which ours does so too it is the same.
        scale = np.sqrt(s @ y / (y @ y))
        product = scipy.optimize.LbfgsInvHessProduct(
            np.array([s for s, _ in last]) / scale, np.array([y for _, y in last]) * scale
        )
        slope = pairs[end][0]

        theirs = scale**2 * (product @ slope)
        np.testing.assert_allclose(two_loops(slope, last), theirs, rtol=1e-12, atol=1e-12 * abs(theirs).max())
    assert_comes_down_as_fast_as(optimizer, "L-BFGS-B", maxcor=optimizer.history_size)


def assert_walks_as_linear_conjugate_gradients(optimizer: Any) -> None:
    """On a quadratic, with a search that is exact, both formulas walk as SciPy's linear solver."""
    rng = np.random.default_rng(1)
    root = rng.standard_normal((8, 8))
    matrix, goal = root @ root.T + np.eye(8), rng.standard_normal(8)
    theirs: list[Any] = []
    scipy.sparse.linalg.cg(
        matrix, matrix @ goal, maxiter=7, rtol=0.0, callback=lambda x: theirs.append(x.copy())
    )

    ours = islice(fl.descend(Quadratic(matrix, goal), np.zeros(8), optimizer, fl.exact), 1, 1 + len(theirs))

    np.testing.assert_allclose([frame.x for frame in ours], theirs, atol=1e-6)


def assert_curves_as_known(optimizer: Any) -> None:
    for x in np.random.default_rng(2).uniform(-2.0, 2.0, (50, 4)):
        known = scipy.optimize.rosen_hess(x)

        np.testing.assert_allclose(
            hessian(scipy.optimize.rosen_der, x), known, rtol=1e-5, atol=1e-6 * np.abs(known).max()
        )
    assert_comes_down_as_fast_as(optimizer, "Newton-CG")


class Quadratic:
    """½(x − goal)ᵀA(x − goal)."""

    def __init__(self, matrix: Any, goal: Any) -> None:
        self.matrix, self.goal = matrix, goal

    def __call__(self, x: Any) -> float:
        return float(0.5 * (x - self.goal) @ self.matrix @ (x - self.goal))

    def gradient(self, x: Any) -> Any:
        return self.matrix @ (x - self.goal)


class Rosenbrock:
    """SciPy's, in any number of dimensions; remembers how many values were asked for before one was at most 1e-8."""

    def __init__(self) -> None:
        self.values, self.needed = 0, 0

    def __call__(self, x: Any) -> float:
        value = float(scipy.optimize.rosen(x))
        self.values += 1
        if value <= 1e-8 and not self.needed:
            self.needed = self.values
        return value

    def gradient(self, x: Any) -> Any:
        return scipy.optimize.rosen_der(x)


def evaluations_of(optimizer: Any, start: Any) -> int:
    frames = fl.descend(Rosenbrock(), start, optimizer, fl.exact, stop=[fl.stopping.Target(1e-8)])
    return next(frame.evaluations for frame in islice(frames, 3000) if frame.stopped)


def scipys_evaluations(method: str, start: Any, **options: Any) -> int:
    counted = Rosenbrock()
    scipy.optimize.minimize(
        counted, start, jac=scipy.optimize.rosen_der, method=method, tol=1e-14, options=options
    )
    return counted.needed


def assert_comes_down_as_fast_as(optimizer: Any, method: str, **options: Any) -> None:
    """In all from the classic start and twenty others, and by L-BFGS from each alone, in SciPy's evaluations + 20 %."""
    starts = [np.array([-1.2, 1.0]), *np.random.default_rng(3).uniform(-2.0, 2.0, (20, 2))]
    ours = [evaluations_of(optimizer, start) for start in starts]
    theirs = [scipys_evaluations(method, start, **options) for start in starts]

    assert min(theirs) > 0
    assert sum(ours) <= 1.2 * sum(theirs)
    if method == "L-BFGS-B":
        assert [a for a, b in zip(ours, theirs, strict=True) if a > 1.2 * b] == []


# Our optimizer, and what it is held to. Those in the stored traces come by themselves.
ROWS: list[tuple[Any, Callable[[Any], None]]] = [
    *((eval(case), assert_follows_trace) for case in ABOUT["cases"]),
    (fl.BarzilaiBorwein(), assert_follows_barzilai_and_borwein),
    (fl.BarzilaiBorwein(rate=0.3, length="short"), assert_follows_barzilai_and_borwein),
    (fl.SPSA(), assert_follows_spall),
    (fl.SPSA(rate=0.05, c=0.01, alpha=1.0, gamma=0.2, stability=10.0, seed=7), assert_follows_spall),
    (fl.ConjugateGradient(c1=1e-7, c2=1e-6), assert_walks_as_linear_conjugate_gradients),
    (
        fl.ConjugateGradient(beta="fletcher-reeves", c1=1e-7, c2=1e-6),
        assert_walks_as_linear_conjugate_gradients,
    ),
    (fl.BFGS(), assert_learns_as_scipys_bfgs),
    (fl.BFGS(c2=0.8), assert_learns_as_scipys_bfgs),
    (fl.LBFGS(), assert_turns_as_scipys_lbfgs),
    (fl.LBFGS(history_size=5), assert_turns_as_scipys_lbfgs),
    (fl.Newton(), assert_curves_as_known),
    (fl.Newton(delta=1e-4), assert_curves_as_known),
]


@pytest.mark.parametrize(("optimizer", "check"), ROWS, ids=[repr(optimizer) for optimizer, _ in ROWS])
def test_optimizer_does_as_its_peer(optimizer: Any, check: Callable[[Any], None]) -> None:
    check(optimizer)


def test_every_optimizer_has_rows_for_several_settings() -> None:
    public = [getattr(fl, name) for name in fl.__all__]
    kinds = {kind for kind in public if isinstance(kind, type) and hasattr(kind, "init")}
    optimizers = kinds - {fl.Optimizer, fl.Searcher}
    wrappers = {fl.WeightDecay, fl.ClipNorm, fl.ClipValue, fl.Scheduled}
    rows = [type(optimizer) for optimizer, _ in ROWS]

    assert len(optimizers) >= 24
    assert [kind for kind in optimizers - wrappers if rows.count(kind) < 2] == []
    assert wrappers <= set(rows)


def test_every_schedule_has_a_row() -> None:
    rows = {type(optimizer.schedule) for optimizer, _ in ROWS if isinstance(optimizer, fl.Scheduled)}
    kinds = {
        kind
        for kind in vars(fl.schedules).values()
        if getattr(kind, "__module__", "") == fl.schedules.__name__
    }

    assert {kind for kind in kinds if hasattr(kind, "__dataclass_fields__")} == rows


def test_trace_tells_two_rates_apart() -> None:
    theirs = POINTS[ABOUT["cases"].index("fl.Adam(rate=0.1)")]

    assert not np.allclose(walk(fl.Adam(rate=0.1 * (1 + 1e-10)))[KEPT], theirs, rtol=1e-12, atol=0.0)
