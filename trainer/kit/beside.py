"""Work beside the requests: a thread that runs as long as something is open."""

from __future__ import annotations

from abc import ABC
from abc import abstractmethod
from threading import Event
from threading import Thread
from types import TracebackType
from typing import Self


class Beside(ABC):
    """Runs from ``with`` to its end.

    Attributes:
        _stopped: Set when the end has come; :meth:`_run` waits for it between two
            pieces of work, and returns.
    """

    def __init__(self, name: str, *, patience: float) -> None:
        """Prepare the thread; ``patience`` is how many seconds its end may take."""
        self._stopped = Event()
        self._patience = patience
        self._thread = Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it after what it is doing."""
        self._stopped.set()
        self._thread.join(timeout=self._patience)
        self._ended()

    @abstractmethod
    def _run(self) -> None:
        """Do the work until it is stopped."""

    def _ended(self) -> None:  # noqa: B027  (most have nothing to give back)
        """Give back what is held."""
