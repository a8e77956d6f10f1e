"""What a page reports in words and numbers: pieces of Python, tables, what one asks for, and work that takes its time."""

from __future__ import annotations

from bokeh.core.properties import Bool, Enum, Float, Instance, Int, List, Nullable, String, Tuple
from bokeh.model import Model
from bokeh.models.ui import UIElement

from fallline_app.components.models.tape import Tape


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


class Work(Model):
    """What takes its time on a page: the visitor begins, pauses and stops it, and sees how far it is."""

    title = String(help="What is being done, in a word.")
    action = String(help="What the button says that begins it.")
    state = Enum("idle", "running", "paused", "stopped", "done", "failed")
    fraction = Nullable(Float, default=0.0, help="How much of it is done; None where no end can be told.")
    phrase = String("", help="How far it is, in a few words.")


class LookAround(UIElement):
    """A button that asks for what holds at the player's step, where that takes too long to follow it by itself."""

    tape = Instance(Tape)
    value = Int(-1, help="For which step of the tape it is asked; −1 for the last.")
    said = String("", help="For which step it holds now, in a sentence.")
    title = String(help="What the button says, before the step.")
