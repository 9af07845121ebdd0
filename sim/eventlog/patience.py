"""Patience: waiting for another program that has a log, and saying so, lest this one seem to hang."""

import time
from collections.abc import Callable

from attrs import define, field, frozen

SAY_SECONDS = 3.0
"""After how long it is said."""


def never() -> bool:
    """What says that nobody wants to stop."""
    return False


@frozen
class Wait:
    """How long somebody wants to wait: `seconds`, None for as many as is usual, but no longer than until `stopped`."""

    seconds: float | None = None
    stopped: Callable[[], bool] = never


USUAL = Wait()


@define
class Patience:
    """With another program that has `what`: for so many `seconds` from now on, and until it is `stopped`.

    What it says goes to the logger "sim": where a program sets up none, to standard error.
    """

    what: str
    seconds: float
    stopped: Callable[[], bool] = never
    _begun: float = field(factory=time.monotonic)
    _said: bool = False

    @classmethod
    def of(cls, what: str, wait: Wait, usual: float) -> "Patience":
        """That of somebody who wants to wait so long; `usual` are the seconds where nobody says."""
        return cls(what, usual if wait.seconds is None else wait.seconds, wait.stopped)

    def left(self) -> bool:
        """Whether to try again. Who waits longer than a moment is told what for, once."""
        waited = time.monotonic() - self._begun
        again = waited < self.seconds and not self.stopped()
        if again and waited >= SAY_SECONDS and not self._said:
            self._say()
        return again

    def _say(self) -> None:
        import logging  # here, because hardly anybody waits

        self._said = True
        logging.getLogger("sim").warning(
            "%s is locked: waiting for the program that is writing to it, %g seconds at most", self.what, self.seconds
        )
