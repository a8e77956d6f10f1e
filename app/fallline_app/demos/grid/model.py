"""A surface, the grid that samples it, and two descents: the settings, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import param

from fallline_app.demos.grid.descents import Run, descend
from fallline_app.demos.grid.looking import Look, Spacing, look
from fallline_app.demos.grid.orders import Orders, measure_orders
from fallline_app.ground import Ground, set_anew
from fallline_app.rates import rates_of
from fallline_app.surfaces import OWN

if TYPE_CHECKING:
    import fallline as fl

EVEN, UNEVEN = "even", "uneven"
EDGE_ORDERS = ["1", "2"]


class Sampling(Ground):
    """The settings of a grid on a surface, and of the descents on it."""

    samples = param.Integer(default=13, bounds=(3, 61), doc="How many samples there are along each axis.")
    spacing = param.Selector(
        default=EVEN,
        objects=[EVEN, UNEVEN],
        doc="Whether the samples are equally far apart, or moved by chance.",
    )
    seed = param.Integer(default=0, bounds=(0, 999), doc="How chance moves them.")
    edge_order = param.Selector(
        default="1",
        objects=EDGE_ORDERS,
        doc="The order of the one-sided differences at the edges: np.gradient's own default is 1.",
    )
    ripple = param.Number(
        default=0.0,
        bounds=(0.0, 0.5),
        doc="A wave that is 0 at every sample: another function with the same samples. In parts of their median height.",
    )
    rate = param.Number(default=0.01, bounds=(1e-5, 10.0), doc="The learning rate of both descents.")
    steps = param.Integer(default=200, bounds=(10, 500), doc="How many steps each takes.")

    def __init__(self) -> None:
        super().__init__()
        self._suit(keep=False)
        self.param.watch(lambda _: self._suit(keep=False), "surface")
        # What a link brought is not to be lost when its function is let run.
        self.param.watch(lambda _: self._suit(keep=True), ["own", "reach"])

    @property
    def spaced(self) -> Spacing:
        """How the grid is spaced."""
        seed = self.seed if self.spacing == UNEVEN else None
        return Spacing(self.samples, seed, 2 if self.edge_order == "2" else 1)

    def look(self) -> Look:
        """Sample the surface."""
        return look(self.made(), self.spaced, self.ripple)

    def orders(self) -> Orders:
        """Measure how the error falls with the spacing, on the surface without a ripple."""
        return measure_orders(self.made(), self.spaced)

    def run(self, seen: Look) -> Run:
        """Descend on what was seen, and on the function itself."""
        return descend(seen, self.start, self.rate, self.steps)

    def _suit(self, keep: bool) -> None:
        """Set the start and the rate as the surface has them; with `keep`, what was set by hand stays."""
        if keep and self.surface != OWN:
            return
        objective: fl.Objective = self.objective()
        self.suit_start(objective, keep)
        set_anew(self, "rate", rates_of(objective).gradient_descent, keep)
