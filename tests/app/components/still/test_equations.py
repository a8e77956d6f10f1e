from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from bokeh.models import ColumnDataSource

from fallline_app.components.models import Track
from fallline_app.components.still.equations import equation, formatted

NUMBERS = Path(__file__).parents[4] / "site" / "static" / "numbers.js"


def test_numbers_stand_where_their_columns_stood() -> None:
    source = ColumnDataSource()
    track = Track(path=source, head=source, equation=["<mn>{y:17}</mn>", "<mo>=</mo><mn>{h}</mn>"])

    written = equation(track, {"y": 4.000000059604645, "h": 2.0**-26})

    assert written == ["<mn>4.000000059604645</mn>", "<mo>=</mo><mn>1.49e−8</mn>"]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node runs the page's own formatting")
def test_numbers_are_written_as_the_page_writes_them() -> None:
    values = [
        0.0,
        1.0,
        -2.5,
        1e-4,
        9.99e-5,
        123456.0,
        1e6,
        1.23456789e-9,
        -7e22,
        4.000000000000001,
        *extremes(),
    ]
    cases = [(value, digits) for value in values for digits in (4, 17)]
    script = f"import {{ format }} from {json.dumps(NUMBERS.as_uri())}; console.log(JSON.stringify({json.dumps(cases)}.map(([v, d]) => format(v, d))))"

    said = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True
    ).stdout

    assert [formatted(value, digits) for value, digits in cases] == json.loads(said)


def extremes() -> list[float]:
    rng = np.random.default_rng(0)
    return [float(value) for value in rng.standard_normal(200) * 10.0 ** rng.integers(-12, 12, 200)]


@pytest.mark.parametrize(("value", "text"), [(np.nan, "–"), (np.inf, "∞"), (-np.inf, "−∞")])
def test_what_is_no_number_is_said(value: float, text: str) -> None:
    assert formatted(value, 4) == text
