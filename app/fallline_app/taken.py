"""The frames of a descent on a surface, as far as it goes: the surface may be the visitor's own, and raise anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fallline_app.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import fallline as fl


def taken(frames: Iterable[fl.Frame], is_last: Callable[[fl.Frame], bool]) -> tuple[list[fl.Frame], str]:
    """Return the frames up to the first that is the last, and what went wrong where the function raised."""
    seen: list[fl.Frame] = []
    try:
        for frame in frames:
            seen.append(frame)
            if is_last(frame):
                break
    except (Exception, SystemExit) as error:  # noqa: BLE001 (whatever a function does, it is said)
        return seen, said(error)
    return seen, ""
