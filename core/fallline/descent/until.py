"""Frames up to the one at which a stopping rule applies; the rules themselves are in `stopping`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from fallline.descent.frames import Frame


class Rule(Protocol):
    """What `descend` asks of a stopping rule."""

    def reason(self, frame: Frame, before: Frame | None) -> str:
        """Why to stop at `frame`, in one sentence without a full stop; empty to go on. `before` is None at the start."""
        ...


class Stopped(NamedTuple):
    """Which rule ended a descent, and why."""

    rule: Rule
    reason: str


def until(frames: Iterable[Frame], rules: Sequence[Rule]) -> Iterator[Frame]:
    """Let frames pass up to and including the first at which a rule applies; that one says which.

    Examples
    --------
    >>> from fallline import GradientDescent, descend
    >>> from fallline.descent.stopping import Divergence, SlopeNorm
    >>> frames = descend(lambda x: x[0] ** 2, [2.0], GradientDescent(rate=1.1))
    >>> *_, last = until(frames, [SlopeNorm(), Divergence(limit=10.0)])
    >>> last.step, last.stopped
    (3, Stopped(rule=Divergence(limit=10.0), reason='the value, 11.9, is beyond 10'))
    """
    before = None
    for frame in frames:
        for rule in rules:
            reason = rule.reason(frame, before)
            if reason:
                yield replace(frame, stopped=Stopped(rule, reason))
                return
        yield frame
        before = frame
