"""What the tests of all differences are run over, and how they see where a function is called."""

from typing import Any

import pytest

from fallline.differences.methods import METHODS

each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
together_or_not = pytest.mark.parametrize("vectorized", [False, True])


def counted(f: Any, calls: list[Any]) -> Any:
    """Let a function note where it is called."""

    def noting(x: Any) -> Any:
        calls.append(x.tolist())
        return f(x)

    return noting
