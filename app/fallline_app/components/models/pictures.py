"""Pictures that no plot draws: a network, a landscape in perspective, galleries of small images."""

from __future__ import annotations

from bokeh.core.properties import AnyRef, Enum, Float, Instance, Int, List, Nullable, String, Tuple
from bokeh.models import ColumnDataSource
from bokeh.models.ui import UIElement

from fallline_app.components.models.followers import Film
from fallline_app.components.models.tape import Tape


class NetworkPicture(UIElement):
    """A network: its weights as lines, what each unit makes of the plane, and a way to set a weight on the way."""

    key = String("", help="What the weights that were set are called in a page's address.")
    value = String("", help="The weights that were set, as a demo reads them.")
    default = String("")
    pattern = String("", help="What a value from an address has to match.")
    sizes = List(Int, help="Units of each layer, from the inputs to the outputs.")
    inputs = List(String, help="What the inputs are called.")
    outputs = List(String, help="What the outputs say.")
    thetas = AnyRef(help="Parameters of each step of the tape, float32, shape (steps + 1, parameters).")
    units = AnyRef(
        help="What units make of the plane, uint8, shape (pictures, units, side, side), 128 for nothing."
    )
    at = List(Int, help="Which step of the tape each picture is of.")
    tape = Instance(Tape, help="Its run, which has a column called step.")
    film = Instance(Film, help="Lies on the map, and says where that is.")
    points = List(
        Instance(ColumnDataSource),
        help="Points that are learnt from, x, y and kind: of classes, and with numbers.",
    )
    caption = String("")


class Relief(UIElement):
    """A landscape in perspective, which one turns by dragging or by arrow keys, with the tracks of a tape on it."""

    heights = AnyRef(help="Ranks of heights, uint8, shape (rows, columns), row by row from the lower left.")
    levels = List(Float, help="The heights whose ranks are evenly spaced.")
    domain = List(Tuple(Float, Float))
    tape = Instance(Tape, help="Its tracks have columns x, y and loss.")
    caption = String("")


class Gallery(UIElement):
    """Small pictures beside each other, each with a caption and a sentence; they may change with a tape's step.

    Captions, sentences and notes are lists of each moment, or one that holds for all of them.
    """

    title = String()
    pictures = AnyRef(help="uint8, shape (moments, pictures, rows, columns).")
    palette = Enum("ink", "balance", help="Ink on paper, 0 to 16; or both sides of 128, which is nothing.")
    captions = List(
        List(String),
        help="A few words below each picture, as many as there are pictures at the moment; none where they need none.",
    )
    sentences = List(List(String), help="What each picture shows, in a sentence.")
    moments = List(
        Int, help="From which step of the tape on each moment holds; empty where there is one only."
    )
    tape = Nullable(Instance(Tape))
    notes = List(String, help="What they are, in a sentence.")
