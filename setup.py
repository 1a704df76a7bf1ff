"""Packs ``content/`` and ``quizzes/`` into the wheel; all else is in ``setup.cfg``.

They are the starter pack: what ``trainer demo`` fills a fresh installation with, see
``trainer/cli/starter.py``. In a checkout they are found where they lie.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

AUTHORED = ("content", "quizzes")


class BuildWithStarterPack(build_py):
    """Copies the authored files beside the modules."""

    def run(self) -> None:
        """Build, then copy; an editable installation needs no copy."""
        super().run()
        if self.editable_mode:
            return
        home = Path(__file__).parent
        for name in AUTHORED:
            target = Path(self.build_lib, "trainer", "starter", name)
            shutil.rmtree(target, ignore_errors=True)
            if (home / name).is_dir():
                hidden = shutil.ignore_patterns(".*")
                shutil.copytree(home / name, target, ignore=hidden)


setup(cmdclass={"build_py": BuildWithStarterPack})
