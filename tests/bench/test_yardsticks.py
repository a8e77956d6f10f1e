"""The yardsticks draw the race as the site does, so they need its models."""

from __future__ import annotations

import re
from pathlib import Path

from fallline_app.live import LiveDocument

MODELS = Path(__file__).parent / "plain" / "models.js"


def test_yardsticks_register_every_model_of_our_own_that_the_race_has() -> None:
    ours = set(re.findall(r'"fallline_app\.components\.models\.\w+\.(\w+)"', LiveDocument("race").to_json()))
    (registered,) = re.findall(r"register_models\(\[(.*)\]\)", MODELS.read_text(encoding="utf-8"))

    assert "Tape" in ours
    assert ours - set(registered.split(", ")) == set()
