"""The command line for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from click.testing import Result
from sqlalchemy import Engine

from tests.databases import SECRET
from trainer.cli import trainer

REPOSITORY = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Terminal:
    """Runs commands on one installation: its database, its data directory."""

    engine: Engine
    data: Path

    @property
    def environment(self) -> dict[str, str]:
        url = self.engine.url.render_as_string(hide_password=False)
        return {
            "TRAINER_DATA": str(self.data),
            "TRAINER_DATABASE_URL": url,
            "TRAINER_SECRET_KEY": SECRET,
        }

    def run(self, *arguments: str | Path, typed: str = "") -> Result:
        """Run a command in this process."""
        return CliRunner().invoke(
            trainer, list(map(str, arguments)), input=typed, env=self.environment
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Start a command in a process of its own."""
        return subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", "trainer", *map(str, arguments)],
            env={**os.environ, **self.environment},
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
