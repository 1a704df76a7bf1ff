"""Processes that are told what to do, say what they have done, and may be killed.

They are forked from a process that has imported what they need and done nothing
else: each is as new as one that was started by hand, without its second of imports.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TextIO
from typing import cast

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.child", "tests.kit.index.child"])


@dataclass(frozen=True, slots=True)
class Child:
    """A process at work; both sides write lines."""

    process: BaseProcess
    told: TextIO
    said: TextIO

    def tell(self, words: str) -> None:
        self.told.write(f"{words}\n")
        self.told.flush()

    def hear(self) -> str:
        """Wait for a line; empty when the process has ended."""
        return self.said.readline().strip()

    def ask(self, words: str) -> str:
        self.tell(words)
        return self.hear()

    def kill(self) -> list[str]:
        """Kill it with signal 9; gives what it had still said."""
        self.process.kill()
        return self.said.read().split()

    def wait(self) -> int:
        """Wait for its end; gives its exit code."""
        self.process.join()
        assert self.process.exitcode is not None
        return self.process.exitcode


@contextmanager
def child(task: Callable[..., None], *arguments: object) -> Iterator[Child]:
    """Start a task, a function of a module; it is dead at the end."""
    hears, told = FORKS.Pipe(duplex=False)
    said, says = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_work, args=(hears, says, task, arguments))
    process.start()
    hears.close()
    says.close()
    with _text(told, "w") as to, _text(said, "r") as of:
        try:
            yield Child(process, to, of)
        finally:
            process.kill()
            process.join()
            process.close()


def _work(
    hears: Connection,
    says: Connection,
    task: Callable[..., None],
    arguments: tuple[object, ...],
) -> None:
    """Do a task with the two pipes as standard input and output."""
    sys.stdin, sys.stdout = _text(hears, "r"), _text(says, "w")
    task(*arguments)
    sys.stdout.flush()


def _text(pipe: Connection, mode: str) -> TextIO:
    """Take over an end of a pipe as a file of lines."""
    with pipe:
        return cast("TextIO", os.fdopen(os.dup(pipe.fileno()), mode, encoding="utf-8"))


def free_port() -> int:
    """Give a port of loopback that nobody listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
