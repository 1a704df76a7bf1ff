"""The log of cases that newcomer and mentor sign together; pure.

A case is known by a running number of the counter's own: nothing of a citizen is in it.
How it went is said by the mentor who signs; that is a sighting of competence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from trainer.competence.domain.witnessing import CASE_OUTCOMES
from trainer.competence.domain.witnessing import Sighting
from trainer.core.errors import ConflictError
from trainer.core.errors import DeniedError
from trainer.core.errors import TrainerError
from trainer.core.wording import N_
from trainer.evidence.domain import FactKind
from trainer.mentoring.domain.weeks import LOGGED
from trainer.mentoring.domain.weeks import Phase
from trainer.topics.domain.causes import ErrorCause

LONGEST_REFERENCE = 16
MOST_DIGITS = 8
"""Digits of a running number; the account of a citizen has more."""

LONGEST_BACK = timedelta(days=30)
"""What was done longer ago is entered no more."""

MOST_AT_ONCE = 50
"""Cases signed with one press."""

REFERENCE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?")


class ReferenceError_(TrainerError):  # noqa: N801, N818  (Python has a ReferenceError)
    """It is no running number, or may be a number of a citizen."""


class CaseDayError(TrainerError):
    """It cannot have been done on that day."""


class NotYourCaseError(DeniedError):
    """Only the newcomer himself enters his cases."""

    def __init__(self) -> None:
        super().__init__(N_("办件由新人本人登记；您可以在这里看和签"))


class NotMentorError(DeniedError):
    """Only the mentor of the pair signs."""

    def __init__(self) -> None:
        super().__init__(N_("只有带教老师本人可以共同签字；要换人，请主管改派"))


class NotCurrentError(DeniedError):
    """The mentor is not authorised for the line."""

    def __init__(self, line: str) -> None:
        super().__init__(
            N_(
                "您的“{line}”现在不是独立办理，不能替人签这条业务；"
                "请主管换一位带教老师，或先恢复自己的授权",
                line=line,
            )
        )


class NotYetError(TrainerError):
    """Cases of this line are not entered in this phase."""

    def __init__(self, phase: Phase) -> None:
        told = {
            Phase.SHADOW: N_("这条业务还在跟看，先不登记办件；跟看满了再来"),
            Phase.ALONE: N_("这条业务您已经可以独立办理，不用再登记"),
        }
        super().__init__(told[phase])


class NotYourLineError(TrainerError):
    """The line is none of the secondment."""

    def __init__(self) -> None:
        super().__init__(N_("主管没有给您安排这项业务；请选别的，或请主管先安排"))


class SignedError(ConflictError):
    """Somebody has signed it already."""

    def __init__(self) -> None:
        super().__init__(N_("有的办件已经签过或撤回了；请看过现在的清单再签"))


class NothingToSignError(TrainerError):
    """No case was chosen, or cases of several lines."""

    def __init__(self) -> None:
        super().__init__(N_("请至少勾一件同一业务的办件"))


class NoCauseError(TrainerError):
    """A case that was corrected needs a cause."""

    def __init__(self) -> None:
        super().__init__(N_("复核时改过的，请选差错原因"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """Command: enter a case.

    Attributes:
        secondment: Key of one's secondment.
        business: Code of the business.
        reference: Running number at the counter.
        on: The day.
        once: What tells one form from another; the same one twice is one case.
    """

    secondment: int
    business: str
    reference: str
    on: date
    once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Command: sign cases of one line.

    Attributes:
        cases: Their keys.
        outcome: ``right``, or ``corrected``.
        competencies: What they say something of.
        cause: What was wrong, of corrected ones.
        words: A remark, without anything of a citizen.
    """

    cases: tuple[int, ...]
    outcome: str
    competencies: tuple[str, ...]
    cause: ErrorCause | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A case of the log.

    Attributes:
        id: Its key.
        secondment: Key of the secondment.
        number: Counted from 1 for each secondment and line.
        business: Code of the business.
        reference: Running number at the counter.
        on: The day.
        drawn: Whether the mentor has to sign it.
        sighting: Key of what the mentor said of it, 0 while he has not.
        right: How it went; None while nobody has signed.
        cause: What was wrong.
        words: The mentor's remark.
    """

    id: int
    secondment: int
    number: int
    business: str
    reference: str
    on: date
    drawn: bool
    sighting: int = 0
    right: bool | None = None
    cause: ErrorCause | None = None
    words: str = ""

    @property
    def line(self) -> str:
        """Code of its line."""
        return self.business.partition(".")[0]

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the mentor."""
        return self.drawn and self.right is None


def must_be_possible(told: NewCase, phase: Phase, today: date) -> None:
    """Check a case by itself.

    Raises:
        ReferenceError_: the number is none, or may be a citizen's.
        CaseDayError: the day is to come, or too long ago.
        NotYetError: cases are not entered in this phase.
    """
    digits = sum(each.isdigit() for each in told.reference)
    if len(told.reference) > LONGEST_REFERENCE or digits > MOST_DIGITS:
        raise ReferenceError_(
            N_(
                "编号最多 {most} 位数字；只写柜台自己的流水号，"
                "不要写身份证、电话、账号",
                most=MOST_DIGITS,
            )
        )
    if not REFERENCE.fullmatch(told.reference):
        raise ReferenceError_(N_("编号只用数字、字母和短横，比如 1122-017；不要写姓名"))
    if told.on > today:
        raise CaseDayError(N_("{day} 还没有到；请写实际办理的那天", day=told.on))
    if told.on < today - LONGEST_BACK:
        raise CaseDayError(
            N_("只登记最近 {days} 天的办件", days=LONGEST_BACK.days),
        )
    if phase not in LOGGED:
        raise NotYetError(phase)


def sighting_for(case: Logged, person: int, told: Signature) -> Sighting:
    """Give what a signature says of a newcomer.

    Raises:
        NoCauseError: it was corrected, and nobody said what was wrong.
    """
    outcome = CASE_OUTCOMES[told.outcome]
    if not outcome and told.cause is None:
        raise NoCauseError
    outcomes: Mapping[str, float] = dict.fromkeys(told.competencies, outcome)
    return Sighting(
        person=person,
        kind=FactKind.COSIGNED_CASE,
        on=case.on,
        outcomes=outcomes,
        business=case.business,
        cause=None if outcome else told.cause,
        words=told.words,
        token=f"mentoring/case/{case.id}/{case.sighting}",
    )
