"""A recorded run, and what stands at its lines in every plot."""

from __future__ import annotations

from bokeh.core.properties import AnyRef, Bool, Enum, Instance, Int, List, String, Tuple
from bokeh.model import Model
from bokeh.models import ColumnDataSource, Line, Plot


class Track(Model):
    """One line of a recorded run: where its frames are shown and what is to be said of it."""

    label = String()
    series = String(help="The token of its colour.")
    dash = String("solid", help='Its dashes: "solid", or lengths in pixels.')
    path = Instance(
        ColumnDataSource, help="All its frames, written by the page; its lines show some of them."
    )
    head = Instance(ColumnDataSource, help="Shows the frame of the current step.")
    active = Bool(True)
    last = Int(help="The last step that has a frame.")
    mark = String("", help="What is written on the first plot once the last step is reached.")
    note = String("", help="What is to be said once the last step is reached.")
    equation = List(
        String,
        help="What it does at each step (`equations`), in parts that may stand on lines of their own; empty for nothing.",
    )


class TrackLine(Line):
    """A track's line up to the current step: it grows as the run is played, and is drawn whole where one stands."""

    track = Instance(Track, help="Whose path it shows.")
    casing = Bool(
        False, help="Whether it lies under all lines of its plot, so that none is cut by another's casing."
    )


class Labels(Model):
    """The names at the ends of the lines in one plot; the page keeps them from lying on each other."""

    plot = Instance(Plot)
    x = String(help="The column that is drawn along x.")
    y = String(help="The column that is drawn along y.")
    source = Instance(ColumnDataSource, help="One row a name, written by the page.")


class Arrows(Model):
    """A direction at each track's head in one plot: all of the same length, since only their directions are meant."""

    plot = Instance(Plot)
    x = String(help="The column of where it begins, along x.")
    y = String(help="The column of where it begins, along y.")
    u = String(help="The column of its direction along x; NaN or 0 for none.")
    v = String(help="The column of its direction along y.")
    against = Bool(False, help="Whether it points against its direction.")
    source = Instance(ColumnDataSource, help="Three strokes an arrow, written by the page.")


class Tape(Model):
    """A recorded run, computed at once and played by the browser without Python.

    `frames` has shape (tracks, columns, steps + 1), float64; what lies past a track's last step is NaN.
    """

    tracks = List(Instance(Track))
    labels = List(Instance(Labels))
    arrows = List(Instance(Arrows))
    followers = List(
        Instance(Model), help="What else follows the step: each is shown every track's head, and the step."
    )
    columns = List(String)
    dial = String("", help="The column whose number stands beside the player's step; empty for none.")
    frames = AnyRef()
    readout = List(
        Tuple(String, String, Enum("fixed", "whole")),
        help="The columns that are read out as numbers: each with its heading, and whether its numbers are whole.",
    )
    code = String("", help="The Python that reproduces the run.")
    link_note = String("", help="What a link to the run does not hold; empty where it holds all.")
    summary = String(help="What the run shows, in one sentence.")
    descriptions = List(
        Tuple(String, String), help="What each place in the page shows, in a sentence for those who hear it."
    )
