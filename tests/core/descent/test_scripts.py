"""Scripts are run as a user would: in a Python of their own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import fallline as fl

TAIL = """
import sys
sys.stdout.buffer.write(b"".join(column.tobytes() for column in (run.x, run.value, run.slope, run.evaluations, run.rate,
    run.gradients, run.samples, run.epoch)))
"""


def ravine(x: Any) -> Any:
    return x[0] ** 2 + 30.0 * (x[1] - np.sin(x[0])) ** 2


def squares(theta: Any, x: Any, y: Any) -> Any:
    return ((x * theta[0] + theta[1] - y) ** 2).mean()


def squares_slope(theta: Any, x: Any, y: Any, scale: float = 1.0) -> Any:
    away = 2.0 * scale * (x * theta[0] + theta[1] - y) / len(y)
    return np.array([away @ x, away.sum()])


def line_data(n: int, rng: np.random.Generator) -> Any:
    x = rng.uniform(-1.0, 1.0, n)
    return x, 2.0 * x + 1.0 + 0.1 * rng.standard_normal(n)


def guess(f: Any, x: Any, rng: np.random.Generator) -> Any:
    shake = rng.choice((-1.0, 1.0), x.shape)
    return shake * (f(x + 1e-4 * shake) - f(x - 1e-4 * shake)) / 2e-4


FITS = fl.DataLoss(squares, fl.call(line_data, 50, fl.call(np.random.default_rng, 7)), fl.MiniBatch(8))
EXACT_FITS = fl.DataLoss(
    squares,
    (np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.5])),
    fl.Stochastic(),
    partial(squares_slope, scale=0.5),
)
STACK = fl.Scheduled(
    fl.ClipNorm(fl.WeightDecay(fl.Adam(rate=0.1 + 0.2), decoupled=False), max_norm=0.7),
    fl.schedules.WarmUp(5, then=fl.schedules.Cosine(steps=40, floor=1 / 3)),
)
STOP = (fl.stopping.Target(1e-3), fl.stopping.Budget(5000), fl.stopping.NotANumber())

NETWORK = fl.Network([2, 5, 1], activation="relu", l2=1e-3, initialization="he")
MOONS = fl.call(fl.datasets.moons, 60, 0.1, rng=fl.call(np.random.default_rng, 3))
TRAINING = fl.DataLoss(NETWORK.loss, MOONS, fl.MiniBatch(16), partial(NETWORK.gradient, method="node"))
THETA = NETWORK.initial(np.random.default_rng(5))

RUNS = [
    fl.Descent(TRAINING, THETA, fl.Adam(rate=0.05), fl.exact, steps=12, seed=1),
    fl.Descent(fl.himmelblau, (-5.0, 0.5), fl.Adam(rate=0.2)),
    fl.Descent(fl.rosenbrock, (-1.2, 1.0), fl.LBFGS(history_size=5), fl.exact, stop=STOP),
    fl.Descent(fl.rosenbrock, [-1.2, 1.0], fl.Newton(), fl.forward, steps=20),
    fl.Descent(fl.call(fl.bowl, 25.0), np.array([1 / 3, -2e-17]), fl.ConjugateGradient(), steps=10),
    fl.Descent(fl.call(fl.bowl, condition=3.0), (1.0, 1.0), fl.RMSProp(centered=True), steps=50),
    fl.Descent(fl.beale, (1.0, 1.5), fl.SPSA(rate=1e-3, seed=4), steps=30),
    fl.Descent(fl.beale, (1.0, 1.5), STACK, steps=60),
    fl.Descent(ravine, (1.0, 2.0), fl.BFGS(), steps=15),
    fl.Descent(fl.saddle, (1.5, 0.001), fl.GradientDescent(0.2), stop=(fl.stopping.Divergence(1e6),)),
    fl.Descent(fl.rastrigin, (3.3, -2.4), fl.Momentum(0.001), guess, steps=40, seed=3),
    fl.Descent(FITS, (0.0, 0.0), STACK, steps=40, seed=11),
    fl.Descent(EXACT_FITS, (0.0, 0.0), fl.Rprop(), fl.exact, steps=40, seed=11),
    fl.Descent(FITS, fl.call(np.zeros, 2), fl.Lion(0.01), steps=20, seed=1),
]


@pytest.mark.parametrize("descent", RUNS, ids=lambda descent: type(descent.optimizer).__name__)
def test_script_repeats_the_run_bit_for_bit(descent: fl.Descent, tmp_path: Path) -> None:
    run = descent.run()
    columns = (run.x, run.value, run.slope, run.evaluations, run.rate, run.gradients, run.samples, run.epoch)
    script = tmp_path / "run.py"
    script.write_text(descent.to_python() + TAIL, encoding="utf-8")

    environment = {**os.environ, "PYTHONPATH": str(Path(fl.__file__).parents[1])}
    ran = subprocess.run([sys.executable, script], env=environment, check=True, capture_output=True)

    printed, numbers = ran.stdout.split(b"\n", 1)
    assert numbers == b"".join(column.tobytes() for column in columns)
    assert printed.decode() == repr(run.value[-1]).removeprefix("np.float64(").removesuffix(")")
    assert len(run) > 5


def test_script_is_the_one_a_person_would_write() -> None:
    descent = fl.Descent(
        fl.call(fl.bowl, 25.0), (1.0, 1.0), fl.Adam(rate=0.2), fl.exact, 99, 3, (fl.stopping.Target(1e-6),)
    )

    assert (
        descent.to_python()
        == """from itertools import islice

import numpy as np

import fallline as fl

frames = fl.descend(
    fl.bowl(25.0),
    start=(1.0, 1.0),
    optimizer=fl.Adam(rate=0.2),
    gradient=fl.exact,
    stop=(fl.stopping.Target(value=1e-06),),
    rng=np.random.default_rng(3),
)
run = fl.record(islice(frames, 100))
print(run.value[-1])
"""
    )


def test_long_settings_are_written_on_lines_of_their_own() -> None:
    lines = fl.Descent(fl.beale, (1.0, 1.5), STACK).to_python().splitlines()

    assert max(map(len, lines)) <= 100
    assert "    optimizer=fl.Scheduled(" in lines
    assert "        schedule=fl.schedules.WarmUp(" in "\n".join(lines)


@pytest.mark.parametrize("objective", fl.objectives.ALL, ids=lambda objective: objective.name)
def test_script_finds_every_objective_that_has_a_row(objective: Any) -> None:
    script = fl.Descent(objective, objective.start, fl.Adam(0.1), steps=3).to_python()
    ran: dict[str, Any] = {}

    exec(script, ran)  # noqa: S102

    assert "def " not in script
    assert (
        ran["run"].value.tolist()
        == fl.Descent(objective, objective.start, fl.Adam(0.1), steps=3).run().value.tolist()
    )


def needs_another(x: Any) -> Any:
    return ravine(x) + 1.0


@pytest.mark.parametrize(
    "objective",
    [lambda x: x[0], needs_another, fl.bowl(3.0), fl.DataLoss(squares, (np.zeros(101), np.zeros(101)))],
    ids=["lambda", "needs another", "made", "large"],
)
def test_what_nobody_can_write_is_refused_by_name(objective: Any) -> None:
    with pytest.raises(
        TypeError, match=r"cannot say how .* was made; give it as fl\.call\(function, \.\.\.\)"
    ):
        fl.Descent(objective, (1.0, 1.0), fl.Adam()).to_python()


@dataclass(frozen=True)
class Plain:
    """Settings that a copy cannot be made of by their names."""

    sizes: tuple[int, ...]

    def __init__(self, widths: tuple[int, ...]) -> None:
        object.__setattr__(self, "sizes", widths)

    def __call__(self, x: Any) -> float:
        return float(x @ x) * len(self.sizes)


def test_what_holds_no_calls_is_left_as_it_is() -> None:
    descent = fl.Descent(Plain((1, 2)), (1.0, 1.0), STACK, stop=STOP)

    made = descent.made()

    assert made.objective is descent.objective
    assert made.optimizer is descent.optimizer
    assert made.stop is descent.stop


def test_object_may_say_how_it_is_written() -> None:
    class Bowl:
        def __call__(self, x: Any) -> Any:
            return fl.bowl(2.0)(x)

        def to_python(self, write: Any) -> str:
            return f"fl.bowl({write(2.0)})"

    assert "    fl.bowl(2.0),\n" in fl.Descent(Bowl(), (1.0, 1.0), fl.Adam()).to_python()


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan, -0.0, 1e-323, 0.1 + 0.2, np.float64(2.5), 2**70])
def test_number_comes_back_with_every_bit(value: Any) -> None:
    from fallline.descent.expressions import Writer

    back = eval(Writer().write(value), {"np": np})

    assert (
        np.array(back).tobytes() == np.array(value).tobytes()
        if abs(value) < 2**60
        else repr(back) == repr(value)
    )


def test_setting_that_equals_its_default_and_is_not_it_is_written() -> None:
    written = fl.Descent(fl.beale, (1.0, 1.5), fl.PolyakStep(f_min=-0.0)).to_python()

    assert "optimizer=fl.PolyakStep(f_min=-0.0)" in written
