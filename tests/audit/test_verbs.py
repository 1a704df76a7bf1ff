"""Every act that a use case tells the audit has a name an auditor understands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import trainer
from trainer.audit.domain.verbs import DETAIL_NAMES
from trainer.audit.domain.verbs import KIND_NAMES
from trainer.audit.domain.verbs import VERB_NAMES
from trainer.cases.domain import State
from trainer.core.errors import TrainerError
from trainer.people.domain import logins
from trainer.people.domain import signon
from trainer.people.domain import tokens
from trainer.publishing.domain.lifecycle import Act

HOME = Path(trainer.__file__).parent
PLACE_ACTS = ("added", "changed", "retired", "reopened")
NEVER_KEPT = {"SignOnError", "WrongPasswordError", "TokenCannotBeError"}
"""Refusals whose class no entry tells."""

VERB = re.compile(r"(?!trainer\.)[a-z_]+\.[a-z_]+")
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def told(source: str) -> Iterator[str]:
    """Give the texts of a module that look like verbs, where it tells the audit."""
    if "audit.record(" in source or "Entry(" in source:
        for node in ast.walk(ast.parse(source)):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and VERB.fullmatch(text):
                yield text


def test_every_verb_has_a_name() -> None:
    modules = [path for path in HOME.rglob("*.py") if "service" in str(path)]
    verbs = {verb for path in modules for verb in told(path.read_text("utf-8"))}
    assert len(verbs) > 10
    assert sorted(verbs - set(VERB_NAMES)) == [], "name them in audit/domain/verbs.py"


def test_verbs_that_are_put_together_have_names_too() -> None:
    composed = {f"revision.{act}" for act in Act} | {f"flag.{state}" for state in State}
    for place in ("organisation", "site", "seat"):
        composed |= {f"{place}.{what}" for what in PLACE_ACTS}
    assert composed <= set(VERB_NAMES)


def test_every_refusal_that_is_kept_has_a_name() -> None:
    refusals = {
        name
        for module in (logins, signon, tokens)
        for name, found in vars(module).items()
        if isinstance(found, type)
        and issubclass(found, TrainerError)
        and found.__module__ == module.__name__
    }
    assert refusals - NEVER_KEPT - set(DETAIL_NAMES) == set()
    assert refusals >= NEVER_KEPT


def test_names_are_chinese_and_each_is_another_one() -> None:
    for names in (VERB_NAMES, KIND_NAMES):
        assert all(CHINESE.search(name) for name in names.values())
        assert len(set(names.values())) == len(names)


def test_the_search_for_verbs_bites() -> None:
    source = 'audit.record(session, Entry(person=1, verb="thing.done"), at=at)'
    assert list(told(source)) == ["thing.done"]
    assert list(told('x = "thing.done"')) == []
