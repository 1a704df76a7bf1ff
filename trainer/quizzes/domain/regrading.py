"""What a ruling changes for those who had the question; pure.

It is always worked out first and looked at (the dry run), then applied as it was
seen: a seal over what it changes tells whether anything happened in between.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from fractions import Fraction

from trainer.core.errors import ConflictError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.publishing.domain.revision import Revision
from trainer.quizzes.domain.answers import Answer
from trainer.quizzes.domain.question import Question
from trainer.quizzes.domain.rules import FULL
from trainer.quizzes.domain.rulings import Act
from trainer.quizzes.domain.rulings import Ruling
from trainer.quizzes.domain.rulings import Verdict
from trainer.quizzes.domain.rulings import verdict
from trainer.quizzes.domain.score import Score
from trainer.quizzes.domain.types.numbers import Calculating
from trainer.quizzes.domain.types.writing import Writing


class NothingToRuleError(ConflictError):
    """It is so already."""

    def __init__(self) -> None:
        super().__init__(N_("这道题现在就是这样判的，不用再裁定"))


class NothingAcceptedError(TrainerError):
    """A ruling that accepts other answers names none."""

    def __init__(self) -> None:
        super().__init__(N_("请选出或写出另外认可的答案"))


class CannotAcceptError(TrainerError):
    """Other answers cannot be accepted for this type of question."""

    def __init__(self) -> None:
        super().__init__(
            N_("这种题没有“另认答案”：简答题逐份评分，数值随人而变的题请作废或给满分")
        )


class ChangedMeanwhileError(ConflictError):
    """What was looked at is not what would be changed now."""

    def __init__(self) -> None:
        super().__init__(N_("刚才有新的交卷、评分或裁定，影响变了；请看新的试算再确认"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in one wording."""

    bank: str
    item: str
    wording: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One wording of a question, in the list of its wordings.

    Attributes:
        asked: The question in this wording.
        name: The beginning of its stem.
        number: Which it is, from 1, the oldest.
        since: First day of the first text that has it.
        is_current: Whether it may be asked today.
        answers: How often it was asked in what was handed in.
        text: The newest text of the bank that has it.
    """

    asked: Asked
    name: str
    number: int
    since: date
    is_current: bool
    answers: int
    text: Revision


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that people gave, in words, and how many; it is not fully right."""

    answer: Answer
    words: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Command: rule on a question in one wording.

    Attributes:
        asked: The question.
        act: What is ruled.
        accepted: With ``accept``, the answers that count as right from now on too.
        reason: Why, in words that takers read.
    """

    asked: Asked
    act: Act
    accepted: tuple[Answer, ...] = ()
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A ruling that was made; ``changed`` is how many answers it changed."""

    id: int
    ruling: Ruling
    reason: str
    by: int
    at: datetime
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An answer that a ruling changes, and what becomes of its attempt.

    Attributes:
        attempt: Key of the attempt.
        position: Place of the question in it.
        person: Key of who took it.
        quiz: Its quiz, or the name of a practice.
        is_over: Whether it was handed in; else it is a practice in which the answer
            was shown already, and its score is not made yet.
        is_exam: Whether it can be passed.
        verdict: How it was judged.
        becomes: How it is judged now.
        score: What the paper was worth.
        turns: What it is worth now.
    """

    attempt: int
    position: int
    person: int
    quiz: str
    is_over: bool
    is_exam: bool
    verdict: Verdict
    becomes: Verdict
    score: Score
    turns: Score

    @property
    def difference(self) -> Fraction | None:
        """How many percentage points of the full mark more; None is not graded."""
        before, after = _percent(self.score), _percent(self.turns)
        return None if before is None or after is None else after - before

    @property
    def passes(self) -> bool:
        """Whether it is passed now and was not."""
        counts = self.is_over and self.is_exam
        return counts and self.turns.passed is True and self.score.passed is not True

    @property
    def fails(self) -> bool:
        """Whether it was passed and is not now."""
        counts = self.is_over and self.is_exam
        return counts and self.turns.passed is not True and self.score.passed is True

    @property
    def waits(self) -> bool:
        """Whether it has to be graded by hand again."""
        return self.becomes == Verdict(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """What a ruling would change.

    Attributes:
        ruling: How the question would be judged.
        changes: The answers it changes, by attempt.
        same: How many answers stay as they are.
        open: Attempts that are not handed in; they will be judged by it.
        last: Number of the last ruling on the question, 0 is none.
    """

    ruling: Ruling
    changes: tuple[Changed, ...]
    same: int
    open: int
    last: int

    @property
    def passing(self) -> int:
        """How many attempts at exams are passed now and were not."""
        return sum(each.passes for each in self.changes)

    @property
    def failing(self) -> int:
        """How many were passed and are not now."""
        return sum(each.fails for each in self.changes)

    def foremost(self, most: int) -> tuple[Changed, ...]:
        """Give some of the changes, those that decide about passing first."""
        decided = sorted(self.changes, key=lambda each: not (each.passes or each.fails))
        return tuple(decided[:most])

    @property
    def waiting(self) -> int:
        """How many have to be graded by hand again."""
        return sum(each.waits for each in self.changes)

    @property
    def seal(self) -> str:
        """Digest of what is ruled and whom it changes, and how."""
        told = [
            self.last,
            self.same,
            self.ruling.act,
            self.ruling.accepted,
            [
                (c.attempt, c.position, c.is_over, *map(str, _told(c)))
                for c in self.changes
            ],
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def takes_others(question: Question) -> bool:
    """Tell whether other answers can be accepted: one answer must mean one thing.

    An essay is graded one by one, and a number may differ from taker to taker.
    """
    body = question.body
    if isinstance(body, Writing):
        return False
    return not (isinstance(body, Calculating) and body.working is not None)


def not_right(
    question: Question, answers: Iterable[Answer], standing: Ruling | None
) -> list[Given]:
    """Give the answers that do not get the full mark, the commonest first.

    Args:
        question: One that takes others.
        answers: What people gave.
        standing: The ruling that stands; what it accepts is left out.
    """
    drawn = question.body.draw(lambda _: 0, shuffle=False)
    counts = Counter(answer for answer in answers if answer)
    return [
        Given(answer, in_words(question, answer), people)
        for answer, people in sorted(counts.items(), key=lambda each: (-each[1], each))
        if verdict(question.body, answer, drawn, standing).share != FULL
    ]


def in_words(question: Question, answer: Answer) -> str:
    """Write an answer as somebody reads it who does not see the letters."""
    face = question.body.face("", question.body.draw(lambda _: 0, shuffle=False))
    texts = {each.key: each.text for each in face.targets or face.choices}
    return "；".join(texts.get(part, part) or "（空）" for part in answer)


def ruled(
    act: Act, accepted: Iterable[Answer], standing: Ruling | None, *, takes: bool
) -> Ruling:
    """Give the ruling that takes the place of the one that stands.

    What is accepted adds to what was accepted before.

    Args:
        act: What is ruled.
        accepted: Further answers.
        standing: The ruling that stands, None while there is none.
        takes: Whether other answers can be accepted for the type of the question.

    Raises:
        NothingToRuleError: it is so already.
        NothingAcceptedError: nothing is accepted.
        CannotAcceptError: the type has no answers that could be.
    """
    before = standing or Ruling(Act.RESTORE)
    if act is not Act.ACCEPT:
        if act is before.act:
            raise NothingToRuleError
        return Ruling(act)
    if not takes:
        raise CannotAcceptError
    further = tuple(dict.fromkeys(accepted))
    if not further:
        raise NothingAcceptedError
    known = before.accepted if before.act is Act.ACCEPT else ()
    together = tuple(dict.fromkeys((*known, *further)))
    if before.act is Act.ACCEPT and together == known:
        raise NothingToRuleError
    return Ruling(act, together)


def _told(changed: Changed) -> tuple[object, ...]:
    return changed.verdict, changed.becomes, changed.score, changed.turns


def _percent(score: Score) -> Fraction | None:
    if score.earned is None or not score.full:
        return None
    return 100 * Fraction(score.earned) / Fraction(score.full)
