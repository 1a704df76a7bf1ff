"""docs/security.md names only tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
DUTY = re.compile(r"^\| (?!duty|---)", re.MULTILINE)


def missing(text: str) -> list[str]:
    """Give the tests that a text names and that are not there."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(text)
        if not (ROOT / path).is_file() or (name and name not in names_in(ROOT / path))
    ]


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_exists() -> None:
    assert missing((ROOT / "docs" / "security.md").read_text("utf-8")) == []


def test_every_duty_has_a_proof_or_a_date() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    duties = [line for line in text.splitlines() if DUTY.match(line)]
    assert len(duties) > 30
    for line in duties:
        assert NAMED.search(line) or "not yet: issue B" in line, line


def test_the_check_bites() -> None:
    assert missing("`tests/web/no_such.py`") == ["tests/web/no_such.py::"]
    here = "tests/web/test_security_document.py"
    assert missing(f"`{here}::test_nothing`") == [f"{here}::test_nothing"]
