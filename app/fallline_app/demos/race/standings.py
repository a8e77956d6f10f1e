"""What it takes everyone to come near enough: steps, evaluations, and the settings that they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fallline_app.surfaces import is_unknown
from fallline_app.words import power_of_ten, printed

if TYPE_CHECKING:
    import fallline as fl
    from fallline_app.demos.race.lap import Lap
    from fallline_app.demos.race.words import Terms

HEADINGS = ("racer", "steps", "evaluations", "ends at height", "settings")
NOTHING = "–"


def standing(lap: Lap, values: dict[str, Any], floor: float, terms: Terms) -> list[str]:
    """Return a row of the table: when a racer came within the target, where it ended, and how it was set."""
    arrival = lap.arrival(floor + terms.target)
    came = [f"{arrival.step}", f"{arrival.evaluations}"] if arrival else [f"not within {lap.last}", NOTHING]
    height = printed(float(lap.columns.loss[-1]) - floor)
    settings = ", ".join(f"{name}\xa0{printed(value)}" for name, value in values.items())
    return [lap.name, *came, height, settings]


def explain(objective: fl.Objective, terms: Terms) -> str:
    """Say in a sentence or two what the table counts."""
    near = f"Until a height of {power_of_ten(terms.target)} above"
    where = "the minimum" if objective.minima else "the lowest that anyone has seen"
    fair = "At other rates others win."
    if not objective.minima and not is_unknown(objective):
        fair = "This surface has no bottom, so that arriving means little."
    return f"{near} {where}; evaluations are all that the slopes and searches up to there needed. {fair}"
