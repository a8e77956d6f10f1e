from __future__ import annotations

import numpy as np
import pytest

from fallline_app.demos.step_size.model import STEPS
from fallline_app.demos.step_size.view import StepSizeView, view


@pytest.fixture
def shown() -> StepSizeView:
    return view()


def names(shown: StepSizeView) -> dict[str, tuple[float, float]]:
    data = shown.names.data
    return {text: (x, y) for text, x, y in zip(data["text"], data["x"], data["y"], strict=True)}


def test_lines_and_the_automatic_step_are_named_where_they_are(shown: StepSizeView) -> None:
    law, found = shown.model.compare().law, names(shown)

    assert list(found) == ["truncation", "roundoff", "automatic step"]
    for name in ("truncation", "roundoff"):
        h, error = found[name]
        assert error == getattr(law, name)[np.flatnonzero(h == STEPS)[0]]
        assert shown.errors.y_range.start < error < shown.errors.y_range.end
    assert found["automatic step"] == (shown.automatic.data["x"][0], shown.automatic.data["y"][0])


def test_parabola_has_no_truncation_to_be_named(shown: StepSizeView) -> None:
    shown.model.curve = "param**2"

    assert "truncation" not in names(shown)
    assert "roundoff" in names(shown)


def test_automatic_step_is_drawn_over_the_lines_with_its_error_bar(shown: StepSizeView) -> None:
    (y,), (claim,) = (shown.automatic.data[column] for column in ("y", "claim"))

    drawn = [one for one in shown.errors.renderers if one.data_source is shown.automatic]
    assert {one.level for one in drawn} == {"overlay"}
    assert y <= claim
