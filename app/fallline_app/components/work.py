"""Long work: what takes longer than an answer may, done step by step while the page goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fallline_app.components import models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Step(NamedTuple):
    """How far work is: a share from 0 to 1, None where no end can be told, and a few words, as in "epoch 12 of 40"."""

    fraction: float | None
    phrase: str


class Work:
    """What a view does in steps, and the model by which the page begins, pauses and stops it.

    `steps` begins it anew: each step takes 50 ms at most, may change what the page shows, and yields how far it is.
    `forget` shows again what was there before the work began; the settings may have changed since.
    """

    def __init__(
        self, steps: Callable[[], Iterator[Step]], forget: Callable[[], object], *, title: str, action: str
    ) -> None:
        self.model = models.Work(title=title, action=action)
        self._new_steps, self._forget = steps, forget
        self._steps: Iterator[Step] | None = None
        self._ended = "stopped"
        self.model.on_change("state", lambda _attribute, _old, new: self._follow(new))

    @property
    def runs(self) -> bool:
        """Whether there is a step to be done now."""
        return bool(self.model.state == "running")

    @property
    def is_under_way(self) -> bool:
        """Whether it has begun and not ended, be it paused."""
        return self._steps is not None

    def begin(self) -> None:
        """Begin anew, from the first step on."""
        self._close()
        self._steps = self._new_steps()
        self.model.update(state="running", fraction=0.0, phrase="")

    def cancel(self) -> None:
        """Leave it and forget what came of it, as when the settings that it rests on have changed."""
        if self.model.state == "idle":
            self._forget()
        else:
            self.model.state = "idle"

    def advance(self) -> None:
        """Do one step; the last one ends the work, and so does an error, which is raised."""
        if self._steps is None:
            return
        try:
            fraction, phrase = next(self._steps)
        except StopIteration:
            self._end("done")
        except BaseException:
            self._end("failed")
            raise
        else:
            self.model.update(fraction=fraction, phrase=phrase)

    def _follow(self, state: str) -> None:
        """Do what the page asks for, which may not know yet that the work has ended."""
        if state == "running" and not self.is_under_way:
            self.begin()
        elif state == "paused" and not self.is_under_way:
            self.model.state = self._ended
        elif state == "stopped":
            self._end("stopped")
        elif state == "idle":
            self._close()
            self.model.update(fraction=0.0, phrase="")
            self._forget()

    def _end(self, state: str) -> None:
        self._close()
        self._ended = self.model.state = state
        if state == "done":
            self.model.fraction = 1.0

    def _close(self) -> None:
        steps, self._steps = self._steps, None
        close = getattr(steps, "close", None)
        if close is not None:
            close()
