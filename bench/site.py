"""A demo site in a folder of its own, served on loopback while it is measured."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ADDRESS = re.compile(r"http://[\d.]+:\d+")
UNLIMITED = {"TRAINER_SEARCH_RATE": "1000000", "TRAINER_LOGIN_RATE": "1000000"}
"""One person here asks as much as a whole centre."""

PASSWORD = "window-2026"  # noqa: S105  (of every demo account)


@contextmanager
def demo_data() -> Iterator[Path]:
    """Give a data directory with the starter pack and the demo accounts."""
    with tempfile.TemporaryDirectory(prefix="trainer-bench-") as folder:
        yield Path(shutil.copytree(_demo().name, folder, dirs_exist_ok=True))


@cache
def _demo() -> tempfile.TemporaryDirectory[str]:
    """Make the demo once in the life of this process; it goes when the process does."""
    folder = tempfile.TemporaryDirectory(prefix="trainer-demo-")
    atexit.register(folder.cleanup)
    trainer("demo", "--no-serve", "--data", folder.name)
    return folder


@contextmanager
def served(data: Path, **more: str) -> Iterator[str]:
    """Serve a data directory; gives the address, such as ``http://127.0.0.1:4567``.

    ``more`` are settings by name, as the environment has them.
    """
    told = {f"TRAINER_{name.upper()}": value for name, value in more.items()}
    command = [sys.executable, "-m", "trainer", "serve", "--port", "0"]
    with subprocess.Popen(  # noqa: S603  (our own command)
        [*command, "--data", str(data)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **UNLIMITED, **told},
    ) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = ADDRESS.search(line)
            if found is None:
                raise RuntimeError(f"the site did not start: {line!r}")
            yield found[0]
        finally:
            process.terminate()


def trainer(*words: str) -> None:
    """Run the ``trainer`` command."""
    subprocess.run(  # noqa: S603  (our own command)
        [sys.executable, "-m", "trainer", *words], check=True, stdout=subprocess.DEVNULL
    )
