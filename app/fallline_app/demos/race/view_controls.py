"""The settings of a race as widgets: the landscape, and what each racer is set by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.components.ground import ground_settings
from fallline_app.components.settings import ChoiceSetting, Group, bound, group, number_setting
from fallline_app.components.tracks import CUES
from fallline_app.demos.race.looking import METHODS
from fallline_app.demos.race.model import HEIGHT
from fallline_app.demos.race.planning import PLANS
from fallline_app.demos.race.racers import Guest, Racer

if TYPE_CHECKING:
    from bokeh.models.ui import UIElement
    from panel.widgets.base import Widget

    from fallline_app.components.settings import NumberSetting
    from fallline_app.demos.race.model import Race


def race_settings(race: Race, seed: NumberSetting) -> UIElement:
    """Return the settings of the landscape and of all racers."""
    surface, *of_surface = ground_settings(race)
    kinds = race.param.map_shows.objects
    told = [(kind, "height" if kind == HEIGHT else f"where {kind} ends") for kind in kinds]
    shows = bound(ChoiceSetting, race, "map_shows", options=told)
    methods = [(name, method.label) for name, method in METHODS.items()]
    gradient = bound(ChoiceSetting, race, "gradient", options=methods)
    start_x, start_y, steps = (number_setting(race, name) for name in ("start_x", "start_y", "steps"))
    landscape = group(
        "Landscape",
        [
            surface,
            shows,
            *of_surface,
            start_x,
            start_y,
            steps,
            gradient,
            seed,
            group("arrows", [], switch=(race, "arrows")),
        ],
        fold="narrow",
    )
    schedule = bound(
        ChoiceSetting,
        race,
        "schedule",
        options=[(name, plan.label) for name, plan in PLANS.items()],
    )
    racers = [_racer_settings(racer) for racer in race.racers]
    target = number_setting(race, "target", scale="log")
    together = group("Racers", [schedule, target, *racers], fold="narrow")
    return group("", [landscape, together]).get_root()


def _racer_settings(racer: Racer | Guest) -> Group:
    children = _guest_children(racer) if isinstance(racer, Guest) else _racer_children(racer)
    series = racer.entry.series
    return group(racer.name, children, switch=(racer, "runs"), series=series, dash=CUES[series].dash)


def _racer_children(racer: Racer) -> list[Widget]:
    first, *others = (
        number_setting(racer, known.name, scale=known.scale, unit=known.unit, context=racer.name)
        for known in racer.settings
    )
    return [first, *([group("more", others, fold="always", context=racer.name)] if others else [])]


def _guest_children(guest: Guest) -> list[Widget]:
    options = [(title, title) for title in guest.entries]
    kind = bound(ChoiceSetting, guest, "kind", label="optimizer", options=options)
    return [kind, number_setting(guest, "rate", scale="log", context=guest.name)]
