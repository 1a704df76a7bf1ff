"""Answers as a browser sends them: a page of fields, or one answer as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import LONGEST_WORDS
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import Save

MOST_PARTS = 40
"""Parts of an answer; no type has more."""

LONGEST_NUMBER = 10**9


class Typed(Protocol):
    """The fields of a form, each with all its values."""

    def getlist(self, key: str, /) -> list[str]:
        """Give the values under a name, in the order of the page."""


def saves_of(typed: Typed, shown: Iterable[AskedItem]) -> list[Save]:
    """Read the answers of a page: fields ``a<position>``, ``f<position>``, ``edit``.

    What is empty now and was empty before is no answer and is left out.
    """
    number = 1 + _whole(typed.getlist("edit")[:1] or ["0"])
    found = []
    for item in shown:
        given = tuple(typed.getlist(f"a{item.position}"))
        flagged = bool(typed.getlist(f"f{item.position}"))
        same = not any(given) and not item.is_answered and flagged == item.flagged
        if same or item.is_shown or item.is_passed:
            continue
        found.append(
            Save(
                position=item.position,
                given=given[:MOST_PARTS],
                number=number,
                flagged=flagged,
            )
        )
    return found


def as_save(sent: object) -> Save:
    """Read one answer sent by the script of the page.

    Args:
        sent: What stood in the JSON; nothing is known of it.

    Raises:
        BadAnswerError: it is not what the script sends.
    """
    wrong = BadAnswerError(N_("答案的格式不对；请刷新页面再答"))
    if not isinstance(sent, dict):
        raise wrong
    given = sent.get("given")
    counts = [sent.get(key) for key in ("position", "number", "seconds")]
    if not isinstance(given, list) or len(given) > MOST_PARTS:
        raise wrong
    if not all(isinstance(each, str) and len(each) <= LONGEST_WORDS for each in given):
        raise wrong
    if not all(type(n) is int and 0 <= n < LONGEST_NUMBER for n in counts):
        raise wrong
    position, number, seconds = counts
    return Save(
        position=position or 0,
        given=tuple(given),
        number=number or 0,
        flagged=sent.get("flagged") is True,
        seconds=seconds or 0,
    )


def _whole(words: list[str]) -> int:
    text = words[0]
    known = text.isascii() and text.isdigit() and int(text) < LONGEST_NUMBER
    return int(text) if known else 0
