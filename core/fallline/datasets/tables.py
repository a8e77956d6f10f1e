"""Tables that people bring: a CSV file as X and y, or a sentence that says which line stands in the way."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fallline.datasets.rows import MISSING, NUMBER, Row, find_rows
from fallline.datasets.text import Source, read_text

MAX_BYTES = 5_000_000
_PLAIN = set("0123456789.+-eE")
LEAST_ROWS = 3


@dataclass(frozen=True, eq=False)
class Table:
    r"""A table as a network takes it.

    Parameters
    ----------
    X
        The columns of numbers but for the target, shape (n, k).
    y
        The target, shape (n,): classes as whole numbers counted from 0, or real numbers.
    names
        What the columns of `X` are called.
    target
        What `y` is called.
    classes
        The text of each class, numbers by size and words by alphabet; none where `y` holds real numbers.

    Examples
    --------
    >>> read_csv("x,y\n1,2\n3,4\n5,6").columns["x"]
    array([1., 3., 5.])
    """

    X: NDArray[np.float64]
    y: NDArray[np.float64] | NDArray[np.int64]
    names: tuple[str, ...]
    target: str
    classes: tuple[str, ...]

    @property
    def columns(self) -> dict[str, NDArray[np.float64]]:
        """The columns of `X` by name, each of shape (n,)."""
        return dict(zip(self.names, self.X.T, strict=True))


@dataclass(frozen=True, eq=False)
class _Column:
    name: str
    lines: list[int]
    cells: list[str]

    @cached_property
    def letters(self) -> set[str]:
        """All letters of all cells."""
        return set("".join(self.cells))

    @cached_property
    def plain(self) -> NDArray[np.float64] | None:
        """The numbers, where all cells are plain and finite ones: that takes a tenth of the time of cell by cell."""
        if not self.letters <= _PLAIN:
            return None
        try:
            numbers = np.array(self.cells, dtype=np.float64)
        except ValueError:
            return None
        return numbers if np.isfinite(numbers).all() else None

    @cached_property
    def is_text(self) -> bool:
        """Whether most cells are no numbers; a few among numbers are mistakes."""
        if self.plain is not None:
            return False
        return sum(NUMBER.fullmatch(cell) is not None for cell in self.cells) * 2 <= len(self.cells)


def read_csv(
    source: Source, target: str | None = None, classes: bool | None = None, max_bytes: int = MAX_BYTES
) -> Table:
    r"""Read a table of numbers, with a column to be predicted.

    Commas, semicolons, tabs or spaces between the cells; a header or none, in which case the columns are called
    "column 1" and so on; decimal points, or decimal commas throughout; UTF-8, UTF-16 or Latin-1. It is read as a
    whole or not at all.

    Parameters
    ----------
    source
        A path, the text itself if it has more than one line, its bytes, or an open file.
    target
        The name of the column to be predicted. Without it: the one column of text, else the last.
    classes
        Whether the target's values are classes. Without it: if they are text.
    max_bytes
        The largest file that is read.

    Returns
    -------
    Table
        With `X`, `y`, `names`, `target` and `classes`.

    Raises
    ------
    OSError
        If there is no such file.
    TypeError
        If `source` is none of these.
    ValueError
        If it is too large, no text or no table, if a cell is missing or no number, if fewer than three rows or a
        single class are left; the message says on which line.

    Examples
    --------
    >>> table = read_csv("length;width;kind\n5,1;3,5;setosa\n7,0;3,2;versicolor\n4,9;3,0;setosa")
    >>> table.names, table.classes, table.y
    (('length', 'width'), ('setosa', 'versicolor'), array([0, 1, 0]))
    >>> table.X[0]
    array([5.1, 3.5])
    """
    columns = _columns(find_rows(read_text(source, max_bytes)))
    chosen = _target(columns, target)
    features = [column for column in columns if column is not chosen]
    _check_decimals(columns)
    y, kinds = _classes(chosen) if _are_classes(chosen, classes) else (_numbers(chosen), ())
    X = np.stack([_numbers(column) for column in features], axis=1)  # noqa: N806
    return Table(X, y, tuple(column.name for column in features), chosen.name, kinds)


def _columns(rows: list[Row]) -> list[_Column]:
    names, body = _header(rows)
    if len(body) < LEAST_ROWS:
        raise ValueError(f"too few rows of data: {len(body)}; at least {LEAST_ROWS} are needed")
    columns = list(zip(*(row.cells for row in body), strict=True))
    if not all(MISSING.isdisjoint(map(str.lower, cells)) for cells in columns):
        _refuse_missing(names, body)
    lines = [row.line for row in body]
    return [_Column(name, lines, list(cells)) for name, cells in zip(names, columns, strict=True)]


def _refuse_missing(names: list[str], body: list[Row]) -> None:
    for row in body:
        for name, cell in zip(names, row.cells, strict=True):
            if cell.lower() in MISSING:
                got = f"holds {cell!r}" if cell else "is empty"
                raise ValueError(f"line {row.line}, column {name!r} {got}; fill it in or leave the line out")


def _header(rows: list[Row]) -> tuple[list[str], list[Row]]:
    """Part the names from the data: a first row without any number, above rows with some, is a header."""
    first, body = rows[0], rows[1:]
    numeric = [NUMBER.fullmatch(cell) is not None for cell in first.cells]
    if any(numeric):
        _check_first_row(rows)
        return [f"column {i}" for i in range(1, len(first.cells) + 1)], rows
    if not any(NUMBER.fullmatch(cell) for row in body for cell in row.cells):
        raise ValueError("there is no number below the first line; at least one column must hold numbers")
    for i, name in enumerate(first.cells):
        if not name:
            raise ValueError(
                f"line {first.line}: column {i + 1} has no name; the header must name every column"
            )
        if name in first.cells[:i]:
            raise ValueError(f"line {first.line}: two columns are called {name!r}; give each its own name")
    return first.cells, body


def _check_first_row(rows: list[Row]) -> None:
    """Refuse a first row that is half a header: a name above numbers, beside a number."""
    first, body = rows[0], rows[1:]
    for i, cell in enumerate(first.cells):
        below = [row.cells[i] for row in body]
        numbers = sum(NUMBER.fullmatch(other) is not None for other in below)
        if cell.lower() not in MISSING and not NUMBER.fullmatch(cell) and numbers * 2 > len(below):
            raise ValueError(
                f"line {first.line} is neither a header nor data: {cell!r} stands above numbers, beside a number"
            )


def _target(columns: list[_Column], name: str | None) -> _Column:
    texts = [column for column in columns if column.is_text]
    chosen = texts[0] if texts else columns[-1]
    if name is not None:
        if name not in [column.name for column in columns]:
            known = ", ".join(repr(column.name) for column in columns)
            raise ValueError(f"there is no column {name!r} to predict; there are {known}")
        chosen = next(column for column in columns if column.name == name)
    for column in texts:
        if column is not chosen:
            raise ValueError(
                f"line {column.lines[0]}, column {column.name!r} holds text ({column.cells[0]!r}); only the column to be "
                f"predicted may, which is {chosen.name!r}; leave one of them out"
            )
    return chosen


def _check_decimals(columns: list[_Column]) -> None:
    """Refuse a file in which a comma may mean thousands in one cell and decimals in another."""
    if not any("," in column.letters for column in columns):
        return
    first: dict[str, tuple[int, str]] = {}
    for column in columns:
        for line, cell in zip(column.lines, column.cells, strict=True):
            if NUMBER.fullmatch(cell):
                for mark in (",", "."):
                    if mark in cell:
                        first.setdefault(mark, (line, cell))
    if len(first) == 2:
        (a, comma), (b, point) = first[","], first["."]
        raise ValueError(
            f"line {a} has a decimal comma ({comma!r}), line {b} a decimal point ({point!r}); use one of them throughout"
        )


def _are_classes(column: _Column, asked: bool | None) -> bool:
    return column.is_text if asked is None else asked


def _numbers(column: _Column) -> NDArray[np.float64]:
    if column.plain is not None:
        return column.plain
    values = []
    for line, cell in zip(column.lines, column.cells, strict=True):
        value = float(cell.replace(",", ".")) if NUMBER.fullmatch(cell) else math.nan
        if math.isnan(value):
            raise ValueError(f"line {line}, column {column.name!r}: {cell!r} is not a number")
        if math.isinf(value):
            raise ValueError(f"line {line}, column {column.name!r}: {cell!r} is too large for a number")
        values.append(value)
    return np.array(values)


def _classes(column: _Column) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    kinds = sorted(set(column.cells), key=_rank)
    if len(kinds) == 1:
        raise ValueError(
            f"column {column.name!r} holds one class only, {kinds[0]!r}; at least two are needed"
        )
    if len(kinds) == len(column.cells):
        raise ValueError(
            f"column {column.name!r} holds {len(kinds)} classes in {len(kinds)} rows; some rows must be of one class"
        )
    places = {kind: i for i, kind in enumerate(kinds)}
    return np.array([places[cell] for cell in column.cells], np.int64), tuple(kinds)


def _rank(kind: str) -> tuple[bool, float, str]:
    """Order numbers by size and before words."""
    number = float(kind.replace(",", ".")) if NUMBER.fullmatch(kind) else math.inf
    return NUMBER.fullmatch(kind) is None, number, kind
