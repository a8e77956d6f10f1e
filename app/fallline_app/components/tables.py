"""What follows the player's step beside the plots: a table by itself, and what is too slow when it is asked for.

Their behaviour is in `site/static/models`.
"""

from __future__ import annotations

from bokeh.core.properties import Instance, Int, List, String, Tuple
from bokeh.model import Model
from bokeh.models.ui import UIElement

from fallline_app.components.models import Table, Tape


class TableFilm(Model):
    """What a table shows at some steps of a run: the page shows the last that is not ahead of the current step."""

    table = Instance(Table)
    at = List(Int, help="Which step each is of, in their order.")
    rows = List(List(Tuple(String, String, List(String))), help="The table's rows at each of them.")
    notes = List(String, help="The table's note at each of them.")


class LookAround(UIElement):
    """A button that asks for what holds at the player's step, where that takes too long to follow it by itself."""

    tape = Instance(Tape)
    value = Int(-1, help="For which step of the tape it is asked; −1 for the last.")
    said = String("", help="For which step it holds now, in a sentence.")
    title = String(help="What the button says, before the step.")
