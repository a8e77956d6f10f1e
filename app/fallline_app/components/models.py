"""The Bokeh models that the page adds to Bokeh's own: their state here, their behaviour in `site/static/models`."""

from __future__ import annotations

from bokeh.core.properties import (
    AnyRef,
    Bool,
    Bytes,
    Enum,
    Float,
    Instance,
    Int,
    List,
    Nullable,
    String,
    Tuple,
)
from bokeh.model import Model
from bokeh.models import ColumnDataSource, CustomJSHover, Plot, Tool
from bokeh.models.annotations import Annotation
from bokeh.models.ui import UIElement


class NumberSetting(UIElement):
    """A number on a slider that can also be typed; `scale` is as in `fallline.Setting`."""

    key = String("", help="What the setting is called in a page's address.")
    title = String()
    value = Float()
    default = Float()
    start = Float()
    end = Float()
    scale = Enum("linear", "log", "complement")
    whole = Bool(False, help="Only whole numbers.")
    unit = String("")
    context = String("", help="What the setting belongs to, for those who hear the page.")
    help_text = String("", help="What the setting does, in one sentence.")


class ChoiceSetting(UIElement):
    """One of a few named options."""

    key = String("", help="What the setting is called in a page's address.")
    title = String()
    value = String()
    options = List(Tuple(String, String), help="Pairs of value and label.")
    help_text = String("", help="What the setting does, in one sentence.")


class CodeSetting(UIElement):
    """Python that the visitor types: one line, or several where there are `rows` for them."""

    key = String("", help="What the setting is called in a page's address.")
    title = String()
    value = String()
    default = String()
    draft = String("", help="What a link brought; the page shows it, and runs it when the visitor says so.")
    error = String("", help="What is wrong with the value.")
    rows = Int(1, help="How many lines are seen at once; 1 for code that is but one.")
    help_text = String("", help="What the setting does, in one sentence.")


class Group(UIElement):
    """Settings that belong together, under one heading; it can be switched off and folded."""

    key = String("", help="What the switch is called in a page's address.")
    title = String()
    children = List(Instance(UIElement))
    active = Nullable(Bool, help="Whether what the group sets takes part; None where it always does.")
    series = String("", help="The token of the line that shows the group in the plots.")
    dash = String("solid", help='The dashes of that line: "solid", or lengths in pixels.')
    context = String("", help="What the group belongs to, for those who hear the page.")
    across = Bool(False, help="Whether the children stand beside each other where there is room.")
    fold = Enum("never", "narrow", "always", help="When the group starts folded.")
    help_text = String("", help="What switching it on does, in one sentence.")


class Listing(UIElement):
    """A piece of Python with what it prints, run where one asks for it."""

    title = String()
    code = String()
    output = String(help="What the code printed, and the error that ended it.")
    failed = Bool(False, help="Whether an error ended it.")
    note = String("", help="What the output shows, in a sentence or two.")
    runs = Int(0, help="How often the page has asked to run it.")


class Table(UIElement):
    """What came of a run, a row for each who took part."""

    headings = List(String)
    rows = List(Tuple(String, String, List(String)), help="The token of a line, its dashes, and the cells.")
    aside = Bool(False, help="Whether the last column goes away where there is little room.")
    note = String("", help="How it is to be read, in a sentence.")
    remarks = Bool(True, help="Whether the last column is words about the others, and no number as they are.")


class Track(Model):
    """One line of a recorded run: where its frames are shown and what is to be said of it."""

    label = String()
    series = String(help="The token of its colour.")
    dash = String("solid", help='Its dashes: "solid", or lengths in pixels.')
    path = Instance(ColumnDataSource, help="Shows the frames up to the current step.")
    head = Instance(ColumnDataSource, help="Shows the frame of the current step.")
    active = Bool(True)
    last = Int(help="The last step that has a frame.")
    mark = String("", help="What is written on the first plot once the last step is reached.")
    note = String("", help="What is to be said once the last step is reached.")
    equation = List(
        String,
        help="What it does at each step (`equations`), in parts that may stand on lines of their own; empty for nothing.",
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


class Paths(Model):
    """A path for each step of a tape's tracks, such as the flight of a throw; the page shows that of the current step."""

    column = String(help="The column of the tape that says which path it is.")
    paths = AnyRef(
        help="Points as shares of the ranges, uint16, shape (paths, 2, points); the highest is for none."
    )
    x = Tuple(Float, Float, help="What shares along x are of: the least and the greatest.")
    y = Tuple(Float, Float, help="What shares along y are of.")
    sources = List(Instance(ColumnDataSource), help="One a track: x and y, written by the page.")


class Film(ColumnDataSource):
    """Pictures of some steps of a run: the page shows the last one that is not ahead of the current step.

    Its columns are those of an `Image`; the page writes `image`.
    """

    frames = AnyRef(help="Shape (pictures, rows, columns), uint8, row by row from the lower left.")
    at = List(
        Int, help="Which step each picture is of, in their order; there may be more room than pictures."
    )


class Spreads(Model):
    """How the next move of each track scatters: its mean, and ellipses of one and two standard deviations around its end.

    Columns: `mid_x`, `mid_y` and the covariance `cov_xx`, `cov_xy`, `cov_yy`.
    """

    x = String(help="The column of where the track is, along x.")
    y = String(help="The column of where the track is, along y.")
    lines = List(Tuple(String, Instance(ColumnDataSource)), help="For each series the lines xs, ys.")


class Fits(Model):
    """The line that each track has come to among its data: columns `slope` and `intercept`."""

    grid = List(Float, help="The places, along x, between which it is drawn.")
    logistic = Bool(False, help="Whether it is the logarithm of the odds that is drawn.")
    lines = List(Tuple(String, Instance(ColumnDataSource)), help="For each series the line x, y.")


class BatchMarks(Model):
    """Marks the current batch of one track, among the data and in the order of its epoch.

    Columns of the track: `epoch`, and `begin` and `size` of the batch in its order.
    """

    watched = String(help="The series of the track.")
    order = AnyRef(
        help="The numbers of the samples, uint16, shape (epochs, samples), in the order of each epoch."
    )
    used = Int(help="How many samples of an epoch are used; the others, at its end, are left out.")
    samples = Instance(ColumnDataSource, help="The data, x and y.")
    marked = List(
        Tuple(String, Instance(ColumnDataSource)),
        help="For each series the data in its batch, x and y, written by the page.",
    )
    now = List(
        Tuple(String, Instance(ColumnDataSource)),
        help="For each series the places of its batch in the order, x, and the numbers of its samples, y, written by the page.",
    )
    others = List(
        Tuple(Enum("before", "after", "never"), Instance(ColumnDataSource)),
        help="The same for samples that had their turn, will have it, and will not.",
    )


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


class Work(Model):
    """What takes its time on a page: the visitor begins, pauses and stops it, and sees how far it is."""

    title = String(help="What is being done, in a word.")
    action = String(help="What the button says that begins it.")
    state = Enum("idle", "running", "paused", "stopped", "done", "failed")
    fraction = Nullable(Float, default=0.0, help="How much of it is done; None where no end can be told.")
    phrase = String("", help="How far it is, in a few words.")


class PointTool(Tool):
    """Puts a point where one clicks, taps or drags.

    Python sets `point` alone: in a drag the page is ahead of Python, and draws the marker where its pointer is.
    """

    title = String("Start", help="What the point is, for those who hear the page.")
    point = Tuple(Float, Float)
    source = Instance(ColumnDataSource, help="Shows the point: one row, x and y, that the page writes.")


class Painting(UIElement):
    """Points that the visitor paints, as `fallline_app.painting` writes them, and what they are painted with."""

    key = String("", help="What the setting is called in a page's address.")
    title = String()
    value = String()
    default = String()
    pattern = String("", help="What a value from an address has to match.")
    names = List(String, help="What the classes are called.")
    help_text = String("", help="How one paints, in a sentence or two.")


class FileSetting(UIElement):
    """A file from the visitor's disk; Python takes it or says why not, and counts that in `taken`."""

    key = String("", help="What the browser keeps it under.")
    title = String()
    file_name = String("", help="What the file is called.")
    content = Bytes(b"")
    kept = Bool(False, help="Whether it comes back after a reload, and was not chosen now.")
    taken = Int(0)
    error = String("", help="Why the last one was refused.")
    note = String("", help="What there is.")
    limit = Int(help="The most bytes.")
    accept = String("", help="The kinds of files that are offered, as in HTML.")
    help_text = String("", help="What the file has to be, in a sentence.")


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
    caption = String("")


class BrushTool(Tool):
    """Paints on a plot while its painting is shown; the page draws what is painted before Python hears of it."""

    painting = Instance(Painting)
    learnt = Instance(ColumnDataSource, help="Shows the points: x, y, kind, marker and name.")
    tested = Instance(ColumnDataSource, help="Shows others of them, in the same columns.")
    ring = Instance(ColumnDataSource, help="Shows the brush: x and y, written by the page.")
    markers = List(String, help="The marker of each class.")


class Relief(UIElement):
    """A landscape in perspective, which one turns by dragging or by arrow keys, with the tracks of a tape on it."""

    heights = AnyRef(help="Ranks of heights, uint8, shape (rows, columns), row by row from the lower left.")
    levels = List(Float, help="The heights whose ranks are evenly spaced.")
    domain = List(Tuple(Float, Float))
    tape = Instance(Tape, help="Its tracks have columns x, y and loss.")
    caption = String("")


class ColourBar(Annotation):
    """The colours of a field with their numbers, above the frame of the plot that it is laid into."""

    title = String(help="What the numbers are, and their unit.")
    palette = String("field", help="The tokens of the colours, without their numbers.")
    marks = List(Tuple(Float, String), help="Where each number stands, from 0 to 1, and how it is written.")


class RankReading(CustomJSHover):
    """Reads the number off the rank that a cell of a field has (`colour_scale`)."""

    low = Float(0.0)
    high = Float(1.0)
    by_ratio = Bool(False)
