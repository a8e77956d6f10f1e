"""Colours by name: a model is tagged with design tokens, and the page gives it their values, light or dark.

The values stand once, in `site/static/tokens.css`; nothing in Python knows a colour.
"""

from __future__ import annotations

from typing import TypeVar

from bokeh.model import Model

M = TypeVar("M", bound=Model)


def themed(model: M, **tokens: str) -> M:
    """Tag `model` so that the page sets each property named to the value of its token."""
    model.tags = [*model.tags, *(f"{name}={token}" for name, token in tokens.items())]
    return model
