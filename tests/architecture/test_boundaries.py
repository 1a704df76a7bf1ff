"""The rules of the house that no linter knows; docs/architecture.md says why."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Iterable
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "trainer").rglob("*.py"))
SHARED = {"", "core", "kit"}
ROOTS = {"app", "features", "cli", "migrations", "__main__"}
PUBLIC = {"domain", "service", "queries"}
EDGE = {"app", "features", "cli"}
LONGEST = {".py": 400, ".html": 150, ".css": 300, ".js": 300}
FUNCTION, VIEW = 40, 25
FILES = sorted(
    p
    for p in (ROOT / "trainer").rglob("*")
    # A migration step is a list of tables, not a thought to be split.
    if p.suffix in LONGEST and "versions" not in p.parts
)


def feature(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def floor(module: str) -> str:
    return module.split(".")[2] if module.count(".") > 1 else ""


def allowed(importer: str, imported: str) -> bool:
    if feature(imported) in SHARED | {feature(importer)} or feature(importer) in ROOTS:
        return True
    # A read may join the tables of the features below; a write may not.
    joins = floor(importer) == "queries" and floor(imported) == "models"
    return floor(imported) in PUBLIC or joins


def long_functions(source: str, most: int) -> list[str]:
    return [
        f"{node.name}:{node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= most
    ]


def hand_written_commits(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "rollback"}
    ]


def test_other_features_use_only_the_public_face_of_a_feature() -> None:
    graph = grimp.build_graph("trainer")
    strays = [
        f"{importer} -> {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if not allowed(importer, imported)
    ]
    assert strays == []


def test_the_public_face_rule_bites() -> None:
    assert not allowed("trainer.search.service.log", "trainer.publishing.models")
    assert not allowed("trainer.search.views", "trainer.knowledge.views")
    assert allowed("trainer.search.queries", "trainer.publishing.models")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_fits_a_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST[path.suffix]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_function_fits_the_eye(path: Path) -> None:
    if "versions" in path.parts:
        return  # likewise
    edge = {"views", "api"} & {path.stem, path.parent.name}
    assert long_functions(path.read_text("utf-8"), VIEW if edge else FUNCTION) == []


def test_the_size_rule_bites() -> None:
    lines = "\n".join("    x = 1" for _ in range(FUNCTION))
    assert long_functions(f"def f():\n{lines}\n", FUNCTION) == ["f:1"]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_commits_by_hand(path: Path) -> None:
    if path.is_relative_to(ROOT / "trainer" / "kit" / "index"):
        return  # the index writer's own commit
    assert hand_written_commits(path.read_text("utf-8")) == []


def test_the_commit_rule_bites() -> None:
    assert hand_written_commits("def f(session):\n    session.commit()\n") == [2]


def test_every_feature_is_under_the_contract_of_floors() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    listed = config["importlinter:contract:floors"]["containers"].split()
    packages = {
        f"trainer.{path.name}"
        for path in (ROOT / "trainer").iterdir()
        if (path / "__init__.py").is_file()
    }
    features = packages - {"trainer.core", "trainer.kit", "trainer.cli"}
    assert set(listed) == features - {"trainer.migrations"}


def styled(sheet: str) -> set[str]:
    """Give the classes that a style sheet dresses by themselves: ``.name {``."""
    bare = re.sub(r"/\*.*?\*/|@media print \{.*", "", sheet, flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", bare)
    return {
        one.strip().removeprefix(".")
        for selector in selectors
        for one in selector.split(",")
        if re.fullmatch(r"\s*\.[\w-]+\s*", one)
    }


def twice(sheets: Iterable[str]) -> set[str]:
    found = [name for sheet in sheets for name in styled(sheet)]
    return {name for name in found if found.count(name) > 1}


def test_every_class_has_one_home() -> None:
    # All style sheets are sent as one: a class of two homes looks like neither.
    sheets = [p.read_text("utf-8") for p in FILES if p.suffix == ".css"]
    assert twice(sheets) == set()


def test_the_rule_of_one_home_bites() -> None:
    assert twice([".told, .x {}", "/* .x { */ .told {} .x li {}"]) == {"told"}
    assert twice([".top {}", ".side {} @media print { .top {} }"]) == set()
