"""A table from the visitor's disk: taken as a whole, or refused with what was there left as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.components.settings import ChoiceSetting, FileSetting
from fallline_app.demos.network.data import FILE, MOST_ROWS, read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import fallline as fl
    from fallline_app.demos.network.model import Training

LIMIT = 5_000_000
EXAMPLE = b"x;y;kind\n1,5;2;a\n2;3;b\n3;4;a\n4;5;b\n"
HELP = (
    "A CSV file of up to 5 MB: a header, from 2 to 12 columns of numbers, and a column to be predicted: classes, or numbers. "
    "It stays on this computer: nothing is sent anywhere."
)
NOT_IN_LINK = "It holds the settings, but not your file {name}: who follows it has to choose that file too."


class FileControls:
    """The file, and which of its columns is to be predicted.

    `changed` is called where the network learns from another, and `suit` where other settings may be of use.
    """

    def __init__(
        self, model: Training, changed: Callable[[], object], suit: Callable[[], object] = lambda: None
    ) -> None:
        self.model, self._changed, self._suit = model, changed, suit
        # What reading imports has to be there before there are no files left to import it from.
        read_table(EXAMPLE)
        self._content = b""
        self.file = FileSetting(
            key="network.csv",
            label="CSV file",
            limit=LIMIT,
            accept=".csv,.tsv,.txt,text/csv,text/plain",
            help_text=HELP,
        )
        self.target = ChoiceSetting(
            label="predict",
            key="",
            help_text="The column that it learns to tell: words and a few whole numbers are classes.",
        )
        self.file.param.watch(lambda event: self._read(event.new), "content")
        self.target.param.watch(lambda event: self._predict(event.new), "value")
        self._busy = False

    @property
    def link_note(self) -> str:
        """What a link does not hold, if the network learns from a file."""
        return NOT_IN_LINK.format(name=self.model.file) if self.model.data == FILE and self.model.file else ""

    def show(self) -> None:
        """Show what is of use for the data that are chosen."""
        self.file.shown = self.model.data == FILE
        self.target.shown = self.model.data == FILE and self.model.table is not None

    def _read(self, content: bytes) -> None:
        if not content:
            return
        name, kept = self.file.file_name, self.file.kept
        try:
            table = read_table(content)
        except (ValueError, MemoryError) as refused:
            self.file.param.update(error=f"{name}: {refused}. {self._stays}", taken=self.file.taken + 1)
            return
        self._content = content
        self._take(table, name)
        self.file.param.update(error="", taken=self.file.taken + 1)
        if self.model.data == FILE:
            self._changed()
        elif not kept:
            self.model.data = FILE

    def _predict(self, target: str) -> None:
        if self._busy or self.model.table is None or target == self.model.table.target:
            return
        try:
            table = read_table(self._content, target)
        except ValueError as refused:
            self.file.error = f"{refused}. {self._stays}"
            self._name_target(self.model.table)
            return
        self.file.error = ""
        self._take(table, self.model.file)
        self._changed()

    def _take(self, table: fl.datasets.Table, name: str) -> None:
        self.model.take(table, name)
        rows = len(table.y)
        some = f", of which {MOST_ROWS} are taken by chance" if rows > MOST_ROWS else ""
        what = f"{len(table.classes)} classes" if table.classes else f"numbers of {table.target}"
        self.file.note = f"{name}: {rows} rows{some}, {len(table.names)} columns, {what}; each column is scaled to mean 0 and deviation 1."
        self._name_target(table)
        self.show()
        self._suit()

    def _name_target(self, table: fl.datasets.Table) -> None:
        self._busy = True
        columns = sorted([*table.names, table.target])
        self.target.param.update(options=[(name, name) for name in columns], value=table.target)
        self._busy = False

    @property
    def _stays(self) -> str:
        return f"{self.model.file} stays as it was" if self.model.file else "Everything stays as it was"
