"""Column data sources that have columns and no rows yet."""

from __future__ import annotations

from bokeh.models import ColumnDataSource


def empty_source(*columns: str) -> ColumnDataSource:
    """Return a source with these columns, to be filled later, here or in the browser."""
    return ColumnDataSource({column: [] for column in columns})
