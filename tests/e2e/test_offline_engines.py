"""The site without a network in the other engines: kept by one browser process, started by the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.e2e.engines import firefox, is_answered, remembering_webkit, state, wait
from tests.e2e.host import hosted

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.e2e.drivers import Engine

IS_READY = "return document.querySelector('[data-part=offline]')?.hidden === false"
KEPT_WITHIN = 60.0


@pytest.mark.slow
@pytest.mark.parametrize("engine", [firefox, remembering_webkit])
def test_other_engines_start_and_answer_after_the_server_is_gone(
    engine: Callable[[Path], AbstractContextManager[Engine]], tmp_path: Path
) -> None:
    (tmp_path / "profile").mkdir()
    with hosted(tmp_path / "host") as host:
        with engine(tmp_path / "profile") as browser:
            browser.goto(f"{host.site().url}race.html")
            wait(browser, IS_READY, KEPT_WITHIN)
        host.stop()

        with engine(tmp_path / "profile") as browser:
            browser.goto(f"{host.site().url}race.html")
            reached = state(browser)
            answered = is_answered(browser)

        # The end of the block stops it again.
        host.start()
    assert reached == "live"
    assert answered
