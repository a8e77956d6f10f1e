"""The settings of a surface as widgets: each is shown where the surface has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.components.settings import ChoiceSetting, bound, code_setting, number_setting
from fallline_app.ground import REACHES
from fallline_app.surfaces import OPTIONS, OWN, own_surface

if TYPE_CHECKING:
    from panel.widgets.base import Widget

    from fallline_app.ground import Ground


def ground_settings(ground: Ground) -> list[Widget]:
    """Return the choice of a surface, and what the visitor's own one and the bowl have besides."""
    surface = bound(ChoiceSetting, ground, "surface", options=OPTIONS)
    own = code_setting(
        ground, "own", check=lambda text: own_surface(text, ground.own_domain), label="f(x, y)"
    )
    reaches = [(reach, f"±{reach}") for reach in REACHES]
    reach = bound(ChoiceSetting, ground, "reach", options=reaches)
    condition = number_setting(ground, "condition", scale="log")

    def show() -> None:
        own.shown = reach.shown = ground.surface == OWN
        condition.shown = ground.surface == "Bowl"

    ground.param.watch(lambda *_: show(), "surface")
    show()
    return [surface, own, reach, condition]
