"""What else follows the step of a tape: each in a plot of its own kind, or a table."""

from __future__ import annotations

from bokeh.core.properties import AnyRef, Bool, Enum, Float, Instance, Int, List, String, Tuple
from bokeh.model import Model
from bokeh.models import ColumnDataSource

from fallline_app.components.models.reports import Table


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


class TableFilm(Model):
    """What a table shows at some steps of a run: the page shows the last that is not ahead of the current step."""

    table = Instance(Table)
    at = List(Int, help="Which step each is of, in their order.")
    rows = List(List(Tuple(String, String, List(String))), help="The table's rows at each of them.")
    notes = List(String, help="The table's note at each of them.")
