"""The ways in which all rates of a race may change on the way, fitted to its length."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from fallline import schedules

if TYPE_CHECKING:
    from collections.abc import Callable


class Plan(NamedTuple):
    """A schedule: its name in a list, and what it is made of for a number of steps."""

    label: str
    kind: type[Any]
    settings: Callable[[int], dict[str, float]]

    def make(self, steps: int) -> Any:
        """Return the schedule for a race of so many steps."""
        return self.kind(**self.settings(steps))

    def code(self, steps: int) -> str:
        """Return the Python that makes it."""
        settings = ", ".join(f"{name}={value!r}" for name, value in self.settings(steps).items())
        return f"fl.schedules.{self.kind.__name__}({settings})"


CONSTANT = "constant"
PLANS = {
    CONSTANT: Plan("constant rates", schedules.Constant, lambda steps: {}),
    "step": Plan(
        "halved four times", schedules.StepDecay, lambda steps: {"every": max(steps // 5, 1), "gamma": 0.5}
    ),
    "exponential": Plan(
        "exponential, to 1 %",
        schedules.Exponential,
        lambda steps: {"gamma": float(f"{0.01 ** (1 / steps):.6g}")},
    ),
    "cosine": Plan("cosine, to 0", schedules.Cosine, lambda steps: {"steps": steps}),
    "warm-up": Plan(
        "warm-up over a tenth", schedules.WarmUp, lambda steps: {"steps": max(steps // 10, 1), "start": 0.1}
    ),
    "one-cycle": Plan("one cycle", schedules.OneCycle, lambda steps: {"steps": steps}),
    "cyclic": Plan(
        "five triangles", schedules.Cyclic, lambda steps: dict.fromkeys(("up", "down"), max(steps // 10, 1))
    ),
}
