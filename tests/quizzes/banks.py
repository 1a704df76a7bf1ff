"""The banks that come with the program, and small ones for tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from tests.commands import REPOSITORY
from trainer.quizzes.domain.bank import Bank
from trainer.quizzes.domain.bank import parse
from trainer.quizzes.domain.question import Question

HOME = REPOSITORY / "quizzes"

HEAD = """---
title: 租房提取
kind: questions
line: withdraw
owner: withdrawal-desk
review_every_days: 180
effective_from: 2026-09-20
evidence: B
source: 各题所引条款
---
"""
COMMON = """
  competency: P5
  difficulty: 2
  asks: rule
  explanation: 因为条例这样写。
  cites: [rent-withdrawal#answer]
"""


def bank_files() -> list[Path]:
    """Give the files of the repository that say they are banks."""
    return [path for path in sorted(HOME.glob("*.yaml")) if not _is_quiz(path)]


def quiz_files() -> list[Path]:
    """Give the files of the repository that say they are quizzes."""
    return [path for path in sorted(HOME.glob("*.yaml")) if _is_quiz(path)]


def _is_quiz(path: Path) -> bool:
    return "\nkind: quiz\n" in path.read_text("utf-8")


@cache
def banks() -> dict[Path, Bank]:
    """Give the banks of the repository that parse, by file."""
    read = {path: parse(path.read_text("utf-8")) for path in bank_files()}
    return {path: found.bank for path, found in read.items() if found.bank}


def every_question() -> list[Question]:
    """Give all questions of the repository."""
    return [question for bank in banks().values() for question in bank.questions]


def make_text(own: str, common: str = COMMON) -> str:
    """Give the text of a bank with one question; ``own`` are its type's lines."""
    return f"{HEAD}- id: q1\n{common.strip(chr(10))}\n{own}"


def make_question(own: str) -> Question:
    """Give the only question of such a bank."""
    found = parse(make_text(own))
    assert found.bank is not None, found.mistakes
    (question,) = found.bank.questions
    return question


def unplaced(questions: Iterable[Question]) -> list[Question]:
    """Give questions without where they stand in a text."""
    return [
        replace(
            question,
            line=0,
            cites=tuple(replace(cite, line=0) for cite in question.cites),
        )
        for question in questions
    ]
