"""The black boxes: two simulations, how each is drawn, and what suits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

import fallline as fl
from fallline.objectives.heating import HOURS, LOOKS, WEAR, WISH, day
from fallline.objectives.walls import LOST, TOP, WALL, flight
from fallline_app.words import printed

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Lines = list[tuple[list[float], list[float]]]

BALL, THERMOSTAT = "ball", "thermostat"
# As many points has a path at most.
POINTS = 72
# Cells of the map each way.
CELLS = 97
# A bucket is so wide, in metres: half of it to each side of the target.
BUCKET = 0.6


class Axis(NamedTuple):
    """A parameter of a simulation: its name and its unit."""

    name: str
    unit: str

    @property
    def label(self) -> str:
        """Return what is written along it."""
        return f"{self.name}, {self.unit}" if self.unit else self.name

    def told(self, value: float) -> str:
        """Return a value with its unit, as in a sentence."""
        return f"{printed(value)} {self.unit}".rstrip()


class Stage(NamedTuple):
    """The plot in which a simulation is seen: its axes, what they show, and what paths are kept within."""

    x: Axis
    y: Axis
    shown: tuple[tuple[float, float], tuple[float, float]]
    kept: tuple[tuple[float, float], tuple[float, float]]


class Suited(NamedTuple):
    """What suits a simulation: rates by optimizer, a step, and the loss that is as good as solved."""

    rates: dict[str, float]
    step: float
    goal: float


class Seen(NamedTuple):
    """What is seen of one simulation: its path, shape (2, points), and the two numbers that the loss is made of."""

    path: NDArray[np.float64]
    missed: float
    counted: float


@dataclass(frozen=True, eq=False)
class Simulation:
    """A black box of two parameters.

    `make` takes the place of the bucket, in metres; `see` the parameters and that place. `arithmetic` says how the loss
    comes from what is seen, with columns in braces; `scene` and `aim` are lines to be drawn, `names` says what they are, and
    `told` what is seen, in words. `grain` is the height of the cliffs that the loss is full of, in its unit; `losses` is the
    map where it is known already.
    """

    name: str
    title: str
    make: Callable[[float], fl.Objective]
    code: str
    axes: tuple[Axis, Axis]
    unit: str
    grain: float
    suited: Suited
    stage: Stage
    see: Callable[[NDArray[np.float64], float], Seen]
    arithmetic: str
    scene: Lines
    aim: Callable[[float], Lines]
    names: Callable[[float], list[tuple[float, float, str]]]
    told: Callable[[float], str]
    losses: NDArray[np.float64] | None = None

    def survey(self, target: float) -> NDArray[np.float64]:
        """Return the losses on an even grid of the two parameters, shape (y, x): its map."""
        if self.losses is not None:
            return self.losses
        objective = self.make(target)
        axes = [np.linspace(low, high, CELLS) for low, high in objective.domain]
        return np.reshape(objective(np.stack(np.meshgrid(*axes)).reshape(2, -1)), (CELLS, CELLS))

    def sight(self, target: float) -> tuple[Any, ...]:
        """Return what there is to be seen in its plot: labels, ranges, things, the aim and names."""
        stage = self.stage
        labels = stage.x.label, stage.y.label
        return labels, stage.shown, self.scene, self.aim(target), self.names(target)


def _bucket(target: float) -> Lines:
    left, right = target - BUCKET / 2, target + BUCKET / 2
    return [([left, left, right, right], [BUCKET, 0.0, 0.0, BUCKET])]


def thinned(path: NDArray[np.float64], corner: int) -> NDArray[np.float64]:
    """Leave out points of a path, shape (2, m), until few enough are left; its ends and one corner stay."""
    few = np.linspace(0, path.shape[1] - 1, POINTS - 1).round().astype(int)
    return path[:, np.unique(np.append(few, corner))]


def _thrown(throw: NDArray[np.float64], target: float) -> Seen:
    path = np.array([(ball.x, ball.y) for ball in flight(*throw.tolist())]).T
    lands = float(path[0, -1])
    return Seen(thinned(path, int(path[0].argmax())), LOST if lands > WALL else lands - target, lands)


def _lived(settings: NDArray[np.float64], _: float) -> Seen:
    temperature, switched = day([float(settings[0])], float(settings[1]))
    path = np.array([np.linspace(0.0, HOURS, LOOKS + 1), temperature])
    off = path[1, 1:] - WISH
    return Seen(path[:, ::2], float(np.mean(off * off)), float(switched))


SIMULATIONS = {
    BALL: Simulation(
        name=BALL,
        title="thrown ball",
        make=fl.objectives.ball_and_wall,
        code="fl.objectives.ball_and_wall(target={target!r})",
        axes=(Axis("speed", "m/s"), Axis("angle", "°")),
        unit="m²",
        grain=0.0,
        suited=Suited({"Adam": 0.01, "gradient descent": 3e-4}, step=0.02, goal=0.09),
        stage=Stage(
            Axis("distance", "m"),
            Axis("height", "m"),
            ((-0.5, 12.5), (-1.0, 6.6)),
            ((-30.0, 45.0), (-1.0, 30.0)),
        ),
        see=_thrown,
        arithmetic="f = ({missed})² = {loss}",
        scene=[([-0.5, 12.5], [0.0, 0.0]), ([WALL, WALL], [0.0, TOP])],
        aim=_bucket,
        names=lambda target: [(target, -0.5, "bucket"), (WALL + 0.9, TOP / 2, "wall")],
        told=lambda target: f"throws that are to land in a bucket {printed(target)} m away, before a wall",
    ),
    THERMOSTAT: Simulation(
        name=THERMOSTAT,
        title="thermostat",
        make=lambda _: fl.objectives.thermostat(),
        code="fl.objectives.thermostat()",
        axes=(Axis("set point", "°C"), Axis("band", "K")),
        unit="K²",
        grain=WEAR,
        suited=Suited({"Adam": 0.03, "gradient descent": 5e-3}, step=0.05, goal=1.6),
        stage=Stage(
            Axis("time", "h"), Axis("room", "°C"), ((0.0, HOURS), (15.0, 26.0)), ((0.0, HOURS), (0.0, 45.0))
        ),
        see=_lived,
        arithmetic=f"f = {{missed}} + {WEAR:g} · {{counted}} = {{loss}}",
        scene=[],
        aim=lambda _: [([0.0, HOURS], [WISH, WISH])],
        names=lambda _: [(HOURS / 2, WISH + 3.5, "wished for: 21 °C")],
        told=lambda _: "the room's temperature in the course of a day, which is to be 21 °C",
    ),
}
