"""The rendering child process, seen from its parent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from typing import cast

START_SECONDS = 30.0
"""Time for the child to start: a busy machine is not the text's fault."""

_CHUNK = 1 << 16
_HOME = Path(__file__).parents[3]


class ChildDiedError(Exception):
    """The child ended before it answered; ``late`` when its time was over."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("out of time" if late else "crashed")
        self.late = late


class Child:
    """A running child; not for two threads at once.

    Raises:
        ChildDiedError: it did not come up.
        OSError: no process or pipe is left on this machine.
    """

    def __init__(self) -> None:
        # The child finds the modules its parent found; -P keeps the working
        # directory from adding to them. Pipes without buffers can be closed
        # after a fork: they have no lock and nothing left to write.
        path = [str(_HOME), *filter(None, sys.path)]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "trainer.kit.markup.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        )
        # Both ends exist, as both were asked for.
        self._sent = cast("IO[bytes]", self._process.stdin)
        self._received = cast("IO[bytes]", self._process.stdout)
        self.ask([], articles="", seconds=START_SECONDS)

    @property
    def is_running(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, texts: Sequence[str], *, articles: str, seconds: float) -> list[str]:
        """Have texts rendered; kill the child when time is over.

        Raises:
            ChildDiedError: no answer came; the child is gone.
        """
        request = {"texts": list(texts), "articles": articles, "seconds": seconds}
        line = b""
        late = threading.Event()
        try:
            with self._killed_after(seconds, late):
                self._write(json.dumps(request).encode() + b"\n")
                line = self._read()
        except BrokenPipeError:
            pass  # it died before it read everything: no answer
        finally:
            # Also when an interrupt came between: the answer on its way would
            # be taken for the next one's.
            if not line or late.is_set():
                self.stop()
        if not line:
            raise ChildDiedError(late=late.is_set())
        pages: list[str] = json.loads(line)
        return pages

    def stop(self) -> None:
        """Kill it and take its place in the process table back."""
        self._process.kill()
        self._process.wait()
        self.leave()

    def leave(self) -> None:
        """Close this process's ends of the pipes."""
        self._sent.close()
        self._received.close()

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._sent.write(rest) :]

    def _read(self) -> bytes:
        """Read a line; empty when the child ended before the line did."""
        chunks = [self._received.read(_CHUNK)]
        while chunks[-1] and not chunks[-1].endswith(b"\n"):
            chunks.append(self._received.read(_CHUNK))
        return b"".join(chunks) if chunks[-1] else b""

    @contextmanager
    def _killed_after(self, seconds: float, late: threading.Event) -> Iterator[None]:
        def kill() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # from here on ``late`` no longer changes
