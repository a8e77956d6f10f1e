"""The settings that every descent on a surface has: the surface, and where it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import param

from fallline_app.surfaces import OBJECTIVES, OWN, Surface, own_surface, surface

if TYPE_CHECKING:
    import fallline as fl
    from fallline_app.surfaces import Domain

# Of the visitor's map. A choice and no number, since the range of the start follows from it.
REACHES = ["0.5", "1", "2", "3", "6", "10", "30", "100"]


class Ground(param.Parameterized):
    """A surface, one that is known or the visitor's own, and a start on it, which the surface brings."""

    surface = param.Selector(
        default="Himmelblau",
        objects=[*OBJECTIVES, OWN],
        doc="What is descended; it brings its own start, and rates that suit it.",
    )
    condition = param.Number(
        default=25.0, bounds=(1.0, 1000.0), doc="How much steeper the bowl is across than along."
    )
    own = param.String(
        default="np.sin(x) * np.sin(y) + 0.05 * (x**2 + y**2)",
        doc="Your own function of x and y, in Python with NumPy as np.",
    )
    reach = param.Selector(default="6", objects=REACHES, doc="How far the map reaches from 0, each way.")
    start_x = param.Number(default=0.0, doc="Where it starts, along x; or click or drag on the map.")
    start_y = param.Number(default=0.0, doc="Where it starts, along y; or click or drag on the map.")

    @property
    def start(self) -> tuple[float, float]:
        """Where it starts."""
        return self.start_x, self.start_y

    @property
    def ground(self) -> tuple[object, ...]:
        """What the surface follows from."""
        return self.surface, self.condition, self.own, self.reach

    @property
    def own_domain(self) -> Domain:
        """The part of the visitor's function that the map shows."""
        reach = float(self.reach)
        return (-reach, reach), (-reach, reach)

    def made(self) -> Surface:
        """Return the surface with the Python that makes it."""
        if self.surface == OWN:
            return own_surface(self.own, self.own_domain)
        return surface(self.surface, self.condition)

    def objective(self) -> fl.Objective:
        """Return the surface, with the condition number where it is a bowl."""
        return self.made().objective

    def suit_start(self, objective: fl.Objective, keep: bool) -> None:
        """Take the start that a surface brings, and its room for one; with `keep`, one that was set by hand stays."""
        for name, (low, high), value in zip(
            ("start_x", "start_y"), objective.domain, objective.start, strict=True
        ):
            self.param[name].bounds = (low, high)
            set_anew(self, name, value, keep and low <= getattr(self, name) <= high)


def set_anew(owner: param.Parameterized, name: str, value: float, keep: bool) -> None:
    """Set a parameter to a value that is its default from now on; with `keep` only if it had its default until now."""
    now, default = getattr(owner, name), owner.param[name].default
    owner.param[name].default = value
    owner.param.update(**{name: now if keep and now != default else value})
