"""Bokeh models of small pictures: a pad to draw one on, and galleries of them; their behaviour is in `site/static/models`."""

from __future__ import annotations

from bokeh.core.properties import AnyRef, Enum, Instance, Int, List, Nullable, String
from bokeh.models.ui import UIElement

from fallline_app.components.models import Tape


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
