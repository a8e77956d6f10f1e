"""The settings that every slope of a curve has: the curve, and a point on it."""

from __future__ import annotations

import param

from fallline_app.curves import BY_TEXT, CURVES, OWN, Curve, choose


class CurvePoint(param.Parameterized):
    """A curve, one that is known or the visitor's own, and a point on it, which the curve brings."""

    curve = param.Selector(
        default=CURVES[0].text, objects=[*BY_TEXT, OWN], doc="The function whose slope is sought."
    )
    own = param.String(default="x * np.cos(x)", doc="Your own function of x, in Python with NumPy as np.")
    x = param.Number(default=CURVES[0].start, bounds=CURVES[0].domain, doc="Where; or drag the point.")

    def __init__(self) -> None:
        super().__init__()
        self.param.watch(lambda *_: self._suit_curve(), ["curve", "own"])

    @property
    def chosen(self) -> Curve:
        """The curve itself."""
        return choose(self.curve, self.own)

    def _suit_curve(self) -> None:
        chosen = self.chosen
        self.param.x.bounds = chosen.domain
        self.param.x.default = chosen.start
        self.x = chosen.start
