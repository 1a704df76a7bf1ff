"""Answers as a browser sends them: a page of fields, or one answer as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from trainer.core.wording import N_
from trainer.quizzes.domain.answers import LONGEST_WORDS
from trainer.quizzes.domain.answers import BadAnswerError
from trainer.quizzes.domain.placing import Told
from trainer.quizzes.domain.taking import AskedItem
from trainer.quizzes.domain.taking import Save

MOST_PARTS = 40
"""Parts of an answer; no type has more."""

MOST_DIGITS = 9
LONGEST_NUMBER = 10**MOST_DIGITS


class Typed(Protocol):
    """The fields of a form, each with all its values."""

    def getlist(self, key: str, /) -> list[str]:
        """Give the values under a name, in the order of the page."""


def saves_of(typed: Typed, shown: Iterable[AskedItem]) -> list[Save]:
    """Read the answers of a page: fields ``a<position>``, ``f<position>``, ``edit``.

    ``n<position>`` is the number of the save that the page knows of. What is empty now
    and was empty before is no answer and is left out.
    """
    number = 1 + (whole(_first(typed, "edit")) or 0)
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
                known=whole(_first(typed, f"n{item.position}")),
            )
        )
    return found


def told_of(typed: Typed) -> Told:
    """Read the answer of a page with one question: ``at``, ``a<at>``, ``edit``.

    ``n<at>`` is the number of the save that the page knows of; ``act`` says whether
    the taker skips.
    """
    position = whole(_first(typed, "at")) or 0
    skips = _first(typed, "act") == "skip"
    given = () if skips else tuple(typed.getlist(f"a{position}")[:MOST_PARTS])
    return Told(
        position=position,
        given=given,
        number=1 + (whole(_first(typed, "edit")) or 0),
        known=whole(_first(typed, f"n{position}")),
        skips=skips,
    )


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
    if not all(isinstance(each, str) and _is_text(each) for each in given):
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


def whole(words: str) -> int | None:
    """Read a number from 0 that a database keeps; of anything else, nothing."""
    if not words.isascii() or not words.isdigit() or len(words) > MOST_DIGITS:
        return None
    return int(words)


def _first(typed: Typed, name: str) -> str:
    return next(iter(typed.getlist(name)), "")


def _is_text(words: str) -> bool:
    """Tell whether words can be shown again: half of a sign cannot, JSON has some."""
    halves = any("\ud800" <= sign <= "\udfff" for sign in words)
    return len(words) <= LONGEST_WORDS and not halves
