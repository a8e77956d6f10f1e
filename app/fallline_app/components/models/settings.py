"""What a visitor sets: numbers, choices, code, a file, points and drawings."""

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
from bokeh.models.ui import UIElement

from fallline_app.components.models.tape import Tape


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
    least = Int(420, help="How wide each of them has to be then, in pixels.")
    fold = Enum("never", "narrow", "always", help="When the group starts folded.")
    help_text = String("", help="What switching it on does, in one sentence.")


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


class Painting(UIElement):
    """Points that the visitor paints, as `fallline_app.painting` writes them, and what they are painted with."""

    key = String("", help="What the setting is called in a page's address.")
    title = String()
    value = String()
    default = String()
    pattern = String("", help="What a value from an address has to match.")
    names = List(String, help="What the classes are called.")
    help_text = String("", help="How one paints, in a sentence or two.")


class DrawingPad(UIElement):
    """A square of 32 × 32 cells to draw on by mouse, finger or keys, and what a classifier makes of the drawing."""

    key = String("", help="What the drawing is called in a page's address.")
    title = String()
    value = String(help="The drawing, as `fallline_app.bitmaps` writes it.")
    default = String()
    pattern = String("", help="What a drawing's text can be, as a regular expression of JavaScript.")
    seen = AnyRef(help="The counts of ink that the classifier gets, uint8, 0 to 16, shape (rows, columns).")
    names = List(String, help="What the drawing can be.")
    chances = AnyRef(
        help="How probable each is, float64, shape (moments, names); no moments where nothing is drawn."
    )
    moments = List(Int, help="From which step of the tape on each row holds.")
    tape = Instance(Tape)
    help_text = String("", help="How one draws, in one sentence.")
