"""What lists, drawing and counting need of a question, without the question itself.

Publishing keeps it beside the text of a bank (its facets), so that a paper is drawn
from thousands of questions without reading one of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import asdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from trainer.quizzes.domain.question import Asks
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.types.filling import PLACE
from trainer.quizzes.domain.types.numbers import NAME

SHORT = 40
"""Characters of a stem that name a question in a list."""

MARKS = re.compile(r"[*_`]")
GAP, VALUE = "＿＿", "××"
"""What stands for a blank, and for a value that chance decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A question of a bank as it stands in lists.

    Attributes:
        id: Its id in the bank.
        story: Id of the case it belongs to, empty when it stands alone.
        name: The beginning of its stem.
        wording: Digest of what is asked and what is right: the question's own
            revision. Answers to one wording may be counted together, however often
            other questions of the bank, or its explanation, were changed.
    """

    id: str
    story: str
    name: str
    type: str
    competency: str
    topic: str
    difficulty: int
    asks: Asks
    on: date | None
    wording: str
    tags: tuple[str, ...]


def listed(question: Question) -> Listed:
    """Give what lists need of a question."""
    return Listed(
        id=question.id,
        story=question.case.id if question.case else "",
        name=short(question.stem),
        type=question.type,
        competency=question.competency,
        topic=question.topic,
        difficulty=question.difficulty,
        asks=question.asks,
        on=question.on,
        wording=wording(question),
        tags=question.tags,
    )


def wording(question: Question) -> str:
    """Digest what is asked and what is right, 32 hex digits."""
    told = (
        question.type,
        question.case.stem if question.case else "",
        question.stem,
        asdict(question.body),  # type: ignore[call-overload]  # all bodies are dataclasses
    )
    joined = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def short(stem: str) -> str:
    """Give the beginning of a stem on one line, without marks and names of values."""
    told = PLACE.sub(GAP, NAME.sub(VALUE, stem))
    words = " ".join(MARKS.sub("", told).split())
    return words if len(words) <= SHORT else f"{words[: SHORT - 1]}…"


def kept(questions: Sequence[Listed]) -> list[dict[str, Any]]:
    """Give the form in which publishing keeps them."""
    return [
        {**asdict(each), "on": each.on.isoformat() if each.on else None}
        for each in questions
    ]


def read_back(stored: Sequence[Mapping[str, Any]]) -> tuple[Listed, ...]:
    """Read what :func:`kept` gave."""
    return tuple(
        Listed(
            **{
                **each,
                "asks": Asks(each["asks"]),
                "on": date.fromisoformat(each["on"]) if each["on"] else None,
                "tags": tuple(each["tags"]),
            }
        )
        for each in stored
    )
