"""Text as rows of cells: which character parts them, and where each row stands in the file."""

import io
import re
from collections import Counter
from typing import NamedTuple

# From the least likely to stand inside a cell to the most likely.
DELIMITERS = ("\t", ";", ",", " ")
_NAMES = {"\t": "tab", ";": "semicolon", ",": "comma", " ": "space"}
_LOOKED_AT = 100  # lines, to find the delimiter
_QUOTE = '"'

NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "#n/a"})


class Row(NamedTuple):
    """The cells of a row, without the spaces around them, and the line on which it begins, counted from 1."""

    line: int
    cells: list[str]


def find_rows(text: str) -> list[Row]:
    r"""Cut text into rows of cells, all of one length; blank lines are left out.

    Parameters
    ----------
    text
        Lines of cells parted by commas, semicolons, tabs or spaces; a cell may stand in double quotes.

    Raises
    ------
    ValueError
        If no delimiter parts the lines, a row is longer or shorter than the first, or a quote is not closed.

    Examples
    --------
    >>> find_rows("x;y\n1,5;2")
    [Row(line=1, cells=['x', 'y']), Row(line=2, cells=['1,5', '2'])]
    """
    rows = _without_empty_end(_cut(text, _delimiter(text)))
    width = len(rows[0].cells)
    for row in rows:
        if len(row.cells) != width:
            raise ValueError(
                f"line {row.line} has {len(row.cells)} cells, line {rows[0].line} has {width}; every row needs as many"
            )
    return rows


def _delimiter(text: str) -> str:
    head = "".join(io.StringIO(text, newline="").readlines()[:_LOOKED_AT])
    scores = {delimiter: _score(head, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] == (0.0, 0.0):
        first = next(line for line in text.splitlines() if line.strip())
        raise ValueError(
            f"no delimiter was found: the first row reads {_shortened(first)}; "
            "part at least two columns by commas, semicolons, tabs or spaces"
        )
    return best


def _score(head: str, delimiter: str) -> tuple[float, float]:
    """How many rows have the usual number of cells, at least two, and how many of their cells are whole values."""
    try:
        rows = _cut(head, delimiter)
    except ValueError:
        # A quote that the first lines leave open says nothing against the delimiter; all of the text will tell.
        rows = [Row(0, line.split(delimiter)) for line in head.splitlines() if line.strip()]
    widths = Counter(len(row.cells) for row in rows if len(row.cells) > 1)
    if not widths:
        return 0.0, 0.0
    width, count = widths.most_common(1)[0]
    cells = [cell for row in rows if len(row.cells) == width for cell in row.cells]
    clean = sum(not _holds_another(cell, delimiter) for cell in cells)
    return round(count / len(rows) * clean / len(cells), 2), clean / len(cells)


def _holds_another(cell: str, delimiter: str) -> bool:
    """Say whether a cell looks as if it had to be cut further, or was cut too often."""
    if NUMBER.fullmatch(cell):
        return False
    rest = [other for other in DELIMITERS if other != delimiter and other != " "]
    return any(other in cell for other in rest) or bool(re.search(r"\d [+-]?[\d.,]", cell))


def _cut(text: str, delimiter: str) -> list[Row]:
    """Cut text at a delimiter; without quotes and by another than spaces, a line is a row, which is much quicker."""
    import csv

    if _QUOTE not in text and delimiter != " ":
        return _cut_plainly(text, delimiter, csv.field_size_limit())
    lines = io.StringIO(text, newline="")
    # Spaces before and after a line delimit nothing.
    stripped = (line.strip(" ") if delimiter != " " else f"{line.strip()}\n" for line in lines)
    reader = csv.reader(stripped, delimiter=delimiter, skipinitialspace=True, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            if any(cells) or len(cells) > 1:
                rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ValueError(f"line {line} cannot be cut into cells ({error}); look for an open quote") from None
    return rows


def _cut_plainly(text: str, delimiter: str, longest: int) -> list[Row]:
    rows = []
    for number, line in enumerate(io.StringIO(text, newline=None), 1):
        cells = [cell.strip() for cell in line.split(delimiter)]
        if len(line) > longest and max(map(len, cells)) > longest:
            raise ValueError(
                f"line {number} cannot be cut into cells (one has more than {longest} characters)"
            )
        if any(cells) or len(cells) > 1:
            rows.append(Row(number, cells))
    return rows


def _without_empty_end(rows: list[Row]) -> list[Row]:
    """Leave out an empty last column, which is a delimiter at the end of every line."""
    while len(rows[0].cells) > 2 and all(not row.cells[-1] for row in rows if row.cells):
        rows = [Row(row.line, row.cells[:-1]) for row in rows]
    return rows


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
