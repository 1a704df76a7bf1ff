"""docs/security.md names only tests that exist, and leaves no item out."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LATER = re.compile(r"not yet: issue ([C-F]|\"operations and scale\")|not here: ")
"""Says why there is no test: it comes with an issue, or there is nothing to test."""

ITEMS = {f"S{n:02}" for n in range(1, 27)} | {
    f"F{n:02}" for n in range(1, 24) if n not in {7, 10, 12}
}
"""The numbered attacks and faults of the checklist; three numbers were never given."""

SPAN = re.compile(r"([SF])(\d\d) to [SF](\d\d)")
DUTY = re.compile(r"^\| (?!(duty|attack|item) \||---)", re.MULTILINE)


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
        assert NAMED.search(line) or LATER.search(line), line


def items_in(text: str) -> set[str]:
    """Give the items that stand in the rows of a text, also as ``F21 to F23``."""
    rows = "\n".join(line for line in text.splitlines() if DUTY.match(line))
    found = set(re.findall(r"\b[SF]\d\d\b", rows))
    for letter, first, last in SPAN.findall(rows):
        found |= {f"{letter}{n:02}" for n in range(int(first), int(last) + 1)}
    return found


def test_every_item_of_the_checklist_has_a_row() -> None:
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    assert sorted(ITEMS - items_in(text)) == []
    assert items_in("| x (F21 to F23) | | |") == {"F21", "F22", "F23"}


def test_the_check_bites() -> None:
    assert missing("`tests/web/no_such.py`") == ["tests/web/no_such.py::"]
    here = "tests/web/test_security_document.py"
    assert missing(f"`{here}::test_nothing`") == [f"{here}::test_nothing"]
