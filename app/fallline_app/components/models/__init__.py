"""The Bokeh models that the page adds to Bokeh's own: their state here, their behaviour in `site/static/models`."""

from fallline_app.components.models.followers import BatchMarks, Film, Fits, Paths, Spreads, TableFilm
from fallline_app.components.models.pictures import Gallery, NetworkPicture, Relief
from fallline_app.components.models.plots import BrushTool, ColourBar, PointTool, RankReading
from fallline_app.components.models.reports import Listing, LookAround, Table, Work
from fallline_app.components.models.settings import (
    ChoiceSetting,
    CodeSetting,
    DrawingPad,
    FileSetting,
    Group,
    NumberSetting,
    Painting,
)
from fallline_app.components.models.tape import Arrows, Labels, Tape, Track, TrackLine

__all__ = [
    "Arrows",
    "BatchMarks",
    "BrushTool",
    "ChoiceSetting",
    "CodeSetting",
    "ColourBar",
    "DrawingPad",
    "FileSetting",
    "Film",
    "Fits",
    "Gallery",
    "Group",
    "Labels",
    "Listing",
    "LookAround",
    "NetworkPicture",
    "NumberSetting",
    "Painting",
    "Paths",
    "PointTool",
    "RankReading",
    "Relief",
    "Spreads",
    "Table",
    "TableFilm",
    "Tape",
    "Track",
    "TrackLine",
    "Work",
]
