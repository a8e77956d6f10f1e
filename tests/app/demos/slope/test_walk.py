from __future__ import annotations

import pytest

from fallline_app.components.running import run
from fallline_app.demos.slope.walk import ROUTES, Route

WALK = ["1.60000", "1.28000", "1.02400", "0.81920", "0.65536"]


def test_snippet_as_written_fails_for_the_reason_that_is_given() -> None:
    output = run(ROUTES[0].code)

    assert output.failed
    assert "gradient: ()" in output.text
    assert "TypeError" in output.text
    assert "line 11: param = param - learning_rate * gradient" in output.text


@pytest.mark.parametrize("route", ROUTES[1:], ids=lambda route: route.title)
def test_both_routes_walk_as_the_tutorial_says(route: Route) -> None:
    output = run(route.code)

    assert not output.failed
    assert [line.split("= ")[1] for line in output.text.splitlines()] == WALK
