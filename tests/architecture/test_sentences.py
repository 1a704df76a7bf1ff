"""What a person reads is marked for translation, see docs/how-to/add-a-string.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2 import nodes

from tests.strings import KEYWORDS
from tests.strings import PACKAGE
from tests.strings import sources

CHINESE = re.compile(r"[\u4e00-\u9fff，。：；！？（）]")
SILENT = {"library", "settings.py"}
"""Beside the commands: what only they show so far."""

TEMPLATES = [path for path in sources() if path.suffix == ".html"]
MODULES = [
    path
    for path in sources()
    if path.suffix == ".py" and path.relative_to(PACKAGE).parts[0] not in SILENT
]
EDGE = {"forms", "views"}
TELLING = {"Mistake", "FieldMistake", "MenuItem", "Row"}


def unmarked_in_template(source: str) -> Iterator[str]:
    """Give the Chinese of a template that no ``_()`` holds."""
    yield from _unmarked_nodes(Environment(autoescape=True).parse(source))


def _unmarked_nodes(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        marked = node.args if node.node.name in KEYWORDS else []
        rest = [child for child in node.iter_child_nodes() if child not in marked]
    else:
        rest = list(node.iter_child_nodes())
    words = node.data if isinstance(node, nodes.TemplateData) else ""
    if isinstance(node, nodes.Const):
        words = str(node.value)
    if CHINESE.search(words):
        yield words.strip()
    for child in rest:
        yield from _unmarked_nodes(child)


def unmarked_in_module(source: str, *, edge: bool) -> list[int]:
    """Give the lines with Chinese that a person reads and ``N_()`` does not hold.

    Args:
        source: The module.
        edge: Whether all its words are for persons, as in forms and views;
            elsewhere those of an error, a mistake or a row are.
    """
    tree = ast.parse(source)
    marked = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in KEYWORDS
        for argument in node.args
        for child in ast.walk(argument)
    }
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    telling = [tree] if edge else [node for node in ast.walk(tree) if _tells(node)]
    return sorted(
        {
            child.lineno
            for node in telling
            for child in ast.walk(node)
            if isinstance(child, ast.Constant)
            and id(child) not in marked | docstrings
            and CHINESE.search(str(child.value))
        }
    )


def _tells(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        called = _called(node)
        return called.endswith("Error") or called in TELLING
    return isinstance(node, ast.Raise)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def computed(source: str) -> list[int]:
    """Give the lines where a mark holds something else than plain words."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _called(node) in KEYWORDS
        if not node.args or any(not isinstance(a, ast.Constant) for a in node.args)
    ]


def found(
    paths: Iterable[Path], look: Callable[[Path, str], Iterable[object]]
) -> dict[str, list[object]]:
    """Give what is wrong, by file."""
    wrong = {
        str(path.relative_to(PACKAGE)): list(look(path, path.read_text("utf-8")))
        for path in paths
    }
    return {name: lines for name, lines in wrong.items() if lines}


def test_every_word_of_a_template_is_marked() -> None:
    assert found(TEMPLATES, lambda _, source: unmarked_in_template(source)) == {}


def test_every_sentence_of_a_module_is_marked() -> None:
    def look(path: Path, source: str) -> list[int]:
        edge = bool(EDGE & {path.stem, path.parent.name})
        return unmarked_in_module(source, edge=edge)

    assert found(MODULES, look) == {}


def test_what_is_marked_stands_there_in_words() -> None:
    assert found(MODULES, lambda _, source: computed(source)) == {}


def test_the_rules_bite() -> None:
    page = '<p title="找">{{ _("好") }} {{ "：" ~ _n("共 %(n)s 条", n=3) }} “”</p>'
    assert list(unmarked_in_template(page)) == ['<p title="找">', "："]
    raised = 'def f():\n    """说明"""\n    x = "词"\n    raise KeyError(f"没有{x}")\n'
    assert unmarked_in_module(raised, edge=False) == [4]
    assert unmarked_in_module(raised, edge=True) == [3, 4]
    assert unmarked_in_module('raise KeyError(N_("没有{x}", x=1))', edge=True) == []
    assert computed('N_("好")\nN_(f"没有{x}")\nN_(words)\nNc_("a", "好")') == [2, 3]
