"""The network from inside, below the plots: its picture, in which a weight can be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fallline_app.components.models import NetworkPicture
from fallline_app.demos.network.edits import PATTERN, read_edits

if TYPE_CHECKING:
    from fallline_app.components.classes import ClassPoints
    from fallline_app.components.models import Film, Tape
    from fallline_app.demos.network.model import Training
    from fallline_app.demos.network.run import Run

CAPTION = (
    "Each square is what a unit makes of the map, and the one that is pointed at or chosen stands large below; a line is a weight, "
    "the wider the larger, dashed below 0. Choose a line or a square, for its bias, and set it: the network goes on from there, with an optimizer that begins anew."
)


class Inside:
    """The picture of the network, which follows the player."""

    def __init__(self, model: Training, tape: Tape, film: Film, points: ClassPoints) -> None:
        self.model = model
        self.picture = NetworkPicture(
            key="edits",
            pattern=PATTERN,
            tape=tape,
            film=film,
            points=[points.learnt, points.numbered],
            caption=CAPTION,
        )
        self.picture.on_change("value", lambda _attribute, _old, new: self._set(new))

    def show(self, run: Run) -> None:
        """Show a run as far as it has come."""
        setup, taken = run.setup, max(run.last + 1, 1)
        data = setup.data
        outputs = (
            list(data.kinds)
            if len(data.kinds) > 2
            else [f"says {data.kinds[-1] if data.is_classed else data.target}"]
        )
        self.picture.update(
            sizes=list(setup.network.sizes),
            inputs=list(setup.inputs),
            outputs=outputs,
            units=run.film.units[: max(len(run.film.at), 1)].copy(),
            at=list(run.film.at),
            thetas=run.thetas[:taken].astype(np.float32),
        )

    def _set(self, text: str) -> None:
        read_edits(text, self.model.setup().network.sizes, self.model.steps)
        self.model.edits = text
