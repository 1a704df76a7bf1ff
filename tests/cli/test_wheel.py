"""The wheel alone is enough: ``pip install`` and ``trainer demo``, no checkout.

Built without network from a copy, through a source distribution, so that both are
proven to carry the starter pack.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.commands import REPOSITORY

pytestmark = pytest.mark.slow

PARTS = (
    "setup.py",
    "setup.cfg",
    "pyproject.toml",
    "MANIFEST.in",
    "README.md",
    "LICENSE",
)
FOLDERS = ("trainer", "content", "quizzes")
OFFLINE = ("--no-index", "--no-deps", "--disable-pip-version-check", "--quiet")
BUILD_SDIST = "from setuptools import build_meta; print(build_meta.build_sdist('out'))"


def run(*arguments: str | Path, at: Path, **environment: str) -> str:
    """Run Python, outside the checkout; gives what it prints."""
    ran = subprocess.run(  # noqa: S603  (our own program)
        [sys.executable, *map(str, arguments)],
        cwd=at,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a source distribution of a copy, and from that a wheel."""
    home = tmp_path_factory.mktemp("build")
    for part in PARTS:
        shutil.copy(REPOSITORY / part, home)
    for folder in FOLDERS:
        if (REPOSITORY / folder).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(REPOSITORY / folder, home / folder, ignore=ignore)
    source = run("-W", "ignore", "-c", BUILD_SDIST, at=home).split()[-1]
    pip = ("-m", "pip", "wheel", "--no-build-isolation", *OFFLINE, "-w", home / "out")
    run(*pip, home / "out" / source, at=home)
    [made] = (home / "out").glob("*.whl")
    return made


def below(names: list[str], folder: str) -> set[str]:
    """Give the files below a folder of an archive, as paths from it."""
    parts = (name.partition(f"{folder}/") for name in names)
    return {rest for _, found, rest in parts if found and rest and rest[-1] != "/"}


def test_wheel_and_source_carry_every_authored_file(wheel: Path) -> None:
    authored = {
        path.relative_to(REPOSITORY / "content").as_posix()
        for path in (REPOSITORY / "content").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert below(ZipFile(wheel).namelist(), "trainer/starter/content") == authored
    [source] = wheel.parent.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        files = [member.name for member in archive.getmembers() if member.isfile()]
    assert below(files, f"{source.name.removesuffix('.tar.gz')}/content") == authored


def test_the_wheel_carries_everything_the_program_reads(wheel: Path) -> None:
    kinds = {".html", ".css", ".js", ".mako", ".svg", ".po"}
    read = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "trainer").rglob("*")
        if path.suffix in kinds or (path.suffix == ".py" and path.parent.name != "")
    }
    names = set(ZipFile(wheel).namelist())
    assert {name for name in read if name not in names} == set()


def test_an_installed_wheel_makes_a_demo_outside_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    target = tmp_path / "installed"
    pip = ("-m", "pip", "install", "--no-compile", *OFFLINE, "--target", target)
    run(*pip, wheel, at=tmp_path)
    elsewhere = {"PYTHONPATH": str(target), "TRAINER_DATA": str(tmp_path / "data")}
    where = run(
        "-c", "import trainer; print(trainer.__file__)", at=tmp_path, **elsewhere
    )
    assert Path(where.strip()).is_relative_to(target)
    shown = run("-m", "trainer", "demo", "--no-serve", at=tmp_path, **elsewhere)
    assert "演示账号" in shown
    arguments = ("search", "租房提取", "--on", "2026-09-20", "--json")
    found = json.loads(run("-m", "trainer", *arguments, at=tmp_path, **elsewhere))
    assert found[0]["document"] == "rent-withdrawal"
