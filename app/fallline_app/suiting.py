"""Settings that follow from others: a choice brings its own defaults, and what was set by hand may stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import param


def set_anew(owner: param.Parameterized, name: str, value: float, keep: bool) -> None:
    """Set a parameter to a value that is its default from now on; with `keep` only if it had its default until now."""
    now, default = getattr(owner, name), owner.param[name].default
    owner.param[name].default = value
    owner.param.update(**{name: now if keep and now != default else value})
