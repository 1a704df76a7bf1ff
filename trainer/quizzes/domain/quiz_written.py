"""From the rules of a quiz back to its text; reading it gives the same quiz."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from trainer.core import document
from trainer.core.clock import CENTRE
from trainer.publishing.domain.entries import in_one_line
from trainer.quizzes.domain.quiz import Mode
from trainer.quizzes.domain.quiz import Navigation
from trainer.quizzes.domain.quiz import Quiz
from trainer.quizzes.domain.quiz import Quota
from trainer.quizzes.domain.quiz import Review
from trainer.topics.domain.outline_text import Written

BARE = re.compile(r"[\w#-]+( \d\d:\d\d)?", re.ASCII)
"""Codes, numbers, places and moments."""

Rules = dict[str, Written]
"""The keys of a quiz behind its header, as they are written; no empty ones."""


def with_rules(text: str, rules: Rules) -> str:
    """Write the rules of a quiz anew; its header stays as it is."""
    head = text.splitlines(keepends=True)[: document.parse(text).body_line - 1]
    return "".join((*head, *_lines(rules)))


def rules_of(quiz: Quiz) -> Rules:
    """Give the rules of a quiz as they are written."""
    said: Rules = {
        "mode": _unless(quiz.mode, Mode.EXAM),
        "minutes": str(quiz.minutes or ""),
        "attempts": str(quiz.attempts),
        "pass": str(quiz.pass_percent),
        "opens": _moment(quiz.opens),
        "closes": _moment(quiz.closes),
        "shuffle": sorted(each.value for each in quiz.shuffle),
        "navigation": _unless(quiz.navigation, Navigation.FREE),
        "review": _unless(quiz.review, Review.SUBMIT),
        "questions": [f"{place.bank}#{place.id}" for place in quiz.questions],
        "draw": [quota_of(quota) for quota in quiz.draw],
    }
    return {key: value for key, value in said.items() if value}


def _unless(chosen: StrEnum, usual: StrEnum) -> str:
    """Give what was chosen, nothing when it is what holds unsaid."""
    return "" if chosen is usual else chosen.value


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CENTRE):%Y-%m-%d %H:%M}" if at else ""


def quota_of(quota: Quota) -> dict[str, Written]:
    """Give a quota as it is written."""
    written: dict[str, Written] = {"competency": quota.competency}
    if quota.difficulty:
        written["difficulty"] = str(quota.difficulty)
    written["count"] = str(quota.count)
    if quota.banks:
        written["banks"] = sorted(quota.banks)
    return written


def _lines(rules: Rules) -> Iterator[str]:
    for key, value in rules.items():
        if key in {"questions", "draw"} and not isinstance(value, str):
            yield f"{key}:\n"
            yield from (f"  - {_said(each)}\n" for each in value)
        elif value:
            yield f"{key}: {_said(value)}\n"


def _said(value: Written) -> str:
    """Write words bare where they are what rules are made of, else in quotes."""
    if not isinstance(value, str):
        return in_one_line(value)
    return value if BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)
